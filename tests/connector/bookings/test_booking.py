"""Booking, moving and canceling against a mailbox: once in each calendar, or not at all, and never lost."""

from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from oncetui.connector.bookings import actions
from oncetui.connector.disconnecting import disconnect
from oncetui.model.bookings import Booking, BookingStatus
from oncetui.model.calendars import FoundCalendar, Showing, Window
from oncetui.model.cancellation import Cancellation
from oncetui.model.event_links import EventState
from oncetui.model.problem import Cause, ProblemError, Who
from oncetui.model.problems.exchange import MAILBOX_UNLICENSED
from oncetui.model.problems.network import CONNECTION_LOST
from oncetui.model.problems.sign_in import PASSWORD_CHANGED
from tests.connector.bookings.reception import HALF, KIM, Reception


def test_a_booking_is_in_the_main_and_the_additional_calendar_when_it_is_confirmed(
    reception: Reception,
) -> None:
    booking = reception.book()
    assert booking.status is BookingStatus.SCHEDULED
    assert [link.state for link in booking.events] == [EventState.WRITTEN] * 2
    for key in ("k-own", "k-private"):
        assert reception.events(key) == [(reception.noon, "Desk: Dana Reyes")]


def test_a_time_that_is_booked_can_not_be_booked_again(reception: Reception) -> None:
    reception.book()
    with pytest.raises(ProblemError) as raised:
        reception.book(customer=KIM)
    assert (raised.value.problem.code, raised.value.problem.who) == ("time-not-bookable", Who.USER)
    assert len(reception.events()) == 1


def test_an_event_entered_a_second_ago_wins(reception: Reception) -> None:
    reception.mailbox.add_event("k-own", Window(reception.noon, reception.noon + HALF))
    with pytest.raises(ProblemError) as raised:
        reception.book()
    assert raised.value.problem.code == "time-taken"
    assert [subject for _, subject in reception.events()] == ["Meeting"]
    assert [one.status for one in reception.store.bookings.since()] == [BookingStatus.CANCELED]


def test_what_the_page_counts_as_free_does_not_stand_in_the_way(reception: Reception) -> None:
    window = Window(reception.noon, reception.noon + HALF)
    reception.mailbox.add_event("k-own", window, Showing.FREE)
    assert reception.book().status is BookingStatus.SCHEDULED


@pytest.mark.parametrize("written", [False, True])
def test_an_unclear_write_leaves_one_event_once_the_connection_is_back(
    reception: Reception, *, written: bool
) -> None:
    reception.cut_next_write(written=written)
    with pytest.raises(ProblemError) as raised:
        reception.book()
    assert raised.value.problem.code == "booking-waits"
    (waiting,) = reception.store.bookings.outbox()
    assert waiting.events[0].state is EventState.UNCLEAR

    reception.goes_on()

    assert reception.kept(waiting).status is BookingStatus.SCHEDULED
    for key in ("k-own", "k-private"):
        assert reception.events(key) == [(reception.noon, "Desk: Dana Reyes")]
    assert reception.store.bookings.outbox() == ()


@pytest.mark.parametrize("written", [False, True])
def test_a_line_that_is_cut_for_a_moment_is_waited_out(reception: Reception, *, written: bool) -> None:
    reception.mailbox.cut_next_write = written
    assert reception.book().status is BookingStatus.SCHEDULED
    assert len(reception.events()) == 1


def test_the_outbox_is_told_while_anything_waits_in_it(reception: Reception) -> None:
    booking = reception.book()
    gone = ProblemError(CONNECTION_LOST.problem(host="mail.contoso.example"))
    reception.opener.unreachable = reception.mailbox.trouble = gone
    reception.faulted(CONNECTION_LOST)
    actions.cancel(reception.profile, booking.id, reception.cancellation)
    told = [warning.what for warning in reception.status.warnings if warning.code == "outbox-waits"]
    assert told == ["1 booking waits for the calendar."]
    reception.opener.unreachable = reception.mailbox.trouble = None
    reception.goes_on()
    assert "outbox-waits" not in [warning.code for warning in reception.status.warnings]


def test_a_time_that_waits_for_the_calendar_is_held(reception: Reception) -> None:
    reception.cut_next_write(written=False)
    with pytest.raises(ProblemError):
        reception.book()
    with pytest.raises(ProblemError) as raised:
        reception.book(customer=KIM)
    assert raised.value.problem.code in ("time-not-bookable", "page-closed")


def test_a_booking_whose_time_came_before_the_calendar_could_be_asked_is_refused(
    reception: Reception,
) -> None:
    reception.cut_next_write(written=False)
    with pytest.raises(ProblemError):
        reception.book()
    reception.mailbox.trouble = ProblemError(CONNECTION_LOST.problem(host="mail.contoso.example"))
    reception.clock.advance(timedelta(days=2))
    reception.step()
    reception.mailbox.trouble = None
    reception.run_for(300)
    (booking,) = reception.store.bookings.since()
    assert booking.status is BookingStatus.CANCELED
    assert reception.events() == []


def test_a_closed_page_refuses_with_the_reason_and_whoever_has_to_open_it(reception: Reception) -> None:
    reception.faulted(PASSWORD_CHANGED, refused=True)
    with pytest.raises(ProblemError) as raised:
        reception.book()
    assert raised.value.problem.code == "page-closed"
    assert raised.value.problem.who is Who.USER
    assert reception.store.bookings.since() == ()


@pytest.mark.parametrize(
    ("cause", "who"),
    [(PASSWORD_CHANGED, Who.USER), (CONNECTION_LOST, Who.RETRY), (MAILBOX_UNLICENSED, Who.IT)],
)
def test_a_page_that_closes_as_its_calendar_is_asked_refuses_and_holds_no_time(
    reception: Reception, cause: Cause, who: Who
) -> None:
    refusal = ProblemError(cause.problem(), secret_refused=cause is PASSWORD_CHANGED)
    reception.mailbox.trouble = reception.opener.unreachable = refusal
    with pytest.raises(ProblemError) as raised:
        reception.book()
    assert (raised.value.problem.code, raised.value.problem.who) == ("page-closed", who)
    (asked,) = reception.store.bookings.since()
    assert (asked.status, asked.holds, asked.in_outbox) == (BookingStatus.CANCELED, (), False)


def test_a_move_that_the_calendar_can_not_be_asked_for_leaves_the_booking_where_it_was(
    reception: Reception,
) -> None:
    booking = reception.book()
    reception.mailbox.trouble = ProblemError(PASSWORD_CHANGED.problem(), secret_refused=True)
    with pytest.raises(ProblemError) as raised:
        actions.reschedule(reception.profile, booking.id, reception.noon + HALF, reception.cancellation)
    assert raised.value.problem.code == "page-closed"
    assert reception.kept(booking).holds == booking.holds


def test_a_page_that_nobody_read_lately_is_read_before_it_refuses(reception: Reception) -> None:
    reception.clock.advance(timedelta(minutes=20))
    reception.connector.close()
    assert reception.book().status is BookingStatus.SCHEDULED


def test_without_a_connection_a_booking_stands_in_no_calendar(reception: Reception) -> None:
    disconnect(reception.profile)
    booking = reception.book()
    assert (booking.status, booking.events) == (BookingStatus.SCHEDULED, ())


def test_a_moved_booking_moves_its_events(reception: Reception) -> None:
    booking = reception.book()
    moved = actions.reschedule(
        reception.profile, booking.id, reception.noon + 2 * HALF, reception.cancellation
    )
    assert (moved.status, moved.start) == (BookingStatus.RESCHEDULED, reception.noon + 2 * HALF)
    for key in ("k-own", "k-private"):
        assert [start for start, _ in reception.events(key)] == [reception.noon + 2 * HALF]
    assert reception.book(customer=KIM).start == reception.noon


def test_a_booking_may_move_into_its_own_time(reception: Reception) -> None:
    reception.store.pages.save(replace(reception.page, step_minutes=15))
    reception.page = replace(reception.page, step_minutes=15)
    booking = reception.book()
    moved = actions.reschedule(
        reception.profile, booking.id, reception.noon + HALF / 2, reception.cancellation
    )
    assert moved.start == reception.noon + HALF / 2


def test_a_move_to_a_time_that_is_taken_leaves_everything_where_it_was(reception: Reception) -> None:
    booking = reception.book()
    later = Window(reception.noon + HALF, reception.noon + 2 * HALF)
    reception.mailbox.add_event("k-own", later)
    with pytest.raises(ProblemError):
        actions.reschedule(reception.profile, booking.id, later.start, reception.cancellation)
    assert reception.kept(booking).start == reception.noon
    assert (reception.noon, "Desk: Dana Reyes") in reception.events()


def test_a_move_that_was_cut_ends_with_one_event_at_the_new_time(reception: Reception) -> None:
    booking = reception.book()
    for written in (True, False):
        start = reception.kept(booking).start + HALF
        reception.cut_next_write(written=written)
        with pytest.raises(ProblemError):
            actions.reschedule(reception.profile, booking.id, start, reception.cancellation)
        reception.goes_on()
        assert [at for at, _ in reception.events()] == [start]
        assert reception.kept(booking).start == start


def test_a_canceled_booking_leaves_no_event(reception: Reception) -> None:
    booking = reception.book()
    ended = actions.cancel(reception.profile, booking.id, reception.cancellation)
    assert ended.status is BookingStatus.CANCELED
    assert reception.events() == reception.events("k-private") == []
    assert reception.book(customer=KIM).start == reception.noon


def test_a_cancellation_while_the_server_is_gone_is_done_when_it_is_back(reception: Reception) -> None:
    booking = reception.book()
    gone = ProblemError(CONNECTION_LOST.problem(host="mail.contoso.example"))
    reception.opener.unreachable = reception.mailbox.trouble = gone
    reception.faulted(CONNECTION_LOST)
    actions.cancel(reception.profile, booking.id, reception.cancellation)
    assert len(reception.events()) == 1
    reception.opener.unreachable = reception.mailbox.trouble = None
    reception.goes_on()
    assert reception.events() == []
    assert reception.store.bookings.outbox() == ()


def test_a_booking_that_ended_can_not_be_moved(reception: Reception) -> None:
    booking = reception.book()
    actions.cancel(reception.profile, booking.id, reception.cancellation)
    with pytest.raises(ProblemError) as raised:
        actions.reschedule(reception.profile, booking.id, reception.noon + HALF, reception.cancellation)
    assert raised.value.problem.code == "booking-ended"


def moved_in_outlook(reception: Reception) -> Booking:
    booking = reception.book()
    item = booking.events[0].item
    assert item is not None
    later = reception.noon + 4 * HALF
    reception.mailbox.move_event("k-own", item, Window(later, later + HALF))
    reception.goes_on()
    return reception.kept(booking)


def test_an_event_moved_in_outlook_changes_no_booking_and_is_told(reception: Reception) -> None:
    booking = moved_in_outlook(reception)
    assert booking.start == reception.noon
    assert [link.state for link in booking.unsettled] == [EventState.CHANGED]


def test_following_the_calendar_moves_the_copy_as_well(reception: Reception) -> None:
    booking = moved_in_outlook(reception)
    actions.follow(reception.profile, booking.id, reception.cancellation)
    later = reception.noon + 4 * HALF
    assert [start for start, _ in reception.events("k-private")] == [later]
    assert (reception.kept(booking).start, reception.kept(booking).unsettled) == (later, ())


def test_restoring_the_booking_moves_the_event_back(reception: Reception) -> None:
    booking = moved_in_outlook(reception)
    actions.restore(reception.profile, booking.id, reception.cancellation)
    assert [start for start, _ in reception.events()] == [reception.noon]
    reception.goes_on()
    assert reception.kept(booking).unsettled == ()


def test_a_page_that_follows_its_calendar_moves_by_itself(reception: Reception) -> None:
    reception.store.pages.save(replace(reception.page, follows_calendar=True))
    booking = moved_in_outlook(reception)
    assert (booking.start, booking.unsettled) == (reception.noon + 4 * HALF, ())


def test_an_event_deleted_in_outlook_is_told_and_can_be_settled_either_way(reception: Reception) -> None:
    for settle, events in ((actions.restore, 1), (actions.follow, 0)):
        booking = (
            next((one for one in reception.store.bookings.since() if one.status.stands), None)
            or reception.book()
        )
        item = booking.events[0].item
        assert item is not None
        reception.mailbox.remove_event("k-own", item)
        reception.goes_on()
        assert [link.state for link in reception.kept(booking).unsettled] == [EventState.GONE]
        settle(reception.profile, booking.id, reception.cancellation)
        assert len(reception.events()) == len(reception.events("k-private")) == events


def without_main_event(reception: Reception) -> Booking:
    """Book, and delete the main event in Outlook before anybody looks."""
    booking = reception.book()
    item = booking.events[0].item
    assert item is not None
    reception.mailbox.remove_event("k-own", item)
    return booking


@pytest.mark.parametrize("looked", [False, True], ids=["unseen", "seen"])
def test_a_booking_whose_main_event_is_gone_can_be_canceled(reception: Reception, *, looked: bool) -> None:
    booking = without_main_event(reception)
    if looked:
        reception.goes_on()
    actions.cancel(reception.profile, booking.id, reception.cancellation)
    assert (reception.events("k-own"), reception.events("k-private")) == ([], [])
    assert reception.store.bookings.outbox() == ()


@pytest.mark.parametrize("looked", [False, True], ids=["unseen", "seen"])
def test_a_booking_whose_main_event_is_gone_moves_with_a_new_one(
    reception: Reception, *, looked: bool
) -> None:
    booking = without_main_event(reception)
    if looked:
        reception.goes_on()
    later = reception.noon + 4 * HALF
    moved = actions.reschedule(reception.profile, booking.id, later, reception.cancellation)
    assert moved.status is BookingStatus.RESCHEDULED
    for key in ("k-own", "k-private"):
        assert [at for at, _ in reception.events(key)] == [later]
    assert reception.kept(booking).unsettled == ()


def test_a_page_that_follows_its_calendar_cancels_what_was_deleted_there(reception: Reception) -> None:
    reception.store.pages.save(replace(reception.page, follows_calendar=True))
    booking = without_main_event(reception)
    reception.goes_on()
    assert reception.kept(booking).status is BookingStatus.CANCELED
    assert reception.events("k-private") == []


def test_connected_again_the_coming_bookings_are_adopted_and_can_be_canceled(reception: Reception) -> None:
    booking = reception.book()
    disconnect(reception.profile)
    assert reception.kept(booking).events == ()
    reception.connected()
    reception.restarted()
    reception.step()
    assert [link.state for link in reception.kept(booking).events] == [EventState.WRITTEN] * 2
    actions.cancel(reception.profile, booking.id, reception.cancellation)
    assert reception.events() == []


def test_a_calendar_that_can_not_take_its_copy_does_not_hold_the_others_up(reception: Reception) -> None:
    reception.mailbox.calendars[1] = FoundCalendar("k-private", "Private", writable=False)
    booking = reception.book()
    assert booking.status is BookingStatus.SCHEDULED
    assert [link.state for link in booking.events] == [EventState.WRITTEN, EventState.UNCLEAR]
    assert reception.kept(booking) in reception.store.bookings.outbox()


def test_nothing_is_asked_of_the_calendars_where_no_booking_needs_it(reception: Reception) -> None:
    reception.forget_calls()
    reception.goes_on()
    assert "stamped_events" not in reception.calls


def test_only_the_running_connector_writes_while_one_runs(reception: Reception) -> None:
    reception.store.lock.held_elsewhere = True
    held: list[Booking] = []

    def other_process_works() -> None:
        held.extend(reception.store.bookings.outbox())
        reception.connector.step(Cancellation())

    reception.clock.at(reception.clock.now() + timedelta(seconds=2), other_process_works)
    assert reception.book().status is BookingStatus.SCHEDULED
    assert len(held) == 1
    assert held[0].start.tzinfo is UTC
