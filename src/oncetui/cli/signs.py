"""What signals ask of a program that runs for long: to end, or to open its log anew."""

import os
import queue
import signal
import threading
from types import FrameType, TracebackType
from typing import Self

ENDING = ("SIGTERM", "SIGINT", "SIGHUP")


class Signs:
    """Notes signals while the block lasts; they are done in the loop of the main thread.

    A handler that raised could be swallowed by whatever the main thread just does, and one that took a lock
    could find it held: putting into a `SimpleQueue` does neither. SIGHUP asks for a log to be opened anew
    where the program `reopens` one; elsewhere it asks to end, but stays ignored where it was, as by nohup.

    However an end goes, it is over `ends_within` seconds after the first signal that asks for it.
    """

    def __init__(self, *, reopens: bool, ends_within: float) -> None:
        self._reopens = reopens
        self._ends_within = ends_within
        self._noted: queue.SimpleQueue[int] = queue.SimpleQueue()
        self._end: queue.SimpleQueue[int] = queue.SimpleQueue()
        self._before: dict[int, object] = {}
        self._ended = False

    def __enter__(self) -> Self:
        for name in ENDING:
            number = getattr(signal, name, None)
            if number is not None and not self._stays_ignored(number):
                self._before[number] = signal.signal(number, self._note)
        threading.Thread(target=self._cut_a_long_end, name="end", daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Once the end has begun, further signals stay without effect until the process has ended.
        if not self._ended:
            for number, handler in self._before.items():
                signal.signal(number, handler)  # type: ignore[arg-type]  # what it was before

    def next(self, within: float) -> signal.Signals | None:
        """Return the next signal, None where none came within that many seconds."""
        try:
            number = self._noted.get(timeout=within)
        except queue.Empty:
            return None
        self._ended = self._ended or self.asks_to_end(number)
        return signal.Signals(number)

    def asks_to_end(self, number: int) -> bool:
        """Tell whether a signal asks for the end of the program."""
        return not (self._reopens and number == getattr(signal, "SIGHUP", None))

    def _note(self, number: int, _frame: FrameType | None) -> None:
        self._noted.put(number)
        if self.asks_to_end(number):
            self._end.put(number)

    def _cut_a_long_end(self) -> None:
        number = self._end.get()
        threading.Event().wait(self._ends_within)
        # Whatever hangs, such as a terminal that takes no more of the log, loses nothing that is kept.
        os._exit(exit_code_after(number))

    def _stays_ignored(self, number: int) -> bool:
        hang_up = number == getattr(signal, "SIGHUP", None)
        return hang_up and not self._reopens and signal.getsignal(number) is signal.SIG_IGN


def exit_code_after(number: int) -> int:
    """Return the exit code of a program that a signal ended: Ctrl+C cancels, the others are its usual end."""
    from oncetui.cli.outcome import CANCELLED, GOOD

    return CANCELLED if number == signal.SIGINT else GOOD
