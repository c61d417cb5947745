"""Making, changing and deleting items of a mailbox, with every index and change number kept right."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from oncetui.simulator.calendars.appointments import Times, settled
from oncetui.simulator.calendars.entries import CalendarEntry, planned_times
from oncetui.simulator.mailboxes.extended import ExtendedName, ExtendedValue
from oncetui.simulator.mailboxes.items import CalendarItem, Item, OccurrenceChange
from oncetui.simulator.mailboxes.tree import Folder, FolderTree
from oncetui.simulator.soap.failures import EwsError

ALL_DAY = "calendar:IsAllDayEvent"
_UID_HEAD = "040000008200E00074C5B7101A82E008"


@dataclass(slots=True)
class Edit:
    """What is to be set and removed: properties by field URI, and extended ones."""

    values: dict[str, Any] = field(default_factory=dict)
    extended: dict[ExtendedName, ExtendedValue] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    removed_extended: set[ExtendedName] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Author:
    """Who makes a change, and when (UTC)."""

    email: str
    name: str
    now: datetime


def add_item(
    tree: FolderTree, folder: Folder, element: str, edit: Edit, author: Author, *, delivered: bool = False
) -> Item:
    """Put a new item that is no calendar item into a folder; `delivered` where somebody else sent it."""
    item = Item(
        element,
        tree.new_item_number(),
        folder.number,
        author.now,
        author.now,
        author.email.lower(),
        author.name,
    )
    item.values, item.extended = dict(edit.values), dict(edit.extended)
    tree.add_item(folder, item, delivered=delivered)
    return item


def add_appointment(
    tree: FolderTree, folder: Folder, times: Times, edit: Edit, author: Author
) -> CalendarItem:
    """Put a new appointment or series into a calendar; raises `EwsError` for impossible times."""
    number = tree.new_item_number()
    item = new_appointment(number, times, edit, author)
    item.values.setdefault("calendar:UID", _new_uid(tree, number))
    tree.add_item(folder, item)
    return item


def new_appointment(number: int, times: Times, edit: Edit, author: Author) -> CalendarItem:
    """Return an appointment or series that lies in no folder; raises `EwsError` for impossible times."""
    item = CalendarItem("CalendarItem", number, 0, author.now, author.now, author.email.lower(), author.name)
    item.values, item.extended = dict(edit.values), dict(edit.extended)
    _set_times(item, settled(times))
    return item


def times_of(item: CalendarItem) -> Times:
    """When an appointment or series takes place."""
    all_day = bool(item.values.get(ALL_DAY))
    return Times(item.start, item.end, item.start_zone, item.end_zone, all_day, item.recurrence)


def times_of_occurrence(entry: CalendarEntry) -> Times:
    """When one occurrence takes place, as if it stood alone."""
    all_day = bool(entry.value(ALL_DAY))
    return Times(entry.start, entry.end, entry.item.start_zone, entry.item.end_zone, all_day)


def change_item(tree: FolderTree, item: Item, times: Times | None, edit: Edit, author: Author) -> None:
    """Change an item as a whole; new times of a series undo its changed and deleted occurrences."""
    table = tree.folder_of(item).items
    new_times = settled(times) if times is not None else None
    table.before_change(item)
    _apply(edit, item.values, item.extended)
    if isinstance(item, CalendarItem) and new_times is not None:
        if new_times != times_of(item):
            item.changes.clear()
            item.deleted.clear()
        _set_times(item, new_times)
    tree.touch(item, author.now, author.name, read_flag_only=new_times is None and _marks_as_read(edit))
    table.after_change(item)


def change_occurrence(
    tree: FolderTree, entry: CalendarEntry, times: Times | None, edit: Edit, author: Author
) -> None:
    """Change one occurrence, which becomes an exception of its series."""
    assert entry.original is not None
    start, end = entry.start, entry.end
    if times is not None:
        single = settled(replace(times, recurrence=None))
        start, end = single.start, single.end
        _check_between_neighbours(entry.item, entry.original, start, end)
    change = entry.change or OccurrenceChange(start, end)
    change.start, change.end = start, end
    removed = dict.fromkeys(edit.removed)
    change.values = {**change.values, **edit.values, **removed}
    change.extended = {**change.extended, **edit.extended}
    for name in edit.removed_extended:
        change.extended.pop(name, None)
    _rewrite(tree, entry.item, author, lambda: entry.item.changes.__setitem__(_date(entry), change))


def delete_occurrence(tree: FolderTree, entry: CalendarEntry, author: Author) -> None:
    """Take one occurrence out of its series."""

    def delete() -> None:
        entry.item.changes.pop(_date(entry), None)
        entry.item.deleted.add(_date(entry))

    _rewrite(tree, entry.item, author, delete)


def delete_item(tree: FolderTree, item: Item) -> None:
    """Delete an item for good."""
    tree.remove_item(item)


def _rewrite(tree: FolderTree, item: CalendarItem, author: Author, edit: Any) -> None:
    table = tree.folder_of(item).items
    table.before_change(item)
    edit()
    tree.touch(item, author.now, author.name)
    table.after_change(item)


def _date(entry: CalendarEntry) -> date:
    assert entry.original is not None
    return entry.original


def _marks_as_read(edit: Edit) -> bool:
    return set(edit.values) == {"message:IsRead"} and not (
        edit.extended or edit.removed or edit.removed_extended
    )


def _apply(edit: Edit, values: dict[str, Any], extended: dict[ExtendedName, ExtendedValue]) -> None:
    values.update(edit.values)
    extended.update(edit.extended)
    for uri in edit.removed:
        values.pop(uri, None)
    for name in edit.removed_extended:
        extended.pop(name, None)


def _set_times(item: CalendarItem, times: Times) -> None:
    item.start, item.end = times.start, times.end
    item.start_zone, item.end_zone = times.start_zone, times.end_zone
    item.recurrence = times.recurrence
    item.values[ALL_DAY] = times.all_day


def _check_between_neighbours(item: CalendarItem, original: date, start: datetime, end: datetime) -> None:
    assert item.recurrence is not None
    earlier = [day for day in item.recurrence.dates(item.recurrence.start, original) if day != original]
    later = [day for day in _dates_after(item, original) if day not in item.deleted]
    earlier = [day for day in earlier if day not in item.deleted]
    zone = item.start_zone.info
    before = _shown_times(item, earlier[-1]) if earlier else None
    after = _shown_times(item, later[0]) if later else None
    local = start.astimezone(zone).date()
    too_early = before is not None and (local <= before[0].astimezone(zone).date() or start < before[1])
    too_late = after is not None and (local >= after[0].astimezone(zone).date() or end > after[0])
    if too_early or too_late:
        raise EwsError(
            "ErrorOccurrenceCrossingBoundary",
            "Modified occurrence is crossing or overlapping adjacent occurrence.",
        )


def _dates_after(item: CalendarItem, original: date) -> list[date]:
    assert item.recurrence is not None
    found: list[date] = []
    for day in item.recurrence.dates(original, date.max):
        if day > original:
            found.append(day)
        if len(found) > len(item.deleted):
            break
    return found


def _shown_times(item: CalendarItem, day: date) -> tuple[datetime, datetime]:
    change = item.changes.get(day)
    return (change.start, change.end) if change is not None else planned_times(item, day)


def _new_uid(tree: FolderTree, number: int) -> str:
    rest = hashlib.sha256(f"{tree.mailbox_guid}:{number}".encode()).hexdigest()[:32].upper()
    return f"{_UID_HEAD}00000000{'0' * 16}00000000{'10000000'}{rest}"
