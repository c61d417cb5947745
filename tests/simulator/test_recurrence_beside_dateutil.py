"""Series fall on the same days and times as python-dateutil says."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, weekday
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from oncetui.simulator.calendars.appointments import Times
from oncetui.simulator.calendars.edits import Author, Edit, add_appointment
from oncetui.simulator.calendars.entries import occurrences_between
from oncetui.simulator.calendars.patterns import (
    AbsoluteMonthly,
    AbsoluteYearly,
    Daily,
    Pattern,
    Recurrence,
    RelativeMonthly,
    RelativeYearly,
    Weekly,
)
from oncetui.simulator.calendars.zones import Zone
from oncetui.simulator.mailboxes.tree import FolderTree
from tests.simulator.series_of_all_kinds import PATTERNS, STARTS, ZONES


def rule(pattern: Pattern, start: date, *, count: int | None = None, until: date | None = None) -> rrule:
    """The rule of dateutil that says the same; a day that a month lacks is its last one."""
    bounds: dict[str, Any] = {
        "dtstart": datetime.combine(start, time()),
        "count": count,
        "until": None if until is None else datetime.combine(until, time()),
    }
    match pattern:
        case Daily(interval):
            return rrule(DAILY, interval=interval, **bounds)
        case Weekly(interval, days, first):
            return rrule(WEEKLY, interval=interval, byweekday=sorted(days), wkst=weekday(first), **bounds)
        case AbsoluteMonthly(interval, day):
            return rrule(MONTHLY, interval=interval, bymonthday=_until_day(day), bysetpos=-1, **bounds)
        case RelativeMonthly(interval, days, index):
            return rrule(MONTHLY, interval=interval, byweekday=sorted(days), bysetpos=index, **bounds)
        case AbsoluteYearly(month, day):
            return rrule(YEARLY, bymonth=month, bymonthday=_until_day(day), bysetpos=-1, **bounds)
        case RelativeYearly(month, days, index):
            return rrule(YEARLY, bymonth=month, byweekday=sorted(days), bysetpos=index, **bounds)


def _until_day(day: int) -> list[int]:
    return list(range(28, day + 1)) if day > 28 else [day]


@settings(max_examples=150, deadline=None)
@given(PATTERNS, STARTS, st.integers(1, 25))
def test_a_counted_series_has_the_same_days(pattern: Pattern, start: date, count: int) -> None:
    recurrence = Recurrence(pattern, start, count=count)
    expected = [moment.date() for moment in rule(pattern, start, count=count)]
    assert list(recurrence.dates(start, date.max)) == expected
    assert recurrence.last_date == expected[-1]


@settings(max_examples=150, deadline=None)
@given(PATTERNS, STARTS, st.integers(0, 1500))
def test_a_series_with_an_end_has_the_same_days(pattern: Pattern, start: date, length: int) -> None:
    until = start + timedelta(days=length)
    expected = [moment.date() for moment in rule(pattern, start, until=until)]
    recurrence = Recurrence(pattern, start, until=until)
    assert list(recurrence.dates(start, date.max)) == expected
    assert recurrence.last_date == (expected[-1] if expected else None)


@settings(max_examples=100, deadline=None)
@given(PATTERNS, STARTS, st.integers(0, 2000), st.integers(0, 400))
def test_a_window_shows_the_same_days_of_a_series_without_end(
    pattern: Pattern, start: date, away: int, length: int
) -> None:
    first = start + timedelta(days=away)
    last = first + timedelta(days=length)
    expected = rule(pattern, start).between(
        datetime.combine(first, time()), datetime.combine(last, time()), inc=True
    )
    assert list(Recurrence(pattern, start).dates(first, last)) == [moment.date() for moment in expected]


@settings(max_examples=100, deadline=None)
@given(
    PATTERNS,
    STARTS,
    ZONES,
    st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0)),
    st.integers(0, 700),
)
def test_occurrences_keep_their_local_time_in_every_zone(
    pattern: Pattern, start: date, name: str, at: time, away: int
) -> None:
    zone = Zone.of_windows(name)
    first = next(iter(rule(pattern, start, count=1))).date()
    begin = datetime.combine(first, at, zone.info)
    # A time of day that the first day's clock skips is another time of day for the whole series.
    assume(begin.astimezone(UTC).astimezone(zone.info).time() == at)
    tree = FolderTree("anna@contoso.example", "00000000-0000-0000-0000-000000000000")
    author = Author("anna@contoso.example", "Anna", datetime(2020, 1, 1, tzinfo=UTC))
    times = Times(
        begin.astimezone(UTC),
        (begin + timedelta(minutes=30)).astimezone(UTC),
        zone,
        zone,
        recurrence=Recurrence(pattern, start),
    )
    item = add_appointment(tree, tree.calendar, times, Edit(), author)
    opens = datetime.combine(first + timedelta(days=away), time(), UTC)
    closes = opens + timedelta(days=60)
    expected = [
        aware
        for moment in rule(pattern, start).between(
            datetime.combine(opens.date() - timedelta(days=2), time()),
            datetime.combine(closes.date() + timedelta(days=2), time()),
            inc=True,
        )
        if opens <= (aware := datetime.combine(moment.date(), at, zone.info).astimezone(UTC)) < closes
    ]
    shown = sorted(entry.start for entry in occurrences_between(item, opens, closes))
    assert [each for each in shown if each >= opens] == expected


@pytest.mark.parametrize("year", [2024, 2026])
def test_the_last_day_of_february_stands_for_days_that_it_lacks(year: int) -> None:
    last = monthrange(year, 2)[1]
    dates = Recurrence(AbsoluteMonthly(1, 31), date(year, 1, 1), count=2).dates(date(year, 1, 1), date.max)
    assert list(dates) == [date(year, 1, 31), date(year, 2, last)]
