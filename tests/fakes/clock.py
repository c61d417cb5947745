"""A clock that a test sets; waiting takes no time at all."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

MONDAY_MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class FakeClock:
    """Time passes when a test says so, or when somebody waits.

    `waits` lists the seconds that were asked for. What is planned with `at` happens as time passes over
    it, also in the middle of a wait, which then ends where its flag was set.
    """

    def __init__(self, now: datetime = MONDAY_MORNING) -> None:
        self.waits: list[float] = []
        self._now = now
        self._monotonic = 0.0
        self._planned: list[tuple[datetime, Callable[[], None]]] = []
        self._lock = threading.Lock()

    def now(self) -> datetime:
        with self._lock:
            return self._now

    def monotonic(self) -> float:
        with self._lock:
            return self._monotonic

    def wait(self, flag: threading.Event, seconds: float) -> bool:
        self.waits.append(seconds)
        self._pass_until(self.now() + timedelta(seconds=max(seconds, 0)), flag)
        return flag.is_set()

    def advance(self, by: timedelta | float) -> None:
        """Let time pass, in seconds where a number is given."""
        step = by if isinstance(by, timedelta) else timedelta(seconds=by)
        self._pass_until(self.now() + step)

    def put_to(self, now: datetime) -> None:
        """Set the time of day, also backwards, as a person who corrects the clock does."""
        with self._lock:
            self._now = now

    def sleep(self, by: timedelta) -> None:
        """Let the computer sleep: time passes, and the steady clock stands still."""
        self.put_to(self.now() + by)

    def at(self, moment: datetime, action: Callable[[], None]) -> None:
        """Plan something to happen as time passes over a moment."""
        with self._lock:
            self._planned.append((moment, action))

    def _pass_until(self, end: datetime, flag: threading.Event | None = None) -> None:
        # What was planned runs outside the lock: it may wait for a thread that asks for the time.
        while not (flag is not None and flag.is_set()):
            action = self._move_towards(end)
            if action is None:
                return
            action()

    def _move_towards(self, end: datetime) -> Callable[[], None] | None:
        with self._lock:
            due = min(
                (plan for plan in self._planned if plan[0] <= end), key=lambda plan: plan[0], default=None
            )
            to = end if due is None else max(due[0], self._now)
            self._monotonic += max((to - self._now).total_seconds(), 0.0)
            self._now = max(to, self._now)
            if due is None:
                return None
            self._planned.remove(due)
            return due[1]
