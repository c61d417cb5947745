"""The bottom line: what the keys do at this moment."""

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from oncetui.ui.commands import Command

_GAP = "   "


class KeyLine(Static):
    """One line of keys and words; help stands at its end, and what doesn't fit is in the help screen."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._commands: tuple[Command, ...] = ()
        self._help = _key("?", "help")

    def show_commands(self, commands: Sequence[Command], *, typing_secret: bool = False) -> None:
        """Show some commands; those without a label stay off. A password may hold a `?`."""
        shown = tuple(command for command in commands if command.label)
        help_key = _key("ctrl+g" if typing_secret else "?", "help")
        if (shown, help_key) != (self._commands, self._help):
            self._commands, self._help = shown, help_key
            self.refresh()

    def render(self) -> Content:
        """Return as many keys as the line holds, help always."""
        parts: list[Content] = []
        used = self._help.cell_length
        for command in self._commands:
            part = _key(command.shown_key, command.label)
            wanted = part.cell_length + len(_GAP)
            if used + wanted <= self.size.width:
                used += wanted
                parts.append(part)
        return Content(_GAP).join([*parts, self._help])


def _key(key: str, label: str) -> Content:
    return Content.assemble((key, "bold $primary"), " ", (label, "$text-muted"))
