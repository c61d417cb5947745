"""Finding the events of coming bookings again after the mailbox was disconnected and connected anew."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from oncetui.connector.bookings.desk import Desk
from oncetui.model.booked_events import StampedEvent
from oncetui.model.bookings import Booking
from oncetui.model.calendars import Calendar
from oncetui.model.event_links import EventLink, as_seen
from oncetui.model.pages import BookingPage
from oncetui.model.problem import ProblemError
from oncetui.model.stamps import stamps_of_profile


def adopt(desk: Desk) -> int:
    """Link the coming bookings that have no events with those that bear their stamp; return how many.

    Only stamps of this installation and profile count. What is found of a booking that was canceled
    meanwhile is to be removed. One request a writable calendar, and none where each coming booking has its
    events. A calendar that can't be asked is passed over.
    """
    now = desk.profile.clock.now()
    without = {
        booking.id: booking
        for booking in desk.profile.bookings.since(now)
        if not booking.events and (booking.status.stands or not booking.status.keeps_its_event)
    }
    if not without:
        return 0
    found: dict[str, list[tuple[Calendar, StampedEvent]]] = defaultdict(list)
    prefix = stamps_of_profile(desk.profile.installation, desk.profile.name)
    for calendar in desk.profile.busy.calendars():
        for event in stamped_in(desk, calendar, prefix) if calendar.writable else ():
            if event.stamp.mark.booking in without:
                found[event.stamp.mark.booking].append((calendar, event))
    for booking, events in found.items():
        link_found(desk, without[booking], events)
    return len(found)


def stamped_in(desk: Desk, calendar: Calendar, prefix: str) -> tuple[StampedEvent, ...]:
    """Return the events to come whose stamp begins with a text; none of a calendar that can't be asked."""
    try:
        return desk.gateway.stamped_events(calendar, prefix, desk.profile.clock.now())
    except ProblemError as error:
        if "calendar" not in error.problem.fields:
            raise
        return ()


def main_of(events: Mapping[str, tuple[Calendar, StampedEvent]], page: BookingPage | None) -> str:
    """Return which of a booking's calendars is its main one, by their ids."""
    # Only the main event invites its customer.
    invited = next((calendar for calendar, (_, event) in events.items() if event.invited), None)
    chosen = None if page is None else page.associated.main
    return invited or (chosen if chosen is not None and chosen in events else next(iter(events)))


def link_found(desk: Desk, booking: Booking, events: Iterable[tuple[Calendar, StampedEvent]]) -> None:
    """Link a booking without events with those that were found of it."""
    newest = {calendar.id: (calendar, event) for calendar, event in events}
    main = main_of(newest, desk.page(booking))
    revision = max(booking.revision, *(event.stamp.revision for _, event in newest.values()))
    links = tuple(
        as_seen(
            EventLink(calendar.id, calendar.id == main).written(event.key, event.stamp.revision),
            event,
            booking.start,
            booking.end,
        )
        for calendar, event in newest.values()
    )
    desk.note(booking, lambda known: _with_events(known, links, revision))


def _with_events(known: Booking, links: tuple[EventLink, ...], revision: int) -> Booking:
    return known if known.events else replace(known, events=links, revision=revision)
