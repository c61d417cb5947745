"""What a booking's event says: a page's template, whatever stands in it and in what customers typed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncetui.model.booked_events import BookedEvent
from oncetui.model.booking_texts import as_copy, event_of
from oncetui.model.bookings import Booking, BookingStatus, Customer
from oncetui.model.event_spelling import body_given, body_text, subject_given
from oncetui.model.event_texts import LONGEST_SUBJECT, USUAL_TEXTS, EventTexts
from oncetui.model.pages import BookingPage
from oncetui.model.stamps import Mark

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
MARK = Mark("here", "default", "b1")
HOSTILE = ("<b>Dana</b> & 'Co' \"x\"", "{email} {0} {page.id}", "%s %(id)s", "]]> <!-- x -->", "Žofia 😀 李")


def event(
    texts: EventTexts = USUAL_TEXTS, customer: str = "Dana Reyes", email: str = "d@x.example"
) -> BookedEvent:
    page = replace(BookingPage.named("Desk", 30, "Asia/Kolkata"), event_texts=texts)
    start, end = NOON, NOON + timedelta(minutes=30)
    booking = Booking("b1", "desk", BookingStatus.SCHEDULED, start, end, customer, email)
    return event_of(booking, page, MARK)


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_a_customer_typed_stands_as_it_is_and_is_read_as_no_template(typed: str) -> None:
    customer = Customer.named(typed, "d@x.example")
    made = event(EventTexts("{customer}", "By {customer}"), customer.name)
    assert (made.subject, made.body) == (typed, f"By {typed}")


def test_times_are_told_in_the_zone_of_the_page() -> None:
    assert event(EventTexts(body="{start} - {end} {id}")).body == "2026-07-01 17:30 - 2026-07-01 18:00 b1"


@pytest.mark.parametrize("name", ["Dana\nReyes", "Dana\r\nBcc: x", "Dana\tReyes"])
def test_line_ends_in_a_name_become_blanks(name: str) -> None:
    assert "\n" not in event(customer=Customer.named(name, "d@x.example").name).subject


@pytest.mark.parametrize("name", ["Dana\x00", "\x1b[31mDana", "Dana\u202eReyes", "Dana\ud800", "", " "])
def test_a_name_with_what_could_steer_a_terminal_or_break_a_request_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="one line"):
        Customer.named(name, "d@x.example")


@pytest.mark.parametrize(
    "body", ["a\x0bb", "a\x00", "a\ufffe", "a\ud800", "{customer", "{customer!r}", "{who}"]
)
def test_a_body_that_can_not_be_sent_or_filled_in_is_refused(body: str) -> None:
    with pytest.raises(ValueError, match=r"control characters|brace|Words"):
        body_given(body)


def test_nobody_is_invited_unless_the_page_invites_and_the_address_is_known() -> None:
    assert event().attendee is None
    invited = event(EventTexts(invite_customer=True))
    assert invited.attendee is not None
    assert invited.attendee.email == "d@x.example"
    assert as_copy(invited).attendee is None
    unknown = event(EventTexts(body="{email}", invite_customer=True), email="")
    assert (unknown.attendee, unknown.body) == (None, "address not known")


def test_a_copy_reminds_nobody_and_else_says_the_same() -> None:
    main = event(EventTexts(reminder_minutes=30, category="Customers"))
    assert replace(as_copy(main), reminder_minutes=30) == main


lines = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]) | st.sampled_from("\n\t"), max_size=80)
printable = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=200)


@given(body=lines.filter(lambda text: text == text.strip(" ") and not set(text) & set("{}\\")))
def test_a_body_comes_back_from_its_text(body: str) -> None:
    assert body_given(body_text(body)) == body


@given(template=lines, customer=printable)
def test_a_subject_is_one_line_of_at_most_255_characters(template: str, customer: str) -> None:
    try:
        texts = EventTexts(subject=subject_given(template))
    except ValueError:
        return
    subject = event(texts, customer).subject
    assert "\n" not in subject
    assert len(subject) <= LONGEST_SUBJECT
