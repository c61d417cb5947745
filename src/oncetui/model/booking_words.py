"""What is to be said of a booking: where it is, and how each of its events stands."""

from oncetui.model.bookings import Booking, BookingStatus
from oncetui.model.event_links import EventLink, EventState

_STATES = {
    EventState.WAITING: "to be written",
    EventState.UNCLEAR: "to be looked for",
    EventState.WRITTEN: "written",
    EventState.CHANGED: "changed in the calendar, not synced",
    EventState.GONE: "deleted in the calendar, not synced",
    EventState.LEAVING: "to be removed",
    EventState.REMOVED: "removed",
}


def event_words(link: EventLink) -> str:
    """Return how the event of one calendar stands."""
    return _STATES[link.state]


def where_words(booking: Booking) -> str:
    """Return where a booking is: what needs a person or time first, then how many calendars hold it."""
    if booking.unsettled:
        return event_words(booking.unsettled[0])
    if booking.to_confirm:
        return "waits for the calendar"
    if booking.due:
        return "waits to be written" if booking.status.keeps_its_event else "waits to be removed"
    if booking.status is BookingStatus.CANCELED:
        return booking.reason
    number = booking.calendar_events
    return f"in {number} calendar{'' if number == 1 else 's'}" if number else "in no calendar"
