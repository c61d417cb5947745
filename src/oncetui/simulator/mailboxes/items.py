"""Items as a mailbox keeps them: a bag of properties, and for calendars the times and the recurrence."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Self

from oncetui.simulator.calendars.patterns import Recurrence
from oncetui.simulator.calendars.zones import Zone
from oncetui.simulator.mailboxes.extended import ExtendedName, ExtendedValue


@dataclass(slots=True, eq=False)
class Item:
    """One item; `values` is keyed by field URI (`item:Subject`), `change` numbers its last change.

    `element` is the name of its XML element, `created_change` the number of the change that made it,
    `content_change` that of its last change besides being marked as read or unread.
    """

    element: str
    number: int
    folder_number: int
    created: datetime
    modified: datetime
    creator: str
    modified_by: str
    change: int = 0
    created_change: int = 0
    content_change: int = 0
    values: dict[str, Any] = field(default_factory=dict)
    extended: dict[ExtendedName, ExtendedValue] = field(default_factory=dict)

    def copy(self, number: int) -> Self:
        """Return another item with the same contents."""
        return replace(self, number=number, values=dict(self.values), extended=dict(self.extended))


@dataclass(slots=True, eq=False)
class OccurrenceChange:
    """A modified occurrence: its own times, and the values that differ from its series."""

    start: datetime
    end: datetime
    values: dict[str, Any] = field(default_factory=dict)
    extended: dict[ExtendedName, ExtendedValue] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class CalendarItem(Item):
    """An appointment or a recurring series; `start` and `end` are UTC, in a series its first occurrence's.

    `changes` and `deleted` are keyed by the date on which an occurrence was due, in `start_zone`.
    """

    start: datetime = datetime.min  # noqa: DTZ901 - always given; dataclass order asks for a default
    end: datetime = datetime.min  # noqa: DTZ901 - as above
    start_zone: Zone = field(default_factory=Zone.utc)
    end_zone: Zone = field(default_factory=Zone.utc)
    recurrence: Recurrence | None = None
    changes: dict[date, OccurrenceChange] = field(default_factory=dict)
    deleted: set[date] = field(default_factory=set)

    def copy(self, number: int) -> Self:
        """Return another appointment or series with the same contents."""
        changes = {
            day: replace(change, values=dict(change.values), extended=dict(change.extended))
            for day, change in self.changes.items()
        }
        return replace(
            self,
            number=number,
            values=dict(self.values),
            extended=dict(self.extended),
            changes=changes,
            deleted=set(self.deleted),
        )

    @property
    def local_start(self) -> time:
        """The time of day at which each occurrence starts, in `start_zone`."""
        return self.start.astimezone(self.start_zone.info).time()

    @property
    def local_duration(self) -> timedelta:
        """How long an occurrence lasts by the clock on the wall, in `start_zone`."""
        zone = self.start_zone.info
        start, end = (moment.astimezone(zone).replace(tzinfo=None) for moment in (self.start, self.end))
        return end - start


@dataclass(slots=True, eq=False)
class Entry:
    """What a client sees of an item: as a rule the item itself."""

    item: Item

    def value(self, uri: str) -> Any:
        """Return a stored property; None where it isn't set."""
        return self.item.values.get(uri)

    def extended(self) -> dict[ExtendedName, ExtendedValue]:
        """Return the extended properties."""
        return self.item.extended
