"""The fields of the account step, painted from its state; two of them stay away until they are revealed."""

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static

from oncetui.model.secret import Secret
from oncetui.setup.account_state import AccountState
from oncetui.setup.fields import HELP_LINES, LABELS, AccountField, FieldName
from oncetui.ui.widgets.field import Field

ORDER = (FieldName.EMAIL, FieldName.PASSWORD, FieldName.EWS_URL, FieldName.USERNAME)


class AccountForm(Vertical):
    """Four fields and the count of refused sign-ins; posts `FieldLeft` and `Entered`."""

    @dataclass
    class FieldLeft(Message):
        """The cursor left a field; `text` is empty for the password."""

        name: FieldName
        text: str

    class Entered(Message):
        """Enter was pressed in a field."""

    def __init__(self, secret: Secret) -> None:
        super().__init__()
        self._secret_before = secret
        self._painted: dict[FieldName, str] = {}
        self._refusals: str | None = None

    def compose(self) -> ComposeResult:
        """Lay out all fields; showing one later costs no layout of new widgets."""
        for name in ORDER:
            field = Field(LABELS[name], id=name, help=HELP_LINES[name], secret=name is FieldName.PASSWORD)
            field.display = name in (FieldName.EMAIL, FieldName.PASSWORD)
            yield field
        refusals = Static(id="refusals", markup=False)
        refusals.display = False
        yield refusals

    def on_mount(self) -> None:
        """Put back the password that was typed before a later step was left."""
        self.password.secret_input.value = self._secret_before.reveal()

    @property
    def password(self) -> Field:
        """The field of the password."""
        return self._field(FieldName.PASSWORD)

    @property
    def is_filled(self) -> bool:
        """Whether anything stands in a field."""
        return not self.password.secret_input.is_empty or any(text for _, text in self.texts())

    def texts(self) -> tuple[tuple[FieldName, str], ...]:
        """Return what stands in the fields on the screen, without the password."""
        return tuple(
            (name, self._field(name).value)
            for name in ORDER
            if name is not FieldName.PASSWORD and self._field(name).display
        )

    def go_to(self, name: FieldName) -> None:
        """Move the cursor to a field."""
        self._field(name).focus_input()
        if name is FieldName.PASSWORD:
            # Whoever types a password anew means it to take the place of the one that stands there.
            self.password.secret_input.action_select_all()

    def show(self, state: AccountState) -> None:
        """Paint the state; a text is only written where the state has another one than before."""
        for name in ORDER:
            shown = state.shown(name)
            field = self._field(name)
            field.display = shown is not None
            if shown is not None:
                self._show_field(field, shown, state)
        if state.refusals_sentence != self._refusals:
            self._refusals = state.refusals_sentence
            refusals = self.query_one("#refusals", Static)
            refusals.update(state.refusals_sentence or "")
            refusals.display = bool(state.refusals_sentence)

    def _show_field(self, field: Field, shown: AccountField, state: AccountState) -> None:
        if shown.name is not FieldName.PASSWORD and self._painted.get(shown.name, "") != shown.value:
            field.value = shown.value
        self._painted[shown.name] = shown.value
        error = shown.error or ""
        if error and shown.offer:
            error = f"{error} · ctrl+o takes it"
        said_above = state.headline is not None and (shown.why or "") in state.headline.sentence
        note = shown.note or ("" if said_above else shown.why or "")
        field.show(help=self._help(shown), error=error, note=note)

    def _help(self, shown: AccountField) -> str:
        if shown.name is not FieldName.PASSWORD:
            return shown.help
        does = "shows" if self.password.secret_input.password else "hides"
        return f"{shown.help} · ctrl+r {does} it"

    @on(Input.Blurred)
    def _left(self, event: Input.Blurred) -> None:
        name = FieldName(_field_of(event.input).id or "")
        self.post_message(self.FieldLeft(name, "" if name is FieldName.PASSWORD else event.value))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Entered())

    def _field(self, name: FieldName) -> Field:
        return self.query_one(f"#{name}", Field)


def _field_of(field_input: Input) -> Field:
    return next(above for above in field_input.ancestors if isinstance(above, Field))
