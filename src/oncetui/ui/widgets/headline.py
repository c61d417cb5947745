"""The top line: where one is, and how far."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static


class Headline(Horizontal):
    """The program's name, what the screen is about, and on the right how far one has come."""

    def __init__(self, title: str, progress: str = "") -> None:
        super().__init__()
        self._title = title
        self._progress = progress

    def compose(self) -> ComposeResult:
        """Lay out the two ends of the line."""
        yield Static(self._words(), id="headline-title")
        yield Static(self._progress, id="headline-progress", markup=False)

    def show(self, title: str, progress: str = "") -> None:
        """Say something else."""
        self._title, self._progress = title, progress
        self.query_one("#headline-title", Static).update(self._words())
        self.query_one("#headline-progress", Static).update(progress)

    def _words(self) -> Content:
        return Content.assemble(("oncetui", "bold $primary"), (" · ", "$text-muted"), (self._title, "bold"))
