"""The calendar view: everything of a calendar in a window, series expanded, by start."""

from datetime import datetime
from itertools import chain

from oncetui.simulator.calendars.entries import CalendarEntry, entry_of, occurrences_between
from oncetui.simulator.mailboxes.tree import Folder

MOST_ENTRIES = 1000


def view(
    folder: Folder, start: datetime, end: datetime, limit: int = MOST_ENTRIES, *, expanded: bool = True
) -> tuple[list[CalendarEntry], bool]:
    """At most `limit` entries that start before `end` and end at `start` or later, and whether that is all.

    An item that ends exactly at the window's start is in, as in Exchange. Series that are not `expanded` are
    entries of their own where they begin.
    """
    singles = folder.items.singles_between(start, end)
    series = folder.items.series()
    if expanded:
        recurring = list(chain.from_iterable(occurrences_between(item, start, end) for item in series))
    else:
        recurring = [entry_of(item) for item in series if item.start < end and item.end >= start]
    # One more than the limit is enough of the singles: they come sorted.
    entries = [entry_of(item) for item in singles[: limit + 1]]
    entries.extend(recurring)
    entries.sort(key=_by_start)
    return entries[:limit], len(entries) <= limit


def _by_start(entry: CalendarEntry) -> tuple[datetime, datetime, int]:
    return entry.start, entry.end, entry.item.number
