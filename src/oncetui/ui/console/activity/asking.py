"""The question before a booking is changed: what it means, starting on the harmless answer."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message

from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.problem import ProblemError
from oncetui.ui.commands import Command, bindings_of
from oncetui.ui.console.activity.deeds import Deed
from oncetui.ui.console.activity.outcomes import STOPPED, failure_sentence
from oncetui.ui.console.answer import Answer
from oncetui.ui.console.drawing import fact_lines, sentence_lines, spaced
from oncetui.ui.console.drawn import Drawn
from oncetui.ui.screen import OurScreen
from oncetui.ui.widgets.headline import Headline
from oncetui.ui.widgets.key_line import KeyLine

CHOOSE = Command("enter,space", "nothing", "choose", "Choose the answer that is marked.", in_palette=False)
MOVE = Command("tab,left,right", "nothing", "move", "Go to the other answer.", in_palette=False)
BACK = Command("escape", "back", "back", "Go back; work under way is given up.")


class AskingScreen(OurScreen[str | None]):
    """Closes with the sentence that says what was done, or with None where nothing was."""

    CSS_PATH = "asking.tcss"
    AUTO_FOCUS: ClassVar[str | None] = "#keep"
    KEYS: ClassVar[tuple[Command, ...]] = (CHOOSE, MOVE, BACK)
    BINDINGS: ClassVar[list[BindingType]] = bindings_of((BACK,))
    ABOUT = "What the change means for the calendars and for the customer, before it is made."

    @dataclass
    class Done(Message):
        """It is done, or it could not be."""

        sentence: str
        done: bool

    def __init__(self, deed: Deed) -> None:
        super().__init__()
        self._deed = deed
        self._under_way: Cancellation | None = None

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

    def on_unmount(self) -> None:
        """Give up what is under way."""
        if self._under_way is not None:
            self._under_way.cancel()

    @on(Answer.Chosen, "#keep")
    def action_back(self) -> None:
        """Go back; where the deed is under way, stop waiting for it."""
        if self._under_way is None:
            self.dismiss(None)
        else:
            self._under_way.cancel()

    @on(Answer.Chosen, "#do")
    def _go(self) -> None:
        if self._under_way is None:
            self._under_way = Cancellation()
            self._tell(f"{self._deed.doing}… (esc stops waiting)")
            self._work(self._under_way)

    @on(Done)
    def _done(self, done: Done) -> None:
        self._under_way = None
        if done.done:
            self.dismiss(done.sentence)
        else:
            self._tell(done.sentence)

    def _tell(self, sentence: str) -> None:
        self.query_one("#outcome", Drawn).show(sentence)

    @work(thread=True, group="deed", description="changing a booking")
    def _work(self, cancellation: Cancellation) -> None:
        try:
            after = self._deed.work(self.services.profile, cancellation)
        except ProblemError as error:
            self.post_message(self.Done(failure_sentence(error.problem), done=False))
        except CancelledByUserError:
            self.post_message(self.Done(STOPPED, done=True))
        else:
            self.post_message(self.Done(self._deed.told(after), done=True))
