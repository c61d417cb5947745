"""What Disconnect erases from the store, and from the file under it."""

from datetime import datetime

from sqlalchemy import delete, func, select, update

from oncetui.model.ports import Erased
from oncetui.model.state import State
from oncetui.store.bookings import stands_ahead_of
from oncetui.store.database import Database
from oncetui.store.schema import (
    associations,
    booking_links,
    bookings,
    busy_blocks,
    calendars,
    refused_sign_ins,
    state_changes,
)


class Erasing:
    """Erases what tells of a mailbox; pages and bookings stay."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def count(self, now: datetime) -> Erased:
        """Count what `erase` would take; `booking_links` counts the bookings that become ordinary events."""
        linked = bookings.c.id.in_(select(booking_links.c.booking))
        query = select(
            select(func.count()).select_from(busy_blocks).scalar_subquery(),
            select(func.count()).select_from(calendars).scalar_subquery(),
            select(func.count(calendars.c.cursor)).scalar_subquery(),
            select(func.count()).where(stands_ahead_of(now), linked).scalar_subquery(),
        )
        with self._database.reading() as connection:
            return Erased(*connection.execute(query).one())

    def erase(self, now: datetime) -> bool:  # noqa: ARG002  # the port's signature: what is past goes as well
        """Erase it in one transaction and from the files; False where another reader kept a copy of it."""
        about_the_server = state_changes.c.state != str(State.DISCONNECTED)
        with self._database.writing() as connection:
            for table in (busy_blocks, calendars, associations, booking_links, refused_sign_ins):
                connection.execute(delete(table))
            connection.execute(update(bookings).values(in_outbox=False))
            # The log keeps when what happened; its sentences may name the server.
            connection.execute(update(state_changes).where(about_the_server).values(sentence=""))
        return self.settle()

    def settle(self) -> bool:
        """Empty the write-ahead log, where what was deleted still stands; False while a reader needs it."""
        return self._database.truncate_log()
