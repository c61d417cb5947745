"""Busy time in memory."""

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import datetime
from itertools import count

from oncetui.model.calendars import BusyBlock, Calendar, FoundCalendar, Window
from oncetui.model.ports import Reading
from tests.fakes.stores.bookings import InMemoryBookings, InMemoryPages
from tests.fakes.stores.connection import InMemoryConnection, Writes


class InMemoryBusy:
    """Calendars and busy time, fenced by the connection's generation."""

    def __init__(
        self,
        writes: Writes,
        connection: InMemoryConnection,
        pages: InMemoryPages,
        bookings: "InMemoryBookings",
    ) -> None:
        self._writes = writes
        self._connection = connection
        self._pages = pages
        self._bookings = bookings
        self.known: dict[str, Calendar] = {}
        self.gone: dict[str, str] = {}
        self.cursors: dict[str, str] = {}
        self.held: dict[str, set[BusyBlock]] = {}

    def calendars(self) -> tuple[Calendar, ...]:
        return tuple(
            sorted(self.known.values(), key=lambda one: (not one.default, one.name.casefold(), one.id))
        )

    def note_calendars(self, found: Sequence[FoundCalendar], generation: int) -> tuple[Calendar, ...]:
        with self._writes.write():
            if self._is_over(generation):
                return self.calendars()
            by_key = {calendar.key: calendar for calendar in self.known.values()}
            listed = {one.key: one for one in found}
            for key in by_key.keys() - listed.keys():
                self.gone[key] = by_key[key].id
                self._forget(by_key[key].id)
            named = self._named()
            self.gone = {key: one for key, one in self.gone.items() if one in named}
            for key, one in listed.items():
                told = {field.name: getattr(one, field.name) for field in fields(one)}
                before = by_key.get(key)
                back = self.gone.pop(key, None)
                new = Calendar(id=back or self._free_id(), **told)
                calendar = new if before is None else replace(before, **told)
                self.known[calendar.id] = calendar
            return self.calendars()

    def cursor(self, calendar: str) -> str | None:
        return self.cursors.get(calendar)

    def take_reading(self, calendar: str, reading: Reading, generation: int) -> bool:
        with self._writes.write():
            if self._is_over(generation) or calendar not in self.known:
                return False
            kept = self.held.get(calendar, set())
            outside = {
                block for block in kept if not any(_overlap(block, window) for window in reading.windows)
            }
            if reading.horizon is not None:
                outside = {block for block in outside if _overlap(block, reading.horizon)}
            self.held[calendar] = outside | set(reading.blocks)
            self._note(calendar, reading.cursor, reading.read_at)
            return True

    def note_cursor(self, calendar: str, cursor: str, generation: int) -> bool:
        with self._writes.write():
            if self._is_over(generation) or calendar not in self.known:
                return False
            self.cursors[calendar] = cursor
            return True

    def note_read(self, calendar: str, cursor: str, read_at: datetime, generation: int) -> bool:
        with self._writes.write():
            if self._is_over(generation) or calendar not in self.known:
                return False
            self._note(calendar, cursor, read_at)
            return True

    def note_foreign(self, calendar: str, bookings: int, seen_at: datetime, generation: int) -> bool:
        with self._writes.write():
            if self._is_over(generation) or calendar not in self.known:
                return False
            known = self.known[calendar]
            self.known[calendar] = replace(known, foreign_bookings=bookings, foreign_seen_at=seen_at)
            return True

    def note_unreadable(self, calendar: str, sentence: str, generation: int) -> bool:
        with self._writes.write():
            if self._is_over(generation) or calendar not in self.known:
                return False
            self.known[calendar] = replace(self.known[calendar], unreadable=sentence)
            return True

    def blocks(self, calendars: Iterable[str], window: Window) -> tuple[BusyBlock, ...]:
        within = [
            block
            for calendar in set(calendars)
            for block in self.held.get(calendar, ())
            if _overlap(block, window)
        ]
        return tuple(sorted(within, key=lambda block: (block.start, block.end, block.item)))

    def _is_over(self, generation: int) -> bool:
        return self._connection.load().generation != generation

    def _note(self, calendar: str, cursor: str | None, read_at: datetime | None) -> None:
        self.known[calendar] = replace(self.known[calendar], read_at=read_at, unreadable=None)
        self.cursors.pop(calendar, None)
        if cursor is not None:
            self.cursors[calendar] = cursor

    def _forget(self, calendar: str) -> None:
        self.known.pop(calendar)
        self.cursors.pop(calendar, None)
        self.held.pop(calendar, None)

    def _free_id(self) -> str:
        taken = self._named() | self.known.keys()
        return next(f"c{n}" for n in count(1) if f"c{n}" not in taken)

    def _named(self) -> set[str]:
        booked = {link.calendar for one in self._bookings.kept for link in one.events}
        return booked.union(*(page.associated.in_use for page in self._pages.pages()))


def _overlap(block: BusyBlock, window: Window) -> bool:
    # An event without length that starts with the window is in it.
    return block.start < window.end and (block.end > window.start or block.start >= window.start)
