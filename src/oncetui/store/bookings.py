"""Bookings, and the calendar events that hold them."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select

from oncetui.model.bookings import Booking, BookingStatus
from oncetui.store.database import Database
from oncetui.store.schema import booking_links, bookings

STANDING = tuple(str(status) for status in BookingStatus if status.stands)


class Bookings:
    """Reads the bookings."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def upcoming(self, now: datetime, limit: int = 5) -> tuple[Booking, ...]:
        """Return the next bookings that stand, by start."""
        linked = select(func.count()).where(booking_links.c.booking == bookings.c.id).scalar_subquery()
        query = (
            select(bookings, linked.label("calendar_events"))
            .where(stands_ahead_of(now))
            .order_by(bookings.c.start, bookings.c.id)
            .limit(limit)
        )
        with self._database.reading() as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(Booking(**{**row, "status": BookingStatus(row["status"])}) for row in rows)

    def count_upcoming(self, now: datetime) -> int:
        """Return how many bookings that stand lie ahead."""
        with self._database.reading() as connection:
            return connection.scalar(select(func.count()).where(stands_ahead_of(now))) or 0


def stands_ahead_of(now: datetime) -> ColumnElement[bool]:
    """Return the condition for bookings that stand and begin at that moment or later."""
    return and_(bookings.c.status.in_(STANDING), bookings.c.start >= now)
