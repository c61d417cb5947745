"""The question before a console quits that keeps the connection itself."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical

from oncetui.model.profile import command_line, run_command
from oncetui.ui.commands import Command, bindings_of
from oncetui.ui.console.answer import Answer
from oncetui.ui.console.drawing import sentence_lines, spaced
from oncetui.ui.console.drawn import Drawn
from oncetui.ui.screen import OurModal

STAY = Command("escape", "stay", "stay", "Stay in the console.")
QUIT = Command("q", "quit", "quit", "Quit the console.")


def told_before_leaving(profile: str, home: str | None, *, connected: bool) -> str:
    """Return what it means to quit the console that keeps the connection."""
    command = run_command(profile, home)
    service = command_line(profile, home, "service install")
    if connected:
        return (
            "This console keeps the connection. Once it is closed nobody checks your calendar, and the "
            "booking pages close within 15 minutes, until a console or connector runs again. "
            f"To keep them open without a screen run: {command}, or for good: {service}"
        )
    return (
        "This console keeps trying to connect. Once it is closed nobody tries, and the booking pages stay "
        "closed until a console or connector runs again. "
        f"To go on without a screen run: {command}, or for good: {service}"
    )


class LeaveScreen(OurModal[bool]):
    """Closes with whether to quit; Enter quits, since that was asked for."""

    CSS_PATH = "leave.tcss"
    AUTO_FOCUS: ClassVar[str | None] = "#quit"
    KEYS: ClassVar[tuple[Command, ...]] = (QUIT, STAY)
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KEYS)

    def __init__(self, profile: str, home: str | None, *, connected: bool) -> None:
        super().__init__()
        self._meaning = told_before_leaving(profile, home, connected=connected)

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        with Vertical(id="sheet"):
            yield Drawn(spaced(sentence_lines), self._meaning, id="meaning")
            with Horizontal(id="answers"):
                yield Answer("Quit", marks=self.marks, id="quit")
                yield Answer("Stay", marks=self.marks, id="stay")

    @on(Answer.Chosen, "#quit")
    def action_quit(self) -> None:
        """Quit."""
        self.dismiss(result=True)

    @on(Answer.Chosen, "#stay")
    def action_stay(self) -> None:
        """Stay."""
        self.dismiss(result=False)
