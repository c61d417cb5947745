"""The question before a password leaves the mail domain."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

_KEYS = Content.assemble(
    ("y", "bold $primary"), " send it there     ", ("n", "bold $primary"), " no, I enter the server's address"
)


class ConsentLine(Static, can_focus=True):
    """`y` agrees, `n` doesn't; Enter does neither, since it is pressed out of habit."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", show=False),
        Binding("n", "answer(False)", show=False),
    ]

    class Answered(Message):
        """A person said yes or no."""

        def __init__(self, *, agreed: bool) -> None:
            super().__init__()
            self.agreed = agreed

    def __init__(self) -> None:
        super().__init__(_KEYS)
        self.display = False

    def action_answer(self, agreed: bool) -> None:  # noqa: FBT001  # a binding's argument has no name
        """Hand the answer on."""
        self.post_message(self.Answered(agreed=agreed))
