"""Every contract of the store runs twice: against SQLite, and against the fake that other tests build on."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest

from oncetui.model.bookings import Booking
from oncetui.model.calendars import Window
from oncetui.model.ports import (
    BookingStore,
    BusyStore,
    CommandStore,
    ConnectionStore,
    ConnectorLock,
    DraftStore,
    Eraser,
    OnChangeStore,
    PageStore,
    Reports,
    SettingsStore,
    SignInGuard,
)
from oncetui.store.home import locate_home
from oncetui.store.opening import open_store
from tests.fakes.clock import FakeClock
from tests.fakes.stores import InMemoryStore


class Ports(Protocol):
    """What both stores have in common."""

    @property
    def settings(self) -> SettingsStore: ...
    @property
    def reports(self) -> Reports: ...
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
    @property
    def guard(self) -> SignInGuard: ...
    @property
    def on_change(self) -> OnChangeStore: ...


@dataclass
class UnderTest:
    """A store, and how a booking gets into it."""

    ports: Ports

    def keep_booking(self, booking: Booking) -> None:
        """Keep a booking whatever else there is."""
        window = Window(booking.start, booking.end)
        assert self.ports.bookings.take(booking, window, lambda _: True)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(params=["SQLite", "in memory"])
def under_test(request: pytest.FixtureRequest, tmp_path: Path, clock: FakeClock) -> Iterator[UnderTest]:
    if request.param == "in memory":
        store = InMemoryStore(clock)
        yield UnderTest(store)
        return
    opened = open_store(locate_home(tmp_path / "home"), "default", clock)
    yield UnderTest(opened)
    opened.close()


@pytest.fixture
def store(under_test: UnderTest) -> Ports:
    return under_test.ports
