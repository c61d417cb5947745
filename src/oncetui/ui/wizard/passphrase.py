"""The step that asks for a passphrase, where the password is to be sealed with one."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input

from oncetui.model.secret import Secret
from oncetui.setup.headline import Mark
from oncetui.setup.passphrases import ABOUT, LEAST_LENGTH, NOT_THE_SAME, checked_passphrase
from oncetui.ui.commands import Command, bindings_of
from oncetui.ui.screen import OurScreen
from oncetui.ui.widgets.field import Field
from oncetui.ui.widgets.headline import Headline
from oncetui.ui.widgets.key_line import KeyLine
from oncetui.ui.wizard.sentence import SentenceLine

ENTER = Command("enter", "decide", "save and finish", "Seal the password with this passphrase.")
SHOW = Command("ctrl+r", "show_passphrase", "show", "Show the passphrase, or hide it.", first=True)
BACK = Command("escape", "back", "back", "Go back and choose another place.", in_palette=False)


class PassphraseScreen(OurScreen[Secret | None]):
    """Closes with a passphrase that was typed twice, None where a person went back."""

    CSS_PATH = "passphrase.tcss"
    ABOUT = (
        "The password is sealed with a key that is made of your passphrase, and stored nowhere. Four or five "
        "words that you remember are better than one with signs in it."
    )
    KEYS: ClassVar[tuple[Command, ...]] = (ENTER, SHOW, BACK)
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KEYS)

    def compose(self) -> ComposeResult:
        """Lay out the step."""
        yield Headline("The passphrase", "step 3 of 4")
        with VerticalScroll(id="sheet", can_focus=False):
            yield SentenceLine(self.marks)
            yield Field("Passphrase", id="chosen", help=f"at least {LEAST_LENGTH} characters", secret=True)
            yield Field("The same again", id="again", secret=True)
        yield KeyLine()

    def on_mount(self) -> None:
        """Say what it is for, and begin with the first field."""
        self.query_one(SentenceLine).show(ABOUT, Mark.CAUTION)
        self._field("chosen").focus_input()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_decide()

    def action_decide(self) -> None:
        """Go on from the first field to the second, and from there on with both."""
        chosen, again = self._field("chosen").secret_input, self._field("again").secret_input
        try:
            first = checked_passphrase(chosen.secret)
            if again.is_empty:
                self._field("again").focus_input()
                return
            self.dismiss(checked_passphrase(first, again.secret))
        except ValueError as error:
            if str(error) == NOT_THE_SAME:
                # Which of the two has the slip nobody can see.
                with chosen.prevent(Input.Changed), again.prevent(Input.Changed):
                    chosen.clear()
                    again.clear()
            self._field("chosen").show(error=str(error))
            self._field("chosen").focus_input()

    def action_show_passphrase(self) -> None:
        """Show the passphrase, or hide it."""
        for name in ("chosen", "again"):
            self._field(name).secret_input.toggle_shown()

    def action_back(self) -> None:
        """Go back without one."""
        self.dismiss(None)

    def _field(self, name: str) -> Field:
        return self.query_one(f"#{name}", Field)
