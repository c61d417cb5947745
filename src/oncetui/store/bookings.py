"""Bookings, and the calendar events that hold them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, delete, func, insert, or_, select

from oncetui.model.bookings import Booking, BookingStatus
from oncetui.model.calendars import Window
from oncetui.model.event_links import EventLink, EventState
from oncetui.store.connection_records import generation_is_over
from oncetui.store.database import Database
from oncetui.store.schema import booking_links, bookings

STANDING = tuple(str(status) for status in BookingStatus if status.stands)
_LINK_COLUMNS = tuple(booking_links.c[field.name] for field in fields(EventLink))


class Bookings:
    """Keeps the bookings; what two processes want at once, the second finds done."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def upcoming(self, now: datetime, limit: int = 5) -> tuple[Booking, ...]:
        """Return the next bookings that stand, by start."""
        with self._database.reading() as connection:
            return _found(connection, stands_ahead_of(now), limit)

    def count_upcoming(self, now: datetime) -> int:
        """Return how many bookings that stand lie ahead."""
        with self._database.reading() as connection:
            return connection.scalar(select(func.count()).where(stands_ahead_of(now))) or 0

    def booking(self, booking: str) -> Booking | None:
        """Return one booking by its id."""
        with self._database.reading() as connection:
            return _one(connection, booking)

    def since(self, since: datetime | None = None) -> tuple[Booking, ...]:
        """Return every booking that ends later, all of them without a time, by start."""
        condition = bookings.c.id.is_not(None) if since is None else bookings.c.end > since
        with self._database.reading() as connection:
            return _found(connection, condition)

    def holding(self, window: Window) -> tuple[Booking, ...]:
        """Return the bookings that hold some time of the window."""
        with self._database.reading() as connection:
            return _found(connection, _holds(window))

    def calendars_holding(self, now: datetime) -> frozenset[str]:
        """Return the short ids of the calendars with events of bookings that stand and end later."""
        query = (
            select(booking_links.c.calendar)
            .join(bookings, booking_links.c.booking == bookings.c.id)
            .where(bookings.c.status.in_(STANDING), bookings.c.end > now)
            .where(booking_links.c.state != str(EventState.REMOVED))
            .distinct()
        )
        with self._database.reading() as connection:
            return frozenset(connection.scalars(query))

    def outbox(self) -> tuple[Booking, ...]:
        """Return the bookings of which something is still to be done in the calendars, by start."""
        with self._database.reading() as connection:
            return _found(connection, bookings.c.in_outbox.is_(True))

    def take(self, booking: Booking, near: Window, fits: Callable[[tuple[Booking, ...]], bool]) -> bool:
        """Keep a booking where `fits` says so of those that hold time in `near`; all in one transaction."""
        with self._database.writing() as connection:
            others = tuple(one for one in _found(connection, _holds(near)) if one.id != booking.id)
            if not fits(others):
                return False
            _keep(connection, booking)
            return True

    def change(
        self, booking: str, advance: Callable[[Booking], Booking], generation: int | None = None
    ) -> Booking | None:
        """Read, change and write a booking in one exclusive transaction, and return it.

        None where there is no such booking, or where a generation is named that is over.
        """
        with self._database.writing() as connection:
            if generation is not None and generation_is_over(connection, generation):
                return None
            known = _one(connection, booking)
            if known is None:
                return None
            changed = advance(known)
            if changed != known:
                _keep(connection, changed)
            return changed


def stands_ahead_of(now: datetime) -> ColumnElement[bool]:
    """Return the condition for bookings that stand and begin at that moment or later."""
    return and_(bookings.c.status.in_(STANDING), bookings.c.start >= now)


def _holds(window: Window) -> ColumnElement[bool]:
    kept = bookings.c
    now = and_(kept.start < window.end, kept.end > window.start)
    later = and_(kept.moving_start < window.end, kept.moving_end > window.start)
    return and_(kept.status.in_(STANDING), or_(now, later))


def _one(connection: Connection, booking: str) -> Booking | None:
    return next(iter(_found(connection, bookings.c.id == booking)), None)


def _found(
    connection: Connection, condition: ColumnElement[bool], limit: int | None = None
) -> tuple[Booking, ...]:
    query = select(bookings).where(condition).order_by(bookings.c.start, bookings.c.id).limit(limit)
    rows = connection.execute(query).mappings().all()
    links = _links_of(connection, [row["id"] for row in rows])
    return tuple(_booking(row, links[row["id"]]) for row in rows)


def _links_of(connection: Connection, ids: Iterable[str]) -> Mapping[str, list[EventLink]]:
    links: dict[str, list[EventLink]] = defaultdict(list)
    wanted = list(ids)
    if not wanted:
        return links
    # The main calendar first, as everywhere.
    query = (
        select(booking_links.c.booking, *_LINK_COLUMNS)
        .where(booking_links.c.booking.in_(wanted))
        .order_by(booking_links.c.main.desc(), booking_links.c.calendar)
    )
    for row in connection.execute(query).mappings():
        values = {**row, "state": EventState(row["state"])}
        links[values.pop("booking")].append(EventLink(**values))
    return links


def _booking(row: RowMapping, links: Iterable[EventLink]) -> Booking:
    values = {**row, "status": BookingStatus(row["status"]), "events": tuple(links)}
    start, end = values.pop("moving_start"), values.pop("moving_end")
    values.pop("in_outbox")
    return Booking(**values, moving_to=None if start is None else Window(start, end))


def _keep(connection: Connection, booking: Booking) -> None:
    row = {field.name: getattr(booking, field.name) for field in fields(Booking)}
    links = row.pop("events")
    moving = row.pop("moving_to")
    row |= {
        "status": str(booking.status),
        "moving_start": None if moving is None else moving.start,
        "moving_end": None if moving is None else moving.end,
        "in_outbox": booking.in_outbox,
    }
    connection.execute(delete(bookings).where(bookings.c.id == booking.id))
    connection.execute(insert(bookings).values(row))
    rows = [
        {"booking": booking.id, **{field.name: getattr(link, field.name) for field in fields(EventLink)}}
        for link in links
    ]
    if rows:
        connection.execute(insert(booking_links), rows)
