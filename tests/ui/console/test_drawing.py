"""How the view becomes lines of a width."""

from functools import partial

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from oncetui.ui.cells import wrapped
from oncetui.ui.console.drawing import (
    booking_lines,
    connection_lines,
    fact_lines,
    lead_lines,
    log_lines,
    page_lines,
    rule_line,
    sentence_lines,
    spaced,
    text_of,
)
from oncetui.ui.console.parts import BookingRow, Fact, Lead, LogRow, PageRow, Tone
from oncetui.ui.marks import ASCII, TYPOGRAPHIC
from tests.ui.console.examples import office

WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=120)
WIDTHS = st.integers(60, 160)


@given(WORDS, st.integers(2, 60))
def test_wrapping_loses_no_word_and_never_grows_wider_than_told(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= width for line in lines)


@given(WORDS, WORDS, WIDTHS)
def test_no_block_is_wider_than_its_screen(first: str, second: str, width: int) -> None:
    lead = Lead(Tone.BAD, first, more=(second, "more"), impact=second, action=first, turn="needs you")
    page = PageRow(first, open=True, checked=True, detail=second)
    blocks = (
        lead_lines(lead, width, TYPOGRAPHIC),
        fact_lines((Fact("Label", first), Fact(second, second)), width),
        page_lines((page, page), width, ASCII),
        booking_lines((BookingRow("Tue 24 Nov 10:00", "30 min", first, second),), width),
        log_lines((LogRow("12:03:41", "interrupted", Tone.BAD, second),), width),
        sentence_lines(first, width),
    )
    for line in (line for block in blocks for line in block):
        assert cell_len("".join(piece.text for piece in line)) <= width


def test_parts_of_the_sentence_without_room_are_left_out_from_the_end() -> None:
    lead = Lead(Tone.GOOD, "Connected", more=("4 calendars", "last check 12:03:41"))
    assert text_of(lead_lines(lead, 80, TYPOGRAPHIC)) == "✓ Connected · 4 calendars · last check 12:03:41"
    assert text_of(lead_lines(lead, 40, TYPOGRAPHIC)) == "✓ Connected · 4 calendars"


def test_a_state_is_told_by_a_mark_also_where_only_ascii_can_be_shown() -> None:
    signs = {tone: text_of(lead_lines(Lead(tone, "state"), 40, ASCII)).split()[0] for tone in Tone}
    assert signs == {Tone.GOOD: "ok", Tone.WORKING: ".", Tone.WARNING: "!", Tone.BAD: "x", Tone.QUIET: "-"}


def test_a_sentence_in_a_narrow_log_stands_below_its_state() -> None:
    row = LogRow("12:03:41", "interrupted", Tone.WARNING, "No answer from mail.contoso.example.")
    assert text_of(log_lines((row,), 38)) == (
        "State changes\n  12:03:41  interrupted\n    No answer from\n    mail.contoso.example."
    )


def test_an_empty_message_keeps_its_line_so_that_nothing_moves() -> None:
    assert len(sentence_lines("", 80)) == len(sentence_lines("One sentence.", 80)) == 1


def test_the_connected_console_reads_from_impact_to_detail() -> None:
    view = office().connect().book().view()
    width = 78
    drawn = (
        *lead_lines(view.lead, width, TYPOGRAPHIC),
        *rule_line(TYPOGRAPHIC, width),
        *spaced(partial(page_lines, marks=TYPOGRAPHIC))(view.pages, width),
        *spaced(booking_lines)(view.bookings, width),
        *connection_lines(view.facts, width),
    )
    titles = [line for line in text_of(drawn).splitlines() if line and not line.startswith(" ")]
    assert [title.split("  ")[0] for title in titles] == [
        "✓ Connected to mail.contoso.example · 4 calendars · last check 12:03:41",
        "─" * width,
        "Booking pages",
        "Next bookings",
        "Connection",
    ]
