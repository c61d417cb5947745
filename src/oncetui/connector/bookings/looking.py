"""Looking after the events of bookings: what was moved or deleted in the calendar since."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta

from oncetui.connector.bookings.desk import Desk
from oncetui.model.booked_events import StampedEvent
from oncetui.model.bookings import Booking
from oncetui.model.calendars import Calendar
from oncetui.model.event_links import EventLink, EventState, as_seen
from oncetui.model.stamps import stamps_of_profile

_MOVED_BACK = timedelta(days=30)
_JUDGED = (EventState.WRITTEN, EventState.CHANGED, EventState.GONE)


def look_at_events(desk: Desk, calendar: Calendar) -> tuple[Booking, ...]:
    """Compare the coming bookings with their events in one calendar and note what differs; return those.

    A change in the calendar changes no booking by itself. One request, and none without such bookings.
    """
    now = desk.profile.clock.now()
    coming = [
        booking
        for booking in desk.profile.bookings.since(now)
        if booking.status.stands and _judged(booking, calendar) is not None
    ]
    if not coming:
        return ()
    found = _by_booking(desk, calendar)
    looked = ((booking, _compared(desk, booking, calendar, found[booking.id])) for booking in coming)
    return tuple(after for before, after in looked if after != before)


def _compared(
    desk: Desk, booking: Booking, calendar: Calendar, events: Mapping[str, StampedEvent]
) -> Booking:
    """Note what a look at a booking's event tells, unless the event was written to since the look began."""
    link = _judged(booking, calendar)
    if link is None:
        return booking
    event = events.get(link.item or "", next(iter(events.values()), None))
    seen = as_seen(link, event, booking.start, booking.end)
    if seen == link:
        return booking
    return desk.note(booking, lambda known: known.with_event(seen) if link in known.events else known)


def _judged(booking: Booking, calendar: Calendar) -> EventLink | None:
    """Return the link to a calendar, None where it isn't written or is about to be written anew."""
    settled = (link for link in booking.events if link.state in _JUDGED and link not in booking.due)
    return next((link for link in settled if link.calendar == calendar.id), None)


def _by_booking(desk: Desk, calendar: Calendar) -> Mapping[str, dict[str, StampedEvent]]:
    """Return the events of this profile in a calendar; those that were moved far back are as good as gone."""
    prefix = stamps_of_profile(desk.profile.installation, desk.profile.name)
    found: dict[str, dict[str, StampedEvent]] = defaultdict(dict)
    for event in desk.gateway.stamped_events(calendar, prefix, desk.profile.clock.now() - _MOVED_BACK):
        found[event.stamp.mark.booking][event.key] = event
    return found
