"""The mail server: finding it, opening it, reading and writing its calendars, examining the way to it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Protocol

from oncetui.model.booked_events import BookedEvent, NamedEvent, StampedEvent
from oncetui.model.calendars import BusyBlock, Calendar, Changes, FoundCalendar, Proof, Window
from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import Access, NetworkRoute, ServerFacts
from oncetui.model.course import Course
from oncetui.model.discovering import FoundServer, SearchResult, SearchStep, ServerProbe, Signpost
from oncetui.model.secret import Secret
from oncetui.model.stamps import Stamp
from oncetui.model.way_taken import WayTaken


class Discovery(Protocol):
    """Finds the server of a mailbox; sends credentials only in `ask`."""

    def search(
        self,
        email: str,
        route: NetworkRoute,
        report: Callable[[SearchStep], None],
        cancellation: Cancellation,
        remembered: tuple[str, ...] = (),
    ) -> SearchResult:
        """Ask all places in parallel for at most 8 s; an empty result carries its problem.

        `remembered` names servers, as in `https://mail.contoso.example`, that are asked first and trusted
        no more than any other.
        """
        ...

    def probe(self, ews_url: str, route: NetworkRoute, cancellation: Cancellation) -> ServerProbe:
        """Ask one server, without credentials, how it wants to be signed in to."""
        ...

    def ask(
        self,
        signpost: Signpost,
        access: Access,
        secret: Secret,
        cancellation: Cancellation,
    ) -> FoundServer:
        """Sign in once to a signpost and return the server it names; `access.ews_url` isn't looked at."""
        ...


class CalendarGateway(Protocol):
    """A signed-in way to the calendars of one mailbox; usable from several threads."""

    @property
    def server(self) -> ServerFacts:
        """What the server told of itself."""
        ...

    @property
    def way(self) -> WayTaken:
        """What was seen by the by of the way to the server, by the newest answer."""
        ...

    @property
    def address(self) -> str:
        """The mailbox's main address, which an alias that it was opened by is not."""
        ...

    def calendars(self, shared: Iterable[str] = ()) -> tuple[FoundCalendar, ...]:
        """List the mailbox's calendars, and those of the given addresses that are shared with it."""
        ...

    def password_expires(self) -> datetime | None:
        """Return when the password that signed in runs out, in UTC; None for never and for not told.

        A server that doesn't offer to tell is no fault.
        """
        ...

    def busy_time(self, calendar: FoundCalendar | Calendar, window: Window) -> tuple[BusyBlock, ...]:
        """Return every event of the window, Free ones included, occurrences expanded."""
        ...

    def changes(
        self,
        calendar: FoundCalendar | Calendar,
        cursor: str | None,
        window: Window,
        reached: Callable[[str], None] = lambda _cursor: None,
    ) -> Changes:
        """Tell what changed since the cursor; without one, or with a lost one, everything did.

        Where that takes several answers `reached` is told a cursor after each but the last. Asked with it,
        a later call goes on there, and asks for everything where something had changed before.
        """
        ...

    def proof(self, calendar: FoundCalendar | Calendar, window: Window) -> Proof | None:
        """Return the first event of the window, with its subject, to be shown once."""
        ...

    def named_events(self, calendar: FoundCalendar | Calendar, window: Window) -> tuple[NamedEvent, ...]:
        """Return the events that overlap the window with their subjects, to be shown and never kept."""
        ...

    def stamped_events(
        self, calendar: FoundCalendar | Calendar, prefix: str, since: datetime | None = None
    ) -> tuple[StampedEvent, ...]:
        """Return the events whose stamp begins with the prefix; with `since` those that end after it."""
        ...

    def create_event(self, calendar: FoundCalendar | Calendar, event: BookedEvent) -> str:
        """Create an event, invite its attendee if it has one, and return its key.

        After any `ProblemError` but `calendar-read-only` it may have been created all the same: only a look
        for its stamp tells.
        """
        ...

    def change_event(
        self, calendar: FoundCalendar | Calendar, found: StampedEvent, event: BookedEvent
    ) -> None:
        """Give an event its new fields; an invited customer is told.

        Raises `ProblemError` with `event-changed` where it is no longer as it was found, `event-gone` where
        it isn't there; nothing is written then.
        """
        ...

    def take_over_event(self, calendar: FoundCalendar | Calendar, found: StampedEvent, stamp: Stamp) -> None:
        """Give an event another stamp and leave all else as it is; nobody is told.

        Raises `ProblemError` as `change_event` does.
        """
        ...

    def cancel_event(self, calendar: FoundCalendar | Calendar, found: StampedEvent) -> None:
        """Put an event away where its owner can bring it back; an invited customer is told.

        Raises `ProblemError` as `change_event` does.
        """
        ...

    def watch(
        self,
        calendars: Sequence[FoundCalendar | Calendar],
        heard: Callable[[frozenset[str]], None],
        cancellation: Cancellation,
    ) -> None:
        """Listen to what the server tells by itself, for as long as it does; it returns by raising.

        `heard` is called with nothing once the server has begun to tell, again with nothing at each further
        sign of life, and with the keys of calendars in which something changed. What changed before the first
        call may go untold. Raises `ProblemError` where the server can't tell, with `changes-lost` where it
        lost track of whom to tell, and `CancelledByUserError` within a second of a cancellation, in which the
        server is told that nobody listens any more.
        """
        ...

    def close(self) -> None:
        """Cut every connection at once; whatever still waits ends as cancelled."""
        ...


def unheard() -> None:
    """Let a refusal be told by what is raised alone."""


class GatewayOpener(Protocol):
    """Opens a gateway; the sign-in happens here, exactly once."""

    def open(
        self,
        access: Access,
        secret: Secret,
        cancellation: Cancellation,
        refused: Callable[[], None] = unheard,
    ) -> CalendarGateway:
        """Sign in with one attempt and return a gateway that has proved itself on the mailbox.

        A refused secret raises `ProblemError` with `secret_refused`. `refused` is called first: as soon as
        the server turns the secret down and before it is asked what that means, now or later, by whichever
        thread uses the gateway. It may prove to say nothing of the secret.
        """
        ...

    def reach(self, ews_url: str, route: NetworkRoute, cancellation: Cancellation) -> None:
        """Probe by TCP and TLS alone, without credentials; raise `ProblemError` where that fails."""
        ...


class Examiner(Protocol):
    """Looks at a server without credentials, for a check that tells every stage."""

    def examine(
        self, url: str, route: NetworkRoute, course: Course, cancellation: Cancellation
    ) -> ServerProbe:
        """Go through DNS, proxy, TCP, TLS and HTTP, and return what the server tells of itself.

        Each stage is entered in the course; raises the `ProblemError` of the first that fails.
        """
        ...
