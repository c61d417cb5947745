"""The field that everything but a password is typed into."""

from textual import events

from oncetui.ui.widgets.keys_in_order import KeysInOrder


class PlainInput(KeysInOrder):
    """An `Input` that leaves `?` to the help screen: no address and no Windows name has one.

    With `free_text` it takes `?` like any other sign.
    """

    def __init__(self, value: str = "", *, free_text: bool = False, id: str | None = None) -> None:  # noqa: A002  # Textual's name
        super().__init__(value, select_on_focus=False, id=id)
        self.takes_question_mark = free_text
        self.cursor_blink = False

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Tell Textual whether `?` is taken."""
        return not self._is_for_help(key) and super().check_consume_key(key, character)

    async def _on_key(self, event: events.Key) -> None:
        if self._is_for_help(event.key):
            event.prevent_default()
        else:
            await super()._on_key(event)

    def _is_for_help(self, key: str) -> bool:
        return key == "question_mark" and not self.takes_question_mark
