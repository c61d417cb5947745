"""Free and busy times of a calendar."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from oncetui.simulator.calendars.entries import CalendarEntry, entry_of, occurrences_between
from oncetui.simulator.mailboxes.folder import Folder

# The digit of each status in a merged view; of several the one that is last here counts.
_DIGITS = {"Free": "0", "WorkingElsewhere": "4", "Tentative": "1", "Busy": "2", "OOF": "3"}
_RANKS = {status: rank for rank, status in enumerate(_DIGITS)}


def status_of(entry: CalendarEntry) -> str:
    """Return how an appointment's time is shown."""
    return str(entry.value("calendar:LegacyFreeBusyStatus") or "Busy")


def busy_entries(folder: Folder, start: datetime, end: datetime) -> list[CalendarEntry]:
    """Return everything of a calendar that reaches into a window, by start."""
    found = [entry_of(item) for item in folder.items.singles_between(start, end)]
    for series in folder.items.series():
        found.extend(occurrences_between(series, start, end))
    inside = (entry for entry in found if entry.end > start or entry.start >= start)
    return sorted(inside, key=lambda entry: (entry.start, entry.end, entry.item.number))


def merged(entries: Sequence[CalendarEntry], start: datetime, end: datetime, interval: timedelta) -> str:
    """Return one digit for each interval of a window: the busiest status in it."""
    ranks = [0] * -((start - end) // interval)
    for entry in entries:
        rank = _RANKS.get(status_of(entry), 0)
        first = max(0, (entry.start - start) // interval)
        last = min(len(ranks), -((start - entry.end) // interval))
        for slot in range(first, last):
            ranks[slot] = max(ranks[slot], rank)
    digits = tuple(_DIGITS.values())
    return "".join(digits[rank] for rank in ranks)
