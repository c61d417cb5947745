"""All stores of a profile in memory, joined as the real ones are."""

from dataclasses import replace
from datetime import datetime

from oncetui.model.associations import NO_CALENDARS
from oncetui.model.ports import Clock, Erased
from tests.fakes.clock import FakeClock
from tests.fakes.stores.bookings import InMemoryBookings, InMemoryPages
from tests.fakes.stores.busy_time import InMemoryBusy
from tests.fakes.stores.connection import InMemoryConnection, Writes
from tests.fakes.stores.processes import InMemoryCommands, InMemoryLock, InMemoryReports, NotedPrograms
from tests.fakes.stores.settings import InMemoryDrafts, InMemoryOnChange, InMemorySettings
from tests.fakes.stores.sign_in_guard import InMemoryGuard


class InMemoryEraser:
    """Erases from the other stores; `copy_kept` plays the reader that still holds a copy."""

    def __init__(
        self,
        writes: Writes,
        connection: InMemoryConnection,
        busy: InMemoryBusy,
        pages: InMemoryPages,
        bookings: InMemoryBookings,
        *,
        guard: InMemoryGuard,
    ) -> None:
        self.copy_kept = False
        self.settled = 0
        self._writes = writes
        self._connection = connection
        self._busy = busy
        self._pages = pages
        self._bookings = bookings
        self._guard = guard

    def count(self, now: datetime) -> Erased:
        return Erased(
            busy_blocks=sum(map(len, self._busy.held.values())),
            calendars=len(self._busy.known),
            sync_states=len(self._busy.cursors),
            booking_links=sum(
                bool(one.events) and one.status.stands and one.start >= now for one in self._bookings.kept
            ),
        )

    def erase(self, now: datetime) -> bool:
        with self._writes.write():
            self._busy.held.clear()
            self._busy.known.clear()
            self._busy.cursors.clear()
            for page in self._pages.pages():
                self._pages.associate(page.id, NO_CALENDARS)
            self._bookings.kept = [replace(one, events=()) for one in self._bookings.kept]
            self._busy.gone.clear()
            self._connection.forget_sentences()
            self._guard.forget()
        return self.settle()

    def settle(self) -> bool:
        self.settled += 1
        return not self.copy_kept


class InMemoryStore:
    """All of them over one set of tables, with the attributes of the real store."""

    def __init__(self, clock: Clock | None = None, others: dict[str, str] | None = None) -> None:
        self.clock = FakeClock() if clock is None else clock
        writes = Writes()
        self.settings = InMemorySettings(others)
        self.drafts = InMemoryDrafts()
        self.connection = InMemoryConnection(writes, self.clock.now())
        self.pages = InMemoryPages(writes)
        self.bookings = InMemoryBookings(writes, self.connection)
        self.busy = InMemoryBusy(writes, self.connection, self.pages, self.bookings)
        self.guard = InMemoryGuard(self.connection)
        self.eraser = InMemoryEraser(
            writes, self.connection, self.busy, self.pages, self.bookings, guard=self.guard
        )
        self.commands = InMemoryCommands(writes, self.clock)
        self.lock = InMemoryLock()
        self.reports = InMemoryReports()
        self.on_change = InMemoryOnChange()
        self.programs = NotedPrograms()
