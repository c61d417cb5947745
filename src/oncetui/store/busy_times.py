"""Calendars and the busy time read from them."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, not_, or_, select, update

from oncetui.model.calendars import BusyBlock, Calendar, FoundCalendar, Showing, Window
from oncetui.model.ports import Reading
from oncetui.store.connection_records import generation_is_over
from oncetui.store.database import Database
from oncetui.store.schema import associations, booking_links, busy_blocks, calendars

CALENDAR_COLUMNS = tuple(calendars.c[field.name] for field in fields(Calendar))


class BusyTimes:
    """Keeps calendars and busy time; writes of a generation that is over change nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def calendars(self) -> tuple[Calendar, ...]:
        """Return the known calendars, the default one first, then by name."""
        with self._database.reading() as connection:
            return _known(connection)

    def note_calendars(self, found: Sequence[FoundCalendar], generation: int) -> tuple[Calendar, ...]:
        """Take over what the server lists: new ones get a short id, gone ones go, with their busy time.

        An id that a booking page or booking still names is given to no other calendar, and back to its own.
        """
        with self._database.writing() as connection:
            if not generation_is_over(connection, generation):
                _take_over(connection, {one.key: one for one in found})
            return _known(connection)

    def cursor(self, calendar: str) -> str | None:
        """Return where the changes of a calendar go on."""
        with self._database.reading() as connection:
            return connection.scalar(select(calendars.c.cursor).where(calendars.c.id == calendar))

    def take_reading(self, calendar: str, reading: Reading, generation: int) -> bool:
        """Replace the windows of a reading, and drop what lies outside its horizon, in one transaction.

        False where the generation is over.
        """
        noted = {"cursor": reading.cursor, "read_at": reading.read_at, "unreadable": None}
        with self._database.writing() as connection:
            if not _note(connection, calendar, generation, noted):
                return False
            for window in reading.windows:
                within = and_(busy_blocks.c.calendar == calendar, _overlaps(window))
                connection.execute(delete(busy_blocks).where(within))
            if reading.horizon is not None:
                beyond = and_(busy_blocks.c.calendar == calendar, not_(_overlaps(reading.horizon)))
                connection.execute(delete(busy_blocks).where(beyond))
            rows = [{"calendar": calendar, **asdict(block)} for block in reading.blocks]
            if rows:
                connection.execute(insert(busy_blocks).prefix_with("OR IGNORE"), rows)
            return True

    def note_cursor(self, calendar: str, cursor: str, generation: int) -> bool:
        """Note how far changes were told, busy time staying as it is; False where the generation is over."""
        with self._database.writing() as connection:
            return _note(connection, calendar, generation, {"cursor": cursor})

    def note_read(self, calendar: str, cursor: str, read_at: datetime, generation: int) -> bool:
        """Note that nothing changed up to the cursor; False where the generation is over."""
        with self._database.writing() as connection:
            noted = {"cursor": cursor, "read_at": read_at, "unreadable": None}
            return _note(connection, calendar, generation, noted)

    def note_foreign(self, calendar: str, bookings: int, seen_at: datetime, generation: int) -> bool:
        """Note how many bookings of another installation it holds; False where the generation is over."""
        noted = {"foreign_bookings": bookings, "foreign_seen_at": seen_at}
        with self._database.writing() as connection:
            return _note(connection, calendar, generation, noted)

    def note_unreadable(self, calendar: str, sentence: str, generation: int) -> bool:
        """Note that a calendar can't be read, and why; False where the generation is over."""
        with self._database.writing() as connection:
            return _note(connection, calendar, generation, {"unreadable": sentence})

    def blocks(self, calendars: Iterable[str], window: Window) -> tuple[BusyBlock, ...]:
        """Return the busy time of some calendars that overlaps the window, by start."""
        kept = busy_blocks.c
        query = (
            select(kept.item, kept.start, kept.end, kept.showing)
            .where(kept.calendar.in_(list(calendars)), _overlaps(window))
            .order_by(kept.start, kept.end, kept.item)
        )
        with self._database.reading() as connection:
            return tuple(
                BusyBlock(item, start, end, Showing(showing))
                for item, start, end, showing in connection.execute(query)
            )


def _known(connection: Connection) -> tuple[Calendar, ...]:
    listed = select(*CALENDAR_COLUMNS).where(calendars.c.gone.is_(False))
    known = (Calendar(*row) for row in connection.execute(listed))
    return tuple(sorted(known, key=lambda one: (not one.default, one.name.casefold(), one.id)))


def _take_over(connection: Connection, listed: dict[str, FoundCalendar]) -> None:
    ids = {key: short for short, key in connection.execute(select(calendars.c.id, calendars.c.key))}
    named = set(connection.scalars(select(associations.c.calendar).union(select(booking_links.c.calendar))))
    gone = {short for key, short in ids.items() if key not in listed}
    connection.execute(delete(calendars).where(calendars.c.id.in_(gone - named)))
    _lay_aside(connection, gone & named)
    taken = named | {short for key, short in ids.items() if key in listed}
    free = (f"c{number}" for number in count(1) if f"c{number}" not in taken)
    for key, one in listed.items():
        if key in ids:
            connection.execute(
                update(calendars).where(calendars.c.key == key).values(gone=False, **asdict(one))
            )
        else:
            connection.execute(insert(calendars).values(id=next(free), gone=False, **asdict(one)))


def _lay_aside(connection: Connection, gone: set[str]) -> None:
    """Keep of calendars that are still named nothing but who they were, in case they come back."""
    nothing: dict[str, Any] = {"gone": True, "read_at": None, "cursor": None, "unreadable": None}
    nothing |= {"foreign_bookings": 0, "foreign_seen_at": None}
    connection.execute(delete(busy_blocks).where(busy_blocks.c.calendar.in_(gone)))
    connection.execute(update(calendars).where(calendars.c.id.in_(gone)).values(nothing))


def _note(connection: Connection, calendar: str, generation: int, noted: dict[str, Any]) -> bool:
    """Change a calendar's row; False where the generation is over or the calendar has gone."""
    if generation_is_over(connection, generation):
        return False
    listed = and_(calendars.c.id == calendar, calendars.c.gone.is_(False))
    return connection.execute(update(calendars).where(listed).values(noted)).rowcount == 1


def _overlaps(window: Window) -> ColumnElement[bool]:
    # An event without length that starts with the window is in it.
    start, end = busy_blocks.c.start, busy_blocks.c.end
    return and_(start < window.end, or_(end > window.start, start >= window.start))
