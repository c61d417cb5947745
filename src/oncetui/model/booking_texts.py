"""What a booking's calendar event says: its page's template, filled in."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from oncetui.model.booked_events import Attendee, BookedEvent
from oncetui.model.bookings import Booking
from oncetui.model.event_texts import LONGEST_SUBJECT
from oncetui.model.pages import BookingPage
from oncetui.model.stamps import Mark, Stamp


def event_of(booking: Booking, page: BookingPage, mark: Mark) -> BookedEvent:
    """Return the event that a booking wants in its main calendar; its texts tell times in the page's zone."""
    zone, texts = ZoneInfo(page.time_zone), page.event_texts
    words = {
        "page": page.name,
        "customer": booking.customer,
        "email": booking.email or "address not known",
        "start": _told(booking.start, zone),
        "end": _told(booking.end, zone),
        "id": booking.id,
    }
    return BookedEvent(
        stamp=Stamp(mark, booking.revision, booking.taken_at or booking.start),
        subject=" ".join(texts.subject.format_map(words).split())[:LONGEST_SUBJECT],
        body=texts.body.format_map(words),
        start=booking.start,
        end=booking.end,
        location=page.location,
        reminder_minutes=texts.reminder_minutes,
        category=texts.category,
        # Without an address nobody can be invited anew; whom an event invites already stays on it.
        attendee=Attendee(booking.customer, booking.email)
        if texts.invite_customer and booking.email
        else None,
    )


def as_copy(event: BookedEvent) -> BookedEvent:
    """Return the event for an additional calendar: nobody is reminded or invited twice."""
    return replace(event, attendee=None, reminder_minutes=None)


def _told(time: datetime, zone: ZoneInfo) -> str:
    return time.astimezone(zone).strftime("%Y-%m-%d %H:%M")
