"""What a client sees of a calendar item: the item itself, or one occurrence of a series."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal

from oncetui.simulator.calendars.patterns import Recurrence
from oncetui.simulator.mailboxes.extended import ExtendedName, ExtendedValue
from oncetui.simulator.mailboxes.items import CalendarItem, Entry, OccurrenceChange

EntryType = Literal["Single", "Occurrence", "Exception", "RecurringMaster"]


@dataclass(slots=True, eq=False)
class CalendarEntry(Entry):
    """A calendar item or one occurrence of it; times are UTC.

    `original` is the date, in the series' zone, on which an occurrence was due; None for the item itself.
    """

    item: CalendarItem
    start: datetime
    end: datetime
    original: date | None = None
    change: OccurrenceChange | None = None

    @property
    def type(self) -> EntryType:
        """What kind of calendar item this is, in the words of EWS."""
        if self.change is not None:
            return "Exception"
        if self.original is not None:
            return "Occurrence"
        return "Single" if self.item.recurrence is None else "RecurringMaster"

    def value(self, uri: str) -> Any:
        """Return a stored property, the occurrence's own before the series'; None where it isn't set."""
        if self.change is not None and uri in self.change.values:
            return self.change.values[uri]
        return self.item.values.get(uri)

    def extended(self) -> dict[ExtendedName, ExtendedValue]:
        """Return the extended properties, the occurrence's own over the series'."""
        if self.change is not None and self.change.extended:
            return {**self.item.extended, **self.change.extended}
        return self.item.extended


def entry_of(item: CalendarItem) -> CalendarEntry:
    """Return the entry of an appointment or of a series as a whole."""
    return CalendarEntry(item, item.start, item.end)


def occurrence(item: CalendarItem, original: date) -> CalendarEntry | None:
    """Return the occurrence of a series that was due on a date; None where none was, or it is deleted."""
    if item.recurrence is None or original in item.deleted or not item.recurrence.has(original):
        return None
    change = item.changes.get(original)
    if change is not None:
        return CalendarEntry(item, change.start, change.end, original, change)
    start, end = planned_times(item, original)
    return CalendarEntry(item, start, end, original)


def planned_times(item: CalendarItem, original: date) -> tuple[datetime, datetime]:
    """Start and end, in UTC, that the series plans for a date; the clock on the wall stays the same."""
    return _Planner(item).times(original)


def occurrences_between(item: CalendarItem, start: datetime, end: datetime) -> Iterator[CalendarEntry]:
    """Return the occurrences of a series that start before `end` and end at `start` or later, unsorted."""
    if item.recurrence is None:
        return
    for original, change in item.changes.items():
        if change.start < end and change.end >= start:
            yield CalendarEntry(item, change.start, change.end, original, change)
    planner = _Planner(item)
    for original in _dates_around(item.recurrence, planner, start, end):
        if original in item.deleted or original in item.changes:
            continue
        begins, ends = planner.times(original)
        if begins < end and ends >= start:
            yield CalendarEntry(item, begins, ends, original)


class _Planner:
    """Reckons the times of a series' occurrences; local times are read once for all of them."""

    def __init__(self, item: CalendarItem) -> None:
        self.zone = item.start_zone.info
        self.time: time = item.local_start
        self.duration: timedelta = item.local_duration

    def times(self, original: date) -> tuple[datetime, datetime]:
        begins = datetime.combine(original, self.time)
        ends = begins + self.duration
        return (
            begins.replace(tzinfo=self.zone).astimezone(UTC),
            ends.replace(tzinfo=self.zone).astimezone(UTC),
        )


def _dates_around(
    recurrence: Recurrence, planner: _Planner, start: datetime, end: datetime
) -> Iterator[date]:
    first = start - planner.duration - timedelta(days=2)
    last = end + timedelta(days=1)
    return recurrence.dates(first.astimezone(UTC).date(), last.astimezone(UTC).date())
