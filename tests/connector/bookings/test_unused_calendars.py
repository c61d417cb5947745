"""Bookings in calendars that no page uses any more: still followed, settled, moved and canceled."""

from datetime import timedelta

import pytest

from oncetui.connector.bookings import actions
from oncetui.model.associations import AssociatedCalendars
from oncetui.model.bookings import Booking, BookingStatus
from oncetui.model.calendars import FoundCalendar, Window
from oncetui.model.event_links import EventState
from tests.connector.bookings.reception import HALF, Reception


def elsewhere(reception: Reception, *, deleted: bool) -> Booking:
    """Book, then let no page look at the booking's calendars any more."""
    booking = reception.book()
    for page in reception.store.pages.pages():
        if deleted:
            reception.store.pages.delete(page.id)
        else:
            reception.store.pages.associate(page.id, AssociatedCalendars(team(reception)))
    reception.goes_on()
    return booking


def team(reception: Reception) -> str:
    return next(one.id for one in reception.store.busy.calendars() if one.name == "Team Sales")


def move_in_outlook(reception: Reception, booking: Booking, by: timedelta) -> None:
    item = booking.events[0].item
    assert item is not None
    start = booking.start + by
    reception.mailbox.move_event("k-own", item, Window(start, start + HALF))
    reception.goes_on()


@pytest.mark.parametrize("deleted", [False, True], ids=["another calendar", "page deleted"])
def test_what_is_moved_in_outlook_is_told_and_settled_both_ways(
    reception: Reception, *, deleted: bool
) -> None:
    booking = elsewhere(reception, deleted=deleted)
    for settle, hours in ((actions.follow, 1), (actions.restore, 2)):
        start = reception.kept(booking).start
        move_in_outlook(reception, reception.kept(booking), timedelta(hours=hours))
        (link,) = reception.kept(booking).unsettled
        assert link.state is EventState.CHANGED
        settle(reception.profile, booking.id, reception.cancellation)
        ends_at = start + timedelta(hours=hours) if settle is actions.follow else start
        for key in ("k-own", "k-private"):
            assert [at for at, _ in reception.events(key)] == [ends_at]


@pytest.mark.parametrize("deleted", [False, True], ids=["another calendar", "page deleted"])
def test_what_is_deleted_in_outlook_is_told(reception: Reception, *, deleted: bool) -> None:
    booking = elsewhere(reception, deleted=deleted)
    copy = booking.events[1].item
    assert copy is not None
    reception.mailbox.remove_event("k-private", copy)
    reception.goes_on()
    assert [link.state for link in reception.kept(booking).unsettled] == [EventState.GONE]


@pytest.mark.parametrize("deleted", [False, True], ids=["another calendar", "page deleted"])
def test_a_cancellation_takes_the_events_out(reception: Reception, *, deleted: bool) -> None:
    booking = elsewhere(reception, deleted=deleted)
    actions.cancel(reception.profile, booking.id, reception.cancellation)
    assert (reception.events("k-own"), reception.events("k-private")) == ([], [])
    assert reception.store.bookings.outbox() == ()


def test_a_move_moves_the_events_where_they_are(reception: Reception) -> None:
    reception.mailbox.shared["team@contoso.example"] = FoundCalendar(
        "k-team", "Team Sales", writable=True, owner="team@contoso.example"
    )
    booking = elsewhere(reception, deleted=False)
    later = reception.noon + 4 * HALF
    moved = actions.reschedule(reception.profile, booking.id, later, reception.cancellation)
    assert moved.status is BookingStatus.RESCHEDULED
    for key in ("k-own", "k-private"):
        assert [at for at, _ in reception.events(key)] == [later]
    assert reception.events("k-team") == []


def test_calendars_without_coming_bookings_and_pages_are_not_asked(reception: Reception) -> None:
    booking = elsewhere(reception, deleted=True)
    actions.cancel(reception.profile, booking.id, reception.cancellation)
    reception.forget_calls()
    reception.goes_on()
    assert "changes" not in reception.calls


def test_a_calendar_that_went_with_its_events_holds_nothing_up_once_the_booking_is_past(
    reception: Reception,
) -> None:
    reception.mailbox.calendars[1] = FoundCalendar("k-private", "Private", writable=False)
    booking = reception.book()
    del reception.mailbox.calendars[1]
    reception.clock.advance(timedelta(days=1))
    reception.goes_on()
    assert reception.kept(booking).in_outbox
    reception.clock.advance(timedelta(days=1))
    reception.goes_on()
    assert reception.store.bookings.outbox() == ()
