"""A connector whose server is the simulated Exchange behind a line that a test spoils."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import cycle
from typing import Any

from oncetui.connector.bookings.taking import take, take_another
from oncetui.connector.connector import BOOKINGS, Connector
from oncetui.exchange.opening import ExchangeOpener
from oncetui.model.associations import AssociatedCalendars
from oncetui.model.bookings import Booking, Customer, canceled
from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import Access, ConnectionSettings, KeptIn, Scheme
from oncetui.model.discovering import ServerProbe
from oncetui.model.pages import BookingPage
from oncetui.model.ports import CalendarGateway, unheard
from oncetui.model.secret import Secret
from oncetui.model.state import By, Succeeded, advance
from oncetui.simulator import start
from oncetui.simulator.mailboxes.items import CalendarItem
from tests.exchange.site import CONTOSO, Site
from tests.fakes.clock import FakeClock
from tests.fakes.exchange import FakeDiscovery
from tests.fakes.profile import faked_profile
from tests.fakes.secrets import InMemorySecretPlaces, InMemorySecretStore
from tests.fakes.stores import InMemoryStore
from tests.fault_proxy.proxy import FaultProxy, Passed, fault_proxy

ANNA = "anna@contoso.example"
DANA = Customer("Dana Reyes", "dana@customer.example")
HALF = timedelta(minutes=30)
CALENDARS = ("Calendar", "Private")
_ENOUGH_STEPS = 600


class WatchedGateway:
    """A real gateway that calls `before` once, as the named write of a booking's event is about to go out."""

    def __init__(self, gateway: CalendarGateway, line: "BadLine") -> None:
        self._gateway = gateway
        self._line = line

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._gateway, name)
        if name != self._line.write:
            return call

        def watched(*given: object) -> object:
            self._line.write = None
            self._line.spoil()
            try:
                return call(*given)
            finally:
                self._line.exchanged = self._line.proxy.passed

        return watched


class WatchedOpener:
    """Opens gateways that are watched."""

    def __init__(self, line: "BadLine") -> None:
        self._opener = ExchangeOpener()
        self._line = line

    def open(
        self,
        access: Access,
        secret: Secret,
        cancellation: Cancellation,
        refused: Callable[[], None] = unheard,
    ) -> Any:
        return WatchedGateway(self._opener.open(access, secret, cancellation, refused), self._line)

    def reach(self, *given: Any) -> None:
        self._opener.reach(*given)


class BadLine:
    """A connected page `desk` that is open at all hours, on two empty calendars behind a bad line.

    `write` names the next write that `spoil` is called before; `exchanged` counts the raw bytes that this
    write took, request and answer. Time passes for the connector as the test says.
    """

    def __init__(self, site: Site, proxy: FaultProxy, clock: FakeClock | None = None) -> None:
        self.site, self.proxy = site, proxy
        self.write: str | None = None
        self.spoil: Callable[[], None] = proxy.heal
        self.exchanged = Passed(0, 0)
        self.clock = clock or FakeClock(datetime.now(UTC).replace(microsecond=0))
        self.store = InMemoryStore(self.clock)
        place = InMemorySecretStore(KeptIn.FILE)
        place.save(site.secret(ANNA))
        discovery = FakeDiscovery().knows(
            ServerProbe(CONTOSO, 401, schemes=(Scheme.BASIC,), offered=("Basic",))
        )
        self.profile = faked_profile(
            self.store,
            self.clock,
            discovery,
            WatchedOpener(self),
            InMemorySecretPlaces(place),
            route=site.route_to("mail.contoso.example", proxy.port),
        )
        self.page = self._connected()
        self.cancellation = Cancellation()
        self.connector = Connector(self.profile)
        self.connector.step(self.cancellation)
        self._calendars()
        self.connector.step(self.cancellation)
        day = (self.clock.now() + timedelta(days=2)).replace(hour=0, minute=0, second=0, microsecond=0)
        self.starts = cycle(day + number * HALF for number in range(48 * 50))

    def booked(self) -> Booking:
        """Take the next free time and have the connector confirm it, as often as it takes."""
        booking = take(self.profile, self.page, next(self.starts), DANA)
        self.worked_off()
        return self.kept(booking)

    def moved(self, booking: Booking) -> Booking:
        """Move a booking to the next free time in the same way."""
        take_another(self.profile, self.page, booking, next(self.starts))
        self.worked_off()
        return self.kept(booking)

    def canceled(self, booking: Booking) -> Booking:
        """Cancel a booking in the same way."""
        self.store.bookings.change(booking.id, canceled)
        self.worked_off()
        return self.kept(booking)

    def worked_off(self) -> None:
        """Ask for the outbox to be worked off, and let time pass until it is empty."""
        self.profile.commands.ask(BOOKINGS, self.clock.now() + HALF)
        for _ in range(_ENOUGH_STEPS):
            self.connector.step(self.cancellation)
            if not self.store.bookings.outbox():
                return
            self.clock.advance(0.5)
        raise AssertionError(self.store.bookings.outbox(), self.store.connection.load())

    def spoiled(self, write: str, trouble: Callable[[], None]) -> None:
        """Let trouble begin as the next write of that name goes out."""
        self.write, self.spoil = write, trouble

    def kept(self, booking: Booking) -> Booking:
        known = self.store.bookings.booking(booking.id)
        assert known is not None
        return known

    def events(self, booking: Booking) -> dict[str, list[datetime]]:
        """Return when the mailbox holds events of a booking, by calendar, as the server itself knows it."""
        mark = f"|{booking.id}|"
        with self.site.simulator.exchange.lock:
            return {
                folder.name: [
                    item.start
                    for item in folder.items
                    if isinstance(item, CalendarItem)
                    and any(mark in str(one) for one in item.extended.values())
                ]
                for folder in self._folders()
            }

    def times_in(self, calendar: str) -> list[tuple[datetime, datetime]]:
        """Return when the events of a calendar begin and end, as the server itself knows it."""
        with self.site.simulator.exchange.lock:
            (folder,) = (one for one in self._folders() if one.name == calendar)
            return sorted((item.start, item.end) for item in folder.items if isinstance(item, CalendarItem))

    def cleared(self) -> None:
        """Forget all bookings and events, so that what was tried last doesn't slow the next try down."""
        self.store.bookings.kept.clear()
        folders = self._anna.folders
        with self.site.simulator.exchange.lock:
            for folder in (*self._folders(), folders.distinguished["deleteditems"]):
                for item in tuple(folder.items):
                    folders.remove_item(item)

    @property
    def _anna(self) -> Any:
        return self.site.simulator.exchange.mailboxes[ANNA]

    def _folders(self) -> list[Any]:
        return [folder for folder in self._anna.folders.calendars() if folder.name in CALENDARS]

    def _connected(self) -> BookingPage:
        """Keep settings as set-up leaves them behind, and a page without calendars."""
        self.cleared()
        access = self.site.access(ANNA, Scheme.BASIC)
        settings = ConnectionSettings(ANNA, access.ews_url, access.sign_in, KeptIn.FILE, "v1")
        self.store.settings.save(settings)
        self.store.connection.change(lambda it: advance(it, Succeeded(self.clock.now(), By.PERSON, "v1")))
        always = ((datetime.min.time(), datetime.min.time()),)
        page = BookingPage.named("Desk", 30, "UTC")
        return replace(page, working_hours=(always,) * 7, minimum_notice_minutes=0)

    def _calendars(self) -> None:
        ids = {calendar.name: calendar.id for calendar in self.store.busy.calendars()}
        main, copy = (ids[name] for name in CALENDARS)
        self.page = replace(self.page, associated=AssociatedCalendars(main, frozenset({copy})))
        self.store.pages.save(self.page)


@contextmanager
def bad_line(clock: FakeClock | None = None) -> Iterator[BadLine]:
    """Run a server, a line and a connector while the block lasts; time passes as the clock says."""
    with start() as simulator:
        site = Site(simulator)
        _, _, host, port = next(one for one in site.ready["connect_to"] if "mail.contoso" in one).split(":")
        with fault_proxy(host, int(port)) as proxy:
            line = BadLine(site, proxy, clock)
            try:
                yield line
            finally:
                line.connector.close()
