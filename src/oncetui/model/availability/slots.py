"""The free slots of a page: working hours minus what is taken, notice, horizon and limit per day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from oncetui.model.availability.spans import MergedSpans, merged
from oncetui.model.availability.taken import Taken
from oncetui.model.availability.wall_clock import moments_within, stretches_of_days
from oncetui.model.calendars import Window
from oncetui.model.pages import LONGEST_MINUTES, BookingPage

MOST_KEPT = timedelta(minutes=LONGEST_MINUTES)
"""The longest buffer that another page's booking may have around it."""

_DAY = timedelta(days=1)
# A booking of 24 hours that begins late on a day of 23 ends on the day after the next.
_LONGEST_BOOKING = 2 * _DAY


@dataclass(frozen=True)
class Slot:
    """A time that can be booked, in UTC and whole seconds."""

    start: datetime
    end: datetime


@dataclass(frozen=True)
class Days:
    """Dates in a page's own zone, both included."""

    first: date
    last: date

    def window(self, page: BookingPage) -> Window:
        """Return a window in UTC that holds all that can matter to bookings which begin on these dates."""
        lasting = timedelta(minutes=page.duration_minutes)
        before, after = buffers(page)
        known = stretches_of_days(ZoneInfo(page.time_zone), self.first, self.last)
        return Window(known[0].start - before - MOST_KEPT, known[-1].end + lasting + after + MOST_KEPT)


def bookable_days(page: BookingPage, days: Days, now: datetime) -> Days | None:
    """Return those of the dates that the horizon leaves and that aren't over; None where there are none."""
    today = local_date(page, now)
    first = max(days.first, today)
    last = min(days.last, today + page.horizon_days * _DAY)
    return Days(first, last) if first <= last else None


def local_date(page: BookingPage, moment: datetime) -> date:
    """Return the date that a moment has in the page's zone."""
    return moment.astimezone(ZoneInfo(page.time_zone)).date()


def free_slots(page: BookingPage, days: Days, taken: Taken, now: datetime) -> Iterator[Slot]:
    """Yield the slots that can be booked and begin on some dates, by start; `now` is in UTC.

    `taken` has to cover `days.window(page)`. Whoever wants only the first slot may stop there.
    """
    bookable = bookable_days(page, days, now)
    if bookable is None:
        return
    opened = opening(page, Days(bookable.first, bookable.last + _LONGEST_BOOKING))
    hours = _Walk(merged((one.start, one.end) for one in opened))
    lasting, step = timedelta(minutes=page.duration_minutes), timedelta(minutes=page.step_minutes)
    before, after = buffers(page)
    earliest = earliest_start(page, now)
    busy, held = _Walk(taken.busy), _Walk(taken.held)
    for one in opened:
        if one.day > bookable.last or is_full(page, one.day, taken):
            continue
        start = _first_start(one.start, step, earliest)
        while start < one.end:
            end = start + lasting
            if (
                hours.holds(start, end)
                and not busy.meets(start - before, end + after)
                and not held.meets(start, end)
            ):
                yield Slot(start, end)
            start += step


@dataclass(frozen=True)
class Opening:
    """A span of working hours in UTC, and the date in the page's zone to which it belongs."""

    start: datetime
    end: datetime
    day: date


def opening(page: BookingPage, days: Days) -> tuple[Opening, ...]:
    """Return when the page is open on some dates, by start; bookings begin in steps from each start."""
    known = stretches_of_days(ZoneInfo(page.time_zone), days.first, days.last)
    numbers = range((days.last - days.first).days + 1)
    spans = [
        Opening(start, end, day)
        for day in (days.first + timedelta(days=number) for number in numbers)
        for opens, closes in page.hours_on(day)
        for start, end in moments_within(day, opens, closes, known)
    ]
    return tuple(sorted(spans, key=lambda one: one.start))


def buffers(page: BookingPage) -> tuple[timedelta, timedelta]:
    """Return what is kept free before and after a booking."""
    return timedelta(minutes=page.buffer_before_minutes), timedelta(minutes=page.buffer_after_minutes)


def earliest_start(page: BookingPage, now: datetime) -> datetime:
    """Return the first moment that the minimum notice leaves, in UTC."""
    return now.astimezone(UTC) + timedelta(minutes=page.minimum_notice_minutes)


def is_full(page: BookingPage, day: date, taken: Taken) -> bool:
    """Tell whether a date has all the bookings that the page takes on one day."""
    return page.limit_per_day is not None and taken.per_day.get(day, 0) >= page.limit_per_day


def _first_start(opens: datetime, step: timedelta, earliest: datetime) -> datetime:
    return opens if earliest <= opens else opens - step * ((opens - earliest) // step)


class _Walk:
    """Asks merged spans about times whose starts only grow, so that no question begins at the front."""

    def __init__(self, spans: MergedSpans) -> None:
        self._starts, self._ends = spans.starts, spans.ends
        self._number = len(spans.starts)
        self._place: int | None = None
        self._first = spans.first_ending_after

    def meets(self, start: datetime, end: datetime) -> bool:
        """Tell whether any span overlaps the time."""
        place = self._come_to(start)
        return place < self._number and self._starts[place] < end

    def holds(self, start: datetime, end: datetime) -> bool:
        """Tell whether one span holds the whole time."""
        place = self._come_to(start)
        return place < self._number and self._starts[place] <= start and end <= self._ends[place]

    def _come_to(self, start: datetime) -> int:
        place = self._first(start) if self._place is None else self._place
        while place < self._number and self._ends[place] <= start:
            place += 1
        self._place = place
        return place
