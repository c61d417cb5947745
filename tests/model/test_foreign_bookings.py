"""Bookings of another installation, and the names of their customers."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncetui.model.booked_events import StampedEvent
from oncetui.model.booking_texts import event_of
from oncetui.model.bookings import LONGEST_NAME, Booking, BookingStatus
from oncetui.model.calendars import Calendar, Showing
from oncetui.model.event_texts import USUAL_TEXTS
from oncetui.model.foreign_bookings import UNKNOWN_CUSTOMER, customer_in, foreign_bookings
from oncetui.model.pages import BookingPage
from oncetui.model.stamps import Mark, Stamp

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
OWN = Calendar("c1", "k-own", "Calendar", writable=True)
PRIVATE = Calendar("c2", "k-private", "Private", writable=True)


def stamped(
    calendar: Calendar, installation: str, booking: str, hours: int = 0
) -> tuple[Calendar, StampedEvent]:
    start = NOON + timedelta(hours=hours)
    stamp = Stamp(Mark(installation, "default", booking), 1, NOON)
    key = f"{calendar.id}-{installation}-{booking}"
    return calendar, StampedEvent(key, "v1", stamp, start, start + timedelta(hours=1), Showing.BUSY)


def test_the_events_of_one_booking_go_together_by_start() -> None:
    late, copy = stamped(OWN, "there", "b1", 2), stamped(PRIVATE, "there", "b1", 2)
    early = stamped(OWN, "there", "b2")
    found = foreign_bookings([late, early, copy], lambda _: False)
    assert [one.events for one in found] == [(early,), (late, copy)]


def test_what_is_kept_here_is_not_foreign() -> None:
    own, theirs = stamped(OWN, "here", "b1"), stamped(OWN, "there", "b2")
    (found,) = foreign_bookings([own, theirs], lambda mark: mark.installation == "here")
    assert found.events == (theirs,)


@pytest.mark.parametrize(
    ("template", "subject", "customer"),
    [
        ("{page}: {customer}", "Desk: Dana Reyes", "Dana Reyes"),
        ("{page}: {customer}", "Intro: Dana: Reyes", "Dana: Reyes"),
        ("{customer} ({email})", "Dana Reyes (dana@customer.example)", "Dana Reyes"),
        ("{customer}, that is {customer}", "Dana, that is Dana", "Dana"),
        ("{page}: {customer}", "Something else", "Something else"),
        ("Appointment", "Appointment", "Appointment"),
        ("{page}: {customer}", "Desk:\u202e Dana\r\nReyes", "Dana Reyes"),
        ("{page}: {customer}", " \t ", UNKNOWN_CUSTOMER),
    ],
)
def test_a_customer_is_read_from_a_subject(template: str, subject: str, customer: str) -> None:
    assert customer_in(template, subject) == customer


names = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=30)


@given(names, names)
def test_the_customer_of_an_event_of_the_usual_template_comes_back(customer: str, page_name: str) -> None:
    page = BookingPage.named(page_name, 30, "UTC", link="desk")
    booking = Booking("b1", "desk", BookingStatus.SCHEDULED, NOON, NOON, customer, "a@b.example")
    event = event_of(booking, page, Mark("there", "default", "b1"))
    assert customer_in(USUAL_TEXTS.subject, event.subject) == customer


@given(st.text(max_size=400))
def test_any_subject_gives_a_name_of_one_line(subject: str) -> None:
    name = customer_in(USUAL_TEXTS.subject, subject)
    assert name
    assert name == name.strip()
    assert name.isprintable()
    assert len(name) <= LONGEST_NAME
