"""The faults that are being played now."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from oncetui.simulator.faults.fault import Fault
from oncetui.simulator.faults.table import KINDS
from oncetui.simulator.faults.values import FaultError, FaultValues
from oncetui.simulator.sign_in.ntlm import ExtendedProtection
from oncetui.simulator.web.messages import HttpAnswer, HttpRequest
from oncetui.simulator.world import Mailbox, Scheme

Action = TypeVar("Action")


class Faults:
    """The faults that are being played, by name, in the order in which they were set."""

    def __init__(self) -> None:
        self._playing: dict[str, Fault] = {}
        self._left: dict[str, int] = {}

    def play(self, name: str, values: Mapping[str, Any]) -> None:
        """Play a fault from now on, in place of one of the same name; raises FaultError.

        `"times": N` among the values ends it once it has acted N times.
        """
        if name not in KINDS:
            raise FaultError(f"no fault is named {name!r}; there are: {', '.join(sorted(KINDS))}")
        given = FaultValues(name, values)
        times = given.whole_or_none("times", example=2, least=1)
        fault = KINDS[name].read(given)
        given.finish()
        if times is not None and not fault.counted:
            raise FaultError(f"{name} lasts until it is taken back; leave times out")
        self._playing[name] = fault
        self._left.pop(name, None)
        if times is not None:
            self._left[name] = times

    def clear(self) -> None:
        """Take every fault back."""
        self._playing.clear()
        self._left.clear()

    def delay(self) -> float:
        """Seconds by which an answer has to be late."""
        return self._first(lambda fault: fault.delay() or None) or 0.0

    def before_sign_in(self, request: HttpRequest) -> HttpAnswer | None:
        """Return an answer in place of sign-in and all that follows."""
        return self._first(lambda fault: fault.before_sign_in(request))

    def refusal(self, mailbox: Mailbox) -> HttpAnswer | None:
        """Return a refusal of a mailbox that has proved its password."""
        return self._first(lambda fault: fault.refusal(mailbox))

    def instead_of_operation(self, request: HttpRequest) -> HttpAnswer | None:
        """Return an answer in place of an EWS operation."""
        return self._first(lambda fault: fault.instead_of_operation(request))

    def schemes(self, own: tuple[Scheme, ...]) -> tuple[Scheme, ...]:
        """Return the sign-in schemes to offer and accept at a host that has `own`."""
        for fault in self._now():
            own = fault.schemes_for(own)
        return own

    def extended_protection(self) -> ExtendedProtection:
        """How channel bindings are treated."""
        modes = [mode for fault in self._now() if (mode := fault.extended_protection())]
        return modes[-1] if modes else "allow"

    def silences_closed_doors(self) -> bool:
        """Whether the ports that refuse connections take them, without a word, instead."""
        return any(fault.silences_closed_doors() for fault in self._now())

    def _now(self) -> list[Fault]:
        return list(self._playing.values())

    def _first(self, ask: Callable[[Fault], Action | None]) -> Action | None:
        """Tell what the first fault does that does anything; it has acted once more."""
        for name, fault in list(self._playing.items()):
            action = ask(fault)
            if action is not None:
                self._count(name)
                return action
        return None

    def _count(self, name: str) -> None:
        if name in self._left:
            self._left[name] -= 1
            if not self._left[name]:
                del self._left[name], self._playing[name]
