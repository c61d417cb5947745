"""A mailbox with calendars and events, in memory."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from oncetui.model.booked_events import BookedEvent
from oncetui.model.calendars import BusyBlock, FoundCalendar, Showing, Window
from oncetui.model.connection import ServerFacts
from oncetui.model.problem import ProblemError
from oncetui.model.problems.network import NO_ANSWER
from oncetui.model.problems.real_time import REAL_TIME_REFUSED
from oncetui.model.way_taken import WayTaken
from tests.fakes.exchange.listener import Listener

BEHIND = "behind "


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
