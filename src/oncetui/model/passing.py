"""How much time passed, by two clocks neither of which tells it alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Instant:
    """The time of day in UTC, and seconds that never go backwards, both read at one moment."""

    by_the_wall: datetime
    steady: float


def passed(since: Instant, now: Instant) -> timedelta:
    """Return how much time passed between two instants: as much as the clock says that saw more of it.

    The steady clock stands still while the computer sleeps, and people and programs put right the one on the
    wall. A clock put back thus delays nothing, what came due in a sleep is done at once, and one put ahead
    costs no more than one early time.
    """
    return max(_steadily(since, now), now.by_the_wall - since.by_the_wall)


def slept(since: Instant, now: Instant) -> timedelta:
    """Return for how long the computer slept between two instants, as far as the clocks can tell.

    A clock put ahead looks the same.
    """
    return passed(since, now) - _steadily(since, now)


def _steadily(since: Instant, now: Instant) -> timedelta:
    return timedelta(seconds=now.steady - since.steady)
