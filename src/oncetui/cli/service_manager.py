"""What a service manager is told, as sd_notify(3) describes; nothing where none listens."""

import os
import socket
import sys
from collections.abc import Mapping

MICROSECONDS = 1_000_000


class ServiceManager:
    """Speaks to the datagram socket of `NOTIFY_SOCKET`; an address that begins with @ is an abstract one.

    A manager that can't be reached is told of once, on standard error: work doesn't stop for it.
    """

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        address = environment.get("NOTIFY_SOCKET", "")
        self._address = "\0" + address[1:] if address.startswith("@") else address
        self._watchdog = _watchdog_seconds(environment)
        self._complained = False

    @property
    def expects_every(self) -> float | None:
        """Seconds within which it wants a sign of life, None where it wants none."""
        return self._watchdog

    def ready(self) -> None:
        """Say that the start is over."""
        self._tell("READY=1")

    def status(self, sentence: str) -> None:
        """Say in one line how things are, for `systemctl status`."""
        self._tell(f"STATUS={' '.join(sentence.split())}")

    def alive(self) -> None:
        """Say that work goes on."""
        self._tell("WATCHDOG=1")

    def stopping(self) -> None:
        """Say that the end has begun."""
        self._tell("STOPPING=1")

    def _tell(self, message: str) -> None:
        if not self._address or not hasattr(socket, "AF_UNIX"):
            return
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
            try:
                # A manager that reads nothing must not hold the connector up.
                notify.setblocking(False)  # noqa: FBT003  # the socket's own signature
                notify.sendto(message.encode(), self._address)
            except OSError as error:
                if not self._complained and sys.stderr is not None:
                    self._complained = True
                    print(f"the service manager can't be told {message}: {error.strerror}", file=sys.stderr)


def _watchdog_seconds(environment: Mapping[str, str]) -> float | None:
    """Return the interval of sd_watchdog_enabled(3), None where it isn't meant for this process."""
    microseconds, meant_for = environment.get("WATCHDOG_USEC", ""), environment.get("WATCHDOG_PID", "")
    if meant_for and meant_for != str(os.getpid()):
        return None
    if not microseconds.isdecimal() or int(microseconds) == 0:
        return None
    return int(microseconds) / MICROSECONDS
