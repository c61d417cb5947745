"""The field that a password is typed into."""

from textual import events
from textual.widgets import Input

from oncetui.model.secret import Secret
from oncetui.ui.widgets.keys_in_order import KeysInOrder

MASKED = "(masked)"


class SecretInput(KeysInOrder):
    """An `Input` whose messages never carry what was typed; `secret` hands it out.

    What was typed can't be copied or cut, and is hidden again when the field is left.
    """

    class Changed(Input.Changed):
        """Posted when the password changes, without it."""

        def __init__(self, field: Input, value: str, validation_result: object = None) -> None:  # noqa: ARG002  # Input's signature
            super().__init__(field, MASKED, None)

    class Submitted(Input.Submitted):
        """Posted on Enter, without the password."""

        def __init__(self, field: Input, value: str, validation_result: object = None) -> None:  # noqa: ARG002  # Input's signature
            super().__init__(field, MASKED, None)

    class Blurred(Input.Blurred):
        """Posted when the field is left, without the password."""

        def __init__(self, field: Input, value: str, validation_result: object = None) -> None:  # noqa: ARG002  # Input's signature
            super().__init__(field, MASKED, None)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's name
        super().__init__(password=True, select_on_focus=False, id=id)
        self.cursor_blink = False

    @property
    def secret(self) -> Secret:
        """What was typed."""
        return Secret(self.value)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not self.value

    def toggle_shown(self) -> None:
        """Show what was typed, or hide it again."""
        self.password = not self.password

    def action_copy(self) -> None:
        """Do nothing: the clipboard of a terminal is seen by others."""

    def action_cut(self) -> None:
        """Do nothing: the clipboard of a terminal is seen by others."""

    def _on_blur(self, event: events.Blur) -> None:
        self.password = True
        super()._on_blur(event)
