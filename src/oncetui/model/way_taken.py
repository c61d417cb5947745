"""What is seen by the by of the way to a server that works."""

from dataclasses import dataclass

from oncetui.model.problem import Problem
from oncetui.model.problems.local import CLOCK_WRONG
from oncetui.model.problems.network import IPV6_BROKEN

CLOCK_MAY_DIFFER = 300
"""Seconds; Kerberos turns clocks down that are further apart (RFC 4120, `diagnosis` 50, 95)."""


@dataclass(frozen=True)
class WayTaken:
    """The way by which a server was reached last.

    `certificate` is the SHA-256 that the server showed, as `AB:CD:…`. `clock_minutes` is how far the server's
    clock is from this computer's, 0 within five minutes. `silent_ipv6` is the address that kept silent where
    the server had to be reached by IPv4.
    """

    certificate: str | None = None
    clock_minutes: int = 0
    silent_ipv6: str | None = None

    def warnings(self, host: str) -> tuple[Problem, ...]:
        """Return what isn't right though it works (`diagnosis` 95 and 17)."""
        clock = (CLOCK_WRONG.problem(minutes=self.clock_minutes, host=host),) if self.clock_minutes else ()
        if self.silent_ipv6 is None:
            return clock
        return (*clock, IPV6_BROKEN.problem(host=host, address=self.silent_ipv6))


UNKNOWN_WAY = WayTaken()
