"""The events of the coming fortnight that don't block, since they are marked Free: by name, read live."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar
from zoneinfo import ZoneInfo

from rich.cells import cell_len
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.message import Message

from oncetui.model.cancellation import CancelledByUserError
from oncetui.model.free_events import FreeEvent
from oncetui.model.problem import ProblemError
from oncetui.ui.cells import padded, shortened, wrapped
from oncetui.ui.commands import Command, bindings_of
from oncetui.ui.console.drawing import Ink, Line, Lines, Piece, sentence_lines, spaced
from oncetui.ui.console.drawn import Drawn
from oncetui.ui.screen import OurScreen
from oncetui.ui.widgets.headline import Headline
from oncetui.ui.widgets.key_line import KeyLine

CALENDAR_AT_MOST, SUBJECT_AT_LEAST = 20, 16
BACK = Command("escape", "back", "back", "Go back.")
READING = "One moment: the events are being read."
NONE = "Every event of the coming fortnight in the calendars that make busy blocks its time."
MEANING = (
    "These events are marked Free, as Outlook does with all-day events, so their time can be booked. "
    "Where one should block, open it in Outlook and set “Show as” to Busy; "
    "f on the console then checks at once."
)
UNNAMED = "Their subjects are not kept; they show in the console that keeps the connection."


@dataclass(frozen=True)
class EventRow:
    """One event: when, in which calendar, and what it is called."""

    when: str
    calendar: str
    subject: str


class FreeEventsScreen(OurScreen[None]):
    """Lists what `events` returns, which may block; nothing is changed here."""

    CSS_PATH = "free_events.tcss"
    AUTO_FOCUS: ClassVar[str | None] = "#sheet"
    KEYS: ClassVar[tuple[Command, ...]] = (BACK,)
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KEYS)
    ABOUT = (
        "Events of the coming two weeks, in calendars that make busy, that don't block because they are Free."
    )

    @dataclass
    class Read(Message):
        """They were read, or could not be."""

        events: tuple[FreeEvent, ...]
        failure: str = ""

    def __init__(self, events: Callable[[], tuple[FreeEvent, ...]]) -> None:
        super().__init__()
        self._events = events

    def compose(self) -> ComposeResult:
        """Lay out the list and what it means."""
        yield Headline("Events that won't block", "the coming two weeks")
        with VerticalScroll(id="sheet"):
            yield Drawn(spaced(event_lines), id="events")
            yield Drawn(sentence_lines, READING, id="meaning")
        yield KeyLine()

    def on_mount(self) -> None:
        """Read them."""
        self._read()

    def action_back(self) -> None:
        """Go back."""
        self.dismiss(None)

    @on(Read)
    def _take(self, read: Read) -> None:
        zone = ZoneInfo(self.services.profile.time_zone)
        rows = tuple(_row(event, zone) for event in read.events)
        self.query_one("#events", Drawn).show(rows)
        unnamed = any(not row.subject for row in rows)
        meaning = f"{MEANING} {UNNAMED}" if unnamed else MEANING
        self.query_one("#meaning", Drawn).show(read.failure or (meaning if rows else NONE))

    @work(thread=True, group="free-events", exclusive=True, description="reading events that don't block")
    def _read(self) -> None:
        try:
            self.post_message(self.Read(self._events()))
        except CancelledByUserError:
            return
        except ProblemError as error:
            self.post_message(self.Read((), f"{error.problem.what} {error.problem.next}"))


def event_lines(rows: tuple[EventRow, ...], width: int) -> Lines:
    """Draw a line an event; where it has little room, the subject below it."""
    if not rows:
        return ()
    when = max(cell_len(row.when) for row in rows)
    calendar = min(max(cell_len(row.calendar) for row in rows), CALENDAR_AT_MOST)
    left = width - (2 + when + 2 + calendar + 2)
    lines: list[Line] = []
    for row in rows:
        name = Piece(f"{padded(row.calendar, calendar)}  ", Ink.MUTED)
        start = (Piece(f"  {padded(row.when, when)}  "), name)
        if left >= SUBJECT_AT_LEAST:
            lines.append((*start, Piece(shortened(row.subject or "–", left))))
        else:
            lines.append(start)
            lines += [(Piece(f"    {text}"),) for text in wrapped(row.subject, width - 4) if text]
    return tuple(lines)


def _row(event: FreeEvent, zone: ZoneInfo) -> EventRow:
    return EventRow(event.when(zone), event.calendar.name, event.subject)
