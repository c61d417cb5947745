"""Disconnect: first what it will do, then one question that starts on the harmless answer."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message

from oncetui.connector.disconnecting import (
    COMMAND_GOES,
    Disconnection,
    DisconnectPreview,
    disconnect,
    preview,
)
from oncetui.model.problem import ProblemError
from oncetui.ui.commands import Command, bindings_of
from oncetui.ui.console.answer import Answer
from oncetui.ui.console.drawing import fact_lines, sentence_lines, spaced
from oncetui.ui.console.drawn import Drawn
from oncetui.ui.console.parts import Fact, Tone
from oncetui.ui.console.sentences import counted
from oncetui.ui.screen import OurScreen
from oncetui.ui.widgets.headline import Headline
from oncetui.ui.widgets.key_line import KeyLine

CHOOSE = Command("enter,space", "nothing", "choose", "Choose the answer that is marked.", in_palette=False)
MOVE = Command("tab,left,right", "nothing", "move", "Go to the other answer.", in_palette=False)
RECONNECT = Command("r", "reconnect", "reconnect instead", "Go back and enter a new password.")
BACK = Command("escape", "back", "keep connected", "Go back; nothing is changed.")

INSTEAD = "Did the password change? Then Reconnect (r) is what you want."
RECONNECT_INSTEAD = "reconnect"
_PLACES = {"keyring": " in the system keyring", "file": " in the encrypted file"}


def what_goes(told: DisconnectPreview) -> tuple[Fact, ...]:
    """Return what Disconnect erases, what it keeps, and what becomes of bookings and pages."""
    blocks = told.erased.busy_blocks
    erased = [f"{blocks:,} busy {'time' if blocks == 1 else 'times'}"] if blocks else []
    if told.erased.calendars:
        erased.append(f"{counted(told.erased.calendars, 'calendar')} with the sync state")
    erased += ["mailbox address", "EWS URL", "user name"]
    place = _PLACES.get(told.protection.kept_in, "") if told.protection is not None else ""
    facts = [
        Fact("Erased", f"{', '.join(erased)}, and the password{place}", Tone.WARNING),
        Fact("Kept", f"{counted(told.pages, 'booking page')} with all settings; all bookings"),
    ]
    if told.upcoming:
        facts.append(
            Fact(
                counted(told.upcoming, "booking"),
                f"{'stays' if told.upcoming == 1 else 'stay'} in your calendar as ordinary events; changing "
                "them here will no longer change the calendar, nor send anything to anybody",
            )
        )
    if told.lost:
        facts.append(Fact("Lost", told.lost, Tone.WARNING))
    if told.telling:
        facts.append(Fact("Also", COMMAND_GOES, Tone.WARNING))
    facts.append(
        Fact("Pages", "open, and nobody checks your calendar: double bookings possible", Tone.WARNING)
        if told.pages
        else Fact("Pages", "there are none")
    )
    return tuple(facts)


class DisconnectScreen(OurScreen[str | None]):
    """Closes with the sentence that says what was done, or with None where nothing was."""

    CSS_PATH = "disconnect.tcss"
    AUTO_FOCUS: ClassVar[str | None] = "#keep"
    KEYS: ClassVar[tuple[Command, ...]] = (CHOOSE, MOVE, RECONNECT, BACK)
    BINDINGS: ClassVar[list[BindingType]] = bindings_of((RECONNECT, BACK))
    ABOUT = (
        "Disconnect erases what oncetui knows of the mailbox. Booking pages and bookings stay. It is not the "
        "way to enter a changed password: that is Reconnect."
    )

    @dataclass
    class Counted(Message):
        """What Disconnect would do is known; None where nothing is connected."""

        told: DisconnectPreview | None

    @dataclass
    class Done(Message):
        """It is done."""

        result: Disconnection

    @dataclass
    class Failed(Message):
        """It could not be done, or not be counted."""

        sentence: str

    def __init__(self) -> None:
        super().__init__()
        self._told: DisconnectPreview | None = None
        self._result: str | None = None
        self._busy = False

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        yield Headline("Disconnect")
        with VerticalScroll(id="sheet", can_focus=False):
            yield Drawn(spaced(sentence_lines), "One moment: counting what it would erase…", id="question")
            yield Drawn(spaced(fact_lines), id="goes")
            yield Drawn(spaced(sentence_lines), id="instead")
            with Horizontal(id="answers"):
                yield Answer("Keep connected", marks=self.marks, id="keep")
                yield Answer("Disconnect", marks=self.marks, id="disconnect")
            yield Drawn(sentence_lines, "", id="outcome")
        yield KeyLine()

    def on_mount(self) -> None:
        """Count what it would erase, once there is something to paint it on."""
        self.call_after_refresh(self._count)

    @on(Counted)
    def _counted(self, counted: Counted) -> None:
        if counted.told is None:
            self._tell("There is nothing to disconnect: no mailbox is connected.")
            return
        self._told = counted.told
        self.query_one("#question", Drawn).show(f"Disconnect {counted.told.mailbox or 'this mailbox'}?")
        self.query_one("#goes", Drawn).show(what_goes(counted.told))
        self.query_one("#instead", Drawn).show(INSTEAD)

    @on(Answer.Chosen, "#keep")
    def action_back(self) -> None:
        """Go back, unless the erasing is under way."""
        if not self._busy:
            self.dismiss(self._result)

    @on(Answer.Chosen, "#disconnect")
    def _disconnect(self) -> None:
        if self._told is None:
            self._tell("One moment: first it is counted what would be erased.")
        elif not self._busy and self._result is None:
            self._busy = True
            self._tell("Disconnecting…")
            self._erase()

    def action_reconnect(self) -> None:
        """Go back and open Reconnect."""
        if not self._busy:
            self.dismiss(RECONNECT_INSTEAD)

    @on(Done)
    def _done(self, done: Done) -> None:
        self._busy = False
        # Its address is erased too, so it stands nowhere any more.
        self._result = "Disconnected: everything known of the mailbox is erased."
        if not done.result.left:
            self.dismiss(self._result)
            return
        self._result = "Disconnected. " + " ".join(done.result.left)
        self._tell(self._result + " Esc goes back.")

    @on(Failed)
    def _failed(self, failed: Failed) -> None:
        self._busy = False
        self._tell(failed.sentence)

    def _tell(self, sentence: str) -> None:
        self.query_one("#outcome", Drawn).show(sentence)

    @work(thread=True, group="disconnect", description="counting")
    def _count(self) -> None:
        try:
            self.post_message(self.Counted(preview(self.services.profile)))
        except ProblemError as error:
            self.post_message(self.Failed(f"{error.problem.what} {error.problem.next}"))

    @work(thread=True, group="disconnect", description="disconnecting")
    def _erase(self) -> None:
        try:
            self.post_message(self.Done(disconnect(self.services.profile)))
        except ProblemError as error:
            self.post_message(self.Failed(f"{error.problem.what} {error.problem.next}"))
