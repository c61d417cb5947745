"""Ctrl+C, a hang-up and SIGTERM as a cancellation that also reaches what other threads wait for."""

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

from oncetui.model.cancellation import Cancellation, CancelledByUserError

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")


@contextlib.contextmanager
def cancelled_by_signals(cancellation: Cancellation) -> Iterator[None]:
    """Cancel on a signal while the block lasts, and end the block with `CancelledByUserError`.

    It belongs into the main thread, the only one that signals come to.
    """

    def interrupted(_number: int, _frame: FrameType | None) -> None:
        # In a thread of its own: the one that was interrupted may hold the cancellation's lock.
        threading.Thread(target=cancellation.cancel, daemon=True).start()
        raise KeyboardInterrupt

    known = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    before = [(number, signal.signal(number, interrupted)) for number in known]
    try:
        yield
    except KeyboardInterrupt:
        raise CancelledByUserError from None
    finally:
        for number, handler in before:
            signal.signal(number, handler)
