"""Calendars of a mailbox, and the busy time read from them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True)
class FoundCalendar:
    """A calendar as the server lists it; `key` is the server's own opaque name for it.

    `owner` is the address of another mailbox for a shared calendar. `full_read` is False where only
    free/busy may be read.
    """

    key: str
    name: str
    writable: bool
    default: bool = False
    owner: str | None = None
    full_read: bool = True

    @property
    def can_be_watched(self) -> bool:
        """Whether the server tells of its changes by itself, as of a calendar that is known."""
        return _can_be_watched(self)


@dataclass(frozen=True)
class Calendar:
    """A calendar as the store knows it, by a short id of ours such as `c1`.

    `read_at` is when its busy time was last known to be complete, in UTC. `unreadable` is the sentence
    that says why it can't be read now, None while it can. `foreign_bookings` counts those to come that
    another installation made, as seen at `foreign_seen_at`.
    """

    id: str
    key: str
    name: str
    writable: bool
    default: bool = False
    owner: str | None = None
    full_read: bool = True
    read_at: datetime | None = None
    unreadable: str | None = None
    foreign_bookings: int = 0
    foreign_seen_at: datetime | None = None

    @property
    def remark(self) -> str:
        """What sets it apart: `shared`, `read-only`, both, `free/busy only`, or nothing."""
        if not self.full_read:
            return "free/busy only"
        words = ("shared" if self.owner else "", "" if self.writable else "read-only")
        return ", ".join(word for word in words if word)

    @property
    def can_be_watched(self) -> bool:
        """Whether the server tells of its changes by itself: it does of the mailbox's own calendars alone.

        Exchange takes no subscription to a calendar that another person shared
        (ErrorSubscriptionDelegateAccessNotSupported).
        """
        return _can_be_watched(self)


def _can_be_watched(calendar: FoundCalendar | Calendar) -> bool:
    return calendar.owner is None and calendar.full_read


def told_apart(calendars: Sequence[Calendar]) -> tuple[Calendar, ...]:
    """Return the calendars with names for people: a shared one of a common name tells its owner."""
    names = [one.name for one in calendars]
    return tuple(
        replace(one, name=f"{one.name} of {one.owner}") if one.owner and names.count(one.name) > 1 else one
        for one in calendars
    )


class Showing(StrEnum):
    """What an event shows its time as."""

    FREE = "Free"
    TENTATIVE = "Tentative"
    BUSY = "Busy"
    AWAY = "Away"
    ELSEWHERE = "Working elsewhere"
    NO_DATA = "No data"

    @property
    def blocks(self) -> bool:
        """Whether such time can't be booked, by the mapping that holds until a page changes it."""
        return self is not Showing.FREE


@dataclass(frozen=True)
class Window:
    """A span of time, aware, from `start` up to but not including `end`."""

    start: datetime
    end: datetime


@dataclass(frozen=True)
class BusyBlock:
    """One event's time in one calendar, in UTC; `item` is the server's opaque id of the event."""

    item: str
    start: datetime
    end: datetime
    showing: Showing


@dataclass(frozen=True)
class Proof:
    """One real event of the coming days, shown once to prove the connection and never stored."""

    subject: str
    start: datetime
    end: datetime
    showing: Showing


@dataclass(frozen=True)
class Changes:
    """What changed in a calendar since a cursor.

    `cursor` is where to go on next time, None where there is none: a calendar of which only free/busy may be
    read is read as a whole each time. `everything` asks for the whole horizon to be read again;
    otherwise `touched` lists the windows that changed, and an empty list means that nothing did.
    """

    cursor: str | None
    everything: bool = False
    touched: tuple[Window, ...] = ()
