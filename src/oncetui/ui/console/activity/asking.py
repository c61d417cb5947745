"""The question before a booking is changed: what it means, starting on the harmless answer."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll

from oncetui.ui.commands import Command, bindings_of
from oncetui.ui.console.activity.deeds import Deed
from oncetui.ui.console.activity.doing import DoingScreen
from oncetui.ui.console.answer import Answer
from oncetui.ui.console.drawing import fact_lines, sentence_lines, spaced
from oncetui.ui.console.drawn import Drawn
from oncetui.ui.widgets.headline import Headline
from oncetui.ui.widgets.key_line import KeyLine

CHOOSE = Command("enter,space", "nothing", "choose", "Choose the answer that is marked.", in_palette=False)
MOVE = Command("tab,left,right", "nothing", "move", "Go to the other answer.", in_palette=False)
BACK = Command("escape", "back", "back", "Go back; work under way is given up.")


class AskingScreen(DoingScreen):
    """Asks before the deed is done."""

    CSS_PATH = "asking.tcss"
    AUTO_FOCUS: ClassVar[str | None] = "#keep"
    KEYS: ClassVar[tuple[Command, ...]] = (CHOOSE, MOVE, BACK)
    BINDINGS: ClassVar[list[BindingType]] = bindings_of((BACK,))
    ABOUT = "What the change means for the calendars and for the customer, before it is made."

    def __init__(self, deed: Deed) -> None:
        super().__init__()
        self._deed = deed

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        yield Headline("Booking")
        with VerticalScroll(id="sheet", can_focus=False):
            yield Drawn(spaced(sentence_lines), self._deed.question, id="question")
            yield Drawn(spaced(fact_lines), self._deed.means, id="means")
            with Horizontal(id="answers"):
                yield Answer(self._deed.keeps, marks=self.marks, id="keep")
                yield Answer(self._deed.does, marks=self.marks, id="do")
            yield Drawn(sentence_lines, "", id="outcome")
        yield KeyLine()

    @on(Answer.Chosen, "#keep")
    def _keep(self) -> None:
        self.action_back()

    @on(Answer.Chosen, "#do")
    def _go(self) -> None:
        self.begin(self._deed.doing, self._deed.done)
