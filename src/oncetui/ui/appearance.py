"""What the terminal can show: colours by its `TERM`, marks by its encoding."""

import locale
import os
from collections.abc import Mapping
from dataclasses import dataclass

from oncetui.ui.marks import TYPOGRAPHIC, Marks, marks_for

OWN_THEME = "oncetui"
TERMINAL_THEME = "terminal"
"""The theme that draws with the terminal's own 16 colours."""

_MANY_COLOURS = ("256", "truecolor", "direct", "kitty", "alacritty", "ghostty", "wezterm", "foot")


@dataclass(frozen=True)
class Appearance:
    """How this terminal is drawn on."""

    theme: str = OWN_THEME
    marks: Marks = TYPOGRAPHIC

    @classmethod
    def of_terminal(cls) -> "Appearance":
        """Return what the terminal of this process can show."""
        return cls(theme_for(os.environ), marks_for(locale.getencoding()))


def theme_for(environment: Mapping[str, str]) -> str:
    """Return the theme: the terminal's own colours under `NO_COLOR` or where it has only sixteen."""
    if "NO_COLOR" in environment:
        return TERMINAL_THEME
    if environment.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return OWN_THEME
    term = environment.get("TERM", "").lower()
    return OWN_THEME if any(word in term for word in _MANY_COLOURS) else TERMINAL_THEME
