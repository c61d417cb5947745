"""When a booking page is open by the wall clock: the week, and single dates that differ from it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, time, timedelta
from typing import TypeVar

Day = TypeVar("Day", int, date)

Hours = tuple[tuple[time, time], ...]
"""The spans of one day, in order; an end of 00:00 is the midnight that ends the day."""

Week = tuple[Hours, ...]
"""Seven days, Monday first."""

DateHours = tuple[tuple[date, Hours], ...]
"""Dates whose hours differ from the week's, each once, in order; no hours close the date."""

WORKDAY: Hours = ((time(9), time(17)),)
WORKING_WEEK: Week = (WORKDAY,) * 5 + ((), ())
CLOSED_WEEK: Week = ((),) * 7
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
CLOSED = "closed"


def hours_on(week: Week, dates: DateHours, day: date) -> Hours:
    """Return the hours of a date: its own where it has some, else those of its weekday."""
    return next((hours for one, hours in dates if one == day), week[day.weekday()])


def week_text(week: Week) -> str:
    """Return the week with equal days in a row put together, as in `Mon-Fri 09:00-17:00`."""
    runs = _runs(enumerate(week), lambda day: day + 1)
    return (
        ", ".join(f"{_weekdays_text(*days)} {hours_text(hours)}" for days, hours in runs if hours) or CLOSED
    )


def dates_text(dates: DateHours) -> str:
    """Return the dates with equal ones in a row put together; empty without any."""
    runs = _runs(dates, lambda day: day + timedelta(days=1))
    return ", ".join(f"{_dates_text(*days)} {hours_text(hours)}" for days, hours in runs)


def hours_text(hours: Hours) -> str:
    """Return the spans of a day, as in `09:00-12:00 13:00-17:00`, or `closed`."""
    return " ".join(f"{start:%H:%M}-{end_text(end)}" for start, end in hours) or CLOSED


def end_text(end: time) -> str:
    """Return the end of a span; midnight is the end of its day."""
    return "24:00" if end == time(0) else f"{end:%H:%M}"


def _runs(
    days: Iterable[tuple[Day, Hours]], after: Callable[[Day], Day]
) -> Sequence[tuple[tuple[Day, Day], Hours]]:
    runs: list[tuple[tuple[Day, Day], Hours]] = []
    for day, hours in days:
        if runs and runs[-1][1] == hours and after(runs[-1][0][1]) == day:
            runs[-1] = ((runs[-1][0][0], day), hours)
        else:
            runs.append(((day, day), hours))
    return runs


def _weekdays_text(first: int, last: int) -> str:
    return WEEKDAYS[first] if first == last else f"{WEEKDAYS[first]}-{WEEKDAYS[last]}"


def _dates_text(first: date, last: date) -> str:
    return f"{first}" if first == last else f"{first} to {last}"
