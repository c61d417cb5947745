"""The top line: where one is, and how far."""

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from oncetui.ui.cells import shortened

_PROGRAM = "oncetui"
_BETWEEN = " · "
_GAP = 2


class Headline(Widget):
    """The program's name, what the screen is about, and on the right how far one has come.

    Where both don't fit, the left is shortened; on a very narrow screen it goes before the right.
    """

    def __init__(self, title: str, progress: str = "") -> None:
        super().__init__()
        self._title = title
        self._progress = progress

    def show(self, title: str, progress: str = "") -> None:
        """Say something else."""
        if (title, progress) != (self._title, self._progress):
            self._title, self._progress = title, progress
            self.refresh()

    def render(self) -> Content:
        """Return the line."""
        width = self.size.width
        start = cell_len(_PROGRAM + _BETWEEN)
        taken = cell_len(self._progress) + _GAP if self._progress else 0
        at_least = min(cell_len(self._title), width // 4)
        if start + at_least + taken > width:
            taken = max(0, width - start - at_least)
        progress = shortened(self._progress, taken - _GAP) if taken > _GAP else ""
        title = shortened(self._title, width - start - taken)
        gap = width - start - cell_len(title) - cell_len(progress)
        return Content.assemble(
            (_PROGRAM, "bold $primary"),
            (_BETWEEN, "$text-muted"),
            (title, "bold"),
            (" " * gap if progress else "", ""),
            (progress, "$text-muted"),
        )
