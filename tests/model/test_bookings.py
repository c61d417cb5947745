"""A booking and its calendar events: what is due, what is settled, and that nothing is lost on the way."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncetui.model.booked_events import StampedEvent
from oncetui.model.bookings import (
    Booking,
    BookingStatus,
    canceled,
    confirmed,
    denied,
    followed,
    restored,
)
from oncetui.model.calendars import Showing, Window
from oncetui.model.event_links import EventLink, EventState, as_seen, links_for
from oncetui.model.stamps import Mark, Stamp

NINE = datetime(2026, 11, 24, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
REQUESTED = Booking(
    "b1",
    "sales-demo",
    BookingStatus.REQUESTED,
    NINE,
    NINE + HOUR,
    "Dana Reyes",
    "dana@customer.example",
    taken_at=NINE - HOUR,
    events=links_for("c1", {"c2"}),
)
SCHEDULED = replace(
    confirmed(REQUESTED), events=tuple(link.written(f"i-{link.calendar}", 1) for link in REQUESTED.events)
)


def seen(start: datetime, revision: int = 1) -> StampedEvent:
    stamp = Stamp(Mark("here", "default", "b1"), revision, NINE - HOUR)
    return StampedEvent("i-c1", "v1", stamp, start, start + HOUR, Showing.BUSY)


def after_a_look(booking: Booking, calendar: str, found: StampedEvent | None) -> Booking:
    link = next(one for one in booking.events if one.calendar == calendar)
    return booking.with_event(as_seen(link, found, booking.start, booking.end))


def test_a_request_is_in_the_outbox_and_writes_nothing_before_it_is_confirmed() -> None:
    assert REQUESTED.to_confirm
    assert REQUESTED.in_outbox
    assert REQUESTED.due == ()


def test_a_confirmed_booking_is_written_to_the_main_calendar_first() -> None:
    due = confirmed(REQUESTED).due
    assert [(link.calendar, link.main) for link in due] == [("c1", True), ("c2", False)]


def test_a_booking_whose_events_are_written_is_out_of_the_outbox() -> None:
    assert not SCHEDULED.in_outbox
    assert SCHEDULED.calendar_events == 2


def test_both_times_are_held_while_a_move_is_asked_for() -> None:
    later = Window(NINE + 3 * HOUR, NINE + 4 * HOUR)
    moving = replace(SCHEDULED, moving_to=later)
    assert moving.holds == (Window(NINE, NINE + HOUR), later)
    moved = confirmed(moving)
    assert (moved.status, moved.start, moved.holds) == (BookingStatus.RESCHEDULED, later.start, (later,))
    assert [link.calendar for link in moved.due] == ["c1", "c2"]


def test_a_move_that_is_denied_leaves_the_booking_where_it_was() -> None:
    moving = replace(SCHEDULED, moving_to=Window(NINE + HOUR, NINE + 2 * HOUR))
    stayed = denied(moving, "The time was taken in the calendar meanwhile.")
    assert (stayed.status, stayed.start, stayed.moving_to) == (BookingStatus.SCHEDULED, NINE, None)
    assert stayed.reason
    assert not stayed.in_outbox


def test_a_move_whose_event_was_written_already_is_taken_back_when_it_is_denied() -> None:
    moving = replace(SCHEDULED, moving_to=Window(NINE + HOUR, NINE + 2 * HOUR))
    written = moving.with_event(moving.events[0].written("i-c1", 2))
    for ahead in (written, moving.with_event(moving.events[0].begun())):
        stayed = denied(ahead, "Taken.")
        assert "c1" in {link.calendar for link in stayed.due}
        assert stayed.revision > 2


def test_a_request_that_is_denied_ends_and_holds_nothing() -> None:
    ended = denied(REQUESTED, "The time was taken in the calendar meanwhile.")
    assert (ended.status, ended.holds, ended.in_outbox) == (BookingStatus.CANCELED, (), False)


def test_a_canceled_booking_has_its_events_removed_and_asks_for_nothing_more_then() -> None:
    ended = canceled(SCHEDULED)
    assert [link.calendar for link in ended.due] == ["c1", "c2"]
    for link in ended.due:
        ended = ended.with_event(link.removed())
    assert not ended.in_outbox


def test_an_event_moved_in_the_calendar_does_not_move_the_booking() -> None:
    looked = after_a_look(SCHEDULED, "c1", seen(NINE + 2 * HOUR))
    assert looked.start == NINE
    assert [link.state for link in looked.unsettled] == [EventState.CHANGED]
    assert looked.due == ()


def test_following_the_calendar_moves_the_booking_and_its_other_events() -> None:
    looked = after_a_look(SCHEDULED, "c1", seen(NINE + 2 * HOUR))
    settled = followed(looked, NINE)
    assert (settled.start, settled.status) == (NINE + 2 * HOUR, BookingStatus.RESCHEDULED)
    assert settled.unsettled == ()
    assert {link.calendar for link in settled.due} == {"c1", "c2"}


def test_restoring_the_booking_puts_its_event_back() -> None:
    looked = after_a_look(SCHEDULED, "c1", seen(NINE + 2 * HOUR))
    settled = restored(looked)
    assert (settled.start, settled.unsettled) == (NINE, ())
    assert "c1" in {link.calendar for link in settled.due}


def test_following_a_deleted_main_event_cancels_the_booking() -> None:
    settled = followed(after_a_look(SCHEDULED, "c1", None), NINE)
    assert settled.status is BookingStatus.CANCELED
    assert [link.calendar for link in settled.due] == ["c2"]


def test_restoring_a_deleted_event_looks_for_it_and_writes_it_anew() -> None:
    settled = restored(after_a_look(SCHEDULED, "c1", None))
    (main, _) = settled.due
    assert (main.calendar, main.state) == ("c1", EventState.UNCLEAR)


def test_following_a_deleted_copy_leaves_it_away() -> None:
    settled = followed(after_a_look(SCHEDULED, "c2", None), NINE)
    assert settled.status is BookingStatus.SCHEDULED
    assert {link.calendar: link.state for link in settled.events}["c2"] is EventState.REMOVED


def test_an_event_that_shows_an_older_revision_is_not_judged() -> None:
    link = SCHEDULED.events[0].written("i-c1", 2)
    assert as_seen(link, seen(NINE + 2 * HOUR, revision=1), NINE, NINE + HOUR) == link


@pytest.mark.parametrize("status", [BookingStatus.COMPLETED, BookingStatus.NO_SHOW])
def test_what_has_taken_place_keeps_its_events(status: BookingStatus) -> None:
    assert replace(SCHEDULED, status=status).due == ()


LINKS = st.builds(
    EventLink,
    calendar=st.sampled_from(["c1", "c2"]),
    main=st.booleans(),
    state=st.sampled_from(EventState),
    item=st.sampled_from([None, "i"]),
    revision=st.integers(0, 3),
)
BOOKINGS = st.builds(
    replace,
    st.just(REQUESTED),
    status=st.sampled_from(BookingStatus),
    revision=st.integers(1, 3),
    moving_to=st.sampled_from([None, Window(NINE + HOUR, NINE + 2 * HOUR)]),
    events=st.lists(LINKS, max_size=2, unique_by=lambda link: link.calendar).map(tuple),
)


@given(BOOKINGS)
def test_an_unclear_event_stays_due_until_it_is_known(booking: Booking) -> None:
    unclear = {link.calendar for link in booking.events if link.state is EventState.UNCLEAR}
    for settled in (canceled(booking), restored(booking), followed(booking, NINE)):
        if not settled.to_confirm:
            assert unclear <= {link.calendar for link in settled.due}


@given(BOOKINGS)
def test_a_canceled_booking_holds_no_time_and_leaves_no_event_behind(booking: Booking) -> None:
    ended = canceled(booking)
    assert ended.holds == ()
    assert {link.calendar for link in booking.events if link.holds_an_event} <= {
        link.calendar for link in ended.due
    }
