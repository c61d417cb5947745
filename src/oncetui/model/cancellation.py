"""One way to stop whatever waits: a flag that also wakes the code that holds a socket."""

import contextlib
import threading
from collections.abc import Callable, Iterator


class CancelledByUserError(Exception):
    """The work was cancelled by the person or by the end of the program."""


class Cancellation:
    """A flag that many threads may look at and whose setting runs the registered wake-ups at once."""

    def __init__(self) -> None:
        self.event = threading.Event()
        self._lock = threading.Lock()
        self._wake_ups: list[Callable[[], None]] = []

    @property
    def cancelled(self) -> bool:
        """Whether the work is to stop."""
        return self.event.is_set()

    def cancel(self) -> None:
        """Stop the work; safe from any thread and any number of times."""
        with self._lock:
            self.event.set()
            wake_ups, self._wake_ups = self._wake_ups, []
        for wake_up in wake_ups:
            wake_up()

    def raise_if_cancelled(self) -> None:
        """Raise `CancelledByUserError` once the work is to stop."""
        if self.event.is_set():
            raise CancelledByUserError

    @contextlib.contextmanager
    def waking(self, wake_up: Callable[[], None]) -> Iterator[None]:
        """Run `wake_up` on cancellation while the block lasts, at once where it has already come."""
        with self._lock:
            already = self.event.is_set()
            if not already:
                self._wake_ups.append(wake_up)
        if already:
            wake_up()
        try:
            yield
        finally:
            with self._lock, contextlib.suppress(ValueError):
                self._wake_ups.remove(wake_up)
