"""Stages and requests as lines of text of a given width."""

from rich.cells import cell_len

from oncetui.ui.cells import padded, shortened, wrapped
from oncetui.ui.console.drawing import INKS, Ink, Line, Lines, Piece, heading, mark_of
from oncetui.ui.console.parts import Fact, Tone
from oncetui.ui.marks import Marks
from oncetui.ui.troubleshoot.view import RequestRow, StageRow

_LABEL = 15
_TIME = 8
_NAME_AT_MOST = 32
_MARGIN = "      "


def stage_lines(stages: tuple[StageRow, ...], width: int, marks: Marks) -> Lines:
    """Draw the stages of a check, nothing before one was begun."""
    if not stages:
        return ()
    lines: list[Line] = [heading("Check", "", width)]
    for row in stages:
        mark = marks.padded(mark_of(row.tone, marks))
        start = f" {mark} {padded(row.label, _LABEL)}{padded(row.time, _TIME)} "
        room = width - cell_len(start)
        wraps = row.tone is not Tone.GOOD
        first, *rest = wrapped(row.told, room) if wraps else [shortened(row.told, room)]
        quiet = row.tone in (Tone.GOOD, Tone.QUIET)
        ink = Ink.MUTED if quiet else Ink.PLAIN
        mark_piece = Piece(f" {mark} ", INKS[row.tone])
        lines.append((mark_piece, Piece(start[len(mark_piece.text) :]), Piece(first, ink)))
        lines += [(Piece(" " * cell_len(start)), Piece(text, ink)) for text in rest]
        lines += _evidence(row.evidence, width)
    return tuple(lines)


def evidence_lines(evidence: tuple[Fact, ...], width: int) -> Lines:
    """Draw the evidence of a problem."""
    return (heading("Evidence", "", width), *_evidence(evidence, width)) if evidence else ()


def request_lines(requests: tuple[RequestRow, ...] | None, width: int) -> Lines:
    """Draw the last requests, newest first; nothing where they are not asked for."""
    if requests is None:
        return ()
    if not requests:
        return (heading("Last requests", "none from this program yet", width),)
    lines: list[Line] = [heading("Last requests", "newest first, times UTC, redacted", width)]
    for row in requests:
        lines += [(Piece(f" {text}"),) for text in wrapped(row.line, width - 1)]
        told = wrapped(row.told, width - len(_MARGIN)) if row.told else []
        lines += [(Piece(_MARGIN), Piece(text, Ink.MUTED)) for text in told]
    return tuple(lines)


def _evidence(facts: tuple[Fact, ...], width: int) -> list[Line]:
    names = min(_NAME_AT_MOST, max((cell_len(fact.label) for fact in facts), default=0))
    lines: list[Line] = []
    for fact in facts:
        label = Piece(f"{_MARGIN}{padded(fact.label, names)}  ", Ink.MUTED)
        margin = Piece(" " * cell_len(label.text))
        for number, text in enumerate(wrapped(fact.value, width - cell_len(label.text))):
            lines.append((margin if number else label, Piece(text)))
    return lines
