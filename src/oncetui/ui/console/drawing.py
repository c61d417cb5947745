"""The view as lines of text of a given width: pure, so that a screen can be read in a test."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from rich.cells import cell_len

from oncetui.ui.cells import padded, shortened, wrapped
from oncetui.ui.console.parts import BookingRow, Fact, Lead, LogRow, PageRow, Tone
from oncetui.ui.marks import Marks

Value = TypeVar("Value")

LABEL_WIDTH = 12
NAME_AT_MOST = 26
SENTENCE_AT_LEAST = 30
STATE_WIDTH = 14
INDENT = "  "


class Ink(StrEnum):
    """How a piece of text is written; the screen maps it to the theme."""

    PLAIN = "plain"
    TITLE = "title"
    MUTED = "muted"
    FAINT = "faint"
    GOOD = "good"
    CAUTION = "caution"
    BAD = "bad"


@dataclass(frozen=True)
class Piece:
    """A run of text in one ink."""

    text: str
    ink: Ink = Ink.PLAIN


Line = tuple[Piece, ...]
Lines = tuple[Line, ...]
BLANK: Line = ()
INKS = {
    Tone.GOOD: Ink.GOOD,
    Tone.WORKING: Ink.TITLE,
    Tone.WARNING: Ink.CAUTION,
    Tone.BAD: Ink.BAD,
    Tone.QUIET: Ink.PLAIN,
}


def text_of(lines: Iterable[Line]) -> str:
    """Return the bare text of some lines."""
    return "\n".join("".join(piece.text for piece in line).rstrip() for line in lines)


def lead_lines(lead: Lead, width: int, marks: Marks) -> Lines:
    """Draw the first lines; parts of the sentence for which there is no room are left out from the end."""
    ink = INKS[lead.tone]
    mark = marks.padded(mark_of(lead.tone, marks)) + " "
    margin = " " * cell_len(mark)
    room = width - cell_len(mark)
    beside = room - (cell_len(lead.turn) + 2 if lead.turn else 0)
    first, *rest = wrapped(_with_parts(lead, beside), beside)
    lines: list[Line] = [_between((Piece(mark, ink), Piece(first, Ink.TITLE)), Piece(lead.turn, ink), width)]
    lines += [(Piece(margin), Piece(text, Ink.TITLE)) for text in rest]
    together = f"{lead.impact} {lead.action}".strip()
    paragraphs = [together] if cell_len(together) <= room else [lead.impact, lead.action]
    for paragraph in paragraphs:
        lines += [(Piece(margin), Piece(text)) for text in wrapped(paragraph, room) if text]
    return tuple(lines)


def fact_lines(facts: Iterable[Fact], width: int) -> Lines:
    """Draw labelled facts, the values under one another."""
    lines: list[Line] = []
    for fact in facts:
        label = Piece(INDENT + padded(fact.label, LABEL_WIDTH), Ink.MUTED)
        margin = Piece(" " * (LABEL_WIDTH + len(INDENT)))
        for number, text in enumerate(wrapped(fact.value, width - LABEL_WIDTH - len(INDENT))):
            lines.append((margin if number else label, Piece(text, INKS[fact.tone])))
    return tuple(lines)


def connection_lines(facts: tuple[Fact, ...], width: int) -> Lines:
    """Draw the connection panel, nothing without a connection."""
    return (heading("Connection", "", width), *fact_lines(facts, width)) if facts else ()


def page_lines(pages: tuple[PageRow, ...], width: int, marks: Marks) -> Lines:
    """Draw the booking pages; the reason of a closed one may take several lines."""
    if not pages:
        return (heading("Booking pages", "none yet", width),)
    opened = sum(page.open for page in pages)
    summary = "all open" if opened == len(pages) else f"{opened} of {len(pages)} open"
    names = min(NAME_AT_MOST, max(cell_len(page.name) for page in pages))
    lines = [heading("Booking pages", "all closed" if not opened else summary, width)]
    for page in pages:
        well = page.open and page.checked
        ink = Ink.GOOD if well else Ink.CAUTION
        mark = marks.padded(marks.good if well else marks.caution)
        start = f"{INDENT}{padded(page.name, names)}  "
        state = f"{mark} {'open' if page.open else 'closed':<6}  "
        margin = Piece(" " * cell_len(start + state))
        first, *rest = wrapped(page.detail, width - cell_len(start + state))
        lines.append((Piece(start), Piece(state, ink), Piece(first, Ink.MUTED)))
        lines += [(margin, Piece(text, Ink.MUTED)) for text in rest]
    return tuple(lines)


def booking_lines(bookings: tuple[BookingRow, ...], width: int) -> Lines:
    """Draw the next bookings, a line each."""
    if not bookings:
        return (heading("Next bookings", "none yet", width),)
    columns = ("when", "length", "who")
    widths = [max(cell_len(getattr(row, column)) for row in bookings) for column in columns]
    lines = [heading("Next bookings", "", width)]
    for row in bookings:
        cells = [padded(getattr(row, column), wide) for column, wide in zip(columns, widths, strict=True)]
        lines.append((Piece(shortened(INDENT + "  ".join([*cells, row.where]), width)),))
    return tuple(lines)


def log_lines(log: tuple[LogRow, ...], width: int) -> Lines:
    """Draw the log of state changes, newest first, each sentence under the one before."""
    if not log:
        return (heading("State changes", "none yet", width),)
    times = max(cell_len(row.when) for row in log)
    lines = [heading("State changes", "", width)]
    for row in log:
        start = f"{INDENT}{padded(row.when, times)}  "
        state = Piece(padded(row.state, STATE_WIDTH), INKS[row.tone])
        room = width - cell_len(start) - STATE_WIDTH
        lines += _told(Piece(start, Ink.MUTED), state, row.sentence, room)
    return tuple(lines)


def rule_line(marks: Marks, width: int) -> Lines:
    """Draw a rule across."""
    return ((Piece(marks.rule * width, Ink.FAINT),),)


def heading(title: str, summary: str, width: int) -> Line:
    """Draw a section's title, with a summary at the right."""
    return _between((Piece(title, Ink.TITLE),), Piece(summary, Ink.MUTED), width)


def sentence_lines(sentence: str, width: int) -> Lines:
    """Draw a sentence under the facts; an empty one keeps its line, so that nothing moves."""
    room = width - len(INDENT)
    return tuple((Piece(INDENT + text if text else ""),) for text in wrapped(sentence, room))


def spaced(drawing: Callable[[Value, int], Lines]) -> Callable[[Value, int], Lines]:
    """Return a drawing that ends in a blank line where it draws anything."""

    def drawn(value: Value, width: int) -> Lines:
        lines = drawing(value, width)
        return (*lines, BLANK) if lines else ()

    return drawn


def _told(start: Piece, state: Piece, sentence: str, room: int) -> list[Line]:
    """Put a sentence beside its time and state, or below them where there is little room."""
    if room >= SENTENCE_AT_LEAST:
        margin = Piece(" " * cell_len(start.text + state.text))
        first, *rest = wrapped(sentence, room)
        return [(start, state, Piece(first)), *((margin, Piece(text)) for text in rest)]
    margin = Piece(INDENT * 2)
    below = wrapped(sentence, room + cell_len(start.text + state.text) - len(margin.text)) if sentence else []
    return [(start, state), *((margin, Piece(text)) for text in below)]


def _between(left: Line, right: Piece, width: int) -> Line:
    gap = width - sum(cell_len(piece.text) for piece in left) - cell_len(right.text)
    return (*left, Piece(" " * max(gap, 2)), right) if right.text else left


def _with_parts(lead: Lead, room: int) -> str:
    sentence = lead.sentence
    for part in lead.more:
        longer = f"{sentence} · {part}"
        if cell_len(longer) > room:
            break
        sentence = longer
    return sentence


def mark_of(tone: Tone, marks: Marks) -> str:
    """Return the mark that tells a tone without colour."""
    return {
        Tone.GOOD: marks.good,
        Tone.WORKING: marks.asking,
        Tone.WARNING: marks.caution,
        Tone.BAD: marks.bad,
        Tone.QUIET: marks.idle,
    }[tone]
