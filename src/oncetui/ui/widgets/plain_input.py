"""The field that everything but a password is typed into."""

from textual import events

from oncetui.ui.widgets.keys_in_order import KeysInOrder


class PlainInput(KeysInOrder):
    """An `Input` that leaves `?` to the help screen: no address and no Windows name has one."""

    def __init__(self, value: str = "", *, id: str | None = None) -> None:  # noqa: A002  # Textual's name
        super().__init__(value, select_on_focus=False, id=id)
        self.cursor_blink = False

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Tell Textual that `?` is not taken."""
        return key != "question_mark" and super().check_consume_key(key, character)

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "question_mark":
            event.prevent_default()
        else:
            await super()._on_key(event)
