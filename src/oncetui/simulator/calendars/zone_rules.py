"""The rules of a time zone in the form of Windows: two offsets, and the days on which they change."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from oncetui.simulator.calendars.zones import Zone

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Change:
    """The change of an offset: the n-th (or last, -1) weekday of a month, at a time after midnight.

    The time is by the clock before the change; weekdays count from Monday (0).
    """

    month: int
    week: int
    weekday: int
    time: timedelta


@dataclass(frozen=True, slots=True)
class YearRules:
    """A zone's offsets from UTC in a year; without changes only `standard` counts."""

    standard: timedelta
    daylight: timedelta
    to_daylight: Change | None = None
    to_standard: Change | None = None


@cache
def rules_of(zone: Zone, year: int) -> YearRules:
    """Return a zone's rules in one year; one that changes other than twice counts as unchanging."""
    moments = _changes(zone, year)
    offsets = {_offset(zone, datetime(year, month, 1, tzinfo=UTC)) for month in range(1, 13)}
    standard, daylight = min(offsets), max(offsets)
    if len(moments) != 2 or standard == daylight:
        return YearRules(_offset(zone, datetime(year, 1, 1, tzinfo=UTC)), standard)
    forward, back = sorted(moments, key=lambda moment: _offset(zone, moment) == standard)
    return YearRules(standard, daylight, _change(forward, standard), _change(back, daylight))


def display_name(zone: Zone, rules: YearRules) -> str:
    """Return a name such as `(UTC+01:00) Berlin`."""
    if zone.display_name.startswith("("):
        return zone.display_name
    minutes = int(rules.standard.total_seconds() // 60)
    sign, minutes = ("-", -minutes) if minutes < 0 else ("+", minutes)
    where = f"(UTC{sign}{minutes // 60:02}:{minutes % 60:02})" if minutes else "(UTC)"
    return f"{where} {zone.display_name}"


def _changes(zone: Zone, year: int) -> list[datetime]:
    found: list[datetime] = []
    day = datetime(year, 1, 1, tzinfo=UTC)
    while day.year == year:
        if _offset(zone, day) != _offset(zone, day + _DAY):
            found.append(_moment_of_change(zone, day, day + _DAY))
        day += _DAY
    return found


def _moment_of_change(zone: Zone, before: datetime, after: datetime) -> datetime:
    while after - before > _MINUTE:
        middle = before + (after - before) / 2
        middle = middle.replace(second=0, microsecond=0)
        if _offset(zone, middle) == _offset(zone, before):
            before = middle
        else:
            after = middle
    return after


def _offset(zone: Zone, moment: datetime) -> timedelta:
    offset = moment.astimezone(zone.info).utcoffset()
    assert offset is not None
    return offset


def _change(moment: datetime, offset_before: timedelta) -> Change:
    local = (moment + offset_before).replace(tzinfo=None)
    last = (local + 7 * _DAY).month != local.month
    week = -1 if last else (local.day - 1) // 7 + 1
    return Change(local.month, week, local.weekday(), local - datetime(local.year, local.month, local.day))  # noqa: DTZ001 - wall clock
