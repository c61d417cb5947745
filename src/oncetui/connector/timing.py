"""Moments that come, whatever the clock does meanwhile and however long the computer sleeps."""

from datetime import date, datetime, timedelta

from oncetui.model.passing import Instant, passed
from oncetui.model.ports import Clock


def instant(clock: Clock) -> Instant:
    """Read both clocks."""
    return Instant(clock.now(), clock.monotonic())


class Moment:
    """Tells whether a kept time has come, by the clock or by the time that passed since it was first seen.

    A clock that is put back thus delays nothing that was waited for, and one that jumps ahead is believed.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._moment: datetime | None = None
        self._seen = instant(clock)
        self._waits = timedelta()

    def has_come(self, moment: datetime | None, at_most: timedelta | None = None) -> bool:
        """Tell it of a moment, which is at most so far ahead; None has always come."""
        if moment is None:
            return True
        now = instant(self._clock)
        if moment != self._moment:
            ahead = moment - now.by_the_wall
            self._moment, self._seen = moment, now
            self._waits = ahead if at_most is None else min(ahead, at_most)
        return passed(self._seen, now) >= self._waits


class Every:
    """Something that is due at once, and again each time that so much time has passed."""

    def __init__(self, clock: Clock, period: timedelta) -> None:
        self._clock = clock
        self._period = period
        self._since: Instant | None = None

    def is_due(self) -> bool:
        """Tell whether it is time."""
        return self._since is None or passed(self._since, instant(self._clock)) >= self._period

    def done(self) -> None:
        """Start waiting anew."""
        self._since = instant(self._clock)

    def at_once(self) -> None:
        """Make it due."""
        self._since = None


class EachDay:
    """Something that is due at once, and again on each other day in UTC."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._done_on: date | None = None

    def is_due(self) -> bool:
        """Tell whether it is another day."""
        return self._done_on != self._clock.now().date()

    def done(self, begun: datetime) -> None:
        """Note that it was done as of this moment: what began before midnight is due again after it."""
        self._done_on = begun.date()
