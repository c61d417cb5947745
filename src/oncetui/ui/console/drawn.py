"""A widget that holds a plain value and draws it; what has not changed is not painted again."""

from collections.abc import Callable
from typing import Generic, TypeVar

from textual.content import Content
from textual.geometry import Region, Size
from textual.widget import Widget

from oncetui.ui.console.drawing import Ink, Line, Lines

Value = TypeVar("Value")
Drawing = Callable[[Value, int], Lines]
"""Draws a value as lines of a width."""

_STYLES = {
    Ink.PLAIN: "",
    Ink.TITLE: "bold",
    Ink.MUTED: "$text-muted",
    Ink.FAINT: "$panel",
    Ink.GOOD: "$success",
    Ink.CAUTION: "$warning",
    Ink.BAD: "$error",
}


class Drawn(Widget, Generic[Value]):
    """Lines of text made from a value; of a new value only the lines that differ are sent to the terminal.

    Without a value there are no lines.
    """

    def __init__(self, drawing: Drawing[Value], value: Value | None = None, *, id: str) -> None:  # noqa: A002  # Widget's name for it
        super().__init__(id=id)
        self._drawing = drawing
        self._value = value

    def show(self, value: Value) -> bool:
        """Take a new value, and tell whether anything is painted for it."""
        if value == self._value:
            return False
        width = self.size.width
        before, self._value = self._lines(width), value
        after = self._lines(width)
        if len(before) != len(after):
            self.refresh(layout=True)
            return True
        changed = [y for y, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
        if changed:
            self.refresh(*(Region(0, y, width, 1) for y in changed))
        return bool(changed)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  # Widget's signature
        """Return how many lines the value takes at this width."""
        return len(self._lines(width))

    def render(self) -> Content:
        """Return the lines."""
        return Content("\n").join(_content(line) for line in self._lines(self.size.width))

    def _lines(self, width: int) -> Lines:
        return self._drawing(self._value, width) if self._value is not None and width > 0 else ()


def _content(line: Line) -> Content:
    return Content.assemble(*((piece.text, _STYLES[piece.ink]) for piece in line))
