"""The wall clock of a zone as stretches of constant offset, so that changes of the clock need no guesses."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from oncetui.model.availability.spans import Span

LOOK = timedelta(hours=12)
"""No zone has moved its clock forth and back within so short a time."""

_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)
# No clock is further from UTC than this.
_FURTHEST = timedelta(hours=26)


@dataclass(frozen=True)
class Stretch:
    """A time in UTC during which a zone's clock is `offset` ahead of UTC."""

    start: datetime
    end: datetime
    offset: timedelta


def stretches(zone: ZoneInfo, start: datetime, end: datetime) -> tuple[Stretch, ...]:
    """Return the stretches of constant offset from start to end, both in UTC and whole seconds."""
    found: list[Stretch] = []
    began, at = start, start
    offset = _offset(zone, start)
    while at < end:
        looked = min(at + LOOK, end)
        if _offset(zone, looked) != offset:
            change = _first_with_other_offset(zone, at, looked, offset)
            found.append(Stretch(began, change, offset))
            began = at = change
            offset = _offset(zone, change)
        else:
            at = looked
    return (*found, Stretch(began, end, offset))


def stretches_of_days(zone: ZoneInfo, first: date, last: date) -> tuple[Stretch, ...]:
    """Return the stretches that hold every moment of the days from first to last."""
    begin = datetime.combine(first, time(0), UTC) - _FURTHEST
    return stretches(zone, begin, datetime.combine(last, time(0), UTC) + _DAY + _FURTHEST)


def moments_within(day: date, start: time, end: time, known: tuple[Stretch, ...]) -> Iterator[Span]:
    """Yield when, in UTC, the wall clock of a day stands from start up to end; midnight ends the day.

    What a clock put forward skips is left out, and what a clock put back shows twice comes twice; spans that
    touch are put together.
    """
    begins = datetime.combine(day, start, UTC)
    ends = datetime.combine(day, end, UTC) + (_DAY if end == time(0) else timedelta(0))
    before: Span | None = None
    for stretch in known:
        from_, to = max(begins - stretch.offset, stretch.start), min(ends - stretch.offset, stretch.end)
        if from_ >= to:
            continue
        if before is not None and before[1] == from_:
            before = (before[0], to)
            continue
        if before is not None:
            yield before
        before = (from_, to)
    if before is not None:
        yield before


def _first_with_other_offset(
    zone: ZoneInfo, earlier: datetime, later: datetime, offset: timedelta
) -> datetime:
    """Return the first second after `earlier` that has another offset, found by halving."""
    while later - earlier > _SECOND:
        middle = earlier + (later - earlier) // 2
        middle = middle.replace(microsecond=0)
        if _offset(zone, middle) == offset:
            earlier = middle
        else:
            later = middle
    return later


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    offset = moment.astimezone(zone).utcoffset()
    return timedelta(0) if offset is None else offset
