"""How far the way to a host has come, for whoever wants to watch it."""

from collections.abc import Callable
from enum import StrEnum


class Phase(StrEnum):
    """What happens on the way to a host; `WITHOUT_IPV6`: its IPv6 address kept silent, IPv4 answered."""

    RESOLVING = "resolving"
    CONNECTING = "connecting"
    WITHOUT_IPV6 = "without-ipv6"


Watch = Callable[[str, int, Phase, str], None]
"""Called with host, port, phase and, for `WITHOUT_IPV6`, the silent address, from the thread that waits.

It must not block.
"""


def unwatched(_host: str, _port: int, _phase: Phase, _address: str) -> None:
    """Watch nothing."""
