"""Keys that act in the order in which they were pressed, however fast they come."""

from textual import events
from textual.widgets import Input


class KeysInOrder(Input):
    """An `Input` that carries out its own editing keys at once.

    Textual runs a widget's bindings only after the key has travelled up to the app; letters that come right
    behind it are taken first. On a slow line, where keys arrive in bunches, a Backspace would then take the
    wrong letter of a password.
    """

    takes_question_mark = True
    """Whether `?` is text here; help is then on `ctrl+g`."""

    async def _on_key(self, event: events.Key) -> None:
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            if await self.app.run_action(binding.action, self):
                event.stop()
                event.prevent_default()
                return
        await super()._on_key(event)
