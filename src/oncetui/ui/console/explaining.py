"""Why a time is free or busy: a day of a page, a line a time, and each verdict on the chosen one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import ClassVar
from zoneinfo import ZoneInfo

from rich.cells import cell_len
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message

from oncetui.connector.availability import Known
from oncetui.connector.live_names import subjects, subjects_read_beside
from oncetui.connector.reconnecting import NothingToReconnectError
from oncetui.model.availability.explaining import EventVerdict, Explanation
from oncetui.model.availability.slots import Days
from oncetui.model.calendars import BusyBlock, Calendar
from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.pages import BookingPage
from oncetui.model.ports import CalendarGateway
from oncetui.model.problem import ProblemError
from oncetui.ui.cells import padded, shortened, wrapped
from oncetui.ui.commands import Command, bindings_of
from oncetui.ui.console.drawing import Ink, Line, Lines, Piece
from oncetui.ui.console.drawn import Drawn
from oncetui.ui.marks import Marks
from oncetui.ui.screen import OurScreen
from oncetui.ui.widgets.headline import Headline
from oncetui.ui.widgets.key_line import KeyLine

DAY = Command(
    "left,right",
    "nothing",
    "day",
    "Go to the day before or after; page up and page down go a week.",
    in_palette=False,
)
TIME = Command("up,down", "nothing", "time", "Go to the time before or after.", in_palette=False)
TURNS: list[BindingType] = [
    Binding("left", "turn(-1)", show=False),
    Binding("right", "turn(1)", show=False),
    Binding("pageup", "turn(-7)", show=False),
    Binding("pagedown", "turn(7)", show=False),
    Binding("up", "move(-1)", show=False),
    Binding("down", "move(1)", show=False),
]
CALENDARS = Command("c", "calendars", "calendars", "Choose the calendars of this page.")
SUBJECTS = Command("s", "subjects", "subjects", "Read the events' subjects from the calendar; none is kept.")
BOOK = Command("b", "book", "book", "Take a time on this page for a customer.")
BACK = Command("escape", "back", "back", "Go back.")
READING = "One moment: what is kept is being read."


@dataclass(frozen=True)
class DayView:
    """A day as it is drawn: its times, the chosen one, and how many lines there are room for."""

    times: tuple[Explanation, ...]
    chosen: int
    room: int
    subjects: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdicts:
    """Every verdict on a time, with the subjects of events that are known, by their ids."""

    told: Explanation
    subjects: Mapping[str, str]


@dataclass(frozen=True)
class Going:
    """Where to go from here: `calendars` or `book`, for this page."""

    to: str
    page: BookingPage


class ExplainScreen(OurScreen[Going | None]):
    """Closes with where to go next."""

    CSS_PATH = "explaining.tcss"
    AUTO_FOCUS: ClassVar[str | None] = ""
    KEYS: ClassVar[tuple[Command, ...]] = (DAY, TIME, CALENDARS, SUBJECTS, BOOK, BACK)
    BINDINGS: ClassVar[list[BindingType]] = [*TURNS, *bindings_of((CALENDARS, SUBJECTS, BOOK, BACK))]
    ABOUT = (
        "Each time of a day at which a booking might begin, whether it is free, and the first thing that "
        "speaks against it. Below stands every rule, booking and event at the chosen time with its verdict. "
        "Subjects of events are not kept: they are read live where this console keeps the connection, and by "
        "s, with a sign-in of its own, where another process does."
    )

    @dataclass
    class Read(Message):
        """A day was read, or could not be."""

        day: date
        times: tuple[Explanation, ...]
        failure: str = ""

    @dataclass
    class Named(Message):
        """The subjects of a day's events were read live, or could not be."""

        day: date
        subjects: Mapping[str, str]
        failure: str = ""

    def __init__(
        self, page: BookingPage, day: date, live: Callable[[], CalendarGateway | None] = lambda: None
    ) -> None:
        super().__init__()
        self._live = live
        self._subjects: Mapping[str, str] = {}
        self._page = page
        self._day = day
        self._times: tuple[Explanation, ...] | None = None
        self._chosen = 0
        self._cancellation = Cancellation()

    def compose(self) -> ComposeResult:
        """Lay out the day and the verdicts."""
        yield Headline(self._page.name, "")
        with Vertical(id="day"):
            yield Drawn(partial(day_lines, marks=self.marks), DayView((), 0, 1), id="times")
        with Vertical(id="verdicts"):
            yield Drawn(partial(verdict_lines, marks=self.marks), READING, id="verdict")
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the first day."""
        self._turn_to(self._day)

    def on_resize(self) -> None:
        """Use the room there is."""
        self.call_after_refresh(self._paint)

    def action_turn(self, by: int) -> None:
        """Go to another day."""
        self._turn_to(self._day + timedelta(days=by))

    def action_move(self, by: int) -> None:
        """Go to another time, up to the ends of the day."""
        if self._times:
            self._chosen = max(0, min(self._chosen + by, len(self._times) - 1))
            self._paint()

    def on_unmount(self) -> None:
        """Give up what is being read."""
        self._cancellation.cancel()

    def offers(self, command: Command) -> bool:
        """Offer to read subjects where they aren't read by themselves."""
        if command is SUBJECTS:
            return self._live() is None and bool(_calendars_of(self._times or ()))
        return super().offers(command)

    def action_subjects(self) -> None:
        """Read the subjects of this day's events with a sign-in of its own."""
        self._read_beside(self._day, _calendars_of(self._times or ()))

    def action_calendars(self) -> None:
        """Go on to the calendars."""
        self.dismiss(Going("calendars", self._page))

    def action_book(self) -> None:
        """Go on to a booking."""
        self.dismiss(Going("book", self._page))

    def action_back(self) -> None:
        """Go back."""
        self.dismiss(None)

    @on(Read)
    def _take(self, read: Read) -> None:
        if read.day != self._day:
            return
        self._times, self._chosen = read.times, min(self._chosen, max(0, len(read.times) - 1))
        self._paint(read.failure)

    @on(Named)
    def _show_names(self, named: Named) -> None:
        if named.day == self._day:
            self._subjects = named.subjects
            self._paint(named.failure)

    def _turn_to(self, day: date) -> None:
        self._day, self._subjects = day, {}
        told = f"{day:%A} {day.day} {day:%b %Y} · {self._page.time_zone}"
        self.query_one(Headline).show(self._page.name, told)
        self._read(day)

    def _paint(self, failure: str = "") -> None:
        if self._times is None:
            return
        room = max(1, self.query_one("#day").size.height)
        self.query_one("#times", Drawn).show(DayView(self._times, self._chosen, room, self._subjects))
        closed = "Closed all day by the working hours." if not self._times else ""
        verdict = failure or closed or Verdicts(self._times[self._chosen], self._subjects)
        self.query_one("#verdict", Drawn).show(verdict)
        self.refresh_keys()

    @work(thread=True, group="explain", description="explaining a day")
    def _read(self, day: date) -> None:
        try:
            times = Known.of(self.services.profile).day_explained(self._page, day)
        except ProblemError as error:
            self.post_message(self.Read(day, (), f"{error.problem.what} {error.problem.next}"))
        else:
            self.post_message(self.Read(day, times))
            self._read_names(day, times)

    @work(thread=True, group="subjects", exclusive=True, description="reading subjects")
    def _read_beside(self, day: date, calendars: Sequence[Calendar]) -> None:
        window = Days(day, day).window(self._page)
        try:
            named = subjects_read_beside(self.services.profile, calendars, window, self._cancellation)
        except ProblemError as error:
            self.post_message(self.Named(day, {}, f"{error.problem.what} {error.problem.next}"))
        except (NothingToReconnectError, CancelledByUserError):
            return
        else:
            self.post_message(self.Named(day, named))

    def _read_names(self, day: date, times: Sequence[Explanation]) -> None:
        """Read the subjects of the events that were told of, where the calendars can be asked now."""
        named = subjects(self._live(), _calendars_of(times), Days(day, day).window(self._page))
        if named:
            self.post_message(self.Named(day, named))


def _calendars_of(times: Sequence[Explanation]) -> tuple[Calendar, ...]:
    """Return the calendars of the events that were told of."""
    return tuple({one.calendar.id: one.calendar for told in times for one in told.events}.values())


def day_lines(view: DayView, width: int, marks: Marks) -> Lines:
    """Draw the times of a day around the chosen one, as many as there is room for."""
    first = max(0, min(view.chosen - view.room // 2, len(view.times) - view.room))
    shown = list(enumerate(view.times))[first : first + view.room]
    return tuple(
        _time_line(one, _reason(one, view.subjects), width, marks, chosen=number == view.chosen)
        for number, one in shown
    )


def verdict_lines(told: Verdicts | str, width: int, marks: Marks) -> Lines:
    """Draw every rule, booking and event of a time with its verdict, what speaks against it first."""
    if isinstance(told, str):
        return ((Piece(f"  {told}"),),)
    known = told.told
    rows: Sequence[tuple[bool, str, str]] = [
        *((not one.allows, one.rule.replace("-", " "), one.why) for one in known.rules),
        *((one.blocks, "booking", one.why) for one in known.bookings),
        *((one.blocks, one.calendar.name, _event(one, known, told.subjects)) for one in known.events),
    ]
    ordered = sorted(rows, key=lambda row: not row[0])
    return tuple(line for row in ordered for line in _verdict(*row, width, marks))


def _reason(told: Explanation, named: Mapping[str, str]) -> str:
    """Return what speaks first against a time; an event by its subject, where that is known."""
    blocking = next((one for one in told.events if one.blocks), None)
    if blocking is None or told.reason != f"{blocking.calendar.name}: {blocking.why}":
        return told.reason or ""
    subject = named.get(blocking.block.item)
    return f"{subject} · {told.reason}" if subject else told.reason


def _event(verdict: EventVerdict, told: Explanation, named: Mapping[str, str]) -> str:
    subject = named.get(verdict.block.item)
    return f"{_span(verdict.block, told)} {f'{subject} · ' if subject else ''}{verdict.why}"


def _time_line(told: Explanation, why: str, width: int, marks: Marks, *, chosen: bool) -> Line:
    start = told.start.astimezone(ZoneInfo(told.page.time_zone))
    word, ink = ("FREE", Ink.GOOD) if told.free else ("busy" if told.within_hours else "closed", Ink.CAUTION)
    begin = f" {marks.focus if chosen else ' '}{start:%H:%M}  "
    reason = shortened(why, width - len(begin) - 8)
    return (
        Piece(begin, Ink.TITLE if chosen else Ink.PLAIN),
        Piece(f"{word:<8}", ink),
        Piece(reason, Ink.PLAIN if chosen else Ink.MUTED),
    )


def _verdict(against: bool, name: str, why: str, width: int, marks: Marks) -> Lines:  # noqa: FBT001  # a row's first cell
    mark = Piece(
        f"  {marks.padded(marks.bad if against else marks.good)} ", Ink.CAUTION if against else Ink.GOOD
    )
    label = Piece(f"{padded(name, 16)}  ")
    margin = Piece(" " * cell_len(mark.text + label.text))
    first, *rest = wrapped(why, width - cell_len(margin.text))
    return ((mark, label, Piece(first, Ink.MUTED)), *((margin, Piece(text, Ink.MUTED)) for text in rest))


def _span(block: BusyBlock, told: Explanation) -> str:
    zone = ZoneInfo(told.page.time_zone)
    start, end = block.start.astimezone(zone), block.end.astimezone(zone)
    if start.date() == end.date():
        return f"{start:%H:%M}-{end:%H:%M}"
    return f"{start:%d %b %H:%M} to {end:%d %b %H:%M}"
