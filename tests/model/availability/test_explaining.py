"""Why a time is free or not: every rule and event is listed, and together they say what `slots` says."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings

from oncetui.model.accepting import ClosedReason
from oncetui.model.associations import AssociatedCalendars
from oncetui.model.availability.explaining import Circumstances, Explanation, explained, possible_starts
from oncetui.model.availability.slots import Days, free_slots
from oncetui.model.availability.taken import held_for, taken_by
from oncetui.model.bookings import Booking
from oncetui.model.calendars import BusyBlock, Calendar, Showing
from oncetui.model.pages import BookingPage
from tests.model.availability.test_slots import LONG_AGO, PAGE, WEDNESDAY, at, booking, event
from tests.model.availability.test_slots_beside_the_reference import worlds

MAIN = Calendar("c1", "k1", "Calendar", writable=True)
OTHER = Calendar("c2", "k2", "Private", writable=True)
CONNECTED = replace(PAGE, associated=AssociatedCalendars("c1"))


def explain(
    start: str,
    *events: tuple[Calendar, BusyBlock],
    page: BookingPage = CONNECTED,
    now: datetime = LONG_AGO,
    booked: tuple[Booking, ...] = (),
    closed: ClosedReason | None = None,
) -> Explanation:
    held = held_for(page, (page,), booked)
    return explained(page, at(start), Circumstances(now, closed, events, held, taken_by(page, (), held)))


def test_a_free_time_is_free_by_every_rule() -> None:
    told = explain("09:30")

    assert told.free
    assert [(one.rule, one.allows) for one in told.rules] == [
        ("working-hours", True),
        ("start-times", True),
        ("minimum-notice", True),
        ("horizon", True),
    ]


@pytest.mark.parametrize(
    ("page", "start", "rule", "why"),
    [
        ({}, "12:00", "working-hours", "outside working hours of Wed 25 Nov: 09:00-11:00"),
        ({"date_hours": ((WEDNESDAY, ()),)}, "09:00", "working-hours", "Wed 25 Nov: closed"),
        ({}, "09:10", "start-times", "bookings begin every 30 min from 09:00"),
        ({"minimum_notice_minutes": 2880}, "09:00", "minimum-notice", "must be booked 2 days ahead"),
        ({"limit_per_day": 1}, "09:00", "limit-per-day", "1 of 1 bookings on Wed 25 Nov"),
    ],
)
def test_a_rule_that_speaks_against_a_time_is_the_reason(
    page: dict[str, object], start: str, rule: str, why: str
) -> None:
    changed = replace(CONNECTED, **page)  # type: ignore[arg-type]  # a few fields by name
    told = explain(
        start, page=changed, now=at("09:00", date(2026, 11, 24)), booked=(booking("10:30", "11:00"),)
    )

    assert not told.free
    assert next(one.rule for one in told.rules if not one.allows) == rule
    assert why in (told.reason or "")


def test_times_beyond_the_horizon_and_times_that_are_over_are_told() -> None:
    ahead = explain("09:00", page=replace(CONNECTED, horizon_days=1), now=at("08:00", date(2026, 11, 23)))
    over = explain("09:00", now=at("09:01"))

    assert ahead.reason == "can be booked up to Tue 24 Nov 2026"
    assert over.reason == "this time is over"


@pytest.mark.parametrize(
    ("calendar", "showing", "blocks", "why"),
    [
        (MAIN, Showing.BUSY, True, "shows Busy"),
        (MAIN, Showing.FREE, False, "marked Free: won't block"),
        (MAIN, Showing.AWAY, False, "Away counts as free on this page: won't block"),
        (OTHER, Showing.BUSY, False, "this calendar is not ticked for busy time: won't block"),
    ],
)
def test_each_event_says_whether_it_blocks_and_why(
    calendar: Calendar, showing: Showing, blocks: bool, why: str
) -> None:
    page = replace(CONNECTED, counts_as_free=frozenset({Showing.AWAY}))
    told = explain("09:30", (calendar, event("09:00", "10:00", showing)), page=page)

    (verdict,) = told.events
    assert (verdict.blocks, verdict.why, told.free) == (blocks, why, not blocks)


def test_an_event_in_a_buffer_says_which() -> None:
    page = replace(CONNECTED, buffer_before_minutes=15)
    told = explain("10:00", (MAIN, event("09:30", "09:50")), page=page)

    assert told.reason == "Calendar: shows Busy in the 15 min kept free before a booking"


def test_bookings_and_their_buffers_are_told() -> None:
    page = replace(CONNECTED, buffer_after_minutes=15)
    booked = (booking("09:30", "10:00"),)

    assert explain("09:30", page=page, booked=booked).reason == "already booked"
    assert explain("10:00", page=page, booked=booked).reason == "15 min after a time that is booked"


def test_a_closed_page_says_so_first() -> None:
    told = explain("03:00", closed=ClosedReason("interrupted", "The calendar can't be reached."))

    assert told.reason == "The calendar can't be reached."


@settings(max_examples=60, deadline=None)
@given(world=worlds())
def test_a_time_is_explained_as_free_exactly_where_it_is_a_slot(
    world: tuple[BookingPage, date, tuple[BusyBlock, ...], tuple[Booking, ...], datetime],
) -> None:
    page, day, blocks, bookings, now = world
    page = replace(page, associated=AssociatedCalendars("c1"))
    held = held_for(page, [page], bookings)
    taken = taken_by(page, blocks, held)
    known = Circumstances(now, None, tuple((MAIN, block) for block in blocks), held, taken)

    for number in (-1, 0, 1):
        on = day + timedelta(days=number)
        possible = possible_starts(page, on)
        free = [start for start in possible if explained(page, start, known).free]
        assert free == [slot.start for slot in free_slots(page, Days(on, on), taken, now)]


def test_possible_starts_are_those_of_the_working_hours() -> None:
    assert possible_starts(CONNECTED, WEDNESDAY) == tuple(
        datetime.combine(WEDNESDAY, time(hour, minute), UTC) for hour in (8, 9) for minute in (0, 30)
    )
