"""Bookings as lines for people and as the objects of the command line contract."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from oncetui.model.bookings import Booking, BookingStatus
from oncetui.model.event_links import EventLink, EventState
from oncetui.model.status import utc_text
from oncetui.plain.table import columns

_STATES = {
    EventState.WAITING: "to be written",
    EventState.UNCLEAR: "to be looked for",
    EventState.WRITTEN: "written",
    EventState.CHANGED: "changed in the calendar, not synced",
    EventState.GONE: "deleted in the calendar, not synced",
    EventState.REMOVED: "removed",
}


def booking_object(booking: Booking) -> dict[str, Any]:
    """Return the object of one booking; times are UTC in whole seconds."""
    return {
        "id": booking.id,
        "page": booking.page,
        "status": str(booking.status),
        "start": utc_text(booking.start),
        "end": utc_text(booking.end),
        "name": booking.customer,
        "email": booking.email,
        "reason": booking.reason or None,
        "events": [{"calendar": link.calendar, "state": str(link.state)} for link in booking.events],
    }


def activity_object(bookings: Iterable[Booking]) -> dict[str, Any]:
    """Return the object of `activity`."""
    return {"bookings": [booking_object(booking) for booking in bookings]}


def activity_text(bookings: Iterable[Booking], zone: str) -> str:
    """Return a line a booking, in the zone that times are shown in."""
    rows = [
        (booking.id, _when(booking, zone), str(booking.status), booking.customer, _where(booking))
        for booking in bookings
    ]
    return "\n".join(columns(rows, "")) if rows else "No bookings."


def booking_text(booking: Booking, zone: str) -> str:
    """Return what became of one booking, with its events."""
    lines = [f"{booking.id}  {_when(booking, zone)}  {booking.status}  {booking.customer}"]
    if booking.reason:
        lines.append(booking.reason)
    lines += [f"  {link.calendar}  {told_event(link)}" for link in booking.events]
    return "\n".join(lines)


def told_event(link: EventLink) -> str:
    """Return the state of one event in words."""
    return _STATES[link.state]


def _when(booking: Booking, zone: str) -> str:
    minutes = int((booking.end - booking.start).total_seconds() // 60)
    return f"{booking.start.astimezone(ZoneInfo(zone)):%a %d %b %Y %H:%M}  {minutes} min"


def _where(booking: Booking) -> str:
    if booking.unsettled:
        return _STATES[booking.unsettled[0].state]
    if booking.to_confirm:
        return "waits for the calendar"
    if booking.due:
        return "waits to be written"
    if booking.status is BookingStatus.CANCELED:
        return booking.reason
    number = booking.calendar_events
    return f"in {number} calendar{'' if number == 1 else 's'}" if number else "in no calendar"
