"""Recurrence: the six patterns and three ranges of Exchange, as dates without times.

Weekdays count from Monday (0) to Sunday (6). A day of the month that a month lacks is its last day.
"""

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from functools import cached_property
from itertools import islice

EVERY_DAY = frozenset(range(7))
WEEKDAYS = frozenset(range(5))
WEEKEND = frozenset({5, 6})
LAST = -1
# No client counts further; without a limit a huge index would walk to the end of the calendar.
_MOST_INDEXED = 100_000


@dataclass(frozen=True, slots=True)
class Daily:
    """Every `interval` days."""

    interval: int = 1


@dataclass(frozen=True, slots=True)
class Weekly:
    """On some days of every `interval`-th week; weeks begin on `first_day`."""

    interval: int
    days: frozenset[int]
    first_day: int = 6


@dataclass(frozen=True, slots=True)
class AbsoluteMonthly:
    """On a day of every `interval`-th month."""

    interval: int
    day: int


@dataclass(frozen=True, slots=True)
class RelativeMonthly:
    """On the first to fourth, or `LAST`, of some days of the week, in every `interval`-th month."""

    interval: int
    days: frozenset[int]
    index: int


@dataclass(frozen=True, slots=True)
class AbsoluteYearly:
    """On a day of a month, every year."""

    month: int
    day: int


@dataclass(frozen=True, slots=True)
class RelativeYearly:
    """On the first to fourth, or `LAST`, of some days of the week of a month, every year."""

    month: int
    days: frozenset[int]
    index: int


_DayInMonth = Callable[[int, int], date]

Pattern = Daily | Weekly | AbsoluteMonthly | RelativeMonthly | AbsoluteYearly | RelativeYearly


@dataclass(frozen=True)
class Recurrence:
    """A pattern from `start` on: without end, up to and with `until`, or `count` times."""

    pattern: Pattern
    start: date
    until: date | None = None
    count: int | None = None

    @cached_property
    def first_date(self) -> date | None:
        """The first date on which the pattern falls, None where it never does."""
        return next(self.dates(self.start, date.max), None)

    @cached_property
    def last_date(self) -> date | None:
        """The last date, None for a series without end (and for one without any date)."""
        if self.count is not None:
            return next(
                islice(pattern_dates(self.pattern, self.start, self.start), self.count - 1, None), None
            )
        if self.until is None:
            return None
        return max(
            self.dates(max(self.start, self.until - _look_back(self.pattern)), self.until), default=None
        )

    def dates(self, first: date, last: date) -> Iterator[date]:
        """Return the dates of the series from `first` to `last`, both included, in order."""
        if self.count is not None:
            last = min(last, self.last_date or last)
        elif self.until is not None:
            last = min(last, self.until)
        for day in pattern_dates(self.pattern, self.start, max(first, self.start)):
            if day > last:
                return
            yield day

    def has(self, day: date) -> bool:
        """Whether the series falls on a date."""
        return next(self.dates(day, day), None) is not None

    def at(self, index: int) -> date | None:
        """Return the date of the `index`-th occurrence, counted from 1; None beyond the series."""
        if not 1 <= index <= _MOST_INDEXED:
            return None
        return next(islice(self.dates(self.start, date.max), index - 1, None), None)


def pattern_dates(pattern: Pattern, anchor: date, first: date) -> Iterator[date]:
    """Return the dates of a pattern that begins at `anchor`, from `first` on, in order and without end."""
    match pattern:
        case Daily(interval):
            return _daily(interval, anchor, first)
        case Weekly():
            return _weekly(pattern, anchor, first)
        case AbsoluteMonthly(interval, day):
            return _monthly(anchor, first, interval, lambda year, month: _day_of(year, month, day))
        case RelativeMonthly(interval, days, index):
            return _monthly(anchor, first, interval, lambda year, month: nth_of(year, month, days, index))
        case AbsoluteYearly(month, day):
            begin = date(anchor.year, month, 1)
            dates = _monthly(begin, first, 12, lambda year, month: _day_of(year, month, day))
            return (each for each in dates if each >= anchor)
        case RelativeYearly(month, days, index):
            begin = date(anchor.year, month, 1)
            dates = _monthly(begin, first, 12, lambda year, month: nth_of(year, month, days, index))
            return (each for each in dates if each >= anchor)


def nth_of(year: int, month: int, days: frozenset[int], index: int) -> date:
    """Return the first to fourth, or `LAST`, day of a month that falls on one of some days of the week."""
    length = monthrange(year, month)[1]
    falling = [day for day in range(1, length + 1) if date(year, month, day).weekday() in days]
    return date(year, month, falling[index if index == LAST else index - 1])


def _day_of(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))


def _daily(interval: int, anchor: date, first: date) -> Iterator[date]:
    steps = max(0, -((anchor - first).days // interval)) if first > anchor else 0
    ordinal = anchor.toordinal() + steps * interval
    while ordinal <= date.max.toordinal():
        yield date.fromordinal(ordinal)
        ordinal += interval


def _weekly(pattern: Weekly, anchor: date, first: date) -> Iterator[date]:
    begin = anchor.toordinal() - (anchor.weekday() - pattern.first_day) % 7
    period = 7 * pattern.interval
    begin += max(0, (first.toordinal() - begin) // period) * period
    offsets = sorted((day - pattern.first_day) % 7 for day in pattern.days)
    earliest = max(anchor, first).toordinal()
    while begin + 6 <= date.max.toordinal():
        for offset in offsets:
            if begin + offset >= earliest:
                yield date.fromordinal(begin + offset)
        begin += period


def _monthly(anchor: date, first: date, interval: int, day_in: _DayInMonth) -> Iterator[date]:
    begin = anchor.year * 12 + anchor.month - 1
    wanted = first.year * 12 + first.month - 1
    months = begin + max(0, (wanted - begin) // interval) * interval
    while months // 12 <= MAXYEAR:
        day = day_in(months // 12, months % 12 + 1)
        if day >= anchor and day >= first:
            yield day
        months += interval


def _look_back(pattern: Pattern) -> timedelta:
    """Long enough for one period of a pattern, so that its last date before an end is found within."""
    match pattern:
        case Daily(interval):
            return timedelta(days=interval)
        case Weekly(interval):
            return timedelta(days=7 * (interval + 1))
        case AbsoluteMonthly(interval) | RelativeMonthly(interval):
            return timedelta(days=31 * (interval + 1))
        case _:
            return timedelta(days=2 * 366)
