"""A profile over fakes: one mailbox, three calendars, two booking pages, and time that a test moves."""

from datetime import timedelta

from oncetui.connector.connector import Connector
from oncetui.connector.watching import current_status
from oncetui.model.associations import AssociatedCalendars
from oncetui.model.calendars import FoundCalendar, Window
from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import (
    ConnectionSettings,
    KeptIn,
    Scheme,
    SecretOf,
    SignIn,
    UsernameForm,
)
from oncetui.model.discovering import ServerProbe
from oncetui.model.pages import BookingPage
from oncetui.model.problem import Cause, ProblemError
from oncetui.model.profile import Profile
from oncetui.model.secret import Secret
from oncetui.model.state import By, ConnectionRecord, Faulted, Succeeded, advance
from oncetui.model.status import Status
from tests.fakes.clock import FakeClock
from tests.fakes.exchange import FakeDiscovery, FakeMailbox, FakeOpener
from tests.fakes.profile import faked_profile
from tests.fakes.secrets import InMemorySecretPlaces, InMemorySecretStore
from tests.fakes.stores import InMemoryStore

URL = "https://mail.contoso.example/EWS/Exchange.asmx"
ANNA = "anna@contoso.example"
OWN = FoundCalendar("k-own", "Calendar", writable=True, default=True)
PRIVATE = FoundCalendar("k-private", "Private", writable=True)
TEAM = FoundCalendar("k-team", "Team Sales", writable=False, owner="team@contoso.example")


class World:
    """Everything around one connector. Page `one` relies on Calendar, page `two` on Team Sales too."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.store = InMemoryStore(self.clock)
        self.mailbox = FakeMailbox(
            calendars=[OWN, PRIVATE], shared={"team@contoso.example": TEAM}, no_stream=None
        )
        self.opener = FakeOpener(self.mailbox, accepts={(ANNA, "right")})
        self.discovery = FakeDiscovery()
        self.serves()
        self.place = InMemorySecretStore(KeptIn.FILE)
        places = InMemorySecretPlaces(self.place)
        self.proxys = places.place(KeptIn.FILE, SecretOf.PROXY)
        self._places = places
        self.profile = self.of(self.opener)
        self.cancellation = Cancellation()
        self.connector = Connector(self.profile)

    def of(self, opener: FakeOpener) -> Profile:
        """The profile, by an opener."""
        return faked_profile(self.store, self.clock, self.discovery, opener, self._places)

    def listening(self) -> "World":
        """Let the connector listen as it does while it runs."""
        self.connector = Connector(self.profile, listening=True)
        return self

    def serves(self, *schemes: Scheme, via_proxy: bool = False) -> None:
        """Let the server name these schemes to whoever asks without credentials; NTLM where none is given."""
        named = schemes or (Scheme.NTLM,)
        probe = ServerProbe(URL, 401, schemes=named, offered=tuple(named), via_proxy=via_proxy)
        self.discovery.knows(probe)

    def names_no_scheme(self) -> None:
        """Let the server answer 401 without saying how to sign in."""
        self.discovery.knows(ServerProbe(URL, 401))

    def connected(self) -> "World":
        """Be connected since this moment, calendars listed, nothing read yet."""
        now = self.clock.now()
        self.place.save(Secret("right"))
        self.store.settings.save(
            ConnectionSettings(ANNA, URL, SignIn(ANNA, UsernameForm.EMAIL, Scheme.NTLM), KeptIn.FILE, "v1")
        )
        record = self.store.connection.change(lambda it: advance(it, Succeeded(now, By.PERSON, "v1")))
        calendars = self.store.busy.note_calendars([OWN, PRIVATE, TEAM], record.generation)
        ids = {calendar.name: calendar.id for calendar in calendars}
        self.add_page("one", AssociatedCalendars(main=ids["Calendar"]))
        self.add_page("two", AssociatedCalendars(main=ids["Calendar"], busy=frozenset({ids["Team Sales"]})))
        return self

    def add_page(self, link: str, associated: AssociatedCalendars) -> None:
        """Add a booking page with these calendars."""
        self.store.pages.save(BookingPage(link, link.title(), 30, "Europe/Berlin", associated=associated))

    def faulted(self, cause: Cause, *, refused: bool = False) -> "World":
        """Have the kept state go through a fault twice, so that no first retry is left."""
        for _ in range(2):
            fault = Faulted(self.clock.now(), cause.problem(), secret_refused=refused)
            self.store.connection.change(lambda it, fault=fault: advance(it, fault))  # type: ignore[misc]  # mypy can't infer it with a default
        return self

    def step(self) -> ConnectionRecord:
        """Let the connector do what is due."""
        self.connector.step(self.cancellation)
        return self.record

    def run_for(self, seconds: float) -> ConnectionRecord:
        """Let the connector work for that long, looking twice a second."""
        end = self.clock.now() + timedelta(seconds=seconds)
        while self.clock.now() < end:
            self.connector.step(self.cancellation)
            self.clock.advance(0.5)
        return self.step()

    def restarted(self) -> None:
        """Go on with a new connector, as after a restart of the process."""
        self.connector = Connector(self.profile)

    @property
    def record(self) -> ConnectionRecord:
        """The kept state."""
        return self.store.connection.load()

    @property
    def status(self) -> Status:
        """What `status` tells."""
        return current_status(self.profile)

    @property
    def open_pages(self) -> set[str]:
        """The pages that accept bookings now."""
        return {page.page.id for page in self.status.pages if page.accepting}

    @property
    def calls(self) -> list[str]:
        """What all gateways were asked, in order."""
        return [call for gateway in self.opener.gateways for call in gateway.calls]

    def forget_calls(self) -> None:
        """Count anew from here."""
        for gateway in self.opener.gateways:
            gateway.calls.clear()
        self.opener.sign_ins.clear()
        self.opener.reached.clear()
        self.discovery.probed.clear()

    def hour(self, hours_ahead: float) -> Window:
        """An hour that starts so many hours from now."""
        start = self.clock.now() + timedelta(hours=hours_ahead)
        return Window(start, start + timedelta(hours=1))


def trouble(cause: Cause, retry_after: float | None = None) -> ProblemError:
    """A problem as an adapter raises it."""
    return ProblemError(cause.problem(), retry_after=retry_after)
