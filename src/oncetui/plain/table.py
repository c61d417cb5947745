"""Columns of text."""

from collections.abc import Iterable, Sequence


def columns(rows: Iterable[Sequence[str]], indent: str = "  ") -> list[str]:
    """Return the rows as lines whose columns line up, two blanks between them."""
    lines = [tuple(row) for row in rows]
    if not lines:
        return []
    widths = [max(len(row[place]) for row in lines) for place in range(len(lines[0]))]
    return [
        indent + "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in lines
    ]
