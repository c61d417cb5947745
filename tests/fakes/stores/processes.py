"""What processes share, in memory: requests, the lock, reports, programs."""

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from oncetui.model.cancellation import Cancellation
from oncetui.model.ports import Clock, Request
from oncetui.model.problem import Problem, ProblemError
from oncetui.model.problems.local import DISK_FULL
from oncetui.model.status import Heartbeat
from tests.fakes.stores.connection import Writes


class InMemoryCommands:
    """Requests to the connector and its heartbeat; `process_lives` plays the process behind it."""

    def __init__(self, writes: Writes, clock: Clock) -> None:
        self.process_lives = True
        self._writes = writes
        self._clock = clock
        self._asked: dict[Request, datetime] = {}
        self._numbers = count(1)
        self._heartbeat: Heartbeat | None = None

    def ask(self, kind: str, expires: datetime) -> Request:
        request = Request(next(self._numbers), kind)
        with self._writes.write():
            self._asked[request] = expires
        return request

    def waiting(self, now: datetime) -> tuple[Request, ...]:
        return tuple(request for request, expires in self._asked.items() if now < expires)

    def answered(self, requests: Iterable[Request]) -> None:
        with self._writes.write():
            for request in requests:
                self._asked.pop(request, None)

    def beat(self, heartbeat: Heartbeat) -> None:
        with self._writes.write():
            self._heartbeat = heartbeat

    def stopped(self) -> None:
        with self._writes.write():
            self._heartbeat = None

    def heartbeat(self) -> Heartbeat | None:
        last = self._heartbeat
        return last if last is not None and self.process_lives and self._is_recent(last) else None

    def silent(self) -> Heartbeat | None:
        last = self._heartbeat
        return None if last is None or not self.process_lives or self._is_recent(last) else last

    def _is_recent(self, heartbeat: Heartbeat) -> bool:
        return timedelta(0) <= self._clock.now() - heartbeat.seen <= timedelta(seconds=10)


class InMemoryLock:
    """The connector's lock; `held_elsewhere` plays another process that holds it."""

    def __init__(self) -> None:
        self.held_elsewhere = False
        self._held = False

    def take(self) -> AbstractContextManager[None] | None:
        if self.held_elsewhere or self._held:
            return None
        self._held = True
        return self._holding()

    @contextlib.contextmanager
    def _holding(self) -> Iterator[None]:
        try:
            yield
        finally:
            self._held = False


class InMemoryReports:
    """Reports by their path; `unwritable` is raised by `save`."""

    def __init__(self) -> None:
        self.kept: dict[Path, str] = {}
        self.named: set[Path] = set()
        self.unwritable: Problem | None = None

    def save(self, text: str, path: Path | None = None) -> Path:
        if self.unwritable is not None:
            raise ProblemError(self.unwritable)
        if path is not None:
            if path in self.kept:
                raise ProblemError(DISK_FULL.problem(path=path, reason="it exists already"))
            self.named.add(path)
        written = path or Path(f"/state/default.report-{len(self.kept) + 1}.txt")
        self.kept[written] = text
        return written

    def erase(self) -> None:
        self.kept = {path: text for path, text in self.kept.items() if path in self.named}


class NotedPrograms:
    """Notes each run: the words of its environment and what it read; `fails_with` is how each ends."""

    def __init__(self) -> None:
        self.runs: list[tuple[dict[str, str], bytes]] = []
        self.fails_with: str | None = None

    def run(
        self, command: Sequence[str], text: bytes, words: Mapping[str, str], cancellation: Cancellation
    ) -> str | None:
        self.runs.append((dict(words), text))
        return self.fails_with
