"""One key further than the sentence: the problem in full, its evidence, and every place of the search."""

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from oncetui.model.discovering import SearchStep
from oncetui.model.problem import Problem, Who
from oncetui.ui.commands import Command, bindings_of
from oncetui.ui.screen import OurModal
from oncetui.ui.widgets.pairs import Pairs

CLOSE = Command("escape,enter,q,ctrl+d", "close", "close", "Close this page.", in_palette=False)
_WHO = {
    Who.RETRY: "nobody: it is tried again",
    Who.USER: "you",
    Who.IT: "your IT support",
}


class DetailsScreen(OurModal[None]):
    """What is known; arrows scroll."""

    CSS_PATH = "details.tcss"
    KEYS: ClassVar[tuple[Command, ...]] = (CLOSE,)
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KEYS)

    def __init__(self, problem: Problem | None, steps: Iterable[SearchStep] = ()) -> None:
        super().__init__()
        self._problem = problem
        self._steps = tuple(steps)

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        with VerticalScroll(id="sheet"):
            if self._problem is not None:
                yield Static(self._problem.title, classes="title", markup=False)
                yield Pairs(_told(self._problem))
                if self._problem.evidence:
                    yield Static("Evidence", classes="section")
                    yield Pairs(self._problem.evidence)
            if self._steps:
                yield Static("The search", classes="section")
                yield Pairs((step.place, _outcome(step)) for step in self._steps)
            yield Static("esc closes this page", classes="foot")

    def action_close(self) -> None:
        """Go back to the screen below."""
        self.dismiss()


def _told(problem: Problem) -> tuple[tuple[str, str], ...]:
    return (
        ("What", problem.what),
        ("Why", problem.why),
        ("Who acts", _WHO[problem.who]),
        ("Next", problem.next),
        ("Code", problem.code),
    )


def _outcome(step: SearchStep) -> str:
    told = step.told or step.mark.value
    return told if step.seconds is None else f"{told} ({step.seconds:.1f} s)"
