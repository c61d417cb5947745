"""Connecting to the first of several addresses that answers."""

import errno
import selectors
import socket
import time
from collections import deque
from collections.abc import Callable, Sequence

from oncetui.exchange.transport.lifeline import Lifeline
from oncetui.exchange.transport.names import Address

NEXT_AFTER_SECONDS = 0.3
_UNDER_WAY = {0, errno.EINPROGRESS, errno.EWOULDBLOCK, getattr(errno, "WSAEWOULDBLOCK", 0)}


def dial(
    addresses: Sequence[Address],
    lifeline: Lifeline,
    seconds: float,
    passed_over: Callable[[frozenset[int]], None] = lambda _families: None,
) -> socket.socket:
    """Return a connected socket; a next address is tried beside one that stays silent (RFC 8305).

    `passed_over` gets the families whose addresses had their moment and kept silent while another answered.
    Raises OSError: the refusal where an address refused, else what the last one said, else TimeoutError.
    """
    with _Race(addresses, seconds) as race, lifeline.waking(race.wake):
        while True:
            lifeline.raise_if_aborted()
            winner = race.winner()
            if winner is not None:
                passed_over(race.silent_families - {winner.family})
                return winner


class _Race:
    def __init__(self, addresses: Sequence[Address], seconds: float) -> None:
        self._waiting = deque(addresses)
        self._deadline = time.monotonic() + seconds
        self._next_start = 0.0
        self._running: set[socket.socket] = set()
        self._errors: list[OSError] = []
        self._selector = selectors.DefaultSelector()
        self._woken, self._waker = socket.socketpair()
        self._selector.register(self._woken, selectors.EVENT_READ)

    def __enter__(self) -> "_Race":
        return self

    def __exit__(self, *_: object) -> None:
        self._selector.close()
        for sock in (*self._running, self._woken, self._waker):
            sock.close()

    @property
    def silent_families(self) -> frozenset[int]:
        """The families of the addresses that were tried and have said nothing so far."""
        return frozenset(sock.family for sock in self._running)

    def wake(self) -> None:
        """End the wait of `winner` from another thread."""
        self._waker.send(b"!")

    def winner(self) -> socket.socket | None:
        """Wait for news, and return the socket that is connected, if one is."""
        now = time.monotonic()
        if self._waiting and (now >= self._next_start or not self._running):
            self._begin(*self._waiting.popleft())
            self._next_start = now + NEXT_AFTER_SECONDS
        if not self._running and not self._waiting:
            raise self._worst()
        if now >= self._deadline:
            raise TimeoutError(errno.ETIMEDOUT, "no answer to the connection")
        until = min(self._deadline, self._next_start) if self._waiting else self._deadline
        for key, _ in self._selector.select(max(until - now, 0) if self._running else 0):
            sock = key.fileobj
            if isinstance(sock, socket.socket) and sock is not self._woken and self._connected(sock):
                return sock
        return None

    def _begin(self, family: socket.AddressFamily, where: tuple[str, int]) -> None:
        try:
            sock = socket.socket(family, socket.SOCK_STREAM)
        except OSError as error:
            self._errors.append(error)
            return
        sock.settimeout(0)
        number = sock.connect_ex(where)
        if number not in _UNDER_WAY:
            self._errors.append(OSError(number, errno.errorcode.get(number, "")))
            sock.close()
            return
        self._running.add(sock)
        self._selector.register(sock, selectors.EVENT_WRITE)

    def _connected(self, sock: socket.socket) -> bool:
        self._selector.unregister(sock)
        self._running.discard(sock)
        number = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if number:
            self._errors.append(OSError(number, errno.errorcode.get(number, "")))
            sock.close()
            return False
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return True

    def _worst(self) -> OSError:
        refusals = [error for error in self._errors if isinstance(error, ConnectionRefusedError)]
        return (refusals or self._errors or [TimeoutError(errno.ETIMEDOUT, "no address to connect to")])[-1]
