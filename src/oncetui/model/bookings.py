"""A customer's booking, and what becomes of it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from oncetui.model.calendars import Window
from oncetui.model.event_links import EventLink, EventState, work_is_due
from oncetui.model.spelling import email_spelling

LONGEST_NAME = 200


class BookingStatus(StrEnum):
    """What became of a booking."""

    REQUESTED = "requested"
    SCHEDULED = "scheduled"
    RESCHEDULED = "rescheduled"
    CANCELED = "canceled"
    COMPLETED = "completed"
    NO_SHOW = "no-show"

    @property
    def stands(self) -> bool:
        """Whether the booking still holds its time."""
        return self in (BookingStatus.REQUESTED, BookingStatus.SCHEDULED, BookingStatus.RESCHEDULED)

    @property
    def keeps_its_event(self) -> bool:
        """Whether its calendar events are to stay where they are."""
        return self is not BookingStatus.CANCELED


@dataclass(frozen=True)
class Customer:
    """Who books."""

    name: str
    email: str

    @classmethod
    def named(cls, name: str, email: str) -> "Customer":
        """Return the customer; raise ValueError, with one sentence for a person, where it can't be one."""
        told = " ".join(name.split())
        if not told or not told.isprintable() or len(told) > LONGEST_NAME:
            raise ValueError("A customer's name is one line of at most 200 characters, such as Dana Reyes.")
        spelling = email_spelling(email)
        if spelling.error is not None:
            raise ValueError(spelling.error)
        return cls(told, spelling.value)


@dataclass(frozen=True)
class Booking:
    """One booking on a page; all times in UTC.

    `revision` grows with each change that the calendars have to show. `taken_at` is when its time was taken:
    of two that took the same time the earlier keeps it. `moving_to` is a new time that is asked for and not
    yet confirmed; both times are held until then. `reason` says why it was canceled, or why it stayed where
    it was, in one sentence.
    """

    id: str
    page: str
    status: BookingStatus
    start: datetime
    end: datetime
    customer: str
    email: str
    taken_at: datetime | None = None
    revision: int = 1
    moving_to: Window | None = None
    reason: str = ""
    events: tuple[EventLink, ...] = ()

    @property
    def calendar_events(self) -> int:
        """How many calendars hold the booking."""
        return sum(link.holds_an_event for link in self.events)

    @property
    def holds(self) -> tuple[Window, ...]:
        """The times that nobody else may take."""
        if not self.status.stands:
            return ()
        moving = () if self.moving_to is None else (self.moving_to,)
        return (Window(self.start, self.end), *moving)

    @property
    def to_confirm(self) -> bool:
        """Whether the live calendar has still to be asked for its time."""
        return self.status is BookingStatus.REQUESTED or (self.status.stands and self.moving_to is not None)

    @property
    def write_begun(self) -> bool:
        """Whether an event may stand already at the time that is still to be confirmed."""
        requested = self.status is BookingStatus.REQUESTED
        return any(
            link.state is EventState.UNCLEAR
            or link.revision > self.revision
            or (requested and link.holds_an_event)
            for link in self.events
        )

    @property
    def main_event(self) -> EventLink | None:
        """The link to the main calendar, None where the booking has none."""
        return next((link for link in self.events if link.main), None)

    @property
    def unsettled(self) -> tuple[EventLink, ...]:
        """The events that somebody changed or deleted in the calendar, which wait for a person's word."""
        if not self.status.stands:
            return ()
        return tuple(link for link in self.events if link.state in (EventState.CHANGED, EventState.GONE))

    @property
    def due(self) -> tuple[EventLink, ...]:
        """The events that are still to be written; none before the booking is confirmed."""
        if self.to_confirm:
            return ()
        stands = self.status.keeps_its_event
        return tuple(link for link in self.events if work_is_due(link, self.revision, stands=stands))

    @property
    def in_outbox(self) -> bool:
        """Whether anything is still to be done in Exchange."""
        return self.to_confirm or bool(self.due)

    def with_event(self, link: EventLink) -> "Booking":
        """Return the booking with the link of the same calendar replaced."""
        events = tuple(link if one.calendar == link.calendar else one for one in self.events)
        return replace(self, events=events)


def confirmed(booking: Booking) -> Booking:
    """Return a booking whose time the calendar granted; a move becomes its time."""
    if booking.moving_to is None:
        return replace(booking, status=BookingStatus.SCHEDULED, reason="")
    start, end = booking.moving_to.start, booking.moving_to.end
    moved = replace(booking, start=start, end=end, moving_to=None, revision=booking.revision + 1, reason="")
    return replace(moved, status=BookingStatus.RESCHEDULED)


def denied(booking: Booking, reason: str) -> Booking:
    """Return a booking whose time was taken after all: a request ends, a move stays where it was.

    A move whose event may have been written already takes it back.
    """
    if booking.moving_to is None:
        return canceled(booking, reason)
    stays = replace(booking, moving_to=None, reason=reason)
    return replace(stays, revision=booking.revision + 2) if booking.write_begun else stays


def canceled(booking: Booking, reason: str = "") -> Booking:
    """Return the booking canceled; its events are to be removed."""
    ended = replace(
        booking, status=BookingStatus.CANCELED, moving_to=None, revision=booking.revision + 1, reason=reason
    )
    kept = (
        link.removed() if link.state in (EventState.WAITING, EventState.GONE) else link
        for link in ended.events
    )
    return replace(ended, events=tuple(kept))


def moved_along(booking: Booking, main: str) -> Booking:
    """Return the booking with another main calendar: an event is to be written there, the old one removed.

    The new event is written first. What somebody changed in the old calendar is settled by the move: the
    booking's own time holds.
    """
    old = booking.main_event
    if not booking.status.stands or old is None or old.calendar == main:
        return booking
    copy = next((link for link in booking.events if link.calendar == main), None)
    new = EventLink(main, main=True) if copy is None else replace(copy, main=True)
    if new.state in (EventState.GONE, EventState.REMOVED, EventState.LEAVING):
        new = new.begun()
    others = tuple(link for link in booking.events if link not in (old, copy))
    kept = (_left_as_it_is(new), replace(old, main=False, state=EventState.LEAVING), *others)
    return replace(booking, revision=booking.revision + 1, events=kept)


def followed(booking: Booking, taken_at: datetime) -> Booking:
    """Return the booking as the calendar has it: moved with its event, canceled where that was deleted.

    The main calendar's word goes before that of the others. A copy that was deleted stays away.
    """
    main = booking.main_event
    if main is not None and main.state is EventState.GONE:
        return canceled(booking, "The event was deleted in the calendar.")
    settled = replace(
        booking,
        revision=booking.revision + 1,
        moving_to=None,
        reason="",
        events=tuple(_left_as_it_is(link) for link in booking.events),
    )
    for link in booking.events:
        if link.seen_start is not None and link.seen_end is not None:
            moved = replace(settled, start=link.seen_start, end=link.seen_end, taken_at=taken_at)
            return replace(moved, status=BookingStatus.RESCHEDULED)
    return settled


def restored(booking: Booking) -> Booking:
    """Return the booking with its events to be put back to where they belong."""
    # What is gone may lie in the past or in another folder: it is looked for before it is written anew.
    events = (
        link.begun() if link.state is EventState.GONE else _left_as_it_is(link) for link in booking.events
    )
    return replace(booking, revision=booking.revision + 1, events=tuple(events))


def _left_as_it_is(link: EventLink) -> EventLink:
    """Return a link without the judgement of the last look; a deleted copy is not asked for any more."""
    if link.state is EventState.CHANGED:
        return replace(link, state=EventState.WRITTEN, seen_start=None, seen_end=None)
    return link.removed() if link.state is EventState.GONE else link
