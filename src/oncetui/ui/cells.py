"""Text measured in cells of the terminal: wide signs take two, combining ones none."""

from rich.cells import cell_len, set_cell_size


def wrapped(text: str, width: int) -> list[str]:
    """Return the text in lines of at most `width` cells, broken between words; a longer word is cut up."""
    lines = [""]
    for word in text.split():
        for part in _cut_up(word, width):
            longer = f"{lines[-1]} {part}" if lines[-1] else part
            if cell_len(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(part)
    return lines


def shortened(text: str, width: int) -> str:
    """Return the text cut to `width` cells, with `…` where something is missing."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + "…" if width > 0 else ""


def padded(text: str, width: int) -> str:
    """Return the text filled with spaces to `width` cells, shortened where it is wider."""
    return set_cell_size(shortened(text, width), width)


def _cut_up(word: str, width: int) -> list[str]:
    parts = [word]
    while cell_len(parts[-1]) > max(width, 2):
        head = set_cell_size(parts[-1], max(width, 2)).rstrip()
        parts[-1:] = [head, parts[-1][len(head) :]]
    return parts
