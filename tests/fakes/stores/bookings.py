"""Booking pages and bookings in memory."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from oncetui.model.associations import AssociatedCalendars
from oncetui.model.bookings import Booking
from oncetui.model.calendars import Window
from oncetui.model.event_links import EventState
from oncetui.model.pages import BookingPage
from tests.fakes.stores.connection import InMemoryConnection, Writes


class InMemoryPages:
    """Booking pages by their link names."""

    def __init__(self, writes: Writes) -> None:
        self._writes = writes
        self._pages: dict[str, BookingPage] = {}

    def pages(self) -> tuple[BookingPage, ...]:
        return tuple(sorted(self._pages.values(), key=lambda page: (page.name.casefold(), page.id)))

    def save(self, page: BookingPage) -> None:
        with self._writes.write():
            self._pages[page.id] = page

    def associate(self, page: str, associated: AssociatedCalendars) -> None:
        with self._writes.write():
            self._pages[page] = replace(self._pages[page], associated=associated)

    def delete(self, page: str) -> None:
        with self._writes.write():
            del self._pages[page]


class InMemoryBookings:
    """Bookings; a test may put them into `kept`."""

    def __init__(self, writes: Writes, connection: InMemoryConnection) -> None:
        self.kept: list[Booking] = []
        self._writes = writes
        self._connection = connection

    def upcoming(self, now: datetime, limit: int = 5) -> tuple[Booking, ...]:
        return self._ahead(now)[:limit]

    def count_upcoming(self, now: datetime) -> int:
        return len(self._ahead(now))

    def booking(self, booking: str) -> Booking | None:
        return next((one for one in self.kept if one.id == booking), None)

    def since(self, since: datetime | None = None) -> tuple[Booking, ...]:
        return _by_start(one for one in self.kept if since is None or one.end > since)

    def holding(self, window: Window) -> tuple[Booking, ...]:
        return _by_start(
            one
            for one in self.kept
            if any(held.start < window.end and held.end > window.start for held in one.holds)
        )

    def calendars_holding(self, now: datetime) -> frozenset[str]:
        return frozenset(
            link.calendar
            for one in self.since(now)
            for link in one.events
            if one.status.stands and link.state is not EventState.REMOVED
        )

    def outbox(self) -> tuple[Booking, ...]:
        return _by_start(one for one in self.kept if one.in_outbox)

    def take(self, booking: Booking, near: Window, fits: Callable[[tuple[Booking, ...]], bool]) -> bool:
        with self._writes.write():
            if not fits(tuple(one for one in self.holding(near) if one.id != booking.id)):
                return False
            self._keep(booking)
            return True

    def change(
        self, booking: str, advance: Callable[[Booking], Booking], generation: int | None = None
    ) -> Booking | None:
        with self._writes.write():
            if generation is not None and generation != self._connection.load().generation:
                return None
            known = self.booking(booking)
            if known is None:
                return None
            changed = advance(known)
            self._keep(changed)
            return changed

    def _keep(self, booking: Booking) -> None:
        self.kept = [one for one in self.kept if one.id != booking.id] + [booking]

    def _ahead(self, now: datetime) -> tuple[Booking, ...]:
        return _by_start(one for one in self.kept if one.status.stands and one.start >= now)


def _by_start(some: Iterable[Booking]) -> tuple[Booking, ...]:
    return tuple(sorted(some, key=lambda one: (one.start, one.id)))
