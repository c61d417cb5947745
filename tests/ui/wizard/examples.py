"""Mailboxes and servers that the wizard's screens are tried with; nothing leaves the process."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen

from oncetui.model.calendars import FoundCalendar, Showing, Window
from oncetui.model.connection import STRAIGHT, KeptIn, NetworkRoute, Scheme
from oncetui.model.discovering import FoundServer, SearchResult, SearchStep, ServerProbe, StepMark
from oncetui.model.problems.autodiscover import NO_SERVER_FOUND
from oncetui.model.profile import Profile
from oncetui.setup.fields import FieldName
from oncetui.ui.app import OncetuiApp
from oncetui.ui.appearance import Appearance
from oncetui.ui.marks import ASCII, TYPOGRAPHIC
from oncetui.ui.services import DemoAction, DemoMailbox, DemoMailboxes, UiServices
from oncetui.ui.widgets.field import Field
from oncetui.ui.wizard.account import AccountScreen
from tests.fakes.clock import FakeClock
from tests.fakes.exchange import FakeDiscovery, FakeMailbox, FakeOpener
from tests.fakes.profile import faked_profile
from tests.fakes.secrets import InMemorySecretPlaces, InMemorySecretStore
from tests.fakes.stores import InMemoryStore
from tests.ui.drawn import until

EMAIL = "anna@contoso.example"
PASSWORD = "correct horse"
URL = "https://mail.contoso.example/EWS/Exchange.asmx"
PROBE = ServerProbe(URL, 401, schemes=(Scheme.NTLM,), offered=("NTLM",), windows_domain="CONTOSO")
STEPS = (
    SearchStep("soap", "autodiscover.contoso.example", StepMark.FOUND, "answers · Exchange 2019", 0.31),
    SearchStep("root", "contoso.example", StepMark.NOTHING, "a web site, not Exchange"),
    SearchStep("srv", "DNS service record", StepMark.NOTHING, "none"),
)
FOUND = SearchResult((FoundServer(URL, "Autodiscover", probe=PROBE),), steps=STEPS, seconds=1.2)
DEAD_ENDS = tuple(
    SearchStep(key, place, StepMark.FAILED, told)
    for key, place, told in (
        ("soap", "autodiscover.fabrikam.example", "no such name"),
        ("root", "fabrikam.example", "answers, but is not Exchange"),
        ("http", "http://autodiscover.fabrikam.example", "no such name"),
        ("srv", "DNS service record", "none"),
        ("json", "autodiscover-s.outlook.example", "doesn't know the domain"),
    )
)
NOTHING = SearchResult(
    steps=DEAD_ENDS, seconds=3.1, problem=NO_SERVER_FOUND.problem(domain="fabrikam.example")
)
DEMO = DemoMailboxes(
    (
        DemoMailbox("anna@contoso.example", "Winter-Sun-1"),
        DemoMailbox("ben@fabrikam.example", "Autumn-Leaf-2", (("EWS URL", "mail.fabrikam.example"),)),
        DemoMailbox(
            "dora@fabrikam.example",
            "Spring-Rain-3",
            (("EWS URL", "mail.fabrikam.example"), ("Domain\\UserName", "FABRIKAM\\fab-dora")),
        ),
    ),
    (DemoAction("change the password", "The server refuses the old one from now on.", lambda: "Changed."),),
)


class ConsoleStandIn(Screen[None]):
    """Where the wizard ends in these tests."""


class WizardAlone(OncetuiApp):
    """The app with a console that does nothing."""

    def _console(self) -> Screen[None]:
        return ConsoleStandIn()


@dataclass
class World:
    """One profile with everything behind it."""

    discovery: FakeDiscovery = field(default_factory=lambda: FakeDiscovery(FOUND, STEPS).knows(PROBE))
    opener: FakeOpener = field(default_factory=lambda: FakeOpener(mailbox(), {(EMAIL, PASSWORD)}))
    clock: FakeClock = field(default_factory=FakeClock)
    places: InMemorySecretPlaces = field(
        default_factory=lambda: InMemorySecretPlaces(
            InMemorySecretStore(KeptIn.KEYRING), InMemorySecretStore(KeptIn.FILE)
        )
    )

    route: NetworkRoute = STRAIGHT

    def __post_init__(self) -> None:
        self.store = InMemoryStore(self.clock)

    @property
    def profile(self) -> Profile:
        return faked_profile(
            self.store, self.clock, self.discovery, self.opener, self.places, route=self.route
        )

    def services(
        self,
        *,
        demo: DemoMailboxes | None = None,
        theme: str = "oncetui",
        ascii_only: bool = False,
        warm_up: Callable[[], object] | None = None,
    ) -> UiServices:
        appearance = Appearance(theme, ASCII if ascii_only else TYPOGRAPHIC)
        return UiServices(self.profile, "setup", demo, warm_up=warm_up, appearance=appearance)

    def app(self, **given: Any) -> OncetuiApp:
        """Return the app in the wizard, with what `services` takes."""
        return WizardAlone(self.services(**given))


def mailbox() -> FakeMailbox:
    """Return a mailbox with four calendars and something in them."""
    made = FakeMailbox(
        [
            FoundCalendar("k1", "Calendar", writable=True, default=True),
            FoundCalendar("k2", "Private", writable=True),
            FoundCalendar("k3", "Team Sales", writable=True, owner="sales@contoso.example"),
            FoundCalendar("k4", "Holidays", writable=False),
        ],
        no_stream=None,
    )
    begins = FakeClock().now() + timedelta(hours=3)
    made.add_event("k1", Window(begins, begins + timedelta(hours=1)), Showing.BUSY, "Team meeting")
    return made


def nothing_found() -> FakeDiscovery:
    """Return a search that ends empty."""
    return FakeDiscovery(NOTHING, DEAD_ENDS).knows(PROBE)


async def on_account(pilot: Pilot[Any]) -> AccountScreen:
    """Wait for the account step and return it."""
    await until(pilot, lambda: isinstance(pilot.app.screen, AccountScreen))
    screen = pilot.app.screen
    assert isinstance(screen, AccountScreen)
    await until(pilot, lambda: screen.focused is not None)
    return screen


def enter(screen: AccountScreen, name: FieldName, text: str) -> None:
    """Put a text into a field, as if it had been typed."""
    the_field(screen, name).input.value = text


def the_field(screen: AccountScreen, name: FieldName) -> Field:
    """Return a field of the account step."""
    return screen.query_one(f"#{name}", Field)


async def sign_in(pilot: Pilot[Any], email: str = EMAIL, password: str = PASSWORD) -> AccountScreen:
    """Enter email and password, and press Enter."""
    screen = await on_account(pilot)
    enter(screen, FieldName.EMAIL, email)
    await pilot.press("tab")
    enter(screen, FieldName.PASSWORD, password)
    await pilot.press("enter")
    return screen
