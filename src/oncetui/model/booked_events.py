"""Calendar events as bookings need them: written with a stamp, found by it, told by name."""

from dataclasses import dataclass
from datetime import datetime

from oncetui.model.calendars import Showing
from oncetui.model.stamps import Stamp


@dataclass(frozen=True)
class Attendee:
    """A customer who is to be invited: the calendar's server then sends invitation, changes, cancellation."""

    name: str
    email: str


@dataclass(frozen=True)
class BookedEvent:
    """What a booking puts into a calendar; times aware, `body` plain text.

    Without an attendee nothing is sent to anybody.
    """

    stamp: Stamp
    subject: str
    start: datetime
    end: datetime
    body: str = ""
    location: str = ""
    reminder_minutes: int | None = None
    category: str | None = None
    attendee: Attendee | None = None
    showing: Showing = Showing.BUSY


@dataclass(frozen=True)
class StampedEvent:
    """An event found by its stamp; `key` is the server's opaque id and `version` its state when found.

    Times are in UTC. `invited` tells whether its customer stands on it as an attendee.
    """

    key: str
    version: str
    stamp: Stamp
    start: datetime
    end: datetime
    showing: Showing
    invited: bool = False


@dataclass(frozen=True)
class NamedEvent:
    """An event with its subject, read live to be shown and never stored; times in UTC.

    `key` is the id under which busy time knows it as well.
    """

    key: str
    subject: str
    start: datetime
    end: datetime
    showing: Showing
    all_day: bool
