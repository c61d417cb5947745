"""The store's ports in memory; `InMemoryStore` holds them all, joined as the real ones are."""

from tests.fakes.stores.bookings import InMemoryBookings, InMemoryPages
from tests.fakes.stores.busy_time import InMemoryBusy
from tests.fakes.stores.connection import InMemoryConnection, Writes
from tests.fakes.stores.processes import InMemoryCommands, InMemoryLock, InMemoryReports, NotedPrograms
from tests.fakes.stores.settings import InMemoryDrafts, InMemoryOnChange, InMemorySettings
from tests.fakes.stores.sign_in_guard import InMemoryGuard
from tests.fakes.stores.whole import InMemoryEraser, InMemoryStore

__all__ = [
    "InMemoryBookings",
    "InMemoryBusy",
    "InMemoryCommands",
    "InMemoryConnection",
    "InMemoryDrafts",
    "InMemoryEraser",
    "InMemoryGuard",
    "InMemoryLock",
    "InMemoryOnChange",
    "InMemoryPages",
    "InMemoryReports",
    "InMemorySettings",
    "InMemoryStore",
    "NotedPrograms",
    "Writes",
]
