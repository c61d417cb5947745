"""The faults that are being played now."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from oncetui.simulator.faults.fault import Fault, Undo
from oncetui.simulator.faults.occasion import Aim, Occasion
from oncetui.simulator.faults.table import KINDS
from oncetui.simulator.faults.values import FaultError, FaultValues
from oncetui.simulator.sign_in.ntlm import ExtendedProtection
from oncetui.simulator.sign_in.offers import Offer
from oncetui.simulator.web.messages import HttpAnswer
from oncetui.simulator.web.presentations import Opening
from oncetui.simulator.web.sending import Delivery
from oncetui.simulator.world import Exchange

Action = TypeVar("Action")


@dataclass(slots=True)
class _Played:
    """One fault that is being played; `left` counts how often it still acts, None is without end."""

    fault: Fault
    aim: Aim
    left: int | None
    undo: Undo | None


class Faults:
    """The faults that are being played, by name, in the order in which they were set.

    One of a kind is played at a time, but one with another aim is another one.
    """

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._playing: dict[tuple[str, Aim], _Played] = {}

    def play(self, name: str, values: Mapping[str, Any]) -> Fault:
        """Play a fault from now on, in place of one of the same name and aim; raises FaultError.

        `"times": N` among the values ends it once it has acted N times.
        """
        if name not in KINDS:
            raise FaultError(f"no fault is named {name!r}; there are: {', '.join(sorted(KINDS))}")
        kind, given = KINDS[name], FaultValues(name, values)
        times = given.whole_or_none("times", example=2, least=1)
        aim = self._aim(kind, given)
        fault = kind.read(given)
        given.finish()
        if times is not None and not fault.counted:
            raise FaultError(f"{name} lasts until it is taken back; leave times out")
        self._end((name, aim))
        self._playing[name, aim] = _Played(fault, aim, times, fault.begin(self._exchange))
        return fault

    def clear(self, name: str | None = None) -> None:
        """Take every fault back, or those of one name."""
        for key in list(self._playing):
            if name in {None, key[0]}:
                self._end(key)

    def opening(self, host: str) -> Opening:
        """How a TLS connection to a host begins."""
        aimed = [key for key, one in list(self._playing.items()) if one.aim.hits_host(host)]
        return self._first(aimed, lambda fault: fault.opening()) or "good"

    def delay(self, occasion: Occasion) -> float:
        """Seconds by which an answer has to be late."""
        return self._first(self._about(occasion), lambda fault: fault.delay() or None) or 0.0

    def clock_skew(self) -> timedelta:
        """By how much the server's clock is wrong."""
        return sum((one.fault.clock_skew() for one in self._now()), timedelta())

    def before_sign_in(self, occasion: Occasion) -> HttpAnswer | None:
        """Return an answer in place of sign-in and all that follows."""
        return self._first(self._about(occasion), lambda fault: fault.before_sign_in(occasion))

    def refusal(self, occasion: Occasion) -> HttpAnswer | None:
        """Return a refusal of a mailbox that has proved its password."""
        return self._first(self._about(occasion), lambda fault: fault.refusal(occasion))

    def autodiscover(self, occasion: Occasion) -> HttpAnswer | None:
        """Return an answer in place of Autodiscover's."""
        return self._first(self._about(occasion), lambda fault: fault.autodiscover(occasion))

    def instead_of_operation(self, occasion: Occasion) -> HttpAnswer | None:
        """Return an answer in place of an EWS operation."""
        return self._first(self._about(occasion), lambda fault: fault.instead_of_operation(occasion))

    def changed_request(self, occasion: Occasion) -> bytes:
        """Return the body that an EWS operation gets."""
        changed = self._first(self._about(occasion), lambda fault: fault.changed_request(occasion))
        return occasion.request.body if changed is None else changed

    def changed_answer(self, occasion: Occasion, answer: HttpAnswer) -> HttpAnswer:
        """Return the answer that the client of an EWS operation gets."""
        changed = self._first(self._about(occasion), lambda fault: fault.changed_answer(occasion, answer))
        return changed or answer

    def delivery(self, occasion: Occasion) -> Delivery | None:
        """How the answer is sent, None being at once and whole."""
        for key in self._about(occasion):
            played = self._playing.get(key)
            delivery = played.fault.delivery(occasion) if played else None
            if played and delivery is not None:
                self._count(key, played)
                return delivery
        return None

    def offers(self, host: str, own: tuple[Offer, ...]) -> tuple[Offer, ...]:
        """Return the sign-in schemes to offer and accept at a host that has `own`."""
        for one in self._now():
            own = one.fault.offers(own) if one.aim.hits_host(host) else own
        return own

    def other_offers(self, host: str) -> tuple[str, ...]:
        """Return what a host offers besides, without ever accepting it."""
        return tuple(
            offer for one in self._now() if one.aim.hits_host(host) for offer in one.fault.other_offers()
        )

    def extended_protection(self, host: str) -> ExtendedProtection:
        """How a host treats channel bindings."""
        modes = [
            mode
            for one in self._now()
            if one.aim.hits_host(host) and (mode := one.fault.extended_protection())
        ]
        return modes[-1] if modes else "allow"

    def silences_closed_doors(self) -> bool:
        """Whether the ports that refuse connections take them, without a word, instead."""
        return any(one.fault.silences_closed_doors() for one in self._now())

    def _aim(self, kind: type[Fault], given: FaultValues) -> Aim:
        parts = {part: given.text_or_none(part) for part in kind.aims}
        for part in kind.needs_aim:
            if parts[part] is None:
                raise FaultError(f"{part} is missing: this fault is about one {part} only")
        mailbox = parts.get("mailbox")
        if mailbox is not None and self._exchange.mailbox(mailbox) is None:
            raise FaultError(
                f"there is no mailbox {mailbox}; there are: {', '.join(self._exchange.mailboxes)}"
            )
        return Aim(**parts)

    def _now(self) -> list[_Played]:
        return list(self._playing.values())

    def _about(self, occasion: Occasion) -> list[tuple[str, Aim]]:
        return [key for key, one in list(self._playing.items()) if one.aim.hits(occasion)]

    def _first(
        self, among: Iterable[tuple[str, Aim]], ask: Callable[[Fault], Action | None]
    ) -> Action | None:
        """Tell what the first fault does that does anything; it has acted once more."""
        for key in among:
            played = self._playing.get(key)
            action = ask(played.fault) if played else None
            if played and action is not None:
                self._count(key, played)
                return action
        return None

    def _count(self, key: tuple[str, Aim], played: _Played) -> None:
        if played.left is not None:
            played.left -= 1
            if not played.left:
                self._end(key)

    def _end(self, key: tuple[str, Aim]) -> None:
        ended = self._playing.pop(key, None)
        if ended is not None and ended.undo is not None:
            ended.undo()
