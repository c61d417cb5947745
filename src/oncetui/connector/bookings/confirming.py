"""Confirming a booking: its time is granted by the live calendar, or it isn't taken."""

import threading

from oncetui.connector.bookings.desk import Desk
from oncetui.connector.bookings.live_calendar import InTheWay, goes_before, in_the_way
from oncetui.connector.bookings.writing import write
from oncetui.model.bookings import Booking, confirmed, denied
from oncetui.model.calendars import Calendar, Window
from oncetui.model.event_links import EventLink, EventState
from oncetui.model.pages import BookingPage
from oncetui.model.problem import ProblemError
from oncetui.model.problems.exchange import CALENDAR_MISSING, CALENDAR_READ_ONLY

NO_PAGE = "The booking page was deleted before the calendar was asked."
NO_CALENDAR = "The main booking calendar is no longer there."
_NOTHING_WRITTEN = (CALENDAR_READ_ONLY.code, CALENDAR_MISSING.code)
YIELDS_WITHIN_SECONDS = 8.0
LOOK_AGAIN_SECONDS = 0.25
TOO_LATE = "The time came before the calendar could be asked."


def confirm(desk: Desk, booking: Booking) -> Booking:
    """Ask the calendar for a booking's time, write its main event, and look again; return what came of it.

    An event that somebody entered a moment ago wins. Raises `ProblemError` where the calendar can't be
    asked or written: the booking stays in the outbox then, and its time is held.
    """
    wanted = confirmed(booking)
    page, link = desk.page(booking), booking.main_event
    calendar = None if link is None else desk.calendar(link.calendar)
    if page is None or link is None or calendar is None:
        return _denied(desk, booking, NO_PAGE if page is None else NO_CALENDAR)
    if wanted.start <= desk.profile.clock.now():
        return _denied(desk, booking, TOO_LATE)
    other = next(in_the_way(desk, page, _time(wanted), _own(desk, booking, calendar)), None)
    if other is not None:
        return _denied(desk, booking, _sentence(other))
    try:
        written = write(desk, wanted, link, calendar)
    except ProblemError as error:
        if error.problem.code not in _NOTHING_WRITTEN:
            raise
        return _denied(desk, booking, error.problem.what)
    return _looked_at_again(desk, booking, page, written)


def _looked_at_again(desk: Desk, booking: Booking, page: BookingPage, written: EventLink) -> Booking:
    """Confirm what is written, unless somebody took the time in the same moment and goes before.

    Another installation whose stamp is the later one yields as soon as it sees our event. It is waited for:
    where its event stays it was confirmed before ours was there to be seen, so it is we who yield. Nothing
    is confirmed while anything else holds the time.
    """
    wanted = confirmed(booking)
    ours = desk.event(wanted, written).stamp
    own = frozenset(link.item for link in (*booking.events, written) if link.item is not None)
    until = desk.profile.clock.monotonic() + YIELDS_WITHIN_SECONDS
    while others := tuple(in_the_way(desk, page, _time(wanted), own)):
        late = desk.profile.clock.monotonic() >= until
        for other in others:
            if late or goes_before(desk, other, ours, wanted.start):
                return _denied(desk, booking, _sentence(other))
        # A cancellation cuts the gateway, which ends the next look.
        desk.profile.clock.wait(threading.Event(), LOOK_AGAIN_SECONDS)
    return desk.note(booking, lambda known: confirmed(known) if known.to_confirm else known)


def _own(desk: Desk, booking: Booking, calendar: Calendar) -> frozenset[str]:
    """Return the keys of the booking's own events, one that was written unclearly among them."""
    known = {link.item for link in booking.events if link.item is not None}
    main = booking.main_event
    if main is not None and main.state is not EventState.WAITING:
        known |= {found.key for found in desk.find(booking, calendar)}
    return frozenset(known)


def _denied(desk: Desk, booking: Booking, reason: str) -> Booking:
    return desk.note(booking, lambda known: denied(known, reason) if known.to_confirm else known)


def _time(booking: Booking) -> Window:
    return Window(booking.start, booking.end)


def _sentence(other: InTheWay) -> str:
    return f"{other.calendar.name} holds an event at this time, entered a moment ago."
