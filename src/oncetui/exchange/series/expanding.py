"""The occurrences of a series in a window."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from dateutil.rrule import rrule

from oncetui.model.calendars import BusyBlock, Showing, Window

DAYLIGHT_SAVING = timedelta(hours=1)
"""By how much an occurrence is made longer at both ends where nothing tells when its zone changes."""
_NEAR = timedelta(hours=12)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Series:
    """A series: times of its first occurrence in UTC, the rule of its dates, its zone where that is known.

    `replaced` are the moments, in UTC and sorted, at which occurrences were due that were deleted or changed.
    """

    item: str
    start: datetime
    end: datetime
    showing: Showing
    rule: rrule
    zone: tzinfo | None
    replaced: tuple[datetime, ...] = ()


def occurrences(series: Series, window: Window) -> Iterator[BusyBlock]:
    """Yield the occurrences as planned that overlap the window; those deleted or changed are left out.

    The clock on the wall stays the same through changes of the offset, as in Exchange. Where the zone is not
    known every occurrence lasts an hour longer at both ends: too much is busy then, never too little.
    """
    first = next(iter(series.rule), None)
    if first is None:
        return
    around = series.end - series.start + 2 * _DAY
    for midnight in series.rule.between(
        _midnight(window.start - around), _midnight(window.end + 2 * _DAY), inc=True
    ):
        planned, start, end = _times(series, midnight - first)
        overlaps = start < window.end and (end > window.start or start == end == window.start)
        if overlaps and not _is_near(series.replaced, planned):
            yield BusyBlock(series.item, start, end, series.showing)


def _times(series: Series, later: timedelta) -> tuple[datetime, datetime, datetime]:
    """Return when an occurrence is due so many days after the first, and what of it is busy."""
    if series.zone is None:
        planned = series.start + later
        return planned, planned - DAYLIGHT_SAVING, series.end + later + DAYLIGHT_SAVING
    # Reckoned by the clock on the wall, without a zone, and put into the zone again.
    start, end = (
        (by_the_wall.replace(tzinfo=None) + later).replace(tzinfo=series.zone).astimezone(UTC)
        for by_the_wall in (series.start.astimezone(series.zone), series.end.astimezone(series.zone))
    )
    return start, start, end


def _is_near(replaced: tuple[datetime, ...], planned: datetime) -> bool:
    at = bisect_left(replaced, planned)
    return any(abs(moment - planned) < _NEAR for moment in replaced[max(at - 1, 0) : at + 1])


def _midnight(moment: datetime) -> datetime:
    day: date = moment.date()
    return datetime.combine(day, time())
