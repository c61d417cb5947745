"""The certificate step: what the server shows, in full, and the ways on from there."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input

from oncetui.model.connection import NetworkRoute
from oncetui.model.spelling import ews_url_spelling
from oncetui.setup.certificates import CA_FILE_TOLD, ShownFacts, ca_file_from, pin_from, pinned_route
from oncetui.setup.headline import Mark
from oncetui.ui.commands import Command, bindings_of
from oncetui.ui.screen import OurScreen
from oncetui.ui.widgets.field import Field
from oncetui.ui.widgets.headline import Headline
from oncetui.ui.widgets.key_line import KeyLine
from oncetui.ui.widgets.pairs import Pairs
from oncetui.ui.widgets.path_suggester import PathSuggester
from oncetui.ui.wizard.sentence import SentenceLine
from oncetui.ui.wizard.way_on import WayOn

ENTER = Command("enter", "decide", "go on", "Go on with what stands in the field.")
BACK = Command("escape", "back", "back", "Go back; nothing is trusted.", in_palette=False)
CA_FILE, PIN, OTHER_NAME = "ca_file", "pin", "ews_url"
_HELP = {
    CA_FILE: CA_FILE_TOLD,
    PIN: "type yes, or paste IT's SHA-256 to have it compared",
    OTHER_NAME: "a name of the certificate that leads to a server",
}


class CertificateScreen(OurScreen[WayOn | None]):
    """Shows one certificate; a CA file, a typed yes, or another name of the server lead on."""

    CSS_PATH = "certificate.tcss"
    ABOUT = (
        "A certificate proves that the server is the one it says it is. This one could not be checked, so no "
        "password was sent. Compare the SHA-256 with what IT tells you. What you trust here is trusted for "
        "this host alone, and a later change of it stops the connection until you agree again."
    )
    KEYS: ClassVar[tuple[Command, ...]] = (ENTER, BACK)
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KEYS)

    def __init__(self, facts: ShownFacts) -> None:
        super().__init__()
        self._facts = facts

    def compose(self) -> ComposeResult:
        """Lay out the step."""
        facts = self._facts
        yield Headline("The server's certificate", facts.host)
        with VerticalScroll(id="sheet", can_focus=False):
            yield SentenceLine(self.marks)
            yield Pairs(facts.rows)
            if facts.takes_ca_file:
                yield Field("CA file", id=CA_FILE, help=_HELP[CA_FILE])
            if facts.resolves is not None:
                yield Field("EWS URL", id=OTHER_NAME, help=_HELP[OTHER_NAME], value=facts.resolves)
            if facts.sha256:
                yield Field("Trust it", id=PIN, help=_HELP[PIN])
        yield KeyLine()

    def on_mount(self) -> None:
        """Say what is the matter, and begin at the first way on."""
        self.query_one(SentenceLine).show(self._facts.sentence, Mark.CAUTION)
        for field in self.query(Field):
            if field.id == CA_FILE:
                field.input.suggester = PathSuggester()
        self.query(Field).first().focus_input()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self._decide(event.input.query_ancestor(Field))

    def action_decide(self) -> None:
        """Go on with the field that has the cursor."""
        held = self.focused
        field = held.query_ancestor(Field) if isinstance(held, Input) else self.query(Field).first()
        self._decide(field)

    def _decide(self, field: Field) -> None:
        filled = next((one for one in self.query(Field) if one.id != OTHER_NAME and one.value.strip()), field)
        field = field if field.value.strip() else filled
        try:
            self.dismiss(self._way_on(str(field.id), field.value))
        except ValueError as error:
            field.show(error=str(error))
            field.focus_input()
            self.call_after_refresh(field.scroll_visible)

    def _way_on(self, name: str, typed: str) -> WayOn:
        if name == CA_FILE:
            if not typed.strip():
                raise ValueError(
                    "Name the file from IT, as in ~/company-ca.pem"
                    + (", or go to the next field by tab." if self._facts.sha256 else ".")
                )
            return WayOn(NetworkRoute(ca_file=ca_file_from(typed)))
        if name == OTHER_NAME:
            spelt = ews_url_spelling(typed)
            if spelt.error is not None:
                raise ValueError(spelt.error)
            return WayOn(ews_url=spelt.value)
        return WayOn(pinned_route(self._facts, pin_from(self._facts, typed)))

    def action_back(self) -> None:
        """Go back without trusting anything."""
        self.dismiss(None)
