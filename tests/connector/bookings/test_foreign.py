"""Bookings of another installation: noticed, told, and taken over by consent alone."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from oncetui.connector.bookings import actions
from oncetui.connector.bookings.taking_over import take_over_foreign
from oncetui.connector.disconnecting import disconnect
from oncetui.model.associations import AssociatedCalendars
from oncetui.model.booked_events import Attendee, BookedEvent
from oncetui.model.bookings import BookingStatus
from oncetui.model.calendars import Window
from oncetui.model.event_links import EventState
from oncetui.model.event_texts import EventTexts
from oncetui.model.pages import BookingPage
from oncetui.model.problem import ProblemError
from oncetui.model.problems.network import CONNECTION_LOST
from oncetui.model.problems.sign_in import PASSWORD_CHANGED
from oncetui.model.stamps import Mark, Stamp
from tests.connector.bookings.reception import HALF, KIM, Reception

DAY = timedelta(days=1)


def theirs(
    start: datetime, booking: str = "b9", installation: str = "elsewhere", attendee: Attendee | None = None
) -> BookedEvent:
    stamp = Stamp(Mark(installation, "default", booking), 1, start - 2 * DAY)
    return BookedEvent(stamp, "Intro: Lee Okafor", start, start + HALF, attendee=attendee)


def told(reception: Reception) -> list[str]:
    warnings = reception.status.warnings
    return [one.what for one in warnings if one.code == "another-installation-books"]


def a_day_later(reception: Reception) -> None:
    reception.clock.advance(DAY)
    reception.goes_on()


def taken_over(reception: Reception) -> list[str]:
    return [one.id for one in take_over_foreign(reception.profile, reception.cancellation)]


def test_what_another_installation_booked_is_told_on_connecting(reception: Reception) -> None:
    assert told(reception) == []
    disconnect(reception.profile)
    reception.mailbox.book("k-own", theirs(reception.noon))
    reception.mailbox.book("k-private", theirs(reception.noon))
    reception.mailbox.book("k-own", theirs(reception.noon + HALF, "b8"))
    reception.connected()
    reception.restarted()
    reception.step()
    assert told(reception) == [
        "Calendar holds 2 bookings to come of another installation of oncetui.",
        "Private holds 1 booking to come of another installation of oncetui.",
    ]


def test_it_is_told_within_a_day_and_no_more_once_it_is_over(reception: Reception) -> None:
    item = reception.mailbox.book("k-own", theirs(reception.noon + 3 * DAY))
    reception.goes_on()
    assert told(reception) == []
    a_day_later(reception)
    assert len(told(reception)) == 1
    reception.mailbox.remove_event("k-own", item)
    a_day_later(reception)
    assert told(reception) == []


def test_a_restart_does_not_look_again_within_a_day(reception: Reception) -> None:
    reception.forget_calls()
    reception.restarted()
    reception.step()
    assert "stamped_events" not in reception.calls


def test_own_bookings_past_bookings_and_events_of_people_are_not_foreign(reception: Reception) -> None:
    reception.book(reception.noon + 3 * DAY)
    reception.mailbox.book("k-own", theirs(reception.noon - 3 * DAY))
    reception.mailbox.add_event("k-own", Window(reception.noon, reception.noon + HALF))
    a_day_later(reception)
    assert told(reception) == []


def test_nothing_is_taken_over_without_being_asked_for(reception: Reception) -> None:
    reception.mailbox.book("k-own", theirs(reception.noon + 3 * DAY))
    a_day_later(reception)
    assert reception.store.bookings.since() == ()
    assert reception.mailbox.booked["item-1"].stamp.mark.installation == "elsewhere"


def test_what_is_taken_over_is_a_booking_like_any_other(reception: Reception) -> None:
    for key in ("k-own", "k-private"):
        reception.mailbox.book(key, theirs(reception.noon))
    assert taken_over(reception) == ["b9"]

    (booking,) = reception.store.bookings.since()
    assert (booking.page, booking.status, booking.customer) == ("desk", BookingStatus.SCHEDULED, "Lee Okafor")
    assert [(link.main, link.state) for link in booking.events] == [
        (True, EventState.WRITTEN),
        (False, EventState.WRITTEN),
    ]
    assert told(reception) == []
    assert reception.events("k-own") == [(reception.noon, "Intro: Lee Okafor")]

    with pytest.raises(ProblemError):
        reception.book(customer=KIM)
    later = reception.noon + 4 * HALF
    actions.reschedule(reception.profile, "b9", later, reception.cancellation)
    for key in ("k-own", "k-private"):
        assert reception.events(key) == [(later, "Desk: Lee Okafor")]
    actions.cancel(reception.profile, "b9", reception.cancellation)
    assert (reception.events("k-own"), reception.events("k-private")) == ([], [])


def test_it_goes_with_the_page_that_its_subject_and_length_tell_of(reception: Reception) -> None:
    ids = {calendar.name: calendar.id for calendar in reception.store.busy.calendars()}
    for link, minutes in (("intro", 60), ("another", 30), ("long", 90)):
        page = BookingPage.named(link.title(), minutes, "UTC", link=link)
        reception.store.pages.save(replace(page, associated=AssociatedCalendars(ids["Calendar"])))
    reception.mailbox.book("k-own", theirs(reception.noon))
    event = replace(theirs(reception.noon + DAY, "b8"), subject="Lee Okafor")
    reception.mailbox.book("k-own", replace(event, end=event.start + 3 * HALF))
    taken_over(reception)
    pages = {one.id: one.page for one in reception.store.bookings.since()}
    assert pages == {"b9": "intro", "b8": "long"}


def test_whom_an_event_invites_stays_invited_and_nobody_is_invited_without_an_address(
    reception: Reception,
) -> None:
    inviting = replace(reception.page, event_texts=EventTexts(invite_customer=True))
    reception.store.pages.save(inviting)
    lee = Attendee("Lee Okafor", "lee@customer.example")
    reception.mailbox.book("k-private", theirs(reception.noon, attendee=lee))
    reception.mailbox.book("k-own", theirs(reception.noon))
    taken_over(reception)
    (booking,) = reception.store.bookings.since()
    assert booking.main_event is not None
    (private,) = (one for one in reception.store.busy.calendars() if one.name == "Private")
    assert booking.main_event.calendar == private.id
    actions.reschedule(reception.profile, "b9", reception.noon + HALF, reception.cancellation)
    written = [reception.mailbox.booked[one.item or ""].attendee for one in reception.kept(booking).events]
    assert written == [None, None]


def test_a_booking_of_ours_that_the_store_lost_is_told_and_taken_over(reception: Reception) -> None:
    booking = reception.book()
    reception.store.bookings.kept = []
    assert taken_over(reception) == [booking.id]
    assert reception.kept(booking).start == reception.noon


def test_a_taking_over_that_was_cut_is_finished_by_the_next(reception: Reception) -> None:
    for key in ("k-own", "k-private"):
        reception.mailbox.book(key, theirs(reception.noon))
    lost = ProblemError(CONNECTION_LOST.problem(host="mail.contoso.example"))
    for written in (True, False):
        reception.mailbox.cut_next_write = written
        reception.mailbox.after_next_cut = lambda: reception.opener.problems.append(lost)
        with pytest.raises(ProblemError):
            take_over_foreign(reception.profile, reception.cancellation)
        assert reception.store.bookings.since() == ()
        reception.goes_on()
    assert taken_over(reception) == ["b9"]
    assert [link.state for link in reception.store.bookings.since()[0].events] == [EventState.WRITTEN] * 2


def test_an_id_that_is_known_here_is_given_to_no_other_booking(reception: Reception) -> None:
    booking = reception.book()
    reception.mailbox.book("k-own", theirs(reception.noon + 2 * HALF, booking.id))
    (other,) = take_over_foreign(reception.profile, reception.cancellation)
    assert other.id != booking.id
    assert reception.kept(booking).start == reception.noon
    reception.goes_on()
    assert reception.kept(booking).unsettled == reception.kept(other).unsettled == ()


def test_an_event_that_somebody_edits_in_that_moment_is_left_for_the_next_time(reception: Reception) -> None:
    reception.mailbox.book("k-own", theirs(reception.noon))
    copy = reception.mailbox.book("k-private", theirs(reception.noon))
    reception.mailbox.book("k-own", theirs(reception.noon + 2 * HALF, "b8"))
    later = Window(reception.noon + 6 * HALF, reception.noon + 7 * HALF)
    reception.mailbox.after_next_write = lambda: reception.mailbox.move_event("k-private", copy, later)
    assert taken_over(reception) == ["b8"]
    assert len(told(reception)) == 2
    assert taken_over(reception) == ["b9"]
    (booking,) = (one for one in reception.store.bookings.since() if one.id == "b9")
    assert [link.state for link in booking.unsettled] == [EventState.CHANGED]


def test_where_the_connection_does_not_work_its_problem_is_told(reception: Reception) -> None:
    reception.faulted(PASSWORD_CHANGED, refused=True)
    with pytest.raises(ProblemError) as raised:
        take_over_foreign(reception.profile, reception.cancellation)
    assert raised.value.problem.code == PASSWORD_CHANGED.code


def test_the_other_installation_tells_its_bookings_as_deleted(reception: Reception) -> None:
    booking = reception.book()
    for key in ("k-own", "k-private"):
        (item,) = reception.mailbox.events[key]
        event = reception.mailbox.booked[item]
        moved = replace(event.stamp, mark=Mark("elsewhere", "default", booking.id))
        reception.mailbox.booked[item] = replace(event, stamp=moved)
        reception.mailbox.move_event(key, item, Window(booking.start, booking.end))
    reception.goes_on()
    assert {link.state for link in reception.kept(booking).events} == {EventState.GONE}
    actions.follow(reception.profile, booking.id, reception.cancellation)
    assert reception.kept(booking).status is BookingStatus.CANCELED
    assert len(reception.events("k-own")) == len(reception.events("k-private")) == 1
