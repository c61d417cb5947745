"""Recurrence patterns and ranges, compared with a count of days."""

from calendar import monthrange
from datetime import date, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    pattern_dates,
)

ANCHORS = st.dates(date(2019, 1, 1), date(2027, 12, 31))
GROUPS = st.sampled_from([EVERY_DAY, WEEKDAYS, WEEKEND, *(frozenset({day}) for day in range(7))])
INDEXES = st.sampled_from([1, 2, 3, 4, LAST])
PATTERNS: st.SearchStrategy[Pattern] = st.one_of(
    st.builds(Daily, st.integers(1, 40)),
    st.builds(Weekly, st.integers(1, 6), st.frozensets(st.integers(0, 6), min_size=1), st.integers(0, 6)),
    st.builds(AbsoluteMonthly, st.integers(1, 14), st.integers(1, 31)),
    st.builds(RelativeMonthly, st.integers(1, 14), GROUPS, INDEXES),
    st.builds(AbsoluteYearly, st.integers(1, 12), st.integers(1, 31)),
    st.builds(RelativeYearly, st.integers(1, 12), GROUPS, INDEXES),
)


def falls_on(pattern: Pattern, anchor: date, day: date) -> bool:  # noqa: PLR0911 - one a pattern
    """Whether a pattern falls on a day, decided from that day alone."""
    if day < anchor:
        return False
    months = (day.year - anchor.year) * 12 + day.month - anchor.month
    match pattern:
        case Daily(interval):
            return (day - anchor).days % interval == 0
        case Weekly(interval, days, first_day):
            weeks = (week_start(day, first_day) - week_start(anchor, first_day)).days // 7
            return day.weekday() in days and weeks % interval == 0
        case AbsoluteMonthly(interval, wanted):
            return months % interval == 0 and day.day == min(wanted, days_in(day))
        case RelativeMonthly(interval, days, index):
            return months % interval == 0 and is_nth(day, days, index)
        case AbsoluteYearly(month, wanted):
            return day.month == month and day.day == min(wanted, days_in(day))
        case RelativeYearly(month, days, index):
            return day.month == month and is_nth(day, days, index)


def week_start(day: date, first_day: int) -> date:
    while day.weekday() != first_day:
        day -= timedelta(days=1)
    return day


def days_in(day: date) -> int:
    return monthrange(day.year, day.month)[1]


def is_nth(day: date, days: frozenset[int], index: int) -> bool:
    if day.weekday() not in days:
        return False
    others = range(1, day.day) if index != LAST else range(day.day + 1, days_in(day) + 1)
    alike = sum(day.replace(day=other).weekday() in days for other in others)
    return alike == (0 if index == LAST else index - 1)


def counted(pattern: Pattern, anchor: date, until: date) -> list[date]:
    days = (anchor + timedelta(days=n) for n in range((until - anchor).days + 1))
    return [day for day in days if falls_on(pattern, anchor, day)]


@given(PATTERNS, ANCHORS, st.integers(-400, 1200), st.integers(0, 500))
def test_a_pattern_falls_on_the_days_that_a_day_by_day_count_finds(
    pattern: Pattern, anchor: date, ahead: int, length: int
) -> None:
    first = anchor + timedelta(days=ahead)
    last = first + timedelta(days=length)
    expected = [day for day in counted(pattern, anchor, last) if day >= first]
    found = []
    for day in pattern_dates(pattern, anchor, first):
        if day > last:
            break
        found.append(day)
    assert found == expected


@given(PATTERNS, ANCHORS, st.integers(1, 12), st.integers(0, 3000))
def test_a_numbered_series_ends_with_its_last_occurrence(
    pattern: Pattern, anchor: date, count: int, ahead: int
) -> None:
    series = Recurrence(pattern, anchor, count=count)
    dates = list(islice(pattern_dates(pattern, anchor, anchor), count))
    first = anchor + timedelta(days=ahead)
    assert series.last_date == dates[-1]
    assert list(series.dates(first, date(9000, 1, 1))) == [day for day in dates if day >= first]
    assert [series.at(index + 1) for index in range(count)] == dates
    assert series.at(count + 1) is None


@given(PATTERNS, ANCHORS, st.integers(0, 900))
def test_a_series_with_an_end_date_has_its_last_date_in_it(
    pattern: Pattern, anchor: date, length: int
) -> None:
    until = anchor + timedelta(days=length)
    expected = counted(pattern, anchor, until)
    series = Recurrence(pattern, anchor, until=until)
    assert list(series.dates(anchor, date.max)) == expected
    assert series.last_date == (expected[-1] if expected else None)
    assert series.first_date == (expected[0] if expected else None)


def test_a_series_without_end_has_no_last_date() -> None:
    series = Recurrence(Weekly(1, frozenset({0})), date(2026, 1, 5))
    assert series.last_date is None
    assert series.has(date(2126, 1, 7))


@pytest.mark.parametrize(
    ("day", "expected"), [(31, date(2027, 2, 28)), (30, date(2027, 2, 28)), (28, date(2027, 2, 28))]
)
def test_a_day_that_a_month_lacks_is_its_last_one(day: int, expected: date) -> None:
    assert Recurrence(AbsoluteMonthly(1, day), date(2027, 2, 1)).first_date == expected
