"""The help screen: the keys of the screen below it, generated from its commands."""

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from oncetui.ui.commands import Command, bindings_of
from oncetui.ui.screen import OurModal
from oncetui.ui.widgets.pairs import Pairs

CLOSE = Command(
    "escape,question_mark,q,enter,ctrl+g,f1", "close", "close", "Close this page.", in_palette=False
)


class HelpScreen(OurModal[None]):
    """What the screen is for, and what each key does there."""

    CSS_PATH = "help.tcss"
    KEYS: ClassVar[tuple[Command, ...]] = (CLOSE,)
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KEYS)

    def __init__(self, about: str, here: Iterable[Command], everywhere: Iterable[Command]) -> None:
        super().__init__()
        self._about = about
        self._here = tuple(here)
        self._everywhere = tuple(everywhere)

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        with VerticalScroll(id="sheet"):
            if self._about:
                yield Static(self._about, classes="about", markup=False)
            if self._here:
                yield Static("On this screen", classes="section")
                yield _table(self._here)
            yield Static("Everywhere", classes="section")
            yield _table(self._everywhere)
            yield Static("esc closes this page", classes="foot")

    def action_close(self) -> None:
        """Go back to the screen below."""
        self.dismiss()


def _table(commands: tuple[Command, ...]) -> Pairs:
    return Pairs(((command.shown_key, command.help) for command in commands), names="key")
