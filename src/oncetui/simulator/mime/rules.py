"""Recurrences as the RRULE of iCalendar (RFC 5545, 3.3.10)."""

from datetime import UTC, date, datetime

from oncetui.simulator.calendars.patterns import (
    EVERY_DAY,
    LAST,
    WEEKDAYS,
    WEEKEND,
    AbsoluteMonthly,
    AbsoluteYearly,
    Daily,
    Pattern,
    Recurrence,
    RelativeMonthly,
    RelativeYearly,
    Weekly,
)

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_GROUPS = (EVERY_DAY, WEEKDAYS, WEEKEND)
_LONGEST_SHORT_MONTH = 28
_MOST = 999


class UnsupportedRuleError(ValueError):
    """The rule can't be said in the patterns of Exchange."""


def rule_of(recurrence: Recurrence, last_start: datetime | None) -> str:
    """Return the rule; `last_start` is when a series that ends on a date starts for the last time, UTC."""
    rule = _pattern_rule(recurrence.pattern)
    if recurrence.count is not None:
        return f"{rule};COUNT={recurrence.count}"
    if last_start is not None:
        return f"{rule};UNTIL={last_start.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return rule


def read_rule(text: str, start: date) -> Recurrence:
    """Return the recurrence that a rule means for a series from `start` on.

    Raises `UnsupportedRuleError`, for example for hourly rules.
    """
    parts = dict(part.partition("=")[::2] for part in text.upper().split(";") if part)
    try:
        pattern = _read_pattern(parts, start)
        count = _number(parts["COUNT"], _MOST) if "COUNT" in parts else None
        until = datetime.strptime(parts["UNTIL"][:8], "%Y%m%d").date() if "UNTIL" in parts else None  # noqa: DTZ007 - a date
    except (KeyError, ValueError) as error:
        raise UnsupportedRuleError(text) from error
    return Recurrence(pattern, start, until=until, count=count)


def _pattern_rule(pattern: Pattern) -> str:
    match pattern:
        case Daily(interval):
            return f"FREQ=DAILY;INTERVAL={interval}"
        case Weekly(interval, days, first):
            return f"FREQ=WEEKLY;INTERVAL={interval};BYDAY={_names(days)};WKST={_DAYS[first]}"
        case AbsoluteMonthly(interval, day):
            return f"FREQ=MONTHLY;INTERVAL={interval};{_month_day(day)}"
        case RelativeMonthly(interval, days, index):
            return f"FREQ=MONTHLY;INTERVAL={interval};BYDAY={_names(days)};BYSETPOS={index}"
        case AbsoluteYearly(month, day):
            return f"FREQ=YEARLY;BYMONTH={month};{_month_day(day)}"
        case RelativeYearly(month, days, index):
            return f"FREQ=YEARLY;BYMONTH={month};BYDAY={_names(days)};BYSETPOS={index}"


def _names(days: frozenset[int]) -> str:
    return ",".join(_DAYS[day] for day in sorted(days))


def _month_day(day: int) -> str:
    # A day that a month lacks is its last one: the last of all days up to it.
    if day <= _LONGEST_SHORT_MONTH:
        return f"BYMONTHDAY={day}"
    days = ",".join(str(each) for each in range(_LONGEST_SHORT_MONTH, day + 1))
    return f"BYMONTHDAY={days};BYSETPOS=-1"


def _read_pattern(parts: dict[str, str], start: date) -> Pattern:
    interval = _number(parts.get("INTERVAL", "1"), _MOST)
    match parts["FREQ"]:
        case "DAILY":
            return Daily(interval)
        case "WEEKLY":
            days = _days(parts["BYDAY"]) if "BYDAY" in parts else frozenset({start.weekday()})
            return Weekly(interval, days, _DAYS.index(parts.get("WKST", "MO")))
        case "MONTHLY":
            if "BYDAY" in parts:
                return RelativeMonthly(interval, *_nth(parts))
            return AbsoluteMonthly(interval, _day(parts, start))
        case "YEARLY":
            month = _number(parts.get("BYMONTH", str(start.month)), 12)
            if "BYDAY" in parts:
                return RelativeYearly(month, *_nth(parts))
            return AbsoluteYearly(month, _day(parts, start))
        case other:
            raise ValueError(other)


def _day(parts: dict[str, str], start: date) -> int:
    days = [int(day) for day in parts.get("BYMONTHDAY", str(start.day)).split(",")]
    return 31 if days == [-1] else _number(str(max(days)), 31)


def _number(text: str, most: int) -> int:
    number = int(text)
    if not 1 <= number <= most:
        raise ValueError(text)
    return number


def _days(text: str) -> frozenset[int]:
    return frozenset(_DAYS.index(name[-2:]) for name in text.split(","))


def _nth(parts: dict[str, str]) -> tuple[frozenset[int], int]:
    index = parts.get("BYSETPOS") or parts["BYDAY"].split(",")[0][:-2]
    number, days = int(index), _days(parts["BYDAY"])
    if number not in {1, 2, 3, 4, LAST} or (len(days) > 1 and days not in _GROUPS):
        raise ValueError(index)
    return days, number
