"""What a check of the calendars does for the bookings."""

from collections.abc import Iterable

from oncetui.connector.bookings.adopting import adopt
from oncetui.connector.bookings.desk import Desk
from oncetui.connector.bookings.looking import look_at_events
from oncetui.connector.bookings.outbox import work_off
from oncetui.model.bookings import followed
from oncetui.model.calendars import Calendar


def see_to_bookings(desk: Desk, changed: Iterable[Calendar], *, adopting: bool) -> bool:
    """Look after the events in the calendars that changed, then work off the outbox; tell if any was written.

    `adopting` looks for the events of an earlier connection first. Nothing is asked where no booking needs
    it. Raises `ProblemError` where the connection is at fault, `GenerationOverError` after a Disconnect.
    """
    if adopting:
        adopt(desk)
    for calendar in changed:
        for booking in look_at_events(desk, calendar):
            page = desk.page(booking)
            if booking.unsettled and page is not None and page.follows_calendar:
                desk.note(booking, lambda known: followed(known, desk.profile.clock.now()))
    worked_off = work_off(desk)
    return worked_off.bookings > worked_off.left
