"""Time zones that a request defines by itself: offsets, and the days of a year on which they change."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from oncetui.simulator.calendars.patterns import LAST, nth_of
from oncetui.simulator.calendars.zone_rules import Change

_NOTHING = timedelta()


@dataclass(frozen=True)
class CustomZone(tzinfo):
    """A zone of one offset, or of two that change on the same days every year.

    Of a local time that happens twice or never `fold` chooses, as in `zoneinfo`.
    """

    name: str
    standard: timedelta
    daylight: timedelta
    to_daylight: Change | None = None
    to_standard: Change | None = None

    def utcoffset(self, moment: datetime | None) -> timedelta:
        """Return the offset from UTC at a local time."""
        return self.daylight if moment is not None and self._is_daylight(moment) else self.standard

    def dst(self, moment: datetime | None) -> timedelta:
        """Return what daylight saving adds at a local time."""
        return self.utcoffset(moment) - self.standard

    def tzname(self, moment: datetime | None) -> str:  # noqa: ARG002 - the signature of tzinfo
        """Return the zone's name."""
        return self.name

    def fromutc(self, moment: datetime) -> datetime:
        """Return the local time of a moment that is given in UTC and carries this zone."""
        bare = moment.replace(tzinfo=None)
        forward, back = self._changes(bare.year)
        if forward is None or back is None:
            return (bare + self.standard).replace(tzinfo=self)
        starts, ends = forward - self.standard, back - self.daylight
        daylight = starts <= bare < ends if starts < ends else not ends <= bare < starts
        local = bare + (self.daylight if daylight else self.standard)
        twice = not daylight and ends <= bare < ends + (self.daylight - self.standard)
        return local.replace(tzinfo=self, fold=int(twice))

    def _is_daylight(self, moment: datetime) -> bool:
        forward, back = self._changes(moment.year)
        if forward is None or back is None:
            return False
        bare = moment.replace(tzinfo=None, fold=0)
        saved = self.daylight - self.standard
        # In the hour that is skipped the earlier offset counts, in the one that comes twice the first one.
        starts = forward + (_NOTHING if moment.fold else saved)
        ends = back - (saved if moment.fold else _NOTHING)
        return starts <= bare < ends if starts < ends else not ends <= bare < starts

    def _changes(self, year: int) -> tuple[datetime | None, datetime | None]:
        if self.to_daylight is None or self.to_standard is None:
            return None, None
        return _moment(self.to_daylight, year), _moment(self.to_standard, year)


def _moment(change: Change, year: int) -> datetime:
    index = LAST if change.week in {LAST, 5} else change.week
    day: date = nth_of(year, change.month, frozenset({change.weekday}), index)
    return datetime.combine(day, time()) + change.time
