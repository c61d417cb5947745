"""Bringing one calendar event to what its booking wants, so that it is there once whatever happens.

Before anything is sent the link is journalled as unclear; it stays so until an answer, or a look for the
stamp, tells what came of it.
"""

from oncetui.connector.bookings.desk import Desk
from oncetui.model.booked_events import BookedEvent, StampedEvent
from oncetui.model.bookings import Booking
from oncetui.model.calendars import Calendar
from oncetui.model.event_links import EventLink, EventState


def write(desk: Desk, booking: Booking, link: EventLink, calendar: Calendar) -> EventLink:
    """Let the calendar hold the event as the booking wants it, note it, and return the link after it.

    `booking` may be ahead of what is kept: a booking that is to be confirmed is written first. Raises
    `ProblemError`; the journal then tells what is left to do.
    """
    event = desk.event(booking, link)
    found = () if link.state is EventState.WAITING else desk.find(booking, calendar)
    if not found:
        return _create(desk, booking, link, calendar, event)
    kept, *doubles = found
    for double in doubles:
        desk.gateway.cancel_event(calendar, double)
    if not _shows(kept, event):
        desk.note_event(booking, link.begun())
        desk.gateway.change_event(calendar, kept, event)
    return _noted(desk, booking, link.written(kept.key, booking.revision))


def remove(desk: Desk, booking: Booking, link: EventLink, calendar: Calendar) -> EventLink:
    """Take the booking's event out of the calendar, note it, and return the link after it."""
    for found in desk.find(booking, calendar):
        desk.gateway.cancel_event(calendar, found)
    return _noted(desk, booking, link.removed())


def _create(
    desk: Desk, booking: Booking, link: EventLink, calendar: Calendar, event: BookedEvent
) -> EventLink:
    desk.note_event(booking, link.begun())
    item = desk.gateway.create_event(calendar, event)
    return _noted(desk, booking, link.written(item, booking.revision))


def _shows(found: StampedEvent, event: BookedEvent) -> bool:
    shown = (found.start, found.end, found.stamp.revision)
    return shown == (event.start, event.end, event.stamp.revision)


def _noted(desk: Desk, booking: Booking, link: EventLink) -> EventLink:
    desk.note_event(booking, link)
    return link
