"""Real-time or Auto-sync: the mode that was chosen beside the one in effect, and why they differ."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.message import Message

from oncetui.connector.sync_choice import choose_sync_mode
from oncetui.model.connection import SyncMode
from oncetui.model.problem import ProblemError
from oncetui.model.status import Status
from oncetui.model.sync import WAITING
from oncetui.setup.keeping import EVERY_MINUTE, MEANINGS
from oncetui.ui.commands import Command, bindings_of
from oncetui.ui.console.drawing import fact_lines, sentence_lines, spaced
from oncetui.ui.console.drawn import Drawn
from oncetui.ui.console.parts import Fact, Tone
from oncetui.ui.console.unsaved import UnsavedScreen
from oncetui.ui.widgets.choice_list import ChoiceList, Option
from oncetui.ui.widgets.headline import Headline
from oncetui.ui.widgets.key_line import KeyLine

CHOOSE = Command("up,down", "nothing", "choose", "Choose a mode.", in_palette=False)
SAVE = Command("enter", "save", "save", "Save the mode; a running connector takes it over at once.")
BACK = Command("escape", "back", "back", "Go back without saving.")
GONE = "There is no connection any more whose mode could be chosen."


def sync_facts(status: Status) -> tuple[Fact, ...]:
    """Return the mode that was chosen, the one in effect, and why they differ or what it leaves out."""
    settings = status.settings
    if settings is None:
        return ()
    chosen, mode, reason = settings.sync_mode, status.effective_mode, status.mode_reason
    facts = [Fact("Chosen", _named(chosen))]
    if mode is None or reason in WAITING:
        return (*facts, Fact("In effect", "nothing at the moment"), *_why(reason))
    as_chosen = Tone.QUIET if mode is chosen else Tone.WARNING
    return (*facts, Fact("In effect", _named(mode), as_chosen), *_why(reason))


class SyncScreen(UnsavedScreen[str]):
    """Closes with the sentence that says what was saved; what is in effect follows the connector."""

    CSS_PATH = "sync.tcss"
    AUTO_FOCUS: ClassVar[str | None] = "ChoiceList"
    KEYS: ClassVar[tuple[Command, ...]] = (CHOOSE, SAVE, BACK)
    BINDINGS: ClassVar[list[BindingType]] = bindings_of((SAVE, BACK))
    ABOUT = (
        "With Real-time the server tells of a change as it happens; with Auto-sync it is asked every minute. "
        "Where Real-time can't be had, Auto-sync takes its place, and Real-time is tried again by itself."
    )

    @dataclass
    class Ended(Message):
        """The mode was saved, or could not be."""

        sentence: str
        saved: bool

    def __init__(self, status: Callable[[], Status | None], chosen: SyncMode) -> None:
        super().__init__()
        self._status = status
        self._before = self._chosen = chosen

    def compose(self) -> ComposeResult:
        """Lay out the facts and the choice."""
        yield Headline("How changes become known")
        with VerticalScroll(id="sheet", can_focus=False):
            yield Drawn(spaced(fact_lines), id="now")
            yield ChoiceList(_modes(), self._chosen.value, marks=self.marks, id="modes")
            yield Drawn(sentence_lines, "", id="outcome")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show what is in effect, and go on looking."""
        self._paint()
        self.set_interval(1.0, self._paint)

    @on(ChoiceList.Chosen)
    def _choose(self, chosen: ChoiceList.Chosen) -> None:
        self._chosen = SyncMode(chosen.key)
        chosen.choice_list.show(chosen.key)
        self.tell("")

    def action_save(self) -> None:
        """Save the mode that is marked."""
        if self._chosen is self._before:
            self.dismiss("Nothing was changed.")
        else:
            self._save(self._chosen)

    def unsaved(self) -> str:
        """Say that another mode is marked."""
        return "" if self._chosen is self._before else f"{self._chosen.label} is not saved. Enter saves it"

    @on(Ended)
    def _ended(self, ended: Ended) -> None:
        if ended.saved:
            self.dismiss(ended.sentence)
        else:
            self.tell(ended.sentence)

    def _paint(self) -> None:
        status = self._status()
        if status is not None:
            self.query_one("#now", Drawn).show(sync_facts(status))

    def tell(self, sentence: str) -> None:
        """Say something below the choice."""
        self.query_one("#outcome", Drawn).show(sentence)

    @work(thread=True, group="sync", exclusive=True, description="saving the sync mode")
    def _save(self, mode: SyncMode) -> None:
        try:
            saved = choose_sync_mode(self.services.profile, mode)
        except ProblemError as error:
            self.post_message(self.Ended(f"{error.problem.what} {error.problem.next}", saved=False))
        else:
            told = GONE if saved is None else f"{mode.label} is chosen. {MEANINGS[mode]}"
            self.post_message(self.Ended(told, saved=saved is not None))


def _named(mode: SyncMode) -> str:
    return EVERY_MINUTE if mode is SyncMode.AUTO else mode.label


def _why(reason: str | None) -> tuple[Fact, ...]:
    return () if reason is None else (Fact("Why", reason),)


def _modes() -> list[Option]:
    return [Option(mode.value, mode.label, MEANINGS[mode]) for mode in SyncMode]
