"""Single rules of availability, each by its plainest example."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from oncetui.model.associations import AssociatedCalendars
from oncetui.model.availability.slots import Days, free_slots
from oncetui.model.availability.taken import held_for, taken_by
from oncetui.model.bookings import Booking, BookingStatus
from oncetui.model.calendars import BusyBlock, Showing, Window
from oncetui.model.pages import BookingPage

BERLIN = ZoneInfo("Europe/Berlin")
WEDNESDAY = date(2026, 11, 25)
MORNING = ((time(9), time(11)),)
PAGE = BookingPage(
    "call",
    "Call",
    30,
    "Europe/Berlin",
    working_hours=(MORNING,) * 7,
    minimum_notice_minutes=0,
    horizon_days=365,
)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def at(text: str, day: date = WEDNESDAY) -> datetime:
    return datetime.combine(day, time.fromisoformat(text), BERLIN).astimezone(UTC)


def event(start: str, end: str, showing: Showing = Showing.BUSY) -> BusyBlock:
    return BusyBlock("item", at(start), at(end), showing)


def booking(start: str, end: str, page: str = "call") -> Booking:
    return Booking("b1", page, BookingStatus.SCHEDULED, at(start), at(end), "Ada", "ada@fabrikam.example")


def starts(
    page: BookingPage,
    *blocks: BusyBlock,
    booked: tuple[Booking, ...] = (),
    others: tuple[BookingPage, ...] = (),
    now: datetime = LONG_AGO,
    day: date = WEDNESDAY,
) -> list[str]:
    taken = taken_by(page, blocks, held_for(page, (page, *others), booked))
    zone = ZoneInfo(page.time_zone)
    return [f"{one.start.astimezone(zone):%H:%M}" for one in free_slots(page, Days(day, day), taken, now)]


def test_working_hours_are_filled_step_by_step_and_never_passed() -> None:
    assert starts(PAGE) == ["09:00", "09:30", "10:00", "10:30"]
    assert starts(replace(PAGE, duration_minutes=45, step_minutes=30)) == ["09:00", "09:30", "10:00"]
    assert starts(replace(PAGE, working_hours=((),) * 7)) == []
    assert starts(replace(PAGE, date_hours=((WEDNESDAY, ()),))) == []


def test_busy_time_may_touch_a_slot_but_not_overlap_it() -> None:
    assert starts(PAGE, event("09:30", "10:00")) == ["09:00", "10:00", "10:30"]
    assert starts(PAGE, event("09:29", "10:01")) == ["10:30"]


@pytest.mark.parametrize(
    ("showing", "blocks"),
    [
        (Showing.FREE, False),
        (Showing.TENTATIVE, False),
        (Showing.AWAY, True),
        (Showing.ELSEWHERE, True),
        (Showing.NO_DATA, True),
    ],
)
def test_what_counts_as_free_is_the_pages_choice(showing: Showing, blocks: bool) -> None:
    page = replace(PAGE, counts_as_free=frozenset({Showing.TENTATIVE}))
    assert ("10:00" not in starts(page, event("10:00", "10:30", showing))) == blocks


def test_an_event_without_length_blocks_nothing() -> None:
    assert len(starts(PAGE, event("09:15", "09:15"))) == 4


def test_buffers_keep_busy_time_at_a_distance() -> None:
    page = replace(PAGE, buffer_before_minutes=10, buffer_after_minutes=20)
    assert starts(page, event("09:50", "10:00")) == ["09:00", "10:30"]


def test_between_two_bookings_the_longer_buffer_is_kept() -> None:
    page = replace(PAGE, step_minutes=10, buffer_before_minutes=10, buffer_after_minutes=20)
    assert starts(page, booked=(booking("09:50", "10:00"),)) == ["09:00", "10:20", "10:30"]


def test_a_booking_that_is_about_to_move_holds_both_times() -> None:
    moving = replace(booking("09:00", "09:30"), moving_to=Window(at("10:00"), at("10:30")))
    assert starts(PAGE, booked=(moving,)) == ["09:30", "10:30"]
    assert len(starts(replace(PAGE, limit_per_day=2), booked=(moving,))) == 2


def test_bookings_of_another_page_count_where_they_go_into_a_shared_calendar() -> None:
    page = replace(PAGE, associated=AssociatedCalendars("c1"))
    sharing = replace(page, id="demo")
    apart = replace(page, id="demo", associated=AssociatedCalendars("c2"))
    booked = (booking("09:30", "10:00", page="demo"),)

    assert starts(page, booked=booked, others=(sharing,)) == ["09:00", "10:00", "10:30"]
    assert len(starts(page, booked=booked, others=(apart,))) == 4


def test_notice_is_counted_from_now_and_horizon_in_days() -> None:
    page = replace(PAGE, minimum_notice_minutes=60, horizon_days=2)

    assert starts(page, now=at("08:31")) == ["10:00", "10:30"]
    assert len(starts(page, now=at("23:59", date(2026, 11, 23)))) == 4
    assert starts(page, now=at("23:59", date(2026, 11, 22))) == []


def test_a_full_day_takes_no_more_bookings() -> None:
    page = replace(PAGE, limit_per_day=1)
    assert starts(page, booked=(booking("09:00", "09:30"),)) == []
    assert len(starts(page, booked=(booking("09:00", "09:30"),), day=date(2026, 11, 26))) == 4


def test_hours_that_touch_at_midnight_are_one() -> None:
    late: tuple[tuple[time, time], ...] = ((time(23), time(0)),)
    early: tuple[tuple[time, time], ...] = ((time(0), time(1)),)
    page = replace(PAGE, duration_minutes=60, date_hours=((WEDNESDAY, late), (date(2026, 11, 26), early)))
    assert starts(page) == ["23:00", "23:30"]


def test_a_clock_put_forward_skips_hours_and_one_put_back_gives_them_twice() -> None:
    night = replace(PAGE, working_hours=(((time(1, 30), time(3, 30)),),) * 7)

    assert starts(night, day=date(2026, 3, 29)) == ["01:30", "03:00"]
    assert starts(night, day=date(2026, 10, 25)) == ["01:30", "02:00", "02:30", "02:00", "02:30", "03:00"]


def test_a_slot_lasts_as_long_on_the_clock_of_every_zone() -> None:
    page = replace(PAGE, time_zone="Asia/Kathmandu")
    first = next(iter(free_slots(page, Days(WEDNESDAY, WEDNESDAY), taken_by(page, (), ()), LONG_AGO)))

    assert (first.start, first.end - first.start) == (
        datetime(2026, 11, 25, 3, 15, tzinfo=UTC),
        timedelta(minutes=30),
    )
