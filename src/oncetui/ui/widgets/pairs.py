"""Rows of a name and what it stands for; long texts go on below their own beginning."""

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static


class Pairs(Vertical):
    """Two columns; the left one is as wide as its longest name, up to a third of a small screen."""

    def __init__(self, pairs: Iterable[tuple[str, str]], *, names: str = "muted") -> None:
        super().__init__()
        self._pairs = tuple(pairs)
        self._names = names

    def compose(self) -> ComposeResult:
        """Lay out the rows."""
        width = min(34, max((len(name) for name, _ in self._pairs), default=0)) + 3
        for name, text in self._pairs:
            with Horizontal():
                label = Static(name, classes=f"pair-name {self._names}", markup=False)
                label.styles.width = width
                yield label
                yield Static(text, classes="pair-text", markup=False)
