"""The moments at which a fault can act."""

from abc import ABC, abstractmethod
from typing import Self

from oncetui.simulator.faults.values import FaultValues
from oncetui.simulator.sign_in.ntlm import ExtendedProtection
from oncetui.simulator.web.messages import HttpAnswer, HttpRequest
from oncetui.simulator.world import Mailbox, Scheme


class Fault(ABC):
    """A fault that does nothing yet; each kind overrides the moments it is about.

    One that is no single act, and so can't be counted, is not `counted`.
    """

    counted = True

    @classmethod
    @abstractmethod
    def read(cls, values: FaultValues) -> Self:
        """Make one from the values it is played with; raises FaultError."""

    def delay(self) -> float:
        """Seconds to wait before each answer."""
        return 0.0

    def before_sign_in(self, _request: HttpRequest, /) -> HttpAnswer | None:
        """Return an answer in place of the sign-in and all that follows."""
        return None

    def schemes_for(self, schemes: tuple[Scheme, ...], /) -> tuple[Scheme, ...]:
        """Return the sign-in schemes to offer and accept in place of the host's own."""
        return schemes

    def extended_protection(self) -> ExtendedProtection | None:
        """How channel bindings are treated in place of `allow`."""
        return None

    def refusal(self, _mailbox: Mailbox, /) -> HttpAnswer | None:
        """Return a refusal of a mailbox that has proved its password."""
        return None

    def instead_of_operation(self, _request: HttpRequest, /) -> HttpAnswer | None:
        """Return an answer in place of an EWS operation, to a client that is signed in."""
        return None

    def silences_closed_doors(self) -> bool:
        """Whether the ports that refuse connections take them, without a word, instead."""
        return False
