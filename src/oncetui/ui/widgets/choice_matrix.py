"""The grid of associated calendars: a row a calendar; columns main, additional, busy."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from oncetui.model.associations import (
    NO_CALENDARS,
    AssociatedCalendars,
    Choice,
    choose_main,
    toggle_additional,
    toggle_busy,
)
from oncetui.model.calendars import Calendar
from oncetui.ui.cells import padded
from oncetui.ui.marks import Marks

HEADER_ROWS = 1
_NAME = 34
_NAME_AT_LEAST = 12
_CELL = 11


class Column(IntEnum):
    """What a calendar may be for a booking page."""

    MAIN = 0
    ADDITIONAL = 1
    BUSY = 2


_TITLES = {Column.MAIN: "go into", Column.ADDITIONAL: "also into", Column.BUSY: "make busy"}
_TOGGLES = {Column.MAIN: choose_main, Column.ADDITIONAL: toggle_additional, Column.BUSY: toggle_busy}


class ChoiceMatrix(Widget, can_focus=True):
    """Arrows move, Space toggles by the rules; a refused toggle changes nothing and says why.

    Every toggle is posted as `Toggled`. Where there is no room for all calendars those around the cursor are
    shown, below titles that stay.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1, 0)", show=False),
        Binding("down", "move(1, 0)", show=False),
        Binding("left", "move(0, -1)", show=False),
        Binding("right", "move(0, 1)", show=False),
        Binding("pageup", "move(-10, 0)", show=False),
        Binding("pagedown", "move(10, 0)", show=False),
        Binding("home", "move(-999, 0)", show=False),
        Binding("end", "move(999, 0)", show=False),
        Binding("space", "press", show=False),
    ]

    @dataclass
    class Toggled(Message):
        """A cell was toggled, or the rules refused it; `choice` is what came of it."""

        matrix: "ChoiceMatrix"
        calendar: Calendar
        column: Column
        choice: Choice

        @property
        def control(self) -> "ChoiceMatrix":
            """The matrix that posts it."""
            return self.matrix

    def __init__(
        self,
        calendars: Sequence[Calendar] = (),
        associated: AssociatedCalendars = NO_CALENDARS,
        *,
        marks: Marks,
        id: str | None = None,  # noqa: A002  # Textual's name
    ) -> None:
        super().__init__(id=id)
        self._calendars = tuple(calendars)
        self._marks = marks
        self._row = 0
        self._first = 0
        self._column = Column.MAIN
        self.associated = associated

    def show(self, calendars: Sequence[Calendar], associated: AssociatedCalendars) -> None:
        """Paint other calendars or another choice; the cursor stays on its calendar."""
        here = self._calendars[self._row].id if self._calendars else None
        ids = [calendar.id for calendar in calendars]
        grown = len(ids) != len(self._calendars)
        self._calendars, self.associated = tuple(calendars), associated
        self._row = ids.index(here) if here in ids else min(self._row, max(0, len(ids) - 1))
        self.refresh(layout=grown)

    def go_to(self, calendar: str) -> None:
        """Put the cursor on a calendar, by its id."""
        ids = [one.id for one in self._calendars]
        if calendar in ids:
            self._row = ids.index(calendar)
            self.refresh()

    @property
    def calendar(self) -> Calendar | None:
        """The calendar that the cursor is on."""
        return self._calendars[self._row] if self._calendars else None

    def action_move(self, rows: int, columns: int) -> None:
        """Move the cursor, up to the edges."""
        self._row = max(0, min(self._row + rows, len(self._calendars) - 1))
        self._column = Column(max(0, min(self._column + columns, len(Column) - 1)))
        self.refresh()

    def action_press(self) -> None:
        """Toggle the cell under the cursor by the rules."""
        if self.calendar is None:
            return
        choice = _TOGGLES[self._column](self.associated, self.calendar)
        self.associated = choice.associated
        self.refresh()
        self.post_message(self.Toggled(self, self.calendar, self._column, choice))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  # Widget's signature
        """Return a row for each calendar and one for the titles."""
        return HEADER_ROWS + len(self._calendars)

    def render(self) -> Content:
        """Return the grid."""
        widths = self._widths()
        shown = self._rows_shown()
        titles = "".join(_TITLES[column].center(_CELL) for column in Column)
        lines = [Content.styled(padded(self._out_of_sight(shown), sum(widths)) + titles, "$text-muted")]
        lines.extend(self._line(row, self._calendars[row], *widths) for row in shown)
        return Content("\n").join(lines)

    def _rows_shown(self) -> range:
        """Return the rows that there is room for; they move on only where the cursor would leave them."""
        number = len(self._calendars)
        room = max(1, min(self.size.height - HEADER_ROWS, number))
        first = max(min(self._first, self._row), self._row - room + 1)
        self._first = max(0, min(first, number - room))
        return range(self._first, min(self._first + room, number))

    def _out_of_sight(self, shown: range) -> str:
        above, below = shown.start, len(self._calendars) - shown.stop
        told = [f"{number} {where}" for number, where in ((above, "above"), (below, "below")) if number]
        return f"  {', '.join(told)}" if told else ""

    def _widths(self) -> tuple[int, int]:
        """Return the columns of names and of notes: long names take the room that no note needs."""
        room = self.size.width - len(Column) * _CELL
        noted = max(
            (cell_len(calendar.remark) + 2 for calendar in self._calendars if calendar.remark), default=0
        )
        note_width = max(0, min(noted, room - _NAME_AT_LEAST))
        longest = max((cell_len(calendar.name) + 4 for calendar in self._calendars), default=0)
        return max(_NAME_AT_LEAST, min(max(_NAME, longest), room - note_width)), note_width

    def _line(self, row: int, calendar: Calendar, name_width: int, note_width: int) -> Content:
        here = row == self._row and self.has_focus
        name = padded(f"  {calendar.name}", name_width - 1) + " "
        return Content.assemble(
            (name, "bold" if here else ""),
            (padded(calendar.remark, note_width - 1) + " " if note_width else "", "$text-muted"),
            *(self._cell(calendar, column, here=here and column is self._column) for column in Column),
        )

    def _cell(self, calendar: Calendar, column: Column, *, here: bool) -> Content:
        text, is_on = self._sign(calendar, column)
        style = "bold $primary" if is_on else "$text-muted"
        padded = text.center(_CELL)
        if not here:
            return Content.styled(padded, style)
        before = padded.index(text)
        return Content.assemble(
            " " * (before - 1),
            (self._marks.focus, "$primary"),
            (text, f"{style} reverse" if self.app.no_color else f"{style} on $panel"),
            " " * (_CELL - before - len(text)),
        )

    def _sign(self, calendar: Calendar, column: Column) -> tuple[str, bool]:
        marks, associated = self._marks, self.associated
        main = associated.main == calendar.id
        if column is Column.BUSY:
            ticked = calendar.id in associated.makes_busy
            return (marks.ticked if ticked else marks.not_ticked), ticked
        if not calendar.writable:
            return marks.missing, False
        if column is Column.MAIN:
            return (marks.chosen if main else marks.not_chosen), main
        if main:
            return marks.idle, False
        ticked = calendar.id in associated.additional
        return (marks.ticked if ticked else marks.not_ticked), ticked
