"""Our colours: calm, dark, and all of the 256-colour cube, so that SSH shows them as they are meant."""

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter
from textual.theme import Theme

from oncetui.ui.appearance import OWN_THEME

OWN = Theme(
    name=OWN_THEME,
    dark=True,
    primary="#87afd7",
    secondary="#87afaf",
    accent="#d7af87",
    success="#87af87",
    warning="#d7af5f",
    error="#d75f5f",
    foreground="#dadada",
    background="#121212",
    surface="#1c1c1c",
    panel="#303030",
    variables={
        # Textual's own value, a blend, comes out as pure white in text that is made of pieces.
        "text-muted": "#949494",
        "border": "#87afd7",
        "block-cursor-foreground": "#121212",
        "block-cursor-background": "#87afd7",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#303030",
        "input-cursor-background": "#dadada",
        "input-cursor-foreground": "#121212",
        "input-selection-background": "#5f87af",
    },
)

_PLAIN = str.maketrans("·…→←↑↓–—“”‘’•─▌✓✗▁│╭╮╰╯", "-.>*^v--\"\"''*-|+x_|++++")


class AsciiFilter(LineFilter):
    """Draws typographic signs by the nearest ASCII character where the terminal has no UTF-8."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002  # LineFilter's signature
        """Return the line with each sign replaced by one of the same width."""
        return [Segment(text.translate(_PLAIN), style, control) for text, style, control in segments]
