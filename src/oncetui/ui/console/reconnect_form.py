"""The fields of the reconnect screen, painted from its state; two of them stay away until revealed."""

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from oncetui.connector.reconnecting import ReconnectChanges
from oncetui.model.connection import ConnectionSettings, NetworkRoute
from oncetui.model.secret import Secret
from oncetui.model.spelling import ews_url_spelling, user_name_spelling
from oncetui.ui.console.reconnect_state import REVEALED, Asked, ReconnectState
from oncetui.ui.widgets.field import Field

_LABELS = {Asked.PASSWORD: "Password", Asked.EWS_URL: "EWS URL", Asked.USERNAME: "Domain\\UserName"}


class ReconnectForm(Vertical):
    """Three fields; posts `Left`, `TypedOn` and `Entered`."""

    @dataclass
    class Left(Message):
        """The cursor left a field; `text` is empty for the password."""

        name: Asked
        text: str

    class TypedOn(Message):
        """Something else stands in a field."""

    class Entered(Message):
        """Enter was pressed in a field."""

    def __init__(self, state: ReconnectState, settings: ConnectionSettings | None) -> None:
        super().__init__()
        self._first = state
        self._settings = settings
        self._filled = ""

    def compose(self) -> ComposeResult:
        """Lay out all fields; showing two of them later costs no layout of new widgets."""
        kept = self._settings
        held = {} if kept is None else {Asked.EWS_URL: kept.ews_url, Asked.USERNAME: kept.sign_in.username}
        for name in Asked:
            secret = name is Asked.PASSWORD
            below = self._first.line(name).help
            field = Field(_LABELS[name], id=name, help=below, value=held.get(name, ""), secret=secret)
            field.display = secret or self._first.revealed
            yield field

    @property
    def secret(self) -> Secret:
        """What stands in the password."""
        return self.field(Asked.PASSWORD).secret_input.secret

    def changes(self, route: NetworkRoute) -> ReconnectChanges:
        """Return what differs from what is kept, with what was told of the way there."""
        kept = self._settings
        if kept is None or not self.field(Asked.USERNAME).display:
            return ReconnectChanges(route=route)
        url = ews_url_spelling(self.field(Asked.EWS_URL).value).value
        name = user_name_spelling(self.field(Asked.USERNAME).value).value
        return ReconnectChanges(
            ews_url=None if url == kept.ews_url else url,
            username=None if name == kept.sign_in.username else name,
            route=route,
        )

    def texts(self) -> tuple[tuple[Asked, str], ...]:
        """Return what stands in the fields that everybody reads, where they are on the screen."""
        return tuple((name, self.field(name).value) for name in REVEALED if self.field(name).display)

    def toggle_shown(self) -> None:
        """Show the password, or hide it."""
        self.field(Asked.PASSWORD).secret_input.toggle_shown()

    def go_to(self, name: Asked) -> None:
        """Move the cursor to a field."""
        self.field(name).focus_input()
        if name is Asked.PASSWORD:
            # Whoever types a password anew means it to take the place of the one that stands there.
            self.field(name).secret_input.action_select_all()

    def show(self, state: ReconnectState) -> None:
        """Paint the state; a user name is filled in once, where none stands."""
        for name in Asked:
            line, field = state.line(name), self.field(name)
            field.display = name is Asked.PASSWORD or state.revealed
            field.show(help=line.help, error=line.error, note=line.note)
        if state.fill != self._filled:
            self._filled = state.fill
            if not self.field(Asked.USERNAME).value.strip():
                self.field(Asked.USERNAME).value = state.fill
        self.disabled = not state.at_rest

    def field(self, name: Asked) -> Field:
        """Return a field."""
        return self.query_one(f"#{name}", Field)

    @on(Input.Blurred)
    def _left(self, event: Input.Blurred) -> None:
        name = Asked(event.input.query_ancestor(Field).id or "")
        self.post_message(self.Left(name, "" if name is Asked.PASSWORD else event.value))

    @on(Input.Changed)
    def _typed_on(self) -> None:
        self.post_message(self.TypedOn())

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Entered())
