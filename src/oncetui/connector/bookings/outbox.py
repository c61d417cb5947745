"""Working off what the calendars still lack of the bookings."""

from collections.abc import Iterable
from dataclasses import dataclass

from oncetui.connector.bookings.confirming import confirm
from oncetui.connector.bookings.desk import Desk
from oncetui.connector.bookings.writing import remove, write
from oncetui.connector.checking import concerns_one_calendar
from oncetui.model.bookings import Booking
from oncetui.model.calendars import Calendar
from oncetui.model.event_links import EventLink, EventState
from oncetui.model.problem import ProblemError
from oncetui.model.problems.events import EVENT_CHANGED, EVENT_GONE

_LOOKED_AT_AGAIN = (EVENT_CHANGED.code, EVENT_GONE.code)


@dataclass(frozen=True)
class WorkedOff:
    """What a round came to: bookings looked at, and how many of them have to wait for the next round."""

    bookings: int = 0
    left: int = 0


def work_off(desk: Desk) -> WorkedOff:
    """Confirm what is asked for and write what is due, the earliest booking first.

    What concerns one calendar alone waits for the next round, and the others go on. Raises `ProblemError`
    where the connection is at fault, `GenerationOverError` after a Disconnect.
    """
    waiting = desk.profile.bookings.outbox()
    left = sum(_finish(desk, booking) for booking in waiting)
    return WorkedOff(len(waiting), left)


def _finish(desk: Desk, booking: Booking) -> bool:
    """Do all that is due for one booking; tell whether something has to wait."""
    if booking.to_confirm:
        try:
            booking = confirm(desk, booking)
        except ProblemError as error:
            _raise_unless_of_one_calendar(error, _calendars(desk, booking.events))
            return True
    for link in booking.due:
        calendar = desk.calendar(link.calendar)
        if calendar is None:
            _without_calendar(desk, booking, link)
            continue
        try:
            _settle(desk, booking, link, calendar)
        except ProblemError as error:
            _raise_unless_of_one_calendar(error, [calendar])
    known = desk.profile.bookings.booking(booking.id)
    return known is not None and known.in_outbox


def _settle(desk: Desk, booking: Booking, link: EventLink, calendar: Calendar) -> None:
    if link.state is EventState.LEAVING or not booking.status.keeps_its_event:
        remove(desk, booking, link, calendar)
    elif link.state is EventState.WRITTEN and not desk.find(booking, calendar):
        # Deleted in Outlook before we could change it: that is for a person to settle.
        desk.note(booking, lambda known: known.with_event(_gone(link)))
    else:
        write(desk, booking, link, calendar)


def _without_calendar(desk: Desk, booking: Booking, link: EventLink) -> None:
    """Let an event wait for a calendar that is gone; one that is to be removed, or is past, went with it."""
    past = booking.end <= desk.profile.clock.now()
    if past or link.state is EventState.LEAVING or not booking.status.keeps_its_event:
        desk.note(booking, lambda known: known.with_event(link.removed()))


def _gone(link: EventLink) -> EventLink:
    return EventLink(link.calendar, link.main, EventState.GONE, link.item, link.revision)


def _calendars(desk: Desk, links: Iterable[EventLink]) -> list[Calendar]:
    found = (desk.calendar(link.calendar) for link in links)
    return [calendar for calendar in found if calendar is not None]


def _raise_unless_of_one_calendar(error: ProblemError, calendars: Iterable[Calendar]) -> None:
    if error.problem.code in _LOOKED_AT_AGAIN:
        return
    if not any(concerns_one_calendar(error.problem, calendar) for calendar in calendars):
        raise error
