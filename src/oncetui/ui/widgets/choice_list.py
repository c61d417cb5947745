"""One of a few: arrows choose at once, so that Enter is left to the screen, where it goes on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.widget import Widget

from oncetui.ui.cells import shortened, wrapped
from oncetui.ui.marks import Marks

_WIDEST = 90


@dataclass(frozen=True)
class Option:
    """One line to choose, with the sentence that says what it means."""

    key: str
    label: str
    sentence: str


class ChoiceList(Widget, can_focus=True):
    """A line and a sentence for each option; a choice is posted as `Chosen` and painted by `show`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "move(-5)", show=False),
        Binding("pagedown", "move(5)", show=False),
        Binding("home", "move(-999)", show=False),
        Binding("end", "move(999)", show=False),
    ]

    @dataclass
    class Chosen(Message):
        """An option was chosen."""

        choice_list: "ChoiceList"
        key: str

        @property
        def control(self) -> "ChoiceList":
            """The list that posts it."""
            return self.choice_list

    def __init__(self, options: Sequence[Option], chosen: str, *, marks: Marks, id: str) -> None:  # noqa: A002  # Textual's name
        super().__init__(id=id)
        self._options = tuple(options)
        self._chosen = chosen
        self._marks = marks

    def show(self, chosen: str) -> None:
        """Paint which option is chosen, and bring it into view."""
        if chosen != self._chosen:
            self._chosen = chosen
            self.refresh()
            self._bring_into_view()

    def action_move(self, rows: int) -> None:
        """Choose the option above or below, up to the edges."""
        at = [option.key for option in self._options].index(self._chosen)
        to = max(0, min(at + rows, len(self._options) - 1))
        if to != at:
            self.post_message(self.Chosen(self, self._options[to].key))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  # Widget's signature
        """Return the rows that all options take."""
        return sum(1 + len(self._wrapped(option, width)) for option in self._options)

    def render(self) -> Content:
        """Return the options; focus is a character before the chosen one."""
        lines: list[Content] = []
        for option in self._options:
            chosen = option.key == self._chosen
            focus = self._marks.focus if chosen and self.has_focus else " "
            sign = self._marks.chosen if chosen else self._marks.not_chosen
            lines.append(
                Content.assemble(
                    (focus, "$primary"),
                    (f"{sign} ", "bold $primary" if chosen else "$text-muted"),
                    (shortened(option.label, self.size.width - self._indent), "bold" if chosen else ""),
                )
            )
            below = " " * self._indent
            lines.extend(
                Content.styled(f"{below}{row}", "$text-muted")
                for row in self._wrapped(option, self.size.width)
            )
        return Content("\n").join(lines)

    def _bring_into_view(self) -> None:
        rows = [1 + len(self._wrapped(option, self.size.width)) for option in self._options]
        at = [option.key for option in self._options].index(self._chosen)
        if isinstance(self.parent, Widget):
            top = self.virtual_region.y + sum(rows[:at])
            self.parent.scroll_to_region(Region(0, top, 1, rows[at]), animate=False)

    @property
    def _indent(self) -> int:
        return 1 + len(self._marks.chosen) + 1

    def _wrapped(self, option: Option, width: int) -> list[str]:
        return wrapped(option.sentence, max(20, min(_WIDEST, width) - self._indent))
