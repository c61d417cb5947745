"""The moments at which a fault can act."""

from collections.abc import Callable
from datetime import timedelta
from typing import Literal, Self

from oncetui.simulator.faults.occasion import Occasion
from oncetui.simulator.faults.values import FaultValues
from oncetui.simulator.sign_in.ntlm import ExtendedProtection
from oncetui.simulator.sign_in.offers import Offer
from oncetui.simulator.web.messages import HttpAnswer
from oncetui.simulator.web.presentations import Opening
from oncetui.simulator.web.sending import Delivery
from oncetui.simulator.world import Exchange

AimedAt = Literal["host", "mailbox", "operation"]
Undo = Callable[[], None]


class Fault:
    """A fault that does nothing yet; each kind overrides the moments it is about.

    The first line of its docstring is its row in the documented table: how it is called, then what it does.
    `aims` are the values that confine it to some requests, `needs_aim` those that can't be left out. One that
    is no single act, and so can't be counted, is not `counted`. One that `ends_streams` ends those that are
    open when it begins.
    """

    aims: tuple[AimedAt, ...] = ()
    needs_aim: tuple[AimedAt, ...] = ()
    counted = True
    ends_streams = False

    @classmethod
    def read(cls, _values: FaultValues, /) -> Self:
        """Make one from the values it is played with, here from none of its own; raises FaultError."""
        return cls()

    def begin(self, _exchange: Exchange, /) -> Undo | None:
        """Change the world, and return what changes it back; raises FaultError."""
        return None

    def opening(self) -> Opening | None:
        """Return how a TLS connection begins in place of the good way."""
        return None

    def delay(self) -> float:
        """Seconds to wait before each answer."""
        return 0.0

    def clock_skew(self) -> timedelta:
        """By how much the server's clock is wrong."""
        return timedelta()

    def before_sign_in(self, _occasion: Occasion, /) -> HttpAnswer | None:
        """Return an answer in place of the sign-in and all that follows."""
        return None

    def offers(self, offers: tuple[Offer, ...], /) -> tuple[Offer, ...]:
        """Return the sign-in schemes to offer and accept in place of the host's own."""
        return offers

    def other_offers(self) -> tuple[str, ...]:
        """Return sign-in schemes to offer besides, as they stand in the header; none is ever accepted."""
        return ()

    def extended_protection(self) -> ExtendedProtection | None:
        """How channel bindings are treated in place of `allow`."""
        return None

    def refusal(self, _occasion: Occasion, /) -> HttpAnswer | None:
        """Return a refusal of a mailbox that has proved its password."""
        return None

    def autodiscover(self, _occasion: Occasion, /) -> HttpAnswer | None:
        """Return an answer in place of Autodiscover's, in the dialect of the request."""
        return None

    def instead_of_operation(self, _occasion: Occasion, /) -> HttpAnswer | None:
        """Return an answer in place of an EWS operation, to a client that is signed in."""
        return None

    def changed_request(self, _occasion: Occasion, /) -> bytes | None:
        """Return the body that an EWS operation gets in place of the client's."""
        return None

    def changed_answer(self, _occasion: Occasion, _answer: HttpAnswer, /) -> HttpAnswer | None:
        """Return the answer that the client of an EWS operation gets in place of the right one."""
        return None

    def delivery(self, _occasion: Occasion, /) -> Delivery | None:
        """Return how the answer is sent in place of at once and whole."""
        return None

    def silences_closed_doors(self) -> bool:
        """Whether the ports that refuse connections take them, without a word, instead."""
        return False
