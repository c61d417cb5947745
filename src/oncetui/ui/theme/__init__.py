"""Our colours: calm, dark, and all of the 256-colour cube, so that SSH shows them as they are meant."""

from rich.color import Color as TerminalColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.theme import Theme

from oncetui.ui.appearance import OWN_THEME, TERMINAL_THEME

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

TERMINAL = Theme(
    name=TERMINAL_THEME,
    dark=True,
    ansi=True,
    # The blue of many terminals can't be read on black.
    primary="ansi_cyan",
    secondary="ansi_cyan",
    accent="ansi_yellow",
    success="ansi_green",
    warning="ansi_yellow",
    error="ansi_red",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    variables={
        "ansi-background": "ansi_black",
        "ansi-foreground": "ansi_white",
        "text-muted": "ansi_bright_black",
        "border": "ansi_cyan",
        "border-blurred": "ansi_default",
        "block-cursor-foreground": "ansi_black",
        "block-cursor-background": "ansi_white",
        "input-cursor-background": "ansi_default",
        "input-cursor-foreground": "ansi_default",
        "input-cursor-text-style": "reverse",
        "input-selection-background": "ansi_bright_blue",
        "input-selection-foreground": "ansi_black",
        "screen-selection-background": "ansi_bright_blue",
        "screen-selection-foreground": "ansi_black",
    },
)

_GREY = TerminalColor.parse("bright_black").number
_DIM = Style(dim=True, color="default")
_PLAIN = str.maketrans("·…→←↑↓–—“”‘’•─▌✓✗▁▂▃▄▅▆▇█│╭╮╰╯▔", "-.><^v--\"\"''*-|+x_#######|++++-")


class DimFilter(LineFilter):
    """Draws muted text dim instead of grey.

    Of sixteen colours grey is often the background, and under `NO_COLOR` there is none.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002  # LineFilter's signature
        """Return the line with grey text in the terminal's own colour, dim."""
        return [
            Segment(text, style + _DIM, control)
            if style is not None and style.color is not None and style.color.number == _GREY
            else Segment(text, style, control)
            for text, style, control in segments
        ]


class AsciiFilter(LineFilter):
    """Draws typographic signs by the nearest ASCII character where the terminal has no UTF-8."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002  # LineFilter's signature
        """Return the line with each sign replaced by one of the same width."""
        return [Segment(text.translate(_PLAIN), style, control) for text, style, control in segments]
