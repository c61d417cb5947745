"""The items of one folder, indexed so that a hundred thousand of them don't slow a read down."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from datetime import datetime, timedelta

from oncetui.simulator.mailboxes.extended import ExtendedName
from oncetui.simulator.mailboxes.items import CalendarItem, Item

_LONG = timedelta(days=31)


class ItemTable:
    """Items by number, appointments by start, and the order of changes for synchronisation."""

    def __init__(self) -> None:
        self._items: dict[int, Item] = {}
        self._numbers: list[int] = []
        self._starts: list[tuple[datetime, int]] = []
        self._long: set[int] = set()
        self._series: set[int] = set()
        self._log: list[tuple[int, int]] = []
        self._removed: dict[int, tuple[int, int]] = {}
        self._unread: set[int] = set()
        self._uids: dict[str, int] = {}
        self._stamps: dict[tuple[ExtendedName, str], set[int]] = {}

    def __len__(self) -> int:
        return len(self._items)

    @property
    def unread(self) -> int:
        """How many messages nobody has read."""
        return len(self._unread)

    @property
    def newest(self) -> int:
        """The number of the item that came last, 0 in an empty folder."""
        return self._numbers[-1] if self._numbers else 0

    def __iter__(self) -> Iterator[Item]:
        return iter(self._items.values())

    def get(self, number: int) -> Item | None:
        """Return the item with this number, if the folder holds it."""
        return self._items.get(number)

    def add(self, item: Item) -> None:
        """Take an item in; its change numbers are set already."""
        self._items[item.number] = item
        insort(self._numbers, item.number)
        self._log.append((item.change, item.number))
        self._index(item)

    def remove(self, item: Item, change: int) -> None:
        """Let an item go, remembering by the change's number that it went."""
        self._unindex(item)
        del self._items[item.number]
        del self._numbers[bisect_left(self._numbers, item.number)]
        self._removed[item.number] = (change, item.created_change)
        self._log.append((change, item.number))

    def before_change(self, item: Item) -> None:
        """Call before the times or the recurrence of a kept item change."""
        self._unindex(item)

    def after_change(self, item: Item) -> None:
        """Call after a kept item changed and has its new change number."""
        self._index(item)
        self._log.append((item.change, item.number))

    def singles_between(self, start: datetime, end: datetime) -> list[CalendarItem]:
        """Appointments that are no series, start before `end` and end at `start` or later, by start."""
        first = bisect_left(self._starts, (start - _LONG, -1))
        last = bisect_left(self._starts, (end, -1))
        found = [self._calendar_item(number) for _, number in self._starts[first:last]]
        found = [item for item in found if item.end >= start]
        long = [self._calendar_item(number) for number in self._long]
        overlapping = [item for item in long if item.start < end and item.end >= start]
        return sorted(found + overlapping, key=_by_start) if overlapping else found

    def with_uid(self, uid: str) -> CalendarItem | None:
        """Return the appointment or series with an iCalendar identifier, the latest of several."""
        number = self._uids.get(uid)
        return None if number is None else self._calendar_item(number)

    def stamped(self, name: ExtendedName, value: str) -> list[Item]:
        """Return the items with this value, in any case of letters, of a text property, oldest first."""
        return [self._items[number] for number in sorted(self._stamps.get((name, value.casefold()), ()))]

    def series(self) -> list[CalendarItem]:
        """Return the recurring items, oldest first."""
        return [self._calendar_item(number) for number in sorted(self._series)]

    def created_after(self, number: int, until_change: int, limit: int) -> list[Item]:
        """Return at most `limit` items with greater numbers that existed at a change, oldest first."""
        position = bisect_right(self._numbers, number)
        found: list[Item] = []
        while position < len(self._numbers) and len(found) < limit:
            item = self._items[self._numbers[position]]
            if item.created_change > until_change:
                break
            found.append(item)
            position += 1
        return found

    def changes_after(self, change: int) -> Iterator[tuple[int, Item | None, int]]:
        """Tell what changed after a change: its number, the item as it is (None: removed), the item's number.

        An item that changed twice comes once, at its last change.
        """
        for position in range(bisect_right(self._log, (change, 2**63)), len(self._log)):
            at, number = self._log[position]
            item = self._items.get(number)
            if item is not None and item.change == at:
                yield at, item, number
            elif item is None and self._removed[number][0] == at:
                yield at, None, number

    def created_change_of_removed(self, number: int) -> int:
        """Return the change that once made an item that is gone."""
        return self._removed[number][1]

    def _calendar_item(self, number: int) -> CalendarItem:
        item = self._items[number]
        assert isinstance(item, CalendarItem)
        return item

    def _index(self, item: Item) -> None:
        for stamp in _stamps(item):
            self._stamps.setdefault(stamp, set()).add(item.number)
        if not isinstance(item, CalendarItem):
            if not item.values.get("message:IsRead"):
                self._unread.add(item.number)
            return
        self._uids[str(item.values.get("calendar:UID"))] = item.number
        if item.recurrence is not None:
            self._series.add(item.number)
        elif item.end - item.start > _LONG:
            self._long.add(item.number)
        else:
            insort(self._starts, (item.start, item.number))

    def _unindex(self, item: Item) -> None:
        for stamp in _stamps(item):
            numbers = self._stamps[stamp]
            numbers.discard(item.number)
            if not numbers:
                del self._stamps[stamp]
        if not isinstance(item, CalendarItem):
            self._unread.discard(item.number)
            return
        uid = str(item.values.get("calendar:UID"))
        if self._uids.get(uid) == item.number:
            del self._uids[uid]
        if item.number in self._series or item.number in self._long:
            self._series.discard(item.number)
            self._long.discard(item.number)
        else:
            del self._starts[bisect_left(self._starts, (item.start, item.number))]


def _stamps(item: Item) -> list[tuple[ExtendedName, str]]:
    values = item.extended.items()
    return [
        (name, value.casefold()) for name, value in values if isinstance(value, str) and name.type == "String"
    ]


def _by_start(item: CalendarItem) -> datetime:
    return item.start
