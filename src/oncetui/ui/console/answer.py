"""An answer to a question, to be chosen with Enter or Space."""

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from oncetui.ui.marks import Marks


class Answer(Widget, can_focus=True):
    """`[ Keep connected ]`: the focused one has a mark before it, so that it shows without colour."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "choose", show=False),
        Binding("left,up", "app.focus_previous", show=False),
        Binding("right,down", "app.focus_next", show=False),
    ]

    @dataclass
    class Chosen(Message):
        """The answer was chosen."""

        answer: "Answer"

        @property
        def control(self) -> "Answer":
            """The answer that posts it."""
            return self.answer

    def __init__(self, words: str, *, marks: Marks, id: str) -> None:  # noqa: A002  # Textual's name
        super().__init__(id=id)
        self._words = words
        self._marks = marks

    def render(self) -> Content:
        """Return the answer with its mark."""
        mark = self._marks.focus if self.has_focus else " "
        return Content.assemble((mark, "$primary"), (f"[ {self._words} ]", "bold" if self.has_focus else ""))

    def get_content_width(self, container: object, viewport: object) -> int:  # noqa: ARG002  # Widget's signature
        """Return the width of the words with all that stands around them."""
        return len(self._words) + 5

    def action_choose(self) -> None:
        """Choose this answer."""
        self.post_message(self.Chosen(self))

    def on_click(self, event: events.Click) -> None:
        """Choose this answer."""
        event.stop()
        self.action_choose()
