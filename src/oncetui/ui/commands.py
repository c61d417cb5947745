"""The one registry of keys: a command feeds its binding, the key line, the help screen and the palette."""

from collections.abc import Iterable
from dataclasses import dataclass

from textual.binding import Binding, BindingType

_SPOKEN = {
    "escape": "esc",
    "question_mark": "?",
    "slash": "/",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
}
_PAIRS = {("up", "down"): "↑↓", ("left", "right"): "←→"}


@dataclass(frozen=True)
class Command:
    """Something that a key does on a screen.

    `keys` are Textual's names, the first one is shown; `label` stands on the key line (empty keeps it off),
    `help` is the sentence of the help screen and the palette. `first` goes before the focused widget, which
    a field needs for keys that it would take as text or for editing.
    """

    keys: str
    action: str
    label: str
    help: str
    first: bool = False
    in_palette: bool = True

    @property
    def shown_key(self) -> str:
        """The first key as people write it, both where arrows are a pair."""
        key, *others = (key.strip() for key in self.keys.split(","))
        if others and (key, others[0]) in _PAIRS:
            return _PAIRS[key, others[0]]
        return _SPOKEN.get(key, key)

    @property
    def leads_out(self) -> bool:
        """Whether it leaves the screen."""
        return self.shown_key in ("esc", "q")

    @property
    def binding(self) -> Binding:
        """The binding that Textual listens with."""
        return Binding(self.keys, self.action, self.label or self.help, show=False, priority=self.first)


def bindings_of(commands: Iterable[Command]) -> list[BindingType]:
    """Return the bindings of some commands, for a screen's `BINDINGS`."""
    return [command.binding for command in commands]
