"""Moments that come, whatever the clock does meanwhile."""

from datetime import datetime, timedelta

from oncetui.model.ports import Clock


class Moment:
    """Tells whether a kept time has come, by the clock or by the time that passed since it was first seen.

    A clock that is put back thus delays nothing that was waited for, and one that jumps ahead is believed.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._moment: datetime | None = None
        self._by = 0.0

    def has_come(self, moment: datetime | None, at_most: timedelta | None = None) -> bool:
        """Tell it of a moment, which is at most so far ahead; None has always come."""
        if moment is None:
            return True
        now = self._clock.now()
        if moment != self._moment:
            ahead = moment - now if at_most is None else min(moment - now, at_most)
            self._moment = moment
            self._by = self._clock.monotonic() + ahead.total_seconds()
        return now >= moment or self._clock.monotonic() >= self._by


class Every:
    """Something that is due at once, and again each time that so much time has passed."""

    def __init__(self, clock: Clock, period: timedelta) -> None:
        self._clock = clock
        self._period = period.total_seconds()
        self._by: float | None = None

    def is_due(self) -> bool:
        """Tell whether it is time."""
        return self._by is None or self._clock.monotonic() >= self._by

    def done(self) -> None:
        """Start waiting anew."""
        self._by = self._clock.monotonic() + self._period

    def at_once(self) -> None:
        """Make it due."""
        self._by = None
