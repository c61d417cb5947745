"""Stand-ins for the ports to Exchange: discovery, opener and gateway, scripted by a test and counting.

```python
mailbox = FakeMailbox(calendars=[FoundCalendar("k1", "Calendar", writable=True, default=True)])
mailbox.add_event("k1", start, end)
opener = FakeOpener(mailbox, accepts={("anna@contoso.example", "right")})
discovery = FakeDiscovery(result=SearchResult(servers=(FoundServer(URL, "autodiscover"),)))
discovery.knows(ServerProbe(URL, 401, schemes=(Scheme.NTLM,)))
```
"""

import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar

from oncetui.model.booked_events import BookedEvent, NamedEvent, StampedEvent
from oncetui.model.calendars import BusyBlock, Calendar, Changes, FoundCalendar, Proof, Showing, Window
from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.connection import Access, NetworkRoute, ServerFacts
from oncetui.model.discovering import FoundServer, SearchResult, SearchStep, ServerProbe, Signpost
from oncetui.model.ports import unheard
from oncetui.model.problem import ProblemError
from oncetui.model.problems.events import EVENT_CHANGED, EVENT_GONE
from oncetui.model.problems.exchange import CALENDAR_READ_ONLY
from oncetui.model.problems.network import CONNECTION_LOST, NO_ANSWER
from oncetui.model.problems.real_time import REAL_TIME_REFUSED
from oncetui.model.problems.sign_in import PASSWORD_REFUSED
from oncetui.model.secret import Secret
from oncetui.model.spelling import host_of
from oncetui.model.stamps import Stamp
from oncetui.model.way_taken import WayTaken

PATIENCE = 20.0
BEHIND = "behind "

Told = TypeVar("Told")


class Gate:
    """A point that work waits at until the test opens it; open from the start unless it is shut.

    `arrived` is set once somebody waits, so that a test never sleeps.
    """

    def __init__(self) -> None:
        self.arrived = threading.Event()
        self._passage = threading.Condition()
        self._is_open = True

    def shut(self) -> "Gate":
        """Let work wait here from now on."""
        self._is_open = False
        return self

    def open(self) -> None:
        """Let everything through."""
        with self._passage:
            self._is_open = True
            self._passage.notify_all()

    def pass_through(self, cancellation: Cancellation) -> None:
        """Wait for the gate, and raise `CancelledByUserError` where the work is cancelled first."""
        cancellation.raise_if_cancelled()
        if self._is_open:
            return
        with cancellation.waking(self._wake), self._passage:
            self.arrived.set()
            if not self._passage.wait_for(lambda: self._is_open or cancellation.cancelled, PATIENCE):
                raise AssertionError("nobody opened the gate")
        cancellation.raise_if_cancelled()

    def _wake(self) -> None:
        with self._passage:
            self._passage.notify_all()


class FakeDiscovery:
    """A discovery that tells what the test says.

    `search` reports `steps` one by one, passes `gate` before the step at index `gate_at` (after all of them
    by default) and returns `result`. `probes` and `named` answer by URL; what is raised may stand there too.
    """

    def __init__(self, result: SearchResult | None = None, steps: Iterable[SearchStep] = ()) -> None:
        self.result = result if result is not None else SearchResult()
        self.steps = tuple(steps)
        self.gate = Gate()
        self.gate_at: int | None = None
        self.probe_gate = Gate()
        self.probes: dict[str, ServerProbe | ProblemError] = {}
        self.named: dict[str, FoundServer | ProblemError] = {}
        self.accepts: set[tuple[str, str]] | None = None
        self.searches: list[str] = []
        self.remembered: tuple[str, ...] = ()
        self.routes: list[NetworkRoute] = []
        self.probed: list[str] = []
        self.asked: list[tuple[str, str]] = []
        self.refused = 0

    def knows(self, probe: ServerProbe) -> "FakeDiscovery":
        """Let a server answer its probe like this."""
        self.probes[probe.url] = probe
        return self

    def search(
        self,
        email: str,
        route: NetworkRoute,
        report: Callable[[SearchStep], None],
        cancellation: Cancellation,
        remembered: tuple[str, ...] = (),
    ) -> SearchResult:
        self.searches.append(email)
        self.remembered = remembered
        self.routes.append(route)
        for index, step in enumerate(self.steps):
            if index == self.gate_at:
                self.gate.pass_through(cancellation)
            report(step)
        if self.gate_at is None or self.gate_at >= len(self.steps):
            self.gate.pass_through(cancellation)
        return self.result

    def probe(self, ews_url: str, route: NetworkRoute, cancellation: Cancellation) -> ServerProbe:
        self.probed.append(ews_url)
        self.routes.append(route)
        self.probe_gate.pass_through(cancellation)
        answer = self.probes.get(ews_url)
        if answer is None:
            raise ProblemError(NO_ANSWER.problem(host=host_of(ews_url)))
        return _told(answer)

    def ask(
        self, signpost: Signpost, access: Access, secret: Secret, cancellation: Cancellation
    ) -> FoundServer:
        self.asked.append((signpost.url, access.sign_in.username))
        cancellation.raise_if_cancelled()
        if self.accepts is not None and (access.sign_in.username, secret.reveal()) not in self.accepts:
            self.refused += 1
            raise refusal(access.sign_in.username)
        return _told(self.named[signpost.url])


@dataclass
class FakeMailbox:
    """What every gateway of one mailbox sees, changed by the test as it goes.

    `trouble` is raised by each call to a gateway until the test takes it away; `unreadable` by the calls
    that concern one calendar. `cut_next_write` loses the answer to the next write of a booking's event: True
    once it was carried out, False before; `after_next_cut` is called then. `before_next_write` is called
    before it is carried out, `after_next_write` once it is. `shared` holds calendars of other
    mailboxes by their address. `no_stream` is why nobody may listen, None to let them.
    `changes_a_page` is how many changes one answer tells, and `cut_after_pages` after how many of such
    `pages` in all the server fails once.
    """

    calendars: list[FoundCalendar] = field(default_factory=list)
    shared: dict[str, FoundCalendar | ProblemError] = field(default_factory=dict)
    server: ServerFacts = field(default_factory=lambda: ServerFacts("15.2.1544.4", "Exchange2016"))
    password_expires: datetime | ProblemError | None = None
    way: WayTaken = field(default_factory=WayTaken)
    trouble: ProblemError | None = None
    unreadable: dict[str, ProblemError] = field(default_factory=dict)
    events: dict[str, dict[str, BusyBlock]] = field(default_factory=dict)
    subjects: dict[str, str] = field(default_factory=dict)
    booked: dict[str, BookedEvent] = field(default_factory=dict)
    cut_next_write: bool | None = None
    after_next_cut: Callable[[], object] | None = None
    before_next_write: Callable[[], object] | None = None
    after_next_write: Callable[[], object] | None = None
    no_stream: ProblemError | None = field(
        default_factory=lambda: ProblemError(REAL_TIME_REFUSED.problem(host="mail.contoso.example"))
    )
    changes_a_page: int | None = None
    cut_after_pages: int | None = None
    pages: list[tuple[str, int]] = field(default_factory=list)
    listeners: list["Listener"] = field(default_factory=list)
    _log: list[tuple[str, tuple[Window, ...]]] = field(default_factory=list)
    _first_cursor: int = 0
    _items: int = 0

    def add_event(
        self, key: str, window: Window, showing: Showing = Showing.BUSY, subject: str = "Meeting"
    ) -> str:
        """Put an event into a calendar and return its id."""
        self._items += 1
        item = f"item-{self._items}"
        self.events.setdefault(key, {})[item] = BusyBlock(item, window.start, window.end, showing)
        self.subjects[item] = subject
        self._note(key, window)
        return item

    def remove_event(self, key: str, item: str) -> None:
        """Take an event out of a calendar."""
        block = self.events[key].pop(item)
        self._note(key, Window(block.start, block.end))

    def move_event(self, key: str, item: str, window: Window) -> None:
        """Move an event to another time, as a person does in Outlook."""
        block = self.events[key][item]
        self.events[key][item] = replace(block, start=window.start, end=window.end)
        self._note(key, Window(block.start, block.end), window)

    def book(self, key: str, event: BookedEvent) -> str:
        """Put a booking's event into a calendar and return its id."""
        item = self.add_event(key, Window(event.start, event.end), event.showing, event.subject)
        self.booked[item] = event
        return item

    def lose_cursors(self) -> None:
        """Let every cursor handed out so far be unknown from now on."""
        self._first_cursor = len(self._log) + 1
        self._log.append(("", ()))

    def end_streams(self, problem: ProblemError) -> None:
        """Let whoever listens hear no more, and why."""
        for listener in list(self.listeners):
            listener.end(problem)

    def cursor(self) -> int:
        return len(self._log)

    def pages_since(self, cursor: str | None) -> range:
        """Return the cursors after each page of changes but the last, where pages have an end."""
        if self.changes_a_page is None:
            return range(0)
        first = self._first_cursor if cursor is None else int(cursor)
        return range(first + self.changes_a_page, len(self._log), self.changes_a_page)

    def turn_page(self, key: str, cursor: int) -> None:
        """Go on to the page after this cursor, or fail where it is the one to be cut at."""
        self.pages.append((key, cursor))
        if self.cut_after_pages is not None and len(self.pages) == self.cut_after_pages:
            raise ProblemError(NO_ANSWER.problem(host="mail.contoso.example"))

    def _note(self, key: str, *windows: Window) -> None:
        self._log.append((key, windows))
        for listener in list(self.listeners):
            listener.tell(key)

    def touched_since(self, key: str, cursor: str | None) -> tuple[Window, ...] | None:
        """Return the windows that changed, None where the cursor says nothing."""
        if cursor is None or not cursor.isdigit() or not self._first_cursor <= int(cursor) <= len(self._log):
            return None
        return tuple(w for where, windows in self._log[int(cursor) :] if where == key for w in windows)


class Listener:
    """Somebody who listens to some calendars until the test or a cancellation ends it."""

    def __init__(self, keys: frozenset[str], heard: Callable[[frozenset[str]], None]) -> None:
        self._keys = keys
        self._heard = heard
        self._over = threading.Event()
        self._problem: ProblemError | None = None

    def tell(self, key: str) -> None:
        if key in self._keys:
            self._heard(frozenset({key}))

    def beat(self) -> None:
        """Give a sign of life."""
        self._heard(frozenset())

    def end(self, problem: ProblemError | None = None) -> None:
        self._problem = problem
        self._over.set()

    def listen(self) -> None:
        if not self._over.wait(PATIENCE):
            raise AssertionError("nobody ended the listening")
        if self._problem is not None:
            raise self._problem
        raise CancelledByUserError


class FakeGateway:
    """A gateway to a `FakeMailbox`; `calls` counts by the method's name.

    `stream_gate` holds the listening up that is about to end with the mailbox's `no_stream`.
    """

    def __init__(
        self,
        mailbox: FakeMailbox,
        address: str = "anna@contoso.example",
        refused: Callable[[], None] = unheard,
    ) -> None:
        self.mailbox = mailbox
        self.refused = refused
        self.address = address
        self.calls: list[str] = []
        self.watches = 0
        self.gate = Gate()
        self.stream_gate = Gate()
        self.closed = False
        self._closing = Cancellation()

    @property
    def way(self) -> WayTaken:
        return self.mailbox.way

    @property
    def server(self) -> ServerFacts:
        return self.mailbox.server

    def calendars(self, shared: Iterable[str] = ()) -> tuple[FoundCalendar, ...]:
        self._enter("calendars")
        theirs = tuple(_told(self.mailbox.shared[address]) for address in shared)
        return (*self.mailbox.calendars, *theirs)

    def password_expires(self) -> datetime | None:
        self._enter("password_expires")
        return _told(self.mailbox.password_expires)

    def busy_time(self, calendar: FoundCalendar | Calendar, window: Window) -> tuple[BusyBlock, ...]:
        self._enter("busy_time", calendar.key)
        return tuple(self._overlapping(calendar.key, window))

    def changes(
        self,
        calendar: FoundCalendar | Calendar,
        cursor: str | None,
        window: Window,
        reached: Callable[[str], None] = lambda _cursor: None,
    ) -> Changes:
        self._enter("changes", calendar.key)
        if not calendar.full_read:
            return Changes(None, everything=True)
        began = None if cursor is None else cursor.removeprefix(BEHIND)
        touched = self.mailbox.touched_since(calendar.key, began)
        now = self.mailbox.cursor()
        for further in self.mailbox.pages_since(None if touched is None else began):
            reached(f"{BEHIND}{further}")
            self.mailbox.turn_page(calendar.key, further)
        if touched is None or began != cursor:
            return Changes(str(now), everything=True)
        inside = tuple(w for w in touched if w.start < window.end and w.end > window.start)
        return Changes(str(now), touched=inside)

    def proof(self, calendar: FoundCalendar | Calendar, window: Window) -> Proof | None:
        self._enter("proof", calendar.key)
        for block in self._overlapping(calendar.key, window):
            return Proof(self.mailbox.subjects[block.item], block.start, block.end, block.showing)
        return None

    def named_events(self, calendar: FoundCalendar | Calendar, window: Window) -> tuple[NamedEvent, ...]:
        self._enter("named_events", calendar.key)
        return tuple(
            NamedEvent(
                block.item,
                self.mailbox.subjects[block.item],
                block.start,
                block.end,
                block.showing,
                all_day=block.end - block.start >= timedelta(days=1),
            )
            for block in self._overlapping(calendar.key, window)
        )

    def stamped_events(
        self, calendar: FoundCalendar | Calendar, prefix: str, since: datetime | None = None
    ) -> tuple[StampedEvent, ...]:
        self._enter("stamped_events", calendar.key)
        held = self.mailbox.events.get(calendar.key, {}).values()
        marked = [block for block in held if block.item in self.mailbox.booked]
        found = [
            self._found(block)
            for block in marked
            if self.mailbox.booked[block.item].stamp.text.startswith(prefix)
            and (since is None or block.end > since)
        ]
        return tuple(sorted(found, key=lambda event: (event.start, event.key)))

    def create_event(self, calendar: FoundCalendar | Calendar, event: BookedEvent) -> str:
        self._enter("create_event", calendar.key)
        here = (*self.mailbox.calendars, *self.mailbox.shared.values())
        if any(isinstance(one, FoundCalendar) and one.key == calendar.key and one.writable for one in here):
            with self._writing():
                return self.mailbox.book(calendar.key, event)
        raise ProblemError(CALENDAR_READ_ONLY.problem(calendar=calendar.name))

    def change_event(
        self, calendar: FoundCalendar | Calendar, found: StampedEvent, event: BookedEvent
    ) -> None:
        self._enter("change_event", calendar.key)
        self._raise_unless_as_found(calendar, found)
        with self._writing():
            self.mailbox.move_event(calendar.key, found.key, Window(event.start, event.end))
            self.mailbox.booked[found.key] = event
            self.mailbox.subjects[found.key] = event.subject

    def take_over_event(self, calendar: FoundCalendar | Calendar, found: StampedEvent, stamp: Stamp) -> None:
        self._enter("take_over_event", calendar.key)
        self._raise_unless_as_found(calendar, found)
        with self._writing():
            self.mailbox.booked[found.key] = replace(self.mailbox.booked[found.key], stamp=stamp)

    def cancel_event(self, calendar: FoundCalendar | Calendar, found: StampedEvent) -> None:
        self._enter("cancel_event", calendar.key)
        self._raise_unless_as_found(calendar, found)
        with self._writing():
            self.mailbox.remove_event(calendar.key, found.key)

    def watch(
        self,
        calendars: Sequence[FoundCalendar | Calendar],
        heard: Callable[[frozenset[str]], None],
        cancellation: Cancellation,
    ) -> None:
        self.watches += 1
        if self.mailbox.no_stream is not None:
            if self.mailbox.no_stream.secret_refused:
                self.refused()
            self.stream_gate.pass_through(self._closing)
            raise self.mailbox.no_stream
        listener = Listener(frozenset(calendar.key for calendar in calendars), heard)
        with cancellation.waking(listener.end), self._closing.waking(listener.end):
            self.mailbox.listeners.append(listener)
            try:
                listener.beat()
                listener.listen()
            finally:
                self.mailbox.listeners.remove(listener)

    def close(self) -> None:
        self.closed = True
        self._closing.cancel()

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        cut, self.mailbox.cut_next_write = self.mailbox.cut_next_write, None
        lost = ProblemError(CONNECTION_LOST.problem(host="mail.contoso.example"))
        before, self.mailbox.before_next_write = self.mailbox.before_next_write, None
        if before is not None:
            before()
        if cut is False:
            self._after_cut()
            raise lost
        yield
        after, self.mailbox.after_next_write = self.mailbox.after_next_write, None
        if after is not None:
            after()
        if cut:
            self._after_cut()
            raise lost

    def _after_cut(self) -> None:
        after, self.mailbox.after_next_cut = self.mailbox.after_next_cut, None
        if after is not None:
            after()

    def _found(self, block: BusyBlock) -> StampedEvent:
        event = self.mailbox.booked[block.item]
        version = f"{block.start.isoformat()} {event.stamp.text}"
        invited = event.attendee is not None
        return StampedEvent(block.item, version, event.stamp, block.start, block.end, block.showing, invited)

    def _raise_unless_as_found(self, calendar: FoundCalendar | Calendar, found: StampedEvent) -> None:
        block = self.mailbox.events.get(calendar.key, {}).get(found.key)
        if block is None:
            raise ProblemError(EVENT_GONE.problem(calendar=calendar.name))
        if self._found(block).version != found.version:
            raise ProblemError(EVENT_CHANGED.problem(calendar=calendar.name))

    def _overlapping(self, key: str, window: Window) -> list[BusyBlock]:
        held = self.mailbox.events.get(key, {}).values()
        inside = [block for block in held if block.start < window.end and block.end > window.start]
        return sorted(inside, key=lambda block: (block.start, block.end, block.item))

    def _enter(self, call: str, key: str = "") -> None:
        self.calls.append(call)
        if self.closed:
            raise CancelledByUserError
        self.gate.pass_through(self._closing)
        if self.mailbox.trouble is not None:
            if self.mailbox.trouble.secret_refused:
                self.refused()
            raise self.mailbox.trouble
        if key in self.mailbox.unreadable:
            raise self.mailbox.unreadable[key]


class FakeOpener:
    """An opener that lets certain pairs of user name and password in, and counts the sign-ins.

    `main_addresses` tells what an alias is corrected to. `problems` are raised one a sign-in, in their
    order, before the password is looked at. `unreachable` is raised by `reach` until the test takes it
    away. `gate` holds a sign-in up, `reading` the calls to the gateways that come of one, where it is set.
    """

    def __init__(self, mailbox: FakeMailbox | None = None, accepts: Iterable[tuple[str, str]] = ()) -> None:
        self.mailbox = mailbox if mailbox is not None else FakeMailbox()
        self.accepts = set(accepts)
        self.main_addresses: dict[str, str] = {}
        self.problems: list[ProblemError] = []
        self.refuses_with: Callable[[str], ProblemError] = refusal
        self.unreachable: ProblemError | None = None
        self.gate = Gate()
        self.reading: Gate | None = None
        self.sign_ins: list[str] = []
        self.opened: list[Access] = []
        self.gateways: list[FakeGateway] = []
        self.refused = 0
        self.reached: list[str] = []

    def open(
        self,
        access: Access,
        secret: Secret,
        cancellation: Cancellation,
        refused: Callable[[], None] = unheard,
    ) -> FakeGateway:
        self.gate.pass_through(cancellation)
        self.sign_ins.append(access.sign_in.username)
        self.opened.append(access)
        if self.problems:
            problem = self.problems.pop(0)
            if problem.secret_refused:
                refused()
            raise problem
        if (access.sign_in.username, secret.reveal()) not in self.accepts:
            self.refused += 1
            refused()
            raise self.refuses_with(access.sign_in.username)
        gateway = FakeGateway(self.mailbox, self.main_addresses.get(access.mailbox, access.mailbox), refused)
        gateway.gate = self.reading or gateway.gate
        self.gateways.append(gateway)
        return gateway

    def reach(self, ews_url: str, route: NetworkRoute, cancellation: Cancellation) -> None:
        cancellation.raise_if_cancelled()
        self.reached.append(ews_url)
        if self.unreachable is not None:
            raise self.unreachable


def refusal(username: str) -> ProblemError:
    """Return the problem of a refused password."""
    return ProblemError(PASSWORD_REFUSED.problem(username=username), secret_refused=True)


def _told(answer: Told | ProblemError) -> Told:
    if isinstance(answer, ProblemError):
        raise answer
    return answer
