"""The last step: what was found and saved, with one real event as proof."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from oncetui.setup.summary import Summary, SummaryLine
from oncetui.ui.commands import Command, bindings_of
from oncetui.ui.screen import OurScreen
from oncetui.ui.widgets.headline import Headline
from oncetui.ui.widgets.key_line import KeyLine
from oncetui.ui.wizard.sentence import SentenceLine

STAY = Command("escape", "stay", "", "Stay: what is saved can't be taken back here.", in_palette=False)
SAVED_ALREADY = "It is saved already. The console changes what you chose, and disconnects: press enter."
OPEN = Command("enter", "open", "open the console", "Open the console.")


class SummaryScreen(OurScreen[None]):
    """Each finished thing leaves its line on the screen."""

    CSS_PATH = "summary.tcss"
    ABOUT = "The connection is saved. The console shows how it is doing, and changes what you chose here."
    KEYS: ClassVar[tuple[Command, ...]] = (OPEN, STAY)
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KEYS)

    def __init__(self, summary: Summary) -> None:
        super().__init__()
        self._summary = summary

    def compose(self) -> ComposeResult:
        """Lay out the step."""
        yield Headline("Connected", "step 4 of 4")
        with VerticalScroll(can_focus=False):
            for line in self._summary.lines:
                with Horizontal(classes="fact"):
                    yield from self._fact(line)
            yield Static(self._summary.saved, id="saved", markup=False)
            yield SentenceLine(self.marks)
        yield KeyLine()

    def _fact(self, line: SummaryLine) -> ComposeResult:
        mark = self.marks.good if line.good else self.marks.caution
        yield Static(self.marks.padded(mark), classes=f"fact-mark {'good' if line.good else 'caution'}")
        yield Static(line.label, classes="fact-label", markup=False)
        yield Static(line.text, classes="fact-text", markup=False)

    def action_stay(self) -> None:
        """Say why there is no way back."""
        self.query_one(SentenceLine).show(SAVED_ALREADY)

    def action_open(self) -> None:
        """Open the console."""
        self.dismiss(None)
