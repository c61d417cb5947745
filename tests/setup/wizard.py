"""A profile of fakes, and the servers that its wizard meets."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from oncetui.model.calendars import FoundCalendar, Showing, Window
from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import STRAIGHT, KeptIn, NetworkRoute, Scheme, ServerFacts, SyncMode
from oncetui.model.discovering import FoundServer, SearchResult, SearchStep, ServerProbe, Signpost, StepMark
from oncetui.model.lock_outs import UNASKED, Insistence
from oncetui.model.problems.autodiscover import NO_SERVER_FOUND
from oncetui.model.profile import Profile
from oncetui.model.secret import Secret
from oncetui.setup.answers import Answers
from oncetui.setup.calendar_choice import CalendarChoice, opened_choice
from oncetui.setup.finishing import finish
from oncetui.setup.signing_in import SignedIn, sign_in_once
from oncetui.setup.summary import Summary
from tests.fakes.clock import FakeClock
from tests.fakes.exchange import FakeDiscovery, FakeMailbox, FakeOpener
from tests.fakes.profile import faked_profile
from tests.fakes.secrets import InMemorySecretPlaces, InMemorySecretStore
from tests.fakes.stores import InMemoryStore

ANNA = "anna@contoso.example"
WINDOWS_NAME = "CONTOSO\\anna"
PASSWORD = "correct horse"
EWS_URL = "https://mail.contoso.example/EWS/Exchange.asmx"
SIGNPOST_URL = "https://autodiscover.contoso.example/autodiscover/autodiscover.svc"
BUILD = ServerFacts("15.2.1544.4", "Exchange2016")
NTLM = ServerProbe(
    EWS_URL, 401, (Scheme.NTLM,), ("Negotiate", "NTLM"), windows_domain="CONTOSO", server=BUILD
)
BASIC = ServerProbe(EWS_URL, 401, (Scheme.BASIC,), ("Basic",), server=BUILD)
FOUND = SearchResult(
    servers=(FoundServer(EWS_URL, "Autodiscover", probe=NTLM),),
    steps=(
        SearchStep("a", "autodiscover.contoso.example", StepMark.FOUND, "Exchange 2019", 0.3),
        SearchStep("b", "contoso.example", StepMark.NOTHING, "a web site, not Exchange", 0.2),
    ),
    seconds=0.4,
)
NOTHING = SearchResult(
    steps=(SearchStep("a", "autodiscover.contoso.example", StepMark.FAILED, "no such name", 0.1),),
    seconds=3.1,
    problem=NO_SERVER_FOUND.problem(domain="contoso.example"),
)
OUTSIDE = SearchResult(
    servers=(
        FoundServer("https://mail.hoster.example/EWS/Exchange.asmx", "redirect", "mail.hoster.example"),
    ),
    seconds=0.4,
)
SIGNPOSTED = SearchResult(
    signposts=(Signpost(SIGNPOST_URL, "soap", ServerProbe(SIGNPOST_URL, 401, (Scheme.BASIC,))),), seconds=0.4
)

MAIN = FoundCalendar("k-main", "Calendar", writable=True, default=True)
PRIVATE = FoundCalendar("k-private", "Private", writable=True)
HOLIDAYS = FoundCalendar("k-holidays", "Holidays", writable=False)


@dataclass
class Wizard:
    """Everything that a wizard is given; a test changes what it needs. `before` is one that used the home."""

    result: SearchResult = FOUND
    accepts: str = ANNA
    route: NetworkRoute = STRAIGHT
    clock: FakeClock = field(default_factory=FakeClock)
    file: InMemorySecretStore = field(default_factory=InMemorySecretStore)
    keyring: InMemorySecretStore = field(default_factory=lambda: InMemorySecretStore(KeptIn.KEYRING))
    cancellation: Cancellation = field(default_factory=Cancellation)
    store: InMemoryStore = field(init=False)
    before: "Wizard | None" = None

    def __post_init__(self) -> None:
        self.mailbox = FakeMailbox(calendars=[PRIVATE, MAIN, HOLIDAYS], server=BUILD, no_stream=None)
        self.opener = FakeOpener(self.mailbox, accepts={(self.accepts, PASSWORD)})
        self.discovery = FakeDiscovery(self.result, self.result.steps)
        self.store = InMemoryStore(self.clock) if self.before is None else self.before.store

    @property
    def profile(self) -> Profile:
        return faked_profile(
            self.store,
            self.clock,
            self.discovery,
            self.opener,
            InMemorySecretPlaces(self.keyring, self.file),
            route=self.route,
        )

    def add_event(self, start: datetime, subject: str = "Team meeting") -> None:
        self.mailbox.add_event("k-main", Window(start, start + timedelta(hours=1)), Showing.BUSY, subject)

    def sign_in(
        self,
        answers: Answers | None = None,
        password: str = PASSWORD,
        insistence: Insistence = UNASKED,
    ) -> SignedIn:
        return sign_in_once(
            answers or Answers(ANNA),
            Secret(password),
            self.discovery.result,
            profile=self.profile,
            insistence=insistence,
            cancellation=self.cancellation,
        )

    def choice(self, signed_in: SignedIn) -> CalendarChoice:
        pages, known = self.store.pages.pages(), self.store.busy.calendars()
        return opened_choice(signed_in.calendars, ANNA, pages, known)

    def finish(
        self, signed_in: SignedIn, choice: CalendarChoice | None = None, keep_in: KeptIn = KeptIn.FILE
    ) -> Summary:
        return finish(
            signed_in,
            choice or self.choice(signed_in),
            Secret(PASSWORD),
            keep_in=keep_in,
            sync_mode=SyncMode.REAL_TIME,
            profile=self.profile,
            cancellation=self.cancellation,
        )
