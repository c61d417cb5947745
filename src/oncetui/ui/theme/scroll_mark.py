"""What says that a text goes on: arrows at its edge, since a bar's colour says nothing without colours."""

from rich.color import Color
from rich.segment import Segment, Segments
from rich.style import Style
from textual.scrollbar import ScrollBarRender

ABOVE, BELOW = "↑", "↓"


class ScrollMark(ScrollBarRender):
    """Draws `↑` beside the first line where the text began above it, `↓` beside the last where it goes on."""

    @classmethod
    def render_bar(  # noqa: PLR0917  # Textual's signature
        cls,
        size: int = 25,
        virtual_size: float = 50,
        window_size: float = 20,
        position: float = 0,
        thickness: int = 1,
        vertical: bool = True,  # noqa: FBT001, FBT002  # Textual's signature
        back_color: Color | None = None,
        bar_color: Color | None = None,
    ) -> Segments:
        """Return a row for each line of the screen; sideways nothing of ours is scrolled."""
        if not vertical:
            back, bar = back_color or Color.default(), bar_color or Color.default()
            return super().render_bar(
                size, virtual_size, window_size, position, thickness, vertical, back, bar
            )
        style = Style(color=bar_color, bgcolor=back_color)
        marks = marks_beside(size, virtual_size, window_size, position)
        rows = [
            Segment(
                mark.ljust(thickness),
                style + Style(meta={"@mouse.down": "scroll_up" if row < size // 2 else "scroll_down"}),
            )
            for row, mark in enumerate(marks)
        ]
        return Segments(rows, new_lines=True)


def marks_beside(size: int, virtual_size: float, window_size: float, position: float) -> list[str]:
    """Return the sign beside each line of a window on a longer text; one line alone has room for one."""
    marks = [" "] * size
    if not size or not window_size or virtual_size <= window_size:
        return marks
    if position > 0:
        marks[0] = ABOVE
    if position < virtual_size - window_size:
        marks[-1] = BELOW
    return marks
