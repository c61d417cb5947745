"""A labelled field of two rows: the value, and below it the help that turns into the error."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from oncetui.ui.widgets.plain_input import PlainInput
from oncetui.ui.widgets.secret_input import SecretInput


class Field(Vertical):
    """Label, input, help line; `show` paints the help line anew, and an error takes its place."""

    def __init__(
        self,
        label: str,
        *,
        id: str,  # noqa: A002  # Textual's word
        help: str = "",  # noqa: A002  # the screen's word
        value: str = "",
        secret: bool = False,
        free_text: bool = False,
    ) -> None:
        super().__init__(id=id)
        self._label = label
        self._help = Content(help)
        # Made here and not in `compose`: what is told before that is over is shown too.
        self._help_line = Static(self._help, classes="field-help", markup=False)
        self._input = SecretInput() if secret else PlainInput(value, free_text=free_text)

    def compose(self) -> ComposeResult:
        """Lay out the two rows."""
        with Horizontal():
            yield Static(self._label, classes="field-label", markup=False)
            yield self._input
        yield self._help_line

    @property
    def input(self) -> Input:
        """The input itself."""
        return self._input

    @property
    def secret_input(self) -> SecretInput:
        """The input of a field that was made secret."""
        if not isinstance(self._input, SecretInput):
            raise TypeError(f"the field {self.id} holds no secret")
        return self._input

    @property
    def value(self) -> str:
        """What was typed; ask `secret_input.secret` for a password."""
        return self._input.value

    @value.setter
    def value(self, text: str) -> None:
        if text != self._input.value:
            self._input.value = text
            self._input.cursor_position = len(text)

    def focus_input(self) -> None:
        """Move to the field, behind what it holds."""
        self._input.focus()
        self._input.cursor_position = len(self._input.value)

    def show(self, *, help: str = "", error: str = "", note: str = "") -> None:  # noqa: A002  # the screen's word
        """Paint the lower row: an error takes the place of the help, a note goes before it."""
        self.set_class(bool(error), "has-error")
        if error:
            text = Content.assemble(("! ", "bold"), error)
        else:
            text = Content("\n").join([Content.styled(note, "$foreground")] * bool(note) + [Content(help)])
        if text != self._help:
            self._help = text
            self._help_line.update(text)

    @on(Input.Changed)
    def _step_back(self) -> None:
        # What was wrong may be right now: the error steps back while one types, without validating.
        self.remove_class("has-error")
