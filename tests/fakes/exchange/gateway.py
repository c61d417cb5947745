"""A gateway to a mailbox in memory, and who listens to it."""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from oncetui.model.booked_events import BookedEvent, NamedEvent, StampedEvent
from oncetui.model.calendars import BusyBlock, Calendar, Changes, FoundCalendar, Proof, Window
from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.connection import ServerFacts
from oncetui.model.ports import unheard
from oncetui.model.problem import ProblemError
from oncetui.model.problems.events import EVENT_CHANGED, EVENT_GONE
from oncetui.model.problems.exchange import CALENDAR_READ_ONLY
from oncetui.model.problems.network import CONNECTION_LOST
from oncetui.model.stamps import Stamp
from oncetui.model.way_taken import WayTaken
from tests.fakes.exchange.answers import told
from tests.fakes.exchange.gate import Gate
from tests.fakes.exchange.listener import Listener
from tests.fakes.exchange.mailbox import BEHIND, FakeMailbox


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
        theirs = tuple(told(self.mailbox.shared[address]) for address in shared)
        return (*self.mailbox.calendars, *theirs)

    def password_expires(self) -> datetime | None:
        self._enter("password_expires")
        return told(self.mailbox.password_expires)

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
