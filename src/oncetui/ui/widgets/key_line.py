"""The bottom line: what the keys do at this moment."""

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from oncetui.ui.commands import Command

_GAP = "   "
_NARROW_GAP = "  "


class KeyLine(Static):
    """One line of keys and words; help stands at its end, and what doesn't fit is in the help screen.

    The way out is always on it.
    """

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._commands: tuple[Command, ...] = ()
        self._help = _key("?", "help")

    def show_commands(self, commands: Sequence[Command], *, typing: bool = False) -> None:
        """Show some commands; those without a label stay off. What is being typed may hold a `?`."""
        shown = tuple(command for command in commands if command.label)
        help_key = _key("ctrl+g" if typing else "?", "help")
        if (shown, help_key) != (self._commands, self._help):
            self._commands, self._help = shown, help_key
            self.refresh()

    def render(self) -> Content:
        """Return as many keys as the line holds, help always."""
        parts = {command: _key(command.shown_key, command.label) for command in self._commands}
        wanted = sum(part.cell_length + len(_GAP) for part in parts.values())
        gap = _GAP if wanted + self._help.cell_length <= self.size.width else _NARROW_GAP
        fitting: list[Command] = []
        used = self._help.cell_length
        for command in sorted(parts, key=lambda one: not one.leads_out):
            used += parts[command].cell_length + len(gap)
            if used > self.size.width:
                break
            fitting.append(command)
        shown = (part for command, part in parts.items() if command in fitting)
        return Content(gap).join([*shown, self._help])


def _key(key: str, label: str) -> Content:
    return Content.assemble((key, "bold $primary"), " ", (label, "$text-muted"))
