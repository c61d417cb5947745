"""The record of the connection in memory, and the writes that can fail."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from oncetui.model.ports import StateChange
from oncetui.model.schedule import ATTEMPT_AT_MOST
from oncetui.model.state import ConnectionRecord, State


class Writes:
    """Counts writes and lets one through at a time, as the file's lock does."""

    def __init__(self) -> None:
        self.done = 0
        self._lock = threading.RLock()

    @contextlib.contextmanager
    def write(self) -> Iterator[None]:
        with self._lock:
            yield
            self.done += 1


class InMemoryConnection:
    """The kept state, its log and the attempt under way."""

    def __init__(self, writes: Writes, since: datetime) -> None:
        self._writes = writes
        self._record = ConnectionRecord(State.NOT_CONNECTED, since)
        self._history: list[StateChange] = []
        self._deadline: datetime | None = None

    def load(self) -> ConnectionRecord:
        return self._record

    def change(
        self, advance: Callable[[ConnectionRecord], ConnectionRecord], sentence: str = ""
    ) -> ConnectionRecord:
        with self._writes.write():
            before, self._record = self._record, advance(self._record)
            if self._record.state is not before.state:
                self._history.insert(0, StateChange(self._record.since, str(self._record.state), sentence))
            return self._record

    def history(self, limit: int = 20) -> tuple[StateChange, ...]:
        return tuple(self._history[:limit])

    def begin_attempt(self, deadline: datetime) -> None:
        with self._writes.write():
            self._deadline = deadline

    def end_attempt(self) -> None:
        with self._writes.write():
            self._deadline = None

    def attempting(self, now: datetime) -> bool:
        return self._deadline is not None and now < self._deadline <= now + ATTEMPT_AT_MOST

    def version(self) -> int:
        return self._writes.done

    def forget_sentences(self) -> None:
        """Blank the log's sentences about the server, as erasing does."""
        self._history = [
            line if line.state == State.DISCONNECTED else replace(line, sentence="") for line in self._history
        ]
