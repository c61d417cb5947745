"""Reminders of calendar items and tasks: when each is due, and which are out of the way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from oncetui.simulator.calendars.entries import CalendarEntry, entry_of, occurrences_between
from oncetui.simulator.mailboxes.items import CalendarItem, Entry, Item

IS_SET = "item:ReminderIsSet"
# When a snoozed reminder comes again; up to which start the reminders of a series are dismissed.
NEXT_TIME, DISMISSED = "item:ReminderNextTime", "reminder:DismissedUntil"
_MINUTES = "item:ReminderMinutesBeforeStart"
_USUAL_MINUTES = 15
_LOOK_AHEAD = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder that comes at a time (UTC), of an appointment, an occurrence or a task."""

    entry: Entry
    time: datetime

    @property
    def over(self) -> datetime:
        """When what it reminds of is over; a task's is so as soon as it comes."""
        return self.entry.end if isinstance(self.entry, CalendarEntry) else self.time


def reminders_of(items: Iterator[Item], now: datetime) -> list[Reminder]:
    """Return the reminders of items by their times, one of each item; of a series the latest due."""
    found = (_reminder(item, now) for item in items if item.values.get(IS_SET))
    return sorted((each for each in found if each is not None), key=lambda each: each.time)


def _reminder(item: Item, now: datetime) -> Reminder | None:
    snoozed: datetime | None = item.values.get(NEXT_TIME)
    if not isinstance(item, CalendarItem):
        due = snoozed or item.values.get("item:ReminderDueBy")
        return None if due is None else Reminder(Entry(item), due)
    entry = entry_of(item) if item.recurrence is None else _due_occurrence(item, now)
    return None if entry is None else Reminder(entry, snoozed or _time(entry))


def _due_occurrence(item: CalendarItem, now: datetime) -> CalendarEntry | None:
    dismissed: datetime | None = item.values.get(DISMISSED)
    entries = sorted(occurrences_between(item, item.start, now + _LOOK_AHEAD), key=lambda entry: entry.start)
    left = [entry for entry in entries if dismissed is None or entry.start > dismissed]
    due = [entry for entry in left if _time(entry) <= now]
    return due[-1] if due else next(iter(left), None)


def _time(entry: CalendarEntry) -> datetime:
    minutes = entry.value(_MINUTES)
    return entry.start - timedelta(minutes=_USUAL_MINUTES if minutes is None else minutes)
