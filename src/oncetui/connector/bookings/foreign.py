"""Bookings of another installation in our calendars: noticed each day, taken over where a person agreed."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from oncetui.connector.bookings.adopting import link_found, main_of, stamped_in
from oncetui.connector.bookings.desk import Desk
from oncetui.connector.bookings.taking import new_booking_id
from oncetui.connector.checking import GenerationOverError
from oncetui.model.booked_events import StampedEvent
from oncetui.model.bookings import Booking, BookingStatus
from oncetui.model.calendars import Calendar, Window
from oncetui.model.event_texts import USUAL_TEXTS
from oncetui.model.foreign_bookings import ForeignBooking, customer_in, foreign_bookings
from oncetui.model.pages import BookingPage
from oncetui.model.problem import ProblemError
from oncetui.model.problems.events import EVENT_CHANGED, EVENT_GONE
from oncetui.model.stamps import ANY_STAMP, Mark, Stamp

LOOK_AGAIN = timedelta(hours=23)
"""Less than a day, so that the daily look is never an hour too early for it."""
_LEFT_FOR_NOW = (EVENT_CHANGED.code, EVENT_GONE.code)


def look_for_foreign(desk: Desk) -> None:
    """Count the foreign bookings to come in each writable calendar that wasn't looked at in the last day.

    One request a calendar; nothing of the bookings is kept but their number.
    """
    now = desk.profile.clock.now()
    due = [
        calendar
        for calendar in desk.profile.busy.calendars()
        if calendar.writable and not _seen_lately(calendar, now)
    ]
    if due:
        _note(desk, due, _found(desk, due))


def take_over(desk: Desk) -> None:
    """Make the foreign bookings to come our own: their events get our stamp, and the store a booking each.

    The stamp comes first: where this process dies in between the events are foreign still, as they bear the
    stamp of a booking that isn't kept. What somebody changes in the same moment is left for a next time.
    """
    calendars = [calendar for calendar in desk.profile.busy.calendars() if calendar.writable]
    for booking in _found(desk, calendars):
        try:
            _take_over(desk, booking)
        except ProblemError as error:
            if error.problem.code not in _LEFT_FOR_NOW and "calendar" not in error.problem.fields:
                raise
    _note(desk, calendars, _found(desk, calendars))


def _take_over(desk: Desk, foreign: ForeignBooking) -> None:
    bookings = desk.profile.bookings
    events = {calendar.id: (calendar, event) for calendar, event in foreign.events}
    subject = _subject(desk, *foreign.events[0])
    page = _page_for(desk, events, subject)
    _, event = events[main_of(events, page)]
    named = event.stamp.mark.booking
    free = named if bookings.booking(named) is None else new_booking_id()
    booking = Booking(
        id=free,
        page="" if page is None else page.id,
        status=BookingStatus.SCHEDULED,
        start=event.start,
        end=event.end,
        customer=customer_in((USUAL_TEXTS if page is None else page.event_texts).subject, subject),
        email="",
        taken_at=event.stamp.taken_at,
        revision=event.stamp.revision,
    )
    mark = desk.mark(free)
    for where, one in foreign.events:
        if one.stamp.mark != mark:
            stamp = Stamp(mark, one.stamp.revision, one.stamp.taken_at)
            desk.gateway.take_over_event(where, one, stamp)
    # It stands in the calendar already, whatever else lies there.
    bookings.take(booking, Window(booking.start, booking.end), lambda _: True)
    link_found(desk, booking, foreign.events)


def _page_for(
    desk: Desk, events: Mapping[str, tuple[Calendar, StampedEvent]], subject: str
) -> BookingPage | None:
    """Return the page that such a booking may have been made on, None where there are no pages.

    Where it goes tells most, then whether it is named in the subject, then how long a booking lasts.
    """
    lasts = {(event.end - event.start) // timedelta(minutes=1) for _, event in events.values()}

    def differs(page: BookingPage) -> tuple[bool, bool, bool, bool]:
        return (
            page.associated.main not in events,
            not page.associated.in_use & events.keys(),
            page.name not in subject,
            page.duration_minutes not in lasts,
        )

    return min(desk.profile.pages.pages(), key=differs, default=None)


def _subject(desk: Desk, calendar: Calendar, event: StampedEvent) -> str:
    """Return the subject of an event, read now."""
    shown = desk.gateway.named_events(calendar, Window(event.start, event.end))
    return next((one.subject for one in shown if one.key == event.key), "")


def _found(desk: Desk, calendars: Iterable[Calendar]) -> tuple[ForeignBooking, ...]:
    profile = desk.profile
    coming = {booking.id for booking in profile.bookings.since(profile.clock.now())}

    def is_kept(mark: Mark) -> bool:
        if mark != desk.mark(mark.booking):
            return False
        return mark.booking in coming or profile.bookings.booking(mark.booking) is not None

    stamped = ((calendar, event) for calendar in calendars for event in stamped_in(desk, calendar, ANY_STAMP))
    return foreign_bookings(stamped, is_kept)


def _note(desk: Desk, calendars: Iterable[Calendar], found: Iterable[ForeignBooking]) -> None:
    numbers: dict[str, int] = {}
    for booking in found:
        for holding in {calendar.id for calendar, _ in booking.events}:
            numbers[holding] = numbers.get(holding, 0) + 1
    now = desk.profile.clock.now()
    for calendar in calendars:
        number = numbers.get(calendar.id, 0)
        if not desk.profile.busy.note_foreign(calendar.id, number, now, desk.generation):
            raise GenerationOverError


def _seen_lately(calendar: Calendar, now: datetime) -> bool:
    seen_at = calendar.foreign_seen_at
    return seen_at is not None and timedelta(0) <= now - seen_at < LOOK_AGAIN
