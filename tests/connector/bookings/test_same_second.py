"""Two installations that want the same time in the same moment: one gets it, whatever the order."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from oncetui.connector.bookings import actions
from oncetui.connector.connector import Connector
from oncetui.model.booked_events import BookedEvent
from oncetui.model.bookings import Booking, BookingStatus
from oncetui.model.problem import ProblemError
from oncetui.model.stamps import Mark, Stamp
from tests.connector.bookings.reception import HALF, KIM, Reception


def strangers_event(reception: Reception, taken_at: datetime) -> BookedEvent:
    stamp = Stamp(Mark("elsewhere", "default", "b9"), 1, taken_at)
    return BookedEvent(stamp, "Theirs", reception.noon, reception.noon + HALF)


def book_between(first: Reception, second: Reception) -> tuple[Booking | None, Booking | None]:
    """Let the first one take a time, then the second one take and have it before the first one writes."""
    had: list[Booking | None] = []
    first.mailbox.before_next_write = lambda: had.append(booked(second))
    return booked(first), had[0]


def booked(reception: Reception) -> Booking | None:
    """Return the booking at noon, None where the time was taken."""
    try:
        return reception.book(customer=KIM)
    except ProblemError as error:
        if error.problem.code not in ("time-taken", "time-not-bookable"):
            raise
        return None


def another_home(reception: Reception, behind: timedelta) -> Reception:
    """Return the reception of another installation on the same mailbox, whose clock is that far behind."""
    other = Reception()
    other.mailbox = other.opener.mailbox = reception.mailbox
    other.profile = replace(other.profile, installation="there")
    other.clock.put_to(reception.clock.now() - behind)
    other.connector = Connector(other.profile)
    other.step()
    return other


def test_the_earlier_stamp_keeps_the_time_once_the_later_one_has_yielded(reception: Reception) -> None:
    theirs = strangers_event(reception, reception.clock.now() + timedelta(seconds=1))

    def taken_in_the_same_moment() -> None:
        item = reception.mailbox.book("k-own", theirs)
        yields_at = reception.clock.now() + timedelta(seconds=2)
        reception.clock.at(yields_at, lambda: reception.mailbox.remove_event("k-own", item))

    reception.mailbox.after_next_write = taken_in_the_same_moment
    assert reception.book().status is BookingStatus.SCHEDULED
    assert [subject for _, subject in reception.events()] == ["Desk: Dana Reyes"]


@pytest.mark.parametrize("seconds", [-1, 1])
def test_what_does_not_yield_was_confirmed_before_and_keeps_the_time(
    reception: Reception, seconds: int
) -> None:
    theirs = strangers_event(reception, reception.clock.now() + timedelta(seconds=seconds))
    reception.mailbox.after_next_write = lambda: reception.mailbox.book("k-own", theirs)
    with pytest.raises(ProblemError) as raised:
        reception.book()
    assert raised.value.problem.code == "time-taken"
    assert [subject for _, subject in reception.events()] == ["Theirs"]


@pytest.mark.parametrize("behind", [timedelta(seconds=-5), timedelta(), timedelta(seconds=5)], ids=str)
def test_of_two_homes_the_one_that_was_confirmed_first_keeps_the_time_whatever_their_clocks_say(
    reception: Reception, behind: timedelta
) -> None:
    other = another_home(reception, behind)
    mine, theirs = book_between(reception, other)
    assert (mine, theirs is not None) == (None, True)
    for key in ("k-own", "k-private"):
        assert [subject for _, subject in reception.events(key)] == ["Desk: Kim Osei"]
    assert reception.store.bookings.outbox() == other.store.bookings.outbox() == ()


def test_a_booking_that_moves_yields_in_the_same_way_and_stays_where_it_was(reception: Reception) -> None:
    booking = reception.book(reception.noon + 4 * HALF)
    other = another_home(reception, timedelta(seconds=-5))
    had: list[Booking | None] = []
    reception.mailbox.before_next_write = lambda: had.append(booked(other))
    with pytest.raises(ProblemError) as raised:
        actions.reschedule(reception.profile, booking.id, reception.noon, reception.cancellation)
    assert raised.value.problem.code == "time-taken"
    assert had[0] is not None
    reception.goes_on()
    for key in ("k-own", "k-private"):
        assert [at for at, _ in reception.events(key)] == [reception.noon, reception.noon + 4 * HALF]
