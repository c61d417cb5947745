"""Every contract of the store runs twice: against SQLite, and against the fake that other tests build on."""

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest
from sqlalchemy import insert

from oncetui.model.bookings import Booking
from oncetui.model.ports import (
    BookingStore,
    BusyStore,
    CommandStore,
    ConnectionStore,
    ConnectorLock,
    DraftStore,
    Eraser,
    PageStore,
    SettingsStore,
)
from oncetui.store.home import locate_home
from oncetui.store.opening import Store, open_store
from oncetui.store.schema import booking_links, bookings
from tests.fakes.clock import FakeClock
from tests.fakes.stores import InMemoryStore


class Ports(Protocol):
    """What both stores have in common."""

    @property
    def settings(self) -> SettingsStore: ...
    @property
    def drafts(self) -> DraftStore: ...
    @property
    def connection(self) -> ConnectionStore: ...
    @property
    def busy(self) -> BusyStore: ...
    @property
    def pages(self) -> PageStore: ...
    @property
    def bookings(self) -> BookingStore: ...
    @property
    def eraser(self) -> Eraser: ...
    @property
    def commands(self) -> CommandStore: ...
    @property
    def lock(self) -> ConnectorLock: ...


@dataclass
class UnderTest:
    """A store, and how a booking gets into it."""

    ports: Ports
    keep_booking: Callable[[Booking], None]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(params=["SQLite", "in memory"])
def under_test(request: pytest.FixtureRequest, tmp_path: Path, clock: FakeClock) -> Iterator[UnderTest]:
    if request.param == "in memory":
        store = InMemoryStore(clock)
        yield UnderTest(store, store.bookings.kept.append)
        return
    opened = open_store(locate_home(tmp_path / "home"), "default", clock)
    yield UnderTest(opened, lambda booking: _insert(opened, booking))
    opened.close()


@pytest.fixture
def store(under_test: UnderTest) -> Ports:
    return under_test.ports


def _insert(store: Store, booking: Booking) -> None:
    row = dataclasses.asdict(booking)
    links = [
        {"booking": booking.id, "calendar": f"c{number}", "item": f"{booking.id}-{number}"}
        for number in range(1, row.pop("calendar_events") + 1)
    ]
    with store.database.writing() as connection:
        connection.execute(insert(bookings).values(row))
        if links:
            connection.execute(insert(booking_links), links)
