"""When an appointment or series takes place, put in order the way Exchange does."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

from oncetui.simulator.calendars.patterns import Daily, Recurrence, Weekly
from oncetui.simulator.calendars.zones import Zone
from oncetui.simulator.soap.failures import EwsError

_LONGEST = timedelta(days=5 * 366)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Times:
    """Start and end in UTC with their zones, whether it takes whole days, and how it recurs."""

    start: datetime
    end: datetime
    start_zone: Zone
    end_zone: Zone
    all_day: bool = False
    recurrence: Recurrence | None = None


def settled(times: Times) -> Times:
    """Return the times as they are kept: whole days by midnights, a series from its first occurrence.

    Raises `EwsError` for what no calendar takes.
    """
    _check(times.start, times.end)
    if times.all_day:
        times = _whole_days(times)
    return times if times.recurrence is None else _from_first_occurrence(times, times.recurrence)


def _check(start: datetime, end: datetime) -> None:
    if end < start:
        raise EwsError("ErrorCalendarEndDateIsEarlierThanStartDate", "EndDate is earlier than StartDate.")
    if end - start > _LONGEST:
        raise EwsError(
            "ErrorCalendarDurationIsTooLong", "The duration of a calendar item is longer than 5 years."
        )


def _whole_days(times: Times) -> Times:
    start = times.start.astimezone(times.start_zone.info)
    end = times.end.astimezone(times.end_zone.info)
    last = end.date() if end.time() == time() and end.date() > start.date() else end.date() + _DAY
    return replace(
        times,
        start=datetime.combine(start.date(), time(), times.start_zone.info).astimezone(UTC),
        end=datetime.combine(last, time(), times.end_zone.info).astimezone(UTC),
    )


def _from_first_occurrence(times: Times, recurrence: Recurrence) -> Times:
    first = recurrence.first_date
    if first is None:
        raise EwsError("ErrorRecurrenceHasNoOccurrence", "The recurrence has no occurrence in its range.")
    zone = times.start_zone.info
    start = times.start.astimezone(zone).replace(tzinfo=None)
    duration = times.end.astimezone(zone).replace(tzinfo=None) - start
    if duration > _shortest_gap(recurrence):
        raise EwsError(
            "ErrorOccurrenceTimeSpanTooBig",
            "An occurrence is longer than the time to the next one of its series.",
        )
    begins = datetime.combine(first, start.time())
    return replace(
        times,
        start=begins.replace(tzinfo=zone).astimezone(UTC),
        end=(begins + duration).replace(tzinfo=zone).astimezone(UTC),
    )


def _shortest_gap(recurrence: Recurrence) -> timedelta:
    match recurrence.pattern:
        case Daily(interval):
            return interval * _DAY
        case Weekly(interval, days):
            ordered = sorted(days)
            gaps = [later - earlier for earlier, later in pairwise(ordered)]
            return min([*gaps, 7 * interval - ordered[-1] + ordered[0]]) * _DAY
        case _:
            return 28 * _DAY
