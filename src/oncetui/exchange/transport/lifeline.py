"""Every socket of one transport, so that one call ends whatever waits on any of them."""

import contextlib
import errno
import itertools
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Protocol

from oncetui.model.cancellation import Cancellation, CancelledByUserError


class Held(Protocol):
    """Anything with a socket's descriptor."""

    def fileno(self) -> int:
        """Return the descriptor."""
        ...


class Lifeline:
    """Holds duplicated descriptors: shutting one down wakes the thread that waits on the original.

    Closing a socket from another thread wakes nobody, and its number may belong to another file by then; a
    duplicate stays ours whatever TLS or HTTP does with the original.
    """

    def __init__(self) -> None:
        self._end = Cancellation()
        self._lock = threading.Lock()
        self._held: dict[int, socket.socket] = {}
        self._numbers = itertools.count(1)

    @property
    def aborted(self) -> bool:
        """Whether everything was ended."""
        return self._end.cancelled

    def raise_if_aborted(self) -> None:
        """Raise `CancelledByUserError` once everything was ended."""
        self._end.raise_if_cancelled()

    def waking(self, wake_up: Callable[[], None]) -> AbstractContextManager[None]:
        """Run `wake_up` on the abort while the block lasts."""
        return self._end.waking(wake_up)

    def hold(self, sock: Held) -> int:
        """Take a connected socket in and return the number to release it by.

        Raises `CancelledByUserError` once everything was ended.
        """
        duplicate = socket.socket(fileno=os.dup(sock.fileno()))
        with self._lock:
            if not self.aborted:
                number = next(self._numbers)
                self._held[number] = duplicate
                return number
        duplicate.close()
        raise CancelledByUserError

    @contextlib.contextmanager
    def holding(self, sock: Held) -> Iterator[int]:
        """Hold a connected socket while the block lasts."""
        number = self.hold(sock)
        try:
            yield number
        finally:
            self.release(number)

    def cut(self, number: int) -> None:
        """End one connection, as a read that lasts too long must be."""
        with self._lock:
            held = self._held.get(number)
            if held is not None:
                _shut(held)

    def cut_all(self) -> None:
        """End every connection that is held now."""
        with self._lock:
            for held in self._held.values():
                _shut(held)

    @contextlib.contextmanager
    def limiting(self, number: int, seconds: float) -> Iterator[None]:
        """End a connection where the block lasts longer, and raise TimeoutError for what comes of that.

        A time-out of each read ends no peer that drips.
        """
        overdue = threading.Event()

        def end() -> None:
            overdue.set()
            self.cut(number)

        timer = threading.Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            yield
        except OSError:
            if overdue.is_set() and not self.aborted:
                # Without its cause: what the cut looks like to TLS or a proxy says nothing of the peer.
                raise TimeoutError(errno.ETIMEDOUT, "the time for it is over") from None
            raise
        finally:
            timer.cancel()

    def release(self, number: int) -> None:
        """Let go of a socket that its owner has closed."""
        with self._lock:
            held = self._held.pop(number, None)
        if held is not None:
            held.close()

    def abort(self) -> None:
        """End everything: from now on each wait returns within milliseconds and no new one begins."""
        self._end.cancel()
        self.cut_all()


def _shut(held: socket.socket) -> None:
    with contextlib.suppress(OSError):
        held.shutdown(socket.SHUT_RDWR)
