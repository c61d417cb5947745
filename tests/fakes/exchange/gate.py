"""A gate at which a fake waits until a test lets it go on."""

import threading

from oncetui.model.cancellation import Cancellation

PATIENCE = 20.0


class Gate:
    """A point that work waits at until the test opens it; open from the start unless it is shut.

    `arrived` is set once somebody waits, so that a test never sleeps.
    """

    def __init__(self) -> None:
        self.arrived = threading.Event()
        self._passage = threading.Condition()
        self._is_open = True

    def shut(self) -> "Gate":
        """Let work wait here from now on."""
        self._is_open = False
        return self

    def open(self) -> None:
        """Let everything through."""
        with self._passage:
            self._is_open = True
            self._passage.notify_all()

    def pass_through(self, cancellation: Cancellation) -> None:
        """Wait for the gate, and raise `CancelledByUserError` where the work is cancelled first."""
        cancellation.raise_if_cancelled()
        if self._is_open:
            return
        with cancellation.waking(self._wake), self._passage:
            self.arrived.set()
            if not self._passage.wait_for(lambda: self._is_open or cancellation.cancelled, PATIENCE):
                raise AssertionError("nobody opened the gate")
        cancellation.raise_if_cancelled()

    def _wake(self) -> None:
        with self._passage:
            self._passage.notify_all()
