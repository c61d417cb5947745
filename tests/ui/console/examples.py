"""A believable connected profile, and what can happen to it."""

import threading
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from oncetui.connector.watching import current_status
from oncetui.model.associations import AssociatedCalendars
from oncetui.model.bookings import Booking, BookingStatus
from oncetui.model.calendars import BusyBlock, Calendar, FoundCalendar, Showing
from oncetui.model.connection import (
    ConnectionSettings,
    KeptIn,
    Scheme,
    ServerFacts,
    SignIn,
    UsernameForm,
)
from oncetui.model.discovering import ServerProbe
from oncetui.model.event_links import EventLink
from oncetui.model.pages import BookingPage
from oncetui.model.problem import Problem
from oncetui.model.problems.network import NO_ANSWER
from oncetui.model.problems.sign_in import MODERN_SIGN_IN_ONLY, PASSWORD_CHANGED
from oncetui.model.profile import Profile
from oncetui.model.secret import Secret
from oncetui.model.state import By, ConnectionRecord, Disconnected, Faulted, Succeeded, advance
from oncetui.model.status import Heartbeat, Status
from oncetui.model.sync import REAL_TIME
from oncetui.ui.console.view import ConsoleView, console_view
from tests.fakes.clock import FakeClock
from tests.fakes.exchange import FakeDiscovery, FakeMailbox, FakeOpener
from tests.fakes.profile import faked_profile
from tests.fakes.secrets import InMemorySecretPlaces, InMemorySecretStore
from tests.fakes.stores import InMemoryStore

NOON = datetime(2026, 11, 23, 11, 3, 41, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
EWS_URL = "https://mail.contoso.example/EWS/Exchange.asmx"
HOST = "mail.contoso.example"
RIGHT = "right-password"
NEW = "new-password"

CALENDARS = (
    Calendar("c1", "k1", "Calendar", writable=True, default=True),
    Calendar("c2", "k2", "Private", writable=True),
    Calendar("c3", "k3", "Team Sales", writable=True, owner="sales@contoso.example"),
    Calendar("c4", "k4", "Holidays", writable=False),
)
PAGES = (
    BookingPage(
        "30-minutes-with-anna",
        "30 minutes with Anna",
        30,
        "Europe/Berlin",
        associated=AssociatedCalendars("c1", frozenset({"c3"}), frozenset({"c1", "c2", "c3"})),
    ),
    BookingPage(
        "sales-demo",
        "Sales demo",
        45,
        "Europe/Berlin",
        associated=AssociatedCalendars("c3", frozenset(), frozenset({"c1", "c3"})),
    ),
)
SETTINGS = ConnectionSettings(
    mailbox="anna@contoso.example",
    ews_url=EWS_URL,
    sign_in=SignIn("CONTOSO\\anna", UsernameForm.DOMAIN, Scheme.NTLM),
    kept_in=KeptIn.FILE,
    secret_version="v1",
    server=ServerFacts("15.2.1544.4", "Exchange2016"),
    found_by="autodiscover",
)


class PatientClock(FakeClock):
    """Stands still until a test moves it; who waits looks again in no time, so nothing spins or sleeps."""

    def wait(self, flag: threading.Event, seconds: float) -> bool:
        return flag.wait(min(seconds, 0.1))


@dataclass
class Office:
    """A profile and the fakes behind it; another process runs its connector unless `alone`."""

    clock: PatientClock
    store: InMemoryStore
    secrets: InMemorySecretStore
    opener: FakeOpener
    profile: Profile
    alone: bool

    def connect(self) -> "Office":
        """Be connected since an hour ago, and checked at noon."""
        self.note(Succeeded(self.clock.now(), By.PERSON, "v1"), "Connected.")
        self.come_to_noon()
        now = self.clock.now()
        self.store.settings.save(SETTINGS)
        self.secrets.secret = Secret(RIGHT)
        self.store.busy.known = {one.id: replace(one, read_at=now) for one in CALENDARS}
        for page in PAGES:
            self.store.pages.save(page)
        self.note(Succeeded(now, By.CONNECTOR, "v1"), "Connected.")
        return self

    def come_to_noon(self) -> "Office":
        """Let it be noon."""
        self.clock.put_to(NOON)
        if not self.alone:
            self.beat()
        return self

    def note(self, event: Succeeded | Faulted | Disconnected, sentence: str) -> None:
        """Let the connection change."""
        self.store.connection.change(lambda record: advance(record, event), sentence)

    def fault(self, problem: Problem, *, refused: bool = False, times: int = 1) -> "Office":
        """Let the connector meet a problem."""
        for _ in range(times):
            told = Faulted(self.clock.now(), problem, secret_refused=refused, secret_version="v1")
            self.note(told, problem.what)
        return self

    def go_silent(self, tries: int = 3) -> "Office":
        """Let the server answer nothing any more."""
        return self.fault(NO_ANSWER.problem(host=HOST), times=tries + 1)

    def change_password(self) -> "Office":
        """Let the server refuse the kept password, and take a new one."""
        self.opener.accepts = {("CONTOSO\\anna", NEW)}
        return self.fault(PASSWORD_CHANGED.problem(username="CONTOSO\\anna"), refused=True)

    def want_a_browser(self) -> "Office":
        """Let the server accept no passwords."""
        return self.fault(MODERN_SIGN_IN_ONLY.problem(host=HOST, offered="Bearer"))

    def disconnect(self) -> "Office":
        """Be disconnected."""
        now = self.clock.now()
        self.note(Disconnected(now), "Booking pages check no calendar.")
        self.store.eraser.erase(now)
        self.store.settings.erase()
        return self

    def book(self) -> "Office":
        """Take two bookings."""
        self.store.bookings.kept = [
            Booking(
                f"b{number}",
                "30-minutes-with-anna",
                BookingStatus.SCHEDULED,
                start,
                start + timedelta(minutes=minutes),
                customer,
                "customer@example.org",
                events=tuple(
                    EventLink(f"c{one}", one == 1).written(f"i{one}", 1) for one in range(1, events + 1)
                ),
            )
            for number, start, minutes, customer, events in (
                (1, datetime(2026, 11, 24, 9, 0, tzinfo=UTC), 30, "Dana Reyes", 2),
                (2, datetime(2026, 11, 26, 14, 30, tzinfo=UTC), 60, "Kim Osei", 1),
            )
        ]
        return self

    def pass_time(self, **span: float) -> "Office":
        """Let time pass while the other process goes on beating."""
        self.clock.advance(timedelta(**span))
        self.beat()
        return self

    def forsake(self) -> "Office":
        """Let the other process die."""
        self.store.commands.stopped()
        return self

    def beat(self) -> None:
        """Show the other process's connector alive."""
        started = NOON - timedelta(hours=3)
        self.store.commands.beat(Heartbeat(4711, started, self.clock.now(), REAL_TIME))

    @property
    def status(self) -> Status:
        """The status at this moment."""
        return current_status(self.profile)

    @property
    def record(self) -> ConnectionRecord:
        """The kept record."""
        return self.store.connection.load()

    def view(self, *, hosting: bool = False) -> ConsoleView:
        """The console's view at this moment."""
        now = self.clock.now()
        history = self.store.connection.history()
        bookings = self.store.bookings.upcoming(now)
        return console_view(self.status, history, bookings, now, BERLIN, hosting=hosting)


def office(*, alone: bool = False) -> Office:
    """Return a profile that is not connected yet."""
    clock = PatientClock(NOON - timedelta(hours=1))
    store = InMemoryStore(clock)
    secrets = InMemorySecretStore()
    found = [FoundCalendar(one.key, one.name, one.writable, one.default, one.owner) for one in CALENDARS]
    mailbox = FakeMailbox(
        [one for one in found if one.owner is None],
        {one.owner: one for one in found if one.owner},
        no_stream=None,
    )
    opener = FakeOpener(mailbox, {("CONTOSO\\anna", RIGHT)})
    profile = faked_profile(
        store,
        clock,
        FakeDiscovery().knows(ServerProbe(EWS_URL, 401, schemes=(Scheme.NTLM,))),
        opener,
        InMemorySecretPlaces(secrets),
    )
    store.lock.held_elsewhere = not alone
    return Office(clock, store, secrets, opener, profile, alone)


def hold_busy_time(made: Office, blocks: int) -> None:
    """Put busy time into the store, for Disconnect to count."""
    start = NOON
    made.store.busy.held["c1"] = {
        BusyBlock(f"i{n}", start + timedelta(hours=n), start + timedelta(hours=n, minutes=30), Showing.BUSY)
        for n in range(blocks)
    }
    made.store.busy.cursors["c1"] = "cursor"
