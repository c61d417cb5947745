"""The store's ports in memory; `InMemoryStore` holds them all, joined as the real ones are."""

import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import fields, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from oncetui.model.associations import NO_CALENDARS, AssociatedCalendars
from oncetui.model.bookings import Booking
from oncetui.model.calendars import BusyBlock, Calendar, FoundCalendar, Window
from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import ConnectionSettings, kept_route
from oncetui.model.event_links import EventState
from oncetui.model.pages import BookingPage
from oncetui.model.ports import Clock, DraftAnswers, Erased, Reading, Request, StateChange
from oncetui.model.problem import Problem, ProblemError
from oncetui.model.problems.local import DISK_FULL
from oncetui.model.problems.sign_in import SIGN_IN_UNANSWERED
from oncetui.model.schedule import ATTEMPT_AT_MOST
from oncetui.model.secret import Secret
from oncetui.model.sign_in_guard import Attempted, Refusal
from oncetui.model.spelling import host_of, mail_domain
from oncetui.model.state import ConnectionRecord, State
from oncetui.model.status import Heartbeat
from tests.fakes.clock import FakeClock


class InMemorySettings:
    """The connection of one profile; `others` maps mailboxes to the profiles that hold them.

    `unreadable` is raised by `load`, `unwritable` by `save`.
    """

    def __init__(self, others: dict[str, str] | None = None) -> None:
        self.others = {mailbox.casefold(): profile for mailbox, profile in (others or {}).items()}
        self.unreadable: Problem | None = None
        self.unwritable: Problem | None = None
        self._settings: ConnectionSettings | None = None

    def load(self) -> ConnectionSettings | None:
        if self.unreadable is not None:
            raise ProblemError(self.unreadable)
        return self._settings

    def save(self, settings: ConnectionSettings) -> None:
        if self.unwritable is not None:
            raise ProblemError(self.unwritable)
        kept = replace(settings.route, detours=(), proxy_password=None)
        self._settings = replace(settings, route=kept)

    def erase(self) -> None:
        self._settings = None

    def other_profile_of(self, mailbox: str) -> str | None:
        return self.others.get(mailbox.casefold())

    def servers_of(self, domain: str) -> tuple[str, ...]:
        saved = self._settings
        if saved is None or mail_domain(saved.mailbox).casefold() != domain.casefold():
            return ()
        return (f"https://{host_of(saved.ews_url)}",)


class InMemoryDrafts:
    """The answers of an unfinished wizard."""

    def __init__(self) -> None:
        self._answers = DraftAnswers()

    def load(self) -> DraftAnswers:
        return self._answers

    def save(self, answers: DraftAnswers) -> None:
        self._answers = replace(answers, route=kept_route(answers.route))

    def erase(self) -> None:
        self._answers = DraftAnswers()


class InMemoryGuard:
    """What was refused, with the secrets themselves: nobody else gets at a test's memory."""

    def __init__(self, connection: "InMemoryConnection") -> None:
        self._connection = connection
        self._turn = threading.Lock()
        self._kept: list[tuple[Refusal, Secret | None]] = []
        self._begun: list[Refusal] = []

    def turn(self) -> AbstractContextManager[None] | None:
        return _Released(self._turn) if self._turn.acquire(blocking=False) else None

    def answer_to(self, attempted: Attempted, secret: Secret) -> Problem | None:
        same = [
            one.problem
            for one, kept in self._kept
            if _lowered(one.attempted) == _lowered(attempted) and kept == secret
        ]
        return same[-1] if same else None

    def begin(self, attempted: Attempted, at: datetime, generation: int) -> int | None:
        if generation != self._connection.load().generation:
            return None
        problem = SIGN_IN_UNANSWERED.problem(username=attempted.username)
        self._begun.append(Refusal(_lowered(attempted), at, problem))
        self._kept.append((self._begun[-1], None))
        return len(self._begun) - 1

    def end(self, number: int) -> None:
        self._kept = [pair for pair in self._kept if pair[0] is not self._begun[number]]

    def note(self, refusal: Refusal, secret: Secret | None, generation: int | None = None) -> None:
        if generation is not None and generation != self._connection.load().generation:
            return
        self._kept.append((replace(refusal, attempted=_lowered(refusal.attempted)), secret))

    def refusals(self, mailbox: str) -> tuple[Refusal, ...]:
        return tuple(one for one, _ in self._kept if one.attempted.mailbox == mailbox.lower())

    def accepted(self, attempted: Attempted, secret: Secret) -> None:
        left = [
            (one, kept)
            for one, kept in self._kept
            if not (one.counts and one.attempted == _lowered(attempted) and kept == secret)
        ]
        mine = attempted.mailbox.lower()
        self._kept = [
            (replace(one, counts=one.counts and one.attempted.mailbox != mine), kept) for one, kept in left
        ]

    def forget(self) -> None:
        """Forget everything, as erasing does."""
        self._kept.clear()


class _Released(AbstractContextManager[None]):
    def __init__(self, lock: threading.Lock) -> None:
        self._lock = lock

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def _lowered(attempted: Attempted) -> Attempted:
    return Attempted(attempted.mailbox.lower(), attempted.host.lower(), attempted.username.lower())


class Writes:
    """Counts writes and lets one through at a time, as the file's lock does."""

    def __init__(self) -> None:
        self.done = 0
        self._lock = threading.RLock()

    @contextlib.contextmanager
    def write(self) -> Iterator[None]:
        with self._lock:
            yield
            self.done += 1


class InMemoryConnection:
    """The kept state, its log and the attempt under way."""

    def __init__(self, writes: Writes, since: datetime) -> None:
        self._writes = writes
        self._record = ConnectionRecord(State.NOT_CONNECTED, since)
        self._history: list[StateChange] = []
        self._deadline: datetime | None = None

    def load(self) -> ConnectionRecord:
        return self._record

    def change(
        self, advance: Callable[[ConnectionRecord], ConnectionRecord], sentence: str = ""
    ) -> ConnectionRecord:
        with self._writes.write():
            before, self._record = self._record, advance(self._record)
            if self._record.state is not before.state:
                self._history.insert(0, StateChange(self._record.since, str(self._record.state), sentence))
            return self._record

    def history(self, limit: int = 20) -> tuple[StateChange, ...]:
        return tuple(self._history[:limit])

    def begin_attempt(self, deadline: datetime) -> None:
        with self._writes.write():
            self._deadline = deadline

    def end_attempt(self) -> None:
        with self._writes.write():
            self._deadline = None

    def attempting(self, now: datetime) -> bool:
        return self._deadline is not None and now < self._deadline <= now + ATTEMPT_AT_MOST

    def version(self) -> int:
        return self._writes.done

    def forget_sentences(self) -> None:
        """Blank the log's sentences about the server, as erasing does."""
        self._history = [
            line if line.state == State.DISCONNECTED else replace(line, sentence="") for line in self._history
        ]


class InMemoryPages:
    """Booking pages by their link names."""

    def __init__(self, writes: Writes) -> None:
        self._writes = writes
        self._pages: dict[str, BookingPage] = {}

    def pages(self) -> tuple[BookingPage, ...]:
        return tuple(sorted(self._pages.values(), key=lambda page: (page.name.casefold(), page.id)))

    def save(self, page: BookingPage) -> None:
        with self._writes.write():
            self._pages[page.id] = page

    def associate(self, page: str, associated: AssociatedCalendars) -> None:
        with self._writes.write():
            self._pages[page] = replace(self._pages[page], associated=associated)

    def delete(self, page: str) -> None:
        with self._writes.write():
            del self._pages[page]


class InMemoryBusy:
    """Calendars and busy time, fenced by the connection's generation."""

    def __init__(
        self,
        writes: Writes,
        connection: InMemoryConnection,
        pages: InMemoryPages,
        bookings: "InMemoryBookings",
    ) -> None:
        self._writes = writes
        self._connection = connection
        self._pages = pages
        self._bookings = bookings
        self.known: dict[str, Calendar] = {}
        self.gone: dict[str, str] = {}
        self.cursors: dict[str, str] = {}
        self.held: dict[str, set[BusyBlock]] = {}

    def calendars(self) -> tuple[Calendar, ...]:
        return tuple(
            sorted(self.known.values(), key=lambda one: (not one.default, one.name.casefold(), one.id))
        )

    def note_calendars(self, found: Sequence[FoundCalendar], generation: int) -> tuple[Calendar, ...]:
        with self._writes.write():
            if self._is_over(generation):
                return self.calendars()
            by_key = {calendar.key: calendar for calendar in self.known.values()}
            listed = {one.key: one for one in found}
            for key in by_key.keys() - listed.keys():
                self.gone[key] = by_key[key].id
                self._forget(by_key[key].id)
            named = self._named()
            self.gone = {key: one for key, one in self.gone.items() if one in named}
            for key, one in listed.items():
                told = {field.name: getattr(one, field.name) for field in fields(one)}
                before = by_key.get(key)
                back = self.gone.pop(key, None)
                new = Calendar(id=back or self._free_id(), **told)
                calendar = new if before is None else replace(before, **told)
                self.known[calendar.id] = calendar
            return self.calendars()

    def cursor(self, calendar: str) -> str | None:
        return self.cursors.get(calendar)

    def take_reading(self, calendar: str, reading: Reading, generation: int) -> bool:
        with self._writes.write():
            if self._is_over(generation) or calendar not in self.known:
                return False
            kept = self.held.get(calendar, set())
            outside = {
                block for block in kept if not any(_overlap(block, window) for window in reading.windows)
            }
            if reading.horizon is not None:
                outside = {block for block in outside if _overlap(block, reading.horizon)}
            self.held[calendar] = outside | set(reading.blocks)
            self._note(calendar, reading.cursor, reading.read_at)
            return True

    def note_cursor(self, calendar: str, cursor: str, generation: int) -> bool:
        with self._writes.write():
            if self._is_over(generation) or calendar not in self.known:
                return False
            self.cursors[calendar] = cursor
            return True

    def note_read(self, calendar: str, cursor: str, read_at: datetime, generation: int) -> bool:
        with self._writes.write():
            if self._is_over(generation) or calendar not in self.known:
                return False
            self._note(calendar, cursor, read_at)
            return True

    def note_foreign(self, calendar: str, bookings: int, seen_at: datetime, generation: int) -> bool:
        with self._writes.write():
            if self._is_over(generation) or calendar not in self.known:
                return False
            known = self.known[calendar]
            self.known[calendar] = replace(known, foreign_bookings=bookings, foreign_seen_at=seen_at)
            return True

    def note_unreadable(self, calendar: str, sentence: str, generation: int) -> bool:
        with self._writes.write():
            if self._is_over(generation) or calendar not in self.known:
                return False
            self.known[calendar] = replace(self.known[calendar], unreadable=sentence)
            return True

    def blocks(self, calendars: Iterable[str], window: Window) -> tuple[BusyBlock, ...]:
        within = [
            block
            for calendar in set(calendars)
            for block in self.held.get(calendar, ())
            if _overlap(block, window)
        ]
        return tuple(sorted(within, key=lambda block: (block.start, block.end, block.item)))

    def _is_over(self, generation: int) -> bool:
        return self._connection.load().generation != generation

    def _note(self, calendar: str, cursor: str | None, read_at: datetime | None) -> None:
        self.known[calendar] = replace(self.known[calendar], read_at=read_at, unreadable=None)
        self.cursors.pop(calendar, None)
        if cursor is not None:
            self.cursors[calendar] = cursor

    def _forget(self, calendar: str) -> None:
        self.known.pop(calendar)
        self.cursors.pop(calendar, None)
        self.held.pop(calendar, None)

    def _free_id(self) -> str:
        taken = self._named() | self.known.keys()
        return next(f"c{n}" for n in count(1) if f"c{n}" not in taken)

    def _named(self) -> set[str]:
        booked = {link.calendar for one in self._bookings.kept for link in one.events}
        return booked.union(*(page.associated.in_use for page in self._pages.pages()))


class InMemoryBookings:
    """Bookings; a test may put them into `kept`."""

    def __init__(self, writes: Writes, connection: InMemoryConnection) -> None:
        self.kept: list[Booking] = []
        self._writes = writes
        self._connection = connection

    def upcoming(self, now: datetime, limit: int = 5) -> tuple[Booking, ...]:
        return self._ahead(now)[:limit]

    def count_upcoming(self, now: datetime) -> int:
        return len(self._ahead(now))

    def booking(self, booking: str) -> Booking | None:
        return next((one for one in self.kept if one.id == booking), None)

    def since(self, since: datetime | None = None) -> tuple[Booking, ...]:
        return _by_start(one for one in self.kept if since is None or one.end > since)

    def holding(self, window: Window) -> tuple[Booking, ...]:
        return _by_start(
            one
            for one in self.kept
            if any(held.start < window.end and held.end > window.start for held in one.holds)
        )

    def calendars_holding(self, now: datetime) -> frozenset[str]:
        return frozenset(
            link.calendar
            for one in self.since(now)
            for link in one.events
            if one.status.stands and link.state is not EventState.REMOVED
        )

    def outbox(self) -> tuple[Booking, ...]:
        return _by_start(one for one in self.kept if one.in_outbox)

    def take(self, booking: Booking, near: Window, fits: Callable[[tuple[Booking, ...]], bool]) -> bool:
        with self._writes.write():
            if not fits(tuple(one for one in self.holding(near) if one.id != booking.id)):
                return False
            self._keep(booking)
            return True

    def change(
        self, booking: str, advance: Callable[[Booking], Booking], generation: int | None = None
    ) -> Booking | None:
        with self._writes.write():
            if generation is not None and generation != self._connection.load().generation:
                return None
            known = self.booking(booking)
            if known is None:
                return None
            changed = advance(known)
            self._keep(changed)
            return changed

    def _keep(self, booking: Booking) -> None:
        self.kept = [one for one in self.kept if one.id != booking.id] + [booking]

    def _ahead(self, now: datetime) -> tuple[Booking, ...]:
        return _by_start(one for one in self.kept if one.status.stands and one.start >= now)


def _by_start(some: Iterable[Booking]) -> tuple[Booking, ...]:
    return tuple(sorted(some, key=lambda one: (one.start, one.id)))


class InMemoryEraser:
    """Erases from the other stores; `copy_kept` plays the reader that still holds a copy."""

    def __init__(
        self,
        writes: Writes,
        connection: InMemoryConnection,
        busy: InMemoryBusy,
        pages: InMemoryPages,
        bookings: InMemoryBookings,
        *,
        guard: InMemoryGuard,
    ) -> None:
        self.copy_kept = False
        self.settled = 0
        self._writes = writes
        self._connection = connection
        self._busy = busy
        self._pages = pages
        self._bookings = bookings
        self._guard = guard

    def count(self, now: datetime) -> Erased:
        return Erased(
            busy_blocks=sum(map(len, self._busy.held.values())),
            calendars=len(self._busy.known),
            sync_states=len(self._busy.cursors),
            booking_links=sum(
                bool(one.events) and one.status.stands and one.start >= now for one in self._bookings.kept
            ),
        )

    def erase(self, now: datetime) -> bool:
        with self._writes.write():
            self._busy.held.clear()
            self._busy.known.clear()
            self._busy.cursors.clear()
            for page in self._pages.pages():
                self._pages.associate(page.id, NO_CALENDARS)
            self._bookings.kept = [replace(one, events=()) for one in self._bookings.kept]
            self._busy.gone.clear()
            self._connection.forget_sentences()
            self._guard.forget()
        return self.settle()

    def settle(self) -> bool:
        self.settled += 1
        return not self.copy_kept


class InMemoryCommands:
    """Requests to the connector and its heartbeat; `process_lives` plays the process behind it."""

    def __init__(self, writes: Writes, clock: Clock) -> None:
        self.process_lives = True
        self._writes = writes
        self._clock = clock
        self._asked: dict[Request, datetime] = {}
        self._numbers = count(1)
        self._heartbeat: Heartbeat | None = None

    def ask(self, kind: str, expires: datetime) -> Request:
        request = Request(next(self._numbers), kind)
        with self._writes.write():
            self._asked[request] = expires
        return request

    def waiting(self, now: datetime) -> tuple[Request, ...]:
        return tuple(request for request, expires in self._asked.items() if now < expires)

    def answered(self, requests: Iterable[Request]) -> None:
        with self._writes.write():
            for request in requests:
                self._asked.pop(request, None)

    def beat(self, heartbeat: Heartbeat) -> None:
        with self._writes.write():
            self._heartbeat = heartbeat

    def stopped(self) -> None:
        with self._writes.write():
            self._heartbeat = None

    def heartbeat(self) -> Heartbeat | None:
        last = self._heartbeat
        return last if last is not None and self.process_lives and self._is_recent(last) else None

    def silent(self) -> Heartbeat | None:
        last = self._heartbeat
        return None if last is None or not self.process_lives or self._is_recent(last) else last

    def _is_recent(self, heartbeat: Heartbeat) -> bool:
        return timedelta(0) <= self._clock.now() - heartbeat.seen <= timedelta(seconds=10)


class InMemoryLock:
    """The connector's lock; `held_elsewhere` plays another process that holds it."""

    def __init__(self) -> None:
        self.held_elsewhere = False
        self._held = False

    def take(self) -> AbstractContextManager[None] | None:
        if self.held_elsewhere or self._held:
            return None
        self._held = True
        return self._holding()

    @contextlib.contextmanager
    def _holding(self) -> Iterator[None]:
        try:
            yield
        finally:
            self._held = False


class InMemoryReports:
    """Reports by their path; `unwritable` is raised by `save`."""

    def __init__(self) -> None:
        self.kept: dict[Path, str] = {}
        self.named: set[Path] = set()
        self.unwritable: Problem | None = None

    def save(self, text: str, path: Path | None = None) -> Path:
        if self.unwritable is not None:
            raise ProblemError(self.unwritable)
        if path is not None:
            if path in self.kept:
                raise ProblemError(DISK_FULL.problem(path=path, reason="it exists already"))
            self.named.add(path)
        written = path or Path(f"/state/default.report-{len(self.kept) + 1}.txt")
        self.kept[written] = text
        return written

    def erase(self) -> None:
        self.kept = {path: text for path, text in self.kept.items() if path in self.named}


class InMemoryOnChange:
    """The command for changes, and what it told."""

    def __init__(self) -> None:
        self._command: tuple[str, ...] = ()
        self._told = frozenset[str]()
        self._failure: str | None = None

    def command(self) -> tuple[str, ...]:
        return self._command

    def keep_command(self, command: tuple[str, ...]) -> None:
        self._command, self._told, self._failure = command, frozenset(), None

    def told(self) -> frozenset[str]:
        return self._told

    def note_told(self, names: frozenset[str]) -> None:
        self._told = names

    def failure(self) -> str | None:
        return self._failure

    def note_failure(self, failure: str | None) -> None:
        self._failure = failure


class NotedPrograms:
    """Notes each run: the words of its environment and what it read; `fails_with` is how each ends."""

    def __init__(self) -> None:
        self.runs: list[tuple[dict[str, str], bytes]] = []
        self.fails_with: str | None = None

    def run(
        self, command: Sequence[str], text: bytes, words: Mapping[str, str], cancellation: Cancellation
    ) -> str | None:
        self.runs.append((dict(words), text))
        return self.fails_with


class InMemoryStore:
    """All of them over one set of tables, with the attributes of the real store."""

    def __init__(self, clock: Clock | None = None, others: dict[str, str] | None = None) -> None:
        self.clock = FakeClock() if clock is None else clock
        writes = Writes()
        self.settings = InMemorySettings(others)
        self.drafts = InMemoryDrafts()
        self.connection = InMemoryConnection(writes, self.clock.now())
        self.pages = InMemoryPages(writes)
        self.bookings = InMemoryBookings(writes, self.connection)
        self.busy = InMemoryBusy(writes, self.connection, self.pages, self.bookings)
        self.guard = InMemoryGuard(self.connection)
        self.eraser = InMemoryEraser(
            writes, self.connection, self.busy, self.pages, self.bookings, guard=self.guard
        )
        self.commands = InMemoryCommands(writes, self.clock)
        self.lock = InMemoryLock()
        self.reports = InMemoryReports()
        self.on_change = InMemoryOnChange()
        self.programs = NotedPrograms()


def _overlap(block: BusyBlock, window: Window) -> bool:
    # An event without length that starts with the window is in it.
    return block.start < window.end and (block.end > window.start or block.start >= window.start)
