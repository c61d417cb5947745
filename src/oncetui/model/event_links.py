"""How a booking hangs together with its calendar events, one link a calendar."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from oncetui.model.booked_events import StampedEvent


class EventState(StrEnum):
    """What is known of a booking's event in one calendar.

    `unclear` is the journal: a write was begun and nobody knows yet what came of it. `leaving` is to be
    removed, since the booking goes into another calendar.
    """

    WAITING = "waiting"
    UNCLEAR = "unclear"
    WRITTEN = "written"
    CHANGED = "changed-in-calendar"
    GONE = "gone-from-calendar"
    LEAVING = "leaving"
    REMOVED = "removed"


@dataclass(frozen=True)
class EventLink:
    """The event of one booking in one calendar, named by its short id.

    `revision` is that of the booking which the event shows. `seen_start` and `seen_end` are where somebody
    moved the event to, in UTC.
    """

    calendar: str
    main: bool
    state: EventState = EventState.WAITING
    item: str | None = None
    revision: int = 0
    seen_start: datetime | None = None
    seen_end: datetime | None = None

    @property
    def holds_an_event(self) -> bool:
        """Whether the calendar holds the event, as far as is known."""
        return self.state in (EventState.WRITTEN, EventState.CHANGED)

    def begun(self) -> "EventLink":
        """Return the link as it is journalled before a write goes out."""
        return replace(self, state=EventState.UNCLEAR)

    def written(self, item: str, revision: int) -> "EventLink":
        """Return the link once the event stands as that revision wants it."""
        return EventLink(self.calendar, self.main, EventState.WRITTEN, item, revision)

    def waiting(self) -> "EventLink":
        """Return the link once it is certain that there is no event and there should be one."""
        return EventLink(self.calendar, self.main)

    def removed(self) -> "EventLink":
        """Return the link once it is certain that there is no event and there should be none."""
        return EventLink(self.calendar, self.main, EventState.REMOVED)


def links_for(main: str, additional: Iterable[str]) -> tuple[EventLink, ...]:
    """Return the links of a new booking, that of the main calendar first."""
    others = sorted(set(additional) - {main})
    return (EventLink(main, main=True), *(EventLink(one, main=False) for one in others))


def work_is_due(link: EventLink, revision: int, *, stands: bool) -> bool:
    """Tell whether something is to be written for a link; `stands` is whether the booking does.

    What was changed or deleted in the calendar waits for a person, unless the booking has ended.
    """
    match link.state:
        case EventState.UNCLEAR | EventState.LEAVING:
            return True
        case EventState.WAITING:
            return stands
        case EventState.WRITTEN:
            return not stands or link.revision < revision
        case EventState.CHANGED:
            return not stands
        case EventState.GONE | EventState.REMOVED:
            return False


def as_seen(link: EventLink, found: StampedEvent | None, start: datetime, end: datetime) -> EventLink:
    """Return a written link after a look at the calendar: as it was, changed or gone (never guessed).

    `start` and `end` are the booking's. Links with work under way are not judged.
    """
    if link.state not in (EventState.WRITTEN, EventState.CHANGED, EventState.GONE):
        return link
    if found is None:
        return replace(link, state=EventState.GONE, seen_start=None, seen_end=None)
    if found.stamp.revision != link.revision:
        return link
    if (found.start, found.end) == (start, end):
        return link.written(found.key, link.revision)
    moved = replace(link, item=found.key, seen_start=found.start, seen_end=found.end)
    return replace(moved, state=EventState.CHANGED)
