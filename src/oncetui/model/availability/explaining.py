"""Why a time of a page is free or not: each rule, each event and each booking with its verdict."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from oncetui.model.accepting import ClosedReason
from oncetui.model.availability.slots import (
    Days,
    Opening,
    buffers,
    earliest_start,
    is_full,
    local_date,
    opening,
)
from oncetui.model.availability.spans import merged
from oncetui.model.availability.taken import HeldBooking, Taken
from oncetui.model.bookings import Booking
from oncetui.model.calendars import BusyBlock, Calendar, Showing
from oncetui.model.page_settings import minutes_text
from oncetui.model.pages import BookingPage
from oncetui.model.working_hours import hours_text

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class RuleVerdict:
    """What one rule of the page says of a time, by a code for programs and a sentence for people."""

    rule: str
    allows: bool
    why: str


@dataclass(frozen=True)
class EventVerdict:
    """What one event says of a time; its subject is not known here, since none is kept."""

    calendar: Calendar
    block: BusyBlock
    blocks: bool
    why: str


@dataclass(frozen=True)
class BookingVerdict:
    """What a time that one booking holds, in UTC, says of another time."""

    booking: Booking
    start: datetime
    end: datetime
    blocks: bool
    why: str


@dataclass(frozen=True)
class Explanation:
    """A time on a page, in UTC, with every verdict on it."""

    page: BookingPage
    start: datetime
    end: datetime
    rules: tuple[RuleVerdict, ...]
    events: tuple[EventVerdict, ...]
    bookings: tuple[BookingVerdict, ...]

    @property
    def free(self) -> bool:
        """Whether the time can be booked."""
        return self.reason is None

    @property
    def within_hours(self) -> bool:
        """Whether the page is open at this time by its working hours."""
        return all(one.allows for one in self.rules if one.rule == "working-hours")

    @property
    def reason(self) -> str | None:
        """The first thing that speaks against the time, None where nothing does."""
        rules = (one.why for one in self.rules if not one.allows)
        bookings = (one.why for one in self.bookings if one.blocks)
        events = (f"{one.calendar.name}: {one.why}" for one in self.events if one.blocks)
        return next((why for reasons in (rules, bookings, events) for why in reasons), None)


@dataclass(frozen=True)
class Circumstances:
    """What is known around a time: why the page is closed, its calendars' events, bookings that hold time."""

    now: datetime
    closed: ClosedReason | None
    events: tuple[tuple[Calendar, BusyBlock], ...]
    held: tuple[HeldBooking, ...]
    taken: Taken


def explained(page: BookingPage, start: datetime, known: Circumstances) -> Explanation:
    """Return the verdicts on a booking that would begin at a moment in UTC."""
    end = start + timedelta(minutes=page.duration_minutes)
    day = local_date(page, start)
    openings = opening(page, Days(day - _DAY, day + 2 * _DAY))
    rules = (
        *_page_open(known.closed),
        _working_hours(page, start, end, openings),
        *_start_times(page, start, openings),
        _minimum_notice(page, start, known.now),
        _horizon(page, day, known.now),
        *_limit_per_day(page, day, known.taken),
    )
    before, after = buffers(page)
    near = sorted(known.events, key=lambda one: (one[1].start, one[1].end, one[0].name))
    events = tuple(
        _event(page, calendar, block, start, end)
        for calendar, block in near
        if block.start < end + after and start - before < max(block.end, block.start + timedelta(seconds=1))
    )
    bookings = tuple(
        _booking(page, one, start, end)
        for one in sorted(known.held, key=lambda one: one.start)
        if one.start - one.before < end and start < one.end + one.after
    )
    return Explanation(page, start, end, rules, events, bookings)


def possible_starts(page: BookingPage, day: date) -> tuple[datetime, ...]:
    """Return the moments, in UTC, at which a booking might begin on a date by working hours and step."""
    step = timedelta(minutes=page.step_minutes)
    return tuple(
        one.start + number * step
        for one in opening(page, Days(day, day))
        for number in range(-((one.start - one.end) // step))
    )


def _page_open(closed: ClosedReason | None) -> Iterable[RuleVerdict]:
    return () if closed is None else (RuleVerdict("page-open", allows=False, why=closed.text),)


def _working_hours(
    page: BookingPage, start: datetime, end: datetime, openings: Iterable[Opening]
) -> RuleVerdict:
    fits = merged((one.start, one.end) for one in openings).holds(start, end)
    day = local_date(page, start)
    told = hours_text(page.hours_on(day))
    why = f"working hours of {_day_text(day)}: {told}"
    return RuleVerdict("working-hours", fits, why if fits else f"outside {why}")


def _start_times(page: BookingPage, start: datetime, openings: Iterable[Opening]) -> Iterable[RuleVerdict]:
    opened = next((one for one in openings if one.start <= start < one.end), None)
    if opened is None:
        return
    step = timedelta(minutes=page.step_minutes)
    allows = (start - opened.start) % step == timedelta(0)
    first = opened.start.astimezone(ZoneInfo(page.time_zone))
    every = f"bookings begin every {page.step_minutes} min from {first:%H:%M}"
    yield RuleVerdict("start-times", allows, every)


def _minimum_notice(page: BookingPage, start: datetime, now: datetime) -> RuleVerdict:
    notice = minutes_text(page.minimum_notice_minutes)
    if start < now:
        return RuleVerdict("minimum-notice", allows=False, why="this time is over")
    allows = start >= earliest_start(page, now)
    return RuleVerdict("minimum-notice", allows, f"must be booked {notice} ahead")


def _horizon(page: BookingPage, day: date, now: datetime) -> RuleVerdict:
    last = local_date(page, now) + page.horizon_days * _DAY
    return RuleVerdict("horizon", day <= last, f"can be booked up to {_day_text(last)} {last.year}")


def _limit_per_day(page: BookingPage, day: date, taken: Taken) -> Iterable[RuleVerdict]:
    if page.limit_per_day is not None:
        why = f"{taken.per_day.get(day, 0)} of {page.limit_per_day} bookings on {_day_text(day)}"
        yield RuleVerdict("limit-per-day", not is_full(page, day, taken), why)


def _event(
    page: BookingPage, calendar: Calendar, block: BusyBlock, start: datetime, end: datetime
) -> EventVerdict:
    def verdict(why: str, *, blocks: bool = False) -> EventVerdict:
        return EventVerdict(calendar, block, blocks, why)

    if calendar.id not in page.associated.makes_busy:
        return verdict("this calendar is not ticked for busy time: won't block")
    if block.showing is Showing.FREE:
        return verdict("marked Free: won't block")
    if not page.blocks(block.showing):
        return verdict(f"{block.showing} counts as free on this page: won't block")
    if block.start >= block.end:
        return verdict("has no length: won't block")
    if block.start < end and start < block.end:
        return verdict(f"shows {block.showing}", blocks=True)
    side, minutes = (
        ("before", page.buffer_before_minutes) if block.end <= start else ("after", page.buffer_after_minutes)
    )
    return verdict(f"shows {block.showing} in the {minutes} min kept free {side} a booking", blocks=True)


def _booking(page: BookingPage, held: HeldBooking, start: datetime, end: datetime) -> BookingVerdict:
    def verdict(why: str) -> BookingVerdict:
        return BookingVerdict(held.booking, held.start, held.end, blocks=True, why=why)

    where = "booked" if held.booking.page == page.id else f"booked on the page {held.booking.page}"
    if held.start < end and start < held.end:
        return verdict(f"already {where}")
    kept, side = (held.before, "before") if end <= held.start else (held.after, "after")
    return verdict(f"{kept // timedelta(minutes=1)} min {side} a time that is {where}")


def _day_text(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"
