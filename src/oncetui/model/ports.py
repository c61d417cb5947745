"""The ports between the services and the world: what an adapter must do, and in which words.

No term of Exchange Web Services or of Microsoft Graph crosses a port. Everything that waits takes a
`Cancellation` or is bounded; everything that fails raises `ProblemError` with a problem of the catalogue.
"""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from oncetui.model.associations import AssociatedCalendars
from oncetui.model.booked_events import BookedEvent, NamedEvent, StampedEvent
from oncetui.model.bookings import Booking
from oncetui.model.calendars import BusyBlock, Calendar, Changes, FoundCalendar, Proof, Window
from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import (
    STRAIGHT,
    Access,
    ConnectionSettings,
    KeptIn,
    NetworkRoute,
    SecretOf,
    ServerFacts,
)
from oncetui.model.course import Course
from oncetui.model.discovering import FoundServer, SearchResult, SearchStep, ServerProbe, Signpost
from oncetui.model.pages import BookingPage
from oncetui.model.problem import Problem
from oncetui.model.secret import Secret
from oncetui.model.sign_in_guard import Attempted, Refusal
from oncetui.model.state import ConnectionRecord
from oncetui.model.status import Heartbeat, Protection


class Clock(Protocol):
    """The time of day and the passing of time."""

    def now(self) -> datetime:
        """Return the time of day, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Return seconds that never go backwards."""
        ...

    def wait(self, flag: threading.Event, seconds: float) -> bool:
        """Wait at most that long for the flag, and tell whether it is set."""
        ...


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
    def address(self) -> str:
        """The mailbox's main address, which an alias that it was opened by is not."""
        ...

    def calendars(self, shared: Iterable[str] = ()) -> tuple[FoundCalendar, ...]:
        """List the mailbox's calendars, and those of the given addresses that are shared with it."""
        ...

    def busy_time(self, calendar: FoundCalendar | Calendar, window: Window) -> tuple[BusyBlock, ...]:
        """Return every event of the window, Free ones included, occurrences expanded."""
        ...

    def changes(self, calendar: FoundCalendar | Calendar, cursor: str | None, window: Window) -> Changes:
        """Tell what changed since the cursor; without one, or with a lost one, everything did."""
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
        lost track of whom to tell, and `CancelledByUserError` within 10 ms of a cancellation.
        """
        ...

    def close(self) -> None:
        """Cut every connection at once; whatever still waits ends as cancelled."""
        ...


class GatewayOpener(Protocol):
    """Opens a gateway; the sign-in happens here, exactly once."""

    def open(
        self,
        access: Access,
        secret: Secret,
        cancellation: Cancellation,
    ) -> CalendarGateway:
        """Sign in with one attempt and return a gateway that has proved itself on the mailbox.

        A refused secret raises `ProblemError` with `secret_refused`.
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


class Reports(Protocol):
    """Where the texts for administrators are put."""

    def save(self, text: str, path: Path | None = None) -> Path:
        """Write a text that its owner alone may read, and return where: a new file, unless a path is given.

        Raises `ProblemError` where it can't be written; a path that exists is never overwritten.
        """
        ...

    def erase(self) -> None:
        """Remove the texts that were written without a path being given."""
        ...


class SettingsStore(Protocol):
    """The settings file of one profile, which a person may read and edit."""

    def load(self) -> ConnectionSettings | None:
        """Return the saved connection, None without one; raise `ProblemError` on an unreadable file."""
        ...

    def save(self, settings: ConnectionSettings) -> None:
        """Replace the connection, and keep whatever else a person wrote."""
        ...

    def erase(self) -> None:
        """Remove the connection."""
        ...

    def other_profile_of(self, mailbox: str) -> str | None:
        """Return the name of another profile of this home that is connected to the mailbox."""
        ...

    def servers_of(self, domain: str) -> tuple[str, ...]:
        """Return the servers, as in `https://mail.contoso.example`, of this home's mailboxes in a domain.

        They stand in the settings of connected profiles alone, so Disconnect takes them along.
        """
        ...


@dataclass(frozen=True)
class DraftAnswers:
    """What a person had answered when the wizard was left; never a secret.

    `route` holds CA file, proxy without its password, and the pins that were agreed to.
    """

    email: str = ""
    ews_url: str = ""
    username: str = ""
    keep_in: str = ""
    route: NetworkRoute = STRAIGHT


class DraftStore(Protocol):
    """The answers of an unfinished wizard."""

    def load(self) -> DraftAnswers:
        """Return the answers, empty ones where there are none."""
        ...

    def save(self, answers: DraftAnswers) -> None:
        """Replace the answers, whole or not at all."""
        ...

    def erase(self) -> None:
        """Forget the answers."""
        ...


@dataclass(frozen=True)
class StateChange:
    """A line of the log of state changes."""

    at: datetime
    state: str
    sentence: str


class ConnectionStore(Protocol):
    """The kept state of the profile's connection, seen by every process within a second."""

    def load(self) -> ConnectionRecord:
        """Return the record; a new profile is not-connected."""
        ...

    def change(
        self, advance: Callable[[ConnectionRecord], ConnectionRecord], sentence: str = ""
    ) -> ConnectionRecord:
        """Read, change and write the record in one exclusive transaction, and return it.

        A changed state adds a line to the log, with the sentence.
        """
        ...

    def history(self, limit: int = 20) -> tuple[StateChange, ...]:
        """Return the newest state changes, newest first."""
        ...

    def begin_attempt(self, deadline: datetime) -> None:
        """Show that a sign-in is under way until it ends or the deadline passes."""
        ...

    def end_attempt(self) -> None:
        """Take the attempt away."""
        ...

    def attempting(self, now: datetime) -> bool:
        """Tell whether a sign-in is under way."""
        ...

    def version(self) -> int:
        """Return a number that changes with every write of any process; cheap enough to ask often."""
        ...


@dataclass(frozen=True)
class Reading:
    """Busy time as just read from one calendar: what `windows` held until now is replaced by `blocks`.

    `cursor` is where changes go on, `read_at` the moment before the reading began, in UTC, None where the
    reading is no more than a glance and the calendar's busy time stays unknown.
    """

    windows: tuple[Window, ...]
    blocks: tuple[BusyBlock, ...]
    cursor: str | None
    read_at: datetime | None


class BusyStore(Protocol):
    """Calendars and busy time. Writes name the generation they belong to and are dropped once it is over."""

    def calendars(self) -> tuple[Calendar, ...]:
        """Return the known calendars, the default one first, then by name."""
        ...

    def note_calendars(self, found: Sequence[FoundCalendar], generation: int) -> tuple[Calendar, ...]:
        """Take over what the server lists: new ones get a short id, gone ones go, with their busy time.

        One that comes back has the id by which a booking page still names it.
        """
        ...

    def cursor(self, calendar: str) -> str | None:
        """Return where the changes of a calendar go on."""
        ...

    def take_reading(self, calendar: str, reading: Reading, generation: int) -> bool:
        """Replace the windows of a reading in one transaction; False where the generation is over."""
        ...

    def note_read(self, calendar: str, cursor: str, read_at: datetime, generation: int) -> bool:
        """Note that nothing changed up to the cursor; False where the generation is over."""
        ...

    def note_unreadable(self, calendar: str, sentence: str, generation: int) -> bool:
        """Note that a calendar can't be read, and why; False where the generation is over."""
        ...

    def blocks(self, calendars: Iterable[str], window: Window) -> tuple[BusyBlock, ...]:
        """Return the busy time of some calendars that overlaps the window, by start."""
        ...


class PageStore(Protocol):
    """Booking pages."""

    def pages(self) -> tuple[BookingPage, ...]:
        """Return the pages by name."""
        ...

    def save(self, page: BookingPage) -> None:
        """Add or replace a page."""
        ...

    def associate(self, page: str, associated: AssociatedCalendars) -> None:
        """Replace the calendars of a page; raise KeyError where there is no such page."""
        ...

    def delete(self, page: str) -> None:
        """Remove a page; raise KeyError where there is no such page."""
        ...


class BookingStore(Protocol):
    """Bookings."""

    def upcoming(self, now: datetime, limit: int = 5) -> tuple[Booking, ...]:
        """Return the next bookings that stand, by start."""
        ...

    def count_upcoming(self, now: datetime) -> int:
        """Return how many bookings that stand lie ahead."""
        ...

    def booking(self, booking: str) -> Booking | None:
        """Return one booking by its id."""
        ...

    def since(self, since: datetime | None = None) -> tuple[Booking, ...]:
        """Return every booking that ends later, all of them without a time, by start."""
        ...

    def holding(self, window: Window) -> tuple[Booking, ...]:
        """Return the bookings that hold some time of the window."""
        ...

    def outbox(self) -> tuple[Booking, ...]:
        """Return the bookings of which something is still to be done in the calendars, by start."""
        ...

    def take(self, booking: Booking, near: Window, fits: Callable[[tuple[Booking, ...]], bool]) -> bool:
        """Keep a booking where `fits` says so of the others that hold time in `near`.

        It is all one exclusive transaction: whatever runs at once, no time is taken twice.
        """
        ...

    def change(
        self, booking: str, advance: Callable[[Booking], Booking], generation: int | None = None
    ) -> Booking | None:
        """Read, change and write a booking in one exclusive transaction, and return it.

        None where there is no such booking, or where a generation is named that is over.
        """
        ...


@dataclass(frozen=True)
class Erased:
    """What Disconnect erases: how many rows of what, and how many bookings become ordinary events."""

    busy_blocks: int
    calendars: int
    sync_states: int
    booking_links: int


class Eraser(Protocol):
    """Erases what the store holds of a mailbox."""

    def count(self, now: datetime) -> Erased:
        """Count what `erase` would take."""
        ...

    def erase(self, now: datetime) -> bool:
        """Erase it in one transaction and from the files; False where another reader kept a copy of it."""
        ...

    def settle(self) -> bool:
        """Take from the files what was erased before; False where another reader still keeps a copy."""
        ...


@dataclass(frozen=True)
class Request:
    """Something that the running connector was asked for, by its number in the store."""

    number: int
    kind: str


class CommandStore(Protocol):
    """How processes speak to the running connector: expiring requests one way, a heartbeat the other."""

    def ask(self, kind: str, expires: datetime) -> Request:
        """Ask the running connector for something; the request lapses at that time."""
        ...

    def waiting(self, now: datetime) -> tuple[Request, ...]:
        """Return the requests that are neither answered nor lapsed, oldest first."""
        ...

    def answered(self, requests: Iterable[Request]) -> None:
        """Take requests away once what they asked for is done."""
        ...

    def beat(self, heartbeat: Heartbeat) -> None:
        """Show that the connector is alive."""
        ...

    def stopped(self) -> None:
        """Take the heartbeat away."""
        ...

    def heartbeat(self) -> Heartbeat | None:
        """Return the heartbeat of a connector whose process lives, None without one."""
        ...


class OnChangeStore(Protocol):
    """The command that is run when pages close, open or a warning comes up, and what it told already."""

    def command(self) -> tuple[str, ...]:
        """Return its argument list, an empty one where nothing is to be run."""
        ...

    def keep_command(self, command: tuple[str, ...]) -> None:
        """Replace the command, and forget what was told; an empty one takes it away."""
        ...

    def told(self) -> frozenset[str]:
        """Return the names of what was told and stands."""
        ...

    def note_told(self, names: frozenset[str]) -> None:
        """Replace the names of what was told and stands."""
        ...

    def failure(self) -> str | None:
        """Return why the command failed when it was last run, None where it didn't."""
        ...

    def note_failure(self, failure: str | None) -> None:
        """Note how the command ended."""
        ...


class Programs(Protocol):
    """Runs programs of the user's."""

    def run(
        self, command: Sequence[str], text: bytes, words: Mapping[str, str], cancellation: Cancellation
    ) -> str | None:
        """Run a program with a text on its standard input and words in its environment, without a shell.

        Returns why it failed, None where it didn't; it is ended after 30 s, or once that is cancelled.
        """
        ...


class ConnectorLock(Protocol):
    """One connector a profile."""

    def take(self) -> AbstractContextManager[None] | None:
        """Return the held lock, to be released on leaving the block; None where another holds it."""
        ...


class SignInGuard(Protocol):
    """What was refused, over restarts and for every process, and the turn to sign in.

    It keeps no secret and nothing that a secret could quickly be guessed from.
    """

    def turn(self) -> AbstractContextManager[None] | None:
        """Return the held turn, to be released on leaving the block; None where another holds it."""
        ...

    def answer_to(self, attempted: Attempted, secret: Secret) -> Problem | None:
        """Return how this very sign-in was refused before, None where it is something new.

        It may take half a second, so never on a screen's thread.
        """
        ...

    def note(self, refusal: Refusal, secret: Secret | None, generation: int | None = None) -> None:
        """Remember a refusal; without the secret, where that isn't the reason, it only counts.

        Where a generation is named that is over nothing is remembered.
        """
        ...

    def refusals(self, mailbox: str) -> tuple[Refusal, ...]:
        """Return what is remembered of a mailbox, oldest first."""
        ...

    def accepted(self, attempted: Attempted, secret: Secret) -> None:
        """Note that a sign-in worked: refusals count no longer, and this one is free again."""
        ...


class SecretStore(Protocol):
    """One place where the password is kept, for one profile."""

    @property
    def kept_in(self) -> KeptIn:
        """Which place this is."""
        ...

    @property
    def protection(self) -> Protection:
        """How well the place protects it, in one sentence."""
        ...

    def load(self) -> Secret:
        """Return the secret; raise `ProblemError` where it can't be read, after a bounded wait."""
        ...

    def save(self, secret: Secret) -> None:
        """Keep the secret in the place of the one before it; raise `ProblemError` where that fails."""
        ...

    def erase(self) -> None:
        """Forget the secret; nothing happens where there is none."""
        ...


class SecretPlaces(Protocol):
    """The places where a password can be kept on this machine."""

    def usable(self) -> tuple[SecretStore, ...]:
        """Return those that answer, best first; it may take up to 3 s, so never on a screen's thread."""
        ...

    def place(self, kept_in: KeptIn, secret_of: SecretOf = SecretOf.MAILBOX) -> SecretStore:
        """Return one of them by name, for the mailbox's password or the proxy's."""
        ...
