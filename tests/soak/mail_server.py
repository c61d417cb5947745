"""A mail server that remembers what was true when, and every request with what it was told."""

from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from oncetui.model.calendars import BusyBlock, Calendar, FoundCalendar, Window
from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import Access, NetworkRoute, Scheme
from oncetui.model.discovering import ServerProbe
from oncetui.model.ports import unheard
from oncetui.model.problem import ProblemError
from oncetui.model.problems.network import NO_ANSWER
from oncetui.model.secret import Secret
from tests.fakes.clock import FakeClock
from tests.fakes.exchange import FakeDiscovery, FakeGateway, FakeMailbox, FakeOpener, refusal
from tests.soak.streams import StoryListener, Streams

OWN = FoundCalendar("k-own", "Calendar", writable=True, default=True)
PRIVATE = FoundCalendar("k-private", "Private", writable=True)
TEAM = FoundCalendar("k-team", "Team Sales", writable=False, owner="team@contoso.example")
KEYS = tuple(calendar.key for calendar in (OWN, PRIVATE, TEAM))
URL = "https://mail.contoso.example/EWS/Exchange.asmx"


class Stage(IntEnum):
    """How far a request goes."""

    REACH = 1
    PROBE = 2
    SIGN_IN = 3


@dataclass(frozen=True)
class Times:
    """A moment: seconds that passed in truth, and those of them in which the connector was awake."""

    passed: float
    awake: float


@dataclass
class Version:
    """What a calendar held until a moment; None while it still does."""

    blocks: frozenset[BusyBlock]
    until: Times | None = None


@dataclass
class History:
    """What one calendar held, the newest version last."""

    versions: deque[Version] = field(default_factory=lambda: deque([Version(frozenset())], maxlen=400))

    def note(self, blocks: frozenset[BusyBlock], at: Times) -> None:
        """Note what it holds now."""
        if blocks != self.versions[-1].blocks:
            self.versions[-1].until = at
            self.versions.append(Version(blocks))


class MailServer(FakeOpener):
    """One mailbox behind one password; `fault` is raised by whatever goes as far as `fault_from`.

    `meddle` is called before each request: a test changes the truth there, or lets the process die.
    `no_streams` is why nobody may listen. `lags` tells by how many seconds more than usual the connector may
    know late of a calendar, and until when, in seconds awake.
    """

    def __init__(self, clock: FakeClock, times: Callable[[], Times]) -> None:
        super().__init__(FakeMailbox(calendars=[OWN, PRIVATE], shared={"team@contoso.example": TEAM}))
        self.password = "password-1"
        self.fault: ProblemError | None = None
        self.fault_from = Stage.REACH
        self.names_schemes = True
        self.shows_a_proxy = False
        self.no_streams: ProblemError | None = None
        self.streams = Streams()
        self.requests: deque[tuple[float, str]] = deque(maxlen=2000)
        self.refused_secrets: Counter[str] = Counter()
        self.asked_to_wait: list[tuple[float, float]] = []
        self.meddle: Callable[[str], None] = _let_be
        self.history = {key: History() for key in KEYS}
        self.lags: dict[str, tuple[float, float]] = {}
        self.discovery = MailServersFront(self)
        self.gateways_as: Callable[[FakeGateway], Any] = lambda gateway: gateway
        self._clock = clock
        self._times = times

    def note_truth(self) -> None:
        """Note what the calendars hold now."""
        for key, history in self.history.items():
            history.note(frozenset(self.mailbox.events.get(key, {}).values()), self._times())

    def seen(self, request: str, stage: Stage, *, meddled: bool = True) -> None:
        """Note a request, and raise the fault where it gets that far."""
        self.requests.append((self._clock.monotonic(), request))
        if meddled:
            self.meddle(request)
            self.note_truth()
        if self.fault is not None and stage >= self.fault_from:
            if self.fault.retry_after is not None:
                self.asked_to_wait.append((self._clock.monotonic(), self.fault.retry_after))
            raise self.fault

    def refuse(self, secret: Secret) -> None:
        """Raise a refusal for any but the right password, or for all where the sign-in is out of order."""
        if not self.names_schemes or self.shows_a_proxy:
            raise refusal("anna")
        if secret.reveal() != self.password:
            self.refused_secrets[secret.reveal()] += 1
            raise refusal("anna")

    def open(
        self,
        access: Access,
        secret: Secret,
        cancellation: Cancellation,
        refused: Callable[[], None] = unheard,
    ) -> Any:
        self.seen("open", Stage.SIGN_IN)
        gateway = MailServersGateway(self, secret, refused)
        gateway.sign_in()
        return self.gateways_as(gateway)

    def may_lag(self, key: str, by: float, for_seconds: float) -> None:
        """Let changes of a calendar become known late for a while."""
        self.lags[key] = (by, self._times().awake + for_seconds)

    def list_calendars(self) -> tuple[FoundCalendar, ...]:
        """List what there is to see now, as a person's own program does."""
        theirs = self.mailbox.shared.values()
        return (*self.mailbox.calendars, *(one for one in theirs if isinstance(one, FoundCalendar)))

    def reach(self, ews_url: str, route: NetworkRoute, cancellation: Cancellation) -> None:
        self.seen("reach", Stage.REACH)


class MailServersFront(FakeDiscovery):
    """What it tells without a sign-in."""

    def __init__(self, server: MailServer) -> None:
        super().__init__()
        self._server = server

    def probe(self, ews_url: str, route: NetworkRoute, cancellation: Cancellation) -> ServerProbe:
        self._server.seen("probe", Stage.PROBE)
        schemes = (Scheme.NTLM,) if self._server.names_schemes else ()
        proxy = self._server.shows_a_proxy
        return ServerProbe(ews_url, 401, schemes=schemes, offered=schemes, via_proxy=proxy)


class MailServersGateway(FakeGateway):
    """A session that ends with the password it was opened by, which it sends no more once it is refused."""

    def __init__(self, server: MailServer, secret: Secret, refused: Callable[[], None]) -> None:
        super().__init__(server.mailbox, refused=refused)
        self._server = server
        self._secret = secret
        self._refusal: ProblemError | None = None

    def sign_in(self) -> None:
        """Send the secret."""
        if self._refusal is not None:
            raise self._refusal
        try:
            self._server.refuse(self._secret)
        except ProblemError as error:
            self._refusal = error
            self.refused()
            raise

    def watch(
        self,
        calendars: Sequence[FoundCalendar | Calendar],
        heard: Callable[[frozenset[str]], None],
        cancellation: Cancellation,
    ) -> None:
        keys = frozenset(calendar.key for calendar in calendars)
        listener = StoryListener(self._server.streams, keys, heard, self._begins_to_listen)
        with cancellation.waking(listener.end), self._closing.waking(listener.end):
            self.mailbox.listeners.append(listener)
            try:
                listener.listen()
            finally:
                self.mailbox.listeners.remove(listener)

    def _begins_to_listen(self) -> None:
        self._server.seen("watch", Stage.SIGN_IN, meddled=False)
        if self._server.no_streams is not None:
            raise self._server.no_streams
        self.sign_in()

    def _enter(self, call: str, key: str = "") -> None:
        self._server.seen(call, Stage.SIGN_IN)
        self.sign_in()
        super()._enter(call, key)


def no_answer() -> ProblemError:
    """Return the fault of a server that is gone."""
    return ProblemError(NO_ANSWER.problem(host="mail.contoso.example"))


def within(blocks: frozenset[BusyBlock] | tuple[BusyBlock, ...], window: Window) -> frozenset[BusyBlock]:
    """Return the blocks that overlap a window."""
    return frozenset(block for block in blocks if block.start < window.end and block.end > window.start)


def _let_be(_: str) -> None:
    pass
