"""On which dates a series falls: the patterns and ranges of Exchange, reckoned by python-dateutil."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, weekday
from exchangelib.util import TNS

from oncetui.exchange.faults.answer_errors import NotUnderstoodError
from oncetui.exchange.operations.payloads import Element

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_GROUPS = {"Day": range(7), "Weekday": range(5), "WeekendDay": (5, 6)}
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_PLACES = {"First": 1, "Second": 2, "Third": 3, "Fourth": 4, "Last": -1}
_RANGES = {
    "NoEndRecurrence": None,
    "EndDateRecurrence": "EndDate",
    "NumberedRecurrence": "NumberOfOccurrences",
}
_DATE_LENGTH = len("2026-03-01")
_MOST = 9999


def rule_of(recurrence: Element) -> rrule:
    """Return the rule of a Recurrence element (MS-OXWSCDATA 2.2.4.57), whose moments are midnights.

    A day of the month that a month lacks is its last day. Raises `NotUnderstoodError` for what can't be
    reckoned: busy time that is only guessed would be booked over.
    """
    parts = {str(part.tag).removeprefix(f"{{{TNS}}}"): part for part in recurrence}
    pattern = next((name for name in parts if name in _PATTERNS), None)
    ends = next((name for name in parts if name in _RANGES), None)
    if pattern is None or ends is None:
        raise NotUnderstoodError("A series has no pattern or range that is known.")
    bounds: dict[str, Any] = {"dtstart": _midnight(_text(parts[ends], "StartDate"))}
    if ends == "EndDateRecurrence":
        bounds["until"] = _midnight(_text(parts[ends], "EndDate"))
    elif ends == "NumberedRecurrence":
        bounds["count"] = _number(parts[ends], "NumberOfOccurrences")
    return _PATTERNS[pattern](parts[pattern], bounds)


def _daily(pattern: Element, bounds: dict[str, Any]) -> rrule:
    return rrule(DAILY, interval=_number(pattern, "Interval"), **bounds)


def _weekly(pattern: Element, bounds: dict[str, Any]) -> rrule:
    first = pattern.findtext(f"{{{TNS}}}FirstDayOfWeek") or "Sunday"
    return rrule(
        WEEKLY,
        interval=_number(pattern, "Interval"),
        byweekday=_days(pattern),
        wkst=weekday(_index(DAYS, first)),
        **bounds,
    )


def _monthly(pattern: Element, bounds: dict[str, Any]) -> rrule:
    days = _days_of_month(pattern)
    return rrule(MONTHLY, interval=_number(pattern, "Interval"), bymonthday=days, bysetpos=-1, **bounds)


def _monthly_by_weekday(pattern: Element, bounds: dict[str, Any]) -> rrule:
    interval, days = _number(pattern, "Interval"), _days(pattern)
    return rrule(MONTHLY, interval=interval, byweekday=days, bysetpos=_place(pattern), **bounds)


def _yearly(pattern: Element, bounds: dict[str, Any]) -> rrule:
    days = _days_of_month(pattern)
    return rrule(YEARLY, bymonth=_month(pattern), bymonthday=days, bysetpos=-1, **bounds)


def _yearly_by_weekday(pattern: Element, bounds: dict[str, Any]) -> rrule:
    month, days = _month(pattern), _days(pattern)
    return rrule(YEARLY, bymonth=month, byweekday=days, bysetpos=_place(pattern), **bounds)


_PATTERNS: dict[str, Callable[[Element, dict[str, Any]], rrule]] = {
    "DailyRecurrence": _daily,
    "WeeklyRecurrence": _weekly,
    "AbsoluteMonthlyRecurrence": _monthly,
    "RelativeMonthlyRecurrence": _monthly_by_weekday,
    "AbsoluteYearlyRecurrence": _yearly,
    "RelativeYearlyRecurrence": _yearly_by_weekday,
}


def _days(pattern: Element) -> list[int]:
    words = _text(pattern, "DaysOfWeek").split()
    days = {day for word in words for day in _GROUPS.get(word) or (_index(DAYS, word),)}
    if not days:
        raise NotUnderstoodError("A series falls on no day of the week.")
    return sorted(days)


def _days_of_month(pattern: Element) -> list[int]:
    day = _number(pattern, "DayOfMonth", most=31)
    return list(range(28, day + 1)) if day > 28 else [day]


def _month(pattern: Element) -> int:
    return _index(_MONTHS, _text(pattern, "Month")) + 1


def _place(pattern: Element) -> int:
    place = _PLACES.get(_text(pattern, "DayOfWeekIndex"))
    if place is None:
        raise NotUnderstoodError("A series falls on a week that is not known.")
    return place


def _index(words: tuple[str, ...], word: str) -> int:
    if word not in words:
        raise NotUnderstoodError("A series names a day or month that is not known.")
    return words.index(word)


def _number(part: Element, name: str, most: int = _MOST) -> int:
    text = _text(part, name)
    # rrule never ends with an interval of 0.
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:5]) <= most):
        raise NotUnderstoodError("A series has a number that is out of range.")
    return int(text)


def _midnight(text: str) -> datetime:
    """Return the date of a text that may end with an offset, such as 2026-03-01+01:00."""
    try:
        return datetime.combine(date.fromisoformat(text[:_DATE_LENGTH]), time())
    except ValueError as error:
        raise NotUnderstoodError("A series has no readable date.") from error


def _text(part: Element, name: str) -> str:
    return (part.findtext(f"{{{TNS}}}{name}") or "").strip()
