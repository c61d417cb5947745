"""Listeners whose threads move only while the test stands still: a seed tells the same story each time."""

import threading
import time
from collections.abc import Callable, Iterator

from oncetui.model.cancellation import CancelledByUserError
from oncetui.model.problem import ProblemError
from tests.fakes.exchange import Listener

PATIENCE = 30.0
NAME = "changes"


class Streams:
    """Everybody who listens to one server."""

    def __init__(self) -> None:
        self.moved = threading.Condition()
        self.letting_in = False
        self.standing: dict[threading.Thread, StoryListener] = {}
        self._of_others = frozenset(threading.enumerate())

    def settle(self) -> None:
        """Let whoever wants to listen begin, and wait until all of them listen or have ended."""
        until = time.monotonic() + PATIENCE
        with self.moved:
            self.letting_in = True
            self.moved.notify_all()
            while any(self._moving()):
                assert time.monotonic() < until, "a listener neither listens nor ends"
                self.moved.wait(0.001)
            self.letting_in = False

    def end_all(self, problem: ProblemError | None = None) -> None:
        """Let all of them hear no more, and wait until they have noticed."""
        for listener in tuple(self.standing.values()):
            listener.end(problem)
        self.settle()

    def fall_silent(self) -> None:
        """Let those who listen now hear nothing, and not notice."""
        for listener in self.standing.values():
            listener.silent = True

    def _moving(self) -> Iterator[threading.Thread]:
        for thread in threading.enumerate():
            if thread.name == NAME and thread.is_alive() and thread not in self._of_others:
                listener = self.standing.get(thread)
                if listener is None or listener.over:
                    yield thread


class StoryListener(Listener):
    """One who listens; `begins` raises where the server turns them away."""

    def __init__(
        self,
        streams: Streams,
        keys: frozenset[str],
        heard: Callable[[frozenset[str]], None],
        begins: Callable[[], None],
    ) -> None:
        super().__init__(keys, heard)
        self.over = self.silent = False
        self._streams = streams
        self._begins = begins

    def tell(self, key: str) -> None:
        if not self.over and not self.silent:
            super().tell(key)

    def end(self, problem: ProblemError | None = None) -> None:
        with self._streams.moved:
            if not self.over:
                self.over, self._problem = True, problem
            self._streams.moved.notify_all()

    def listen(self) -> None:
        """Wait to be let in, then until it is over; it returns by raising."""
        me, moved = threading.current_thread(), self._streams.moved
        with moved:
            while not self.over and not self._streams.letting_in:
                moved.wait(PATIENCE)
            let_in = not self.over
        if let_in:
            self._begins()
            self.beat()
            with moved:
                self._streams.standing[me] = self
                moved.notify_all()
                while not self.over:
                    moved.wait(PATIENCE)
                del self._streams.standing[me]
        if self._problem is not None:
            raise self._problem
        raise CancelledByUserError
