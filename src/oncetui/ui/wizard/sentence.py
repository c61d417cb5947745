"""The one sentence above the fields: what happens, or what went wrong."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from oncetui.setup.headline import Mark
from oncetui.ui.marks import Marks

_CLASSES = {Mark.GOOD: "good", Mark.CAUTION: "caution", Mark.FAILED: "bad", None: "muted"}


class SentenceLine(Horizontal):
    """A mark and a sentence beside it; it takes no room while there is nothing to say."""

    def __init__(self, marks: Marks) -> None:
        super().__init__()
        self._signs = {
            Mark.GOOD: marks.good,
            Mark.CAUTION: marks.caution,
            Mark.FAILED: marks.bad,
            None: marks.idle,
        }
        self._width = marks.width + 1
        self._shown: tuple[str, Mark | None] = ("", None)
        self._seconds: int | None = None
        self.display = False

    def compose(self) -> ComposeResult:
        """Lay out the columns."""
        sign = Static(classes="sentence-mark", markup=False)
        sign.styles.width = self._width
        yield sign
        yield Static(classes="sentence-text", markup=False)
        seconds = Static(classes="sentence-seconds", markup=False)
        seconds.display = False
        yield seconds

    def show(self, sentence: str, mark: Mark | None = None, *, seconds: int | None = None) -> None:
        """Say something, and how many seconds it takes; an empty sentence takes the line away."""
        if (sentence, mark) != self._shown:
            self._shown = (sentence, mark)
            self.display = bool(sentence)
            sign = self.query_one(".sentence-mark", Static)
            sign.set_classes(f"sentence-mark {_CLASSES[mark]}")
            sign.update(self._signs[mark])
            self.query_one(".sentence-text", Static).update(sentence)
        if seconds != self._seconds:
            self._seconds = seconds
            told = self.query_one(".sentence-seconds", Static)
            told.display = seconds is not None
            told.update("" if seconds is None else f"{seconds} s", layout=False)
