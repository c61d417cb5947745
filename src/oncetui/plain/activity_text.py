"""Bookings as lines for people and as the objects of the command line contract."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from oncetui.model.booking_words import event_words, where_words
from oncetui.model.bookings import Booking
from oncetui.model.status import utc_text
from oncetui.plain.table import columns


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
        "events": [{"calendar": link.calendar, "state": str(link.state)} for link in booking.events],
    }


def activity_object(bookings: Iterable[Booking]) -> dict[str, Any]:
    """Return the object of `activity`."""
    return {"bookings": [booking_object(booking) for booking in bookings]}


def activity_text(bookings: Iterable[Booking], zone: str) -> str:
    """Return a line a booking, in the zone that times are shown in."""
    rows = [
        (booking.id, _when(booking, zone), str(booking.status), booking.customer, where_words(booking))
        for booking in bookings
    ]
    return "\n".join(columns(rows, "")) if rows else "No bookings."


def booking_text(booking: Booking, zone: str) -> str:
    """Return what became of one booking, with its events."""
    lines = [f"{booking.id}  {_when(booking, zone)}  {booking.status}  {booking.customer}"]
    if booking.reason:
        lines.append(booking.reason)
    lines += [f"  {link.calendar}  {event_words(link)}" for link in booking.events]
    return "\n".join(lines)


def taken_over_text(bookings: Iterable[Booking], zone: str) -> str:
    """Return what was taken over from other installations."""
    taken = tuple(bookings)
    if not taken:
        return "Nothing to take over: no booking to come of another installation was found."
    number = "1 booking is" if len(taken) == 1 else f"{len(taken)} bookings are"
    return f"{activity_text(taken, zone)}\n{number} taken over."


def _when(booking: Booking, zone: str) -> str:
    minutes = int((booking.end - booking.start).total_seconds() // 60)
    return f"{booking.start.astimezone(ZoneInfo(zone)):%a %d %b %Y %H:%M}  {minutes} min"
