"""Recurrence patterns and ranges in XML."""

from datetime import UTC, date, datetime, time, tzinfo

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
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.reading import Element

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
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
_GROUPS = {"Day": EVERY_DAY, "Weekday": WEEKDAYS, "WeekendDay": WEEKEND}
_INDEXES = {"First": 1, "Second": 2, "Third": 3, "Fourth": 4, "Last": LAST}
_MOST_OCCURRENCES = 999


def read_recurrence(element: Element) -> Recurrence:
    """Return a recurrence of a request; schema violations and values out of range are raised."""
    parts = list(reading.children(element))
    if len(parts) != 2:
        raise reading.violation(element, "The element 'Recurrence' holds one pattern and one range.")
    pattern = _read_pattern(parts[0])
    return _read_range(parts[1], pattern)


def recurrence_xml(recurrence: Recurrence, zone: tzinfo = UTC) -> str:
    """Return the content of a Recurrence element; dates carry the offset of the series' zone, but for UTC."""
    start = f"<t:StartDate>{_date(recurrence.start, zone)}</t:StartDate>"
    if recurrence.count is not None:
        number = f"<t:NumberOfOccurrences>{recurrence.count}</t:NumberOfOccurrences>"
        ends = f"<t:NumberedRecurrence>{start}{number}</t:NumberedRecurrence>"
    elif recurrence.until is not None:
        last = f"<t:EndDate>{_date(recurrence.until, zone)}</t:EndDate>"
        ends = f"<t:EndDateRecurrence>{start}{last}</t:EndDateRecurrence>"
    else:
        ends = f"<t:NoEndRecurrence>{start}</t:NoEndRecurrence>"
    return _pattern_xml(recurrence.pattern) + ends


def _date(day: date, zone: tzinfo) -> str:
    if zone is UTC:
        return day.isoformat()
    return day.isoformat() + datetime.combine(day, time(), zone).isoformat()[19:]


def _pattern_xml(pattern: Pattern) -> str:
    match pattern:
        case Daily(interval):
            return f"<t:DailyRecurrence>{_interval_xml(interval)}</t:DailyRecurrence>"
        case Weekly(interval, days, first_day):
            first = f"<t:FirstDayOfWeek>{DAYS[first_day]}</t:FirstDayOfWeek>"
            return (
                f"<t:WeeklyRecurrence>{_interval_xml(interval)}{_days_xml(days)}{first}</t:WeeklyRecurrence>"
            )
        case AbsoluteMonthly(interval, day):
            content = f"{_interval_xml(interval)}<t:DayOfMonth>{day}</t:DayOfMonth>"
            return f"<t:AbsoluteMonthlyRecurrence>{content}</t:AbsoluteMonthlyRecurrence>"
        case RelativeMonthly(interval, days, index):
            content = f"{_interval_xml(interval)}{_nth_xml(days, index)}"
            return f"<t:RelativeMonthlyRecurrence>{content}</t:RelativeMonthlyRecurrence>"
        case AbsoluteYearly(month, day):
            content = f"<t:DayOfMonth>{day}</t:DayOfMonth>{_month_xml(month)}"
            return f"<t:AbsoluteYearlyRecurrence>{content}</t:AbsoluteYearlyRecurrence>"
        case RelativeYearly(month, days, index):
            content = f"{_nth_xml(days, index)}{_month_xml(month)}"
            return f"<t:RelativeYearlyRecurrence>{content}</t:RelativeYearlyRecurrence>"


def _interval_xml(interval: int) -> str:
    return f"<t:Interval>{interval}</t:Interval>"


def _month_xml(month: int) -> str:
    return f"<t:Month>{MONTHS[month - 1]}</t:Month>"


def _days_xml(days: frozenset[int]) -> str:
    return f"<t:DaysOfWeek>{' '.join(DAYS[day] for day in sorted(days))}</t:DaysOfWeek>"


def _nth_xml(days: frozenset[int], index: int) -> str:
    group = next((name for name, members in _GROUPS.items() if members == days), None)
    names = group or DAYS[min(days)]
    place = next(name for name, number in _INDEXES.items() if number == index)
    return f"<t:DaysOfWeek>{names}</t:DaysOfWeek><t:DayOfWeekIndex>{place}</t:DayOfWeekIndex>"


def _read_pattern(element: Element) -> Pattern:
    match reading.local_name(element):
        case "DailyRecurrence":
            return Daily(_number(element, "Interval", 999))
        case "WeeklyRecurrence":
            days = frozenset[int]().union(*(_week_days(element, word) for word in _words(element)))
            return Weekly(_number(element, "Interval", 99), days, _first_day(element))
        case "AbsoluteMonthlyRecurrence":
            return AbsoluteMonthly(_number(element, "Interval", 99), _number(element, "DayOfMonth", 31))
        case "RelativeMonthlyRecurrence":
            return RelativeMonthly(_number(element, "Interval", 99), _nth_days(element), _index(element))
        case "AbsoluteYearlyRecurrence":
            return AbsoluteYearly(_month(element), _number(element, "DayOfMonth", 31))
        case "RelativeYearlyRecurrence":
            return RelativeYearly(_month(element), _nth_days(element), _index(element))
        case name:
            raise reading.violation(element, f"The element 'Recurrence' has invalid child element '{name}'.")


def _read_range(element: Element, pattern: Pattern) -> Recurrence:
    start = reading.day_of(reading.needed(element, "StartDate"))
    match reading.local_name(element):
        case "NoEndRecurrence":
            return Recurrence(pattern, start)
        case "EndDateRecurrence":
            until = reading.day_of(reading.needed(element, "EndDate"))
            _check_order(start, until)
            return Recurrence(pattern, start, until=until)
        case "NumberedRecurrence":
            return Recurrence(
                pattern, start, count=_number(element, "NumberOfOccurrences", _MOST_OCCURRENCES)
            )
        case name:
            raise reading.violation(element, f"The element 'Recurrence' has invalid child element '{name}'.")


def _check_order(start: date, until: date) -> None:
    if until < start:
        raise EwsError("ErrorCalendarEndDateIsEarlierThanStartDate", "EndDate is earlier than StartDate.")


def _number(element: Element, name: str, most: int) -> int:
    value = reading.integer(reading.needed(element, name))
    if not 1 <= value <= most:
        raise EwsError("ErrorCalendarOutOfRange", f"{name} is out of range.")
    return value


def _words(element: Element) -> list[str]:
    found = reading.needed(element, "DaysOfWeek")
    words = reading.content(found).split()
    unknown = [word for word in words if word not in DAYS and word not in _GROUPS]
    if unknown or not words:
        raise reading.bad_value(found, reading.content(found), "DaysOfWeekType")
    return words


def _week_days(element: Element, word: str) -> frozenset[int]:
    if word in _GROUPS and reading.local_name(element) == "WeeklyRecurrence":
        raise EwsError(
            "ErrorCalendarInvalidDayForWeeklyRecurrence",
            "Weekly recurrence takes days of the week, not Day, Weekday or WeekendDay.",
        )
    return frozenset({DAYS.index(word)})


def _nth_days(element: Element) -> frozenset[int]:
    words = _words(element)
    if len(words) != 1:
        raise reading.bad_value(element, " ".join(words), "DayOfWeekType")
    return _GROUPS.get(words[0]) or frozenset({DAYS.index(words[0])})


def _index(element: Element) -> int:
    found = reading.needed(element, "DayOfWeekIndex")
    word = reading.content(found).strip()
    if word not in _INDEXES:
        raise reading.bad_value(found, word, "DayOfWeekIndexType")
    return _INDEXES[word]


def _month(element: Element) -> int:
    found = reading.needed(element, "Month")
    word = reading.content(found).strip()
    if word not in MONTHS:
        raise reading.bad_value(found, word, "MonthNamesType")
    return MONTHS.index(word) + 1


def _first_day(element: Element) -> int:
    found = reading.child(element, "FirstDayOfWeek")
    if found is None:
        return DAYS.index("Sunday")
    word = reading.content(found).strip()
    if word not in DAYS:
        raise reading.bad_value(found, word, "DayOfWeekType")
    return DAYS.index(word)
