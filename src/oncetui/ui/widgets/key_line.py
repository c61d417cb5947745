"""The bottom line: what the keys do at this moment."""

from collections.abc import Mapping, Sequence

from textual.content import Content
from textual.widgets import Static

from oncetui.ui.commands import Command

_GAP = "   "
_NARROW_GAP = "  "
_QUIT = "q"


class KeyLine(Static):
    """One line of keys and words; help stands at its end, and what doesn't fit is in the help screen.

    The way out is always on it. `q` and `?` stand without their words where that leaves room for more.
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
        fitting = self._fitting(parts, self._help, gap)
        quits = next((command for command in parts if command.shown_key == _QUIT), None)
        if quits is not None and len(fitting) < len(parts):
            bare = {**parts, quits: _key(_QUIT, "")}
            with_bare = self._fitting(bare, _key("?", ""), gap)
            if len(with_bare) > len(fitting):
                return Content(gap).join([*(bare[command] for command in with_bare), _key("?", "")])
        return Content(gap).join([*(parts[command] for command in fitting), self._help])

    def _fitting(self, parts: Mapping[Command, Content], help_key: Content, gap: str) -> list[Command]:
        """Return the commands for which there is room, in their order."""
        fitting: list[Command] = []
        used = help_key.cell_length
        for command in sorted(parts, key=lambda one: not one.leads_out):
            used += parts[command].cell_length + len(gap)
            if used > self.size.width:
                break
            fitting.append(command)
        return [command for command in parts if command in fitting]


def _key(key: str, label: str) -> Content:
    if not label:
        return Content.styled(key, "bold $primary")
    return Content.assemble((key, "bold $primary"), " ", (label, "$text-muted"))
