"""The list of bookings as plain values: which are shown, in which order, and what each line says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from oncetui.model.booking_words import where_words
from oncetui.model.bookings import Booking
from oncetui.ui.cells import padded, shortened
from oncetui.ui.console.activity.kept import KeptBookings
from oncetui.ui.console.drawing import Ink, Line, Lines, Piece
from oncetui.ui.marks import Marks

WIDE = 110
NARROW = 72
"""Below it the page, which the line under the list names, makes room for the customer."""
_WHEN, _MINUTES, _STATUS = 16, 3, 11
_HEADINGS = ("when", "min", "customer", "page", "status", "where")


@dataclass(frozen=True)
class Shown:
    """Which bookings are looked at: those to come or all, and the words that each has to match."""

    past: bool = False
    filter: str = ""


@dataclass(frozen=True)
class ActivityRow:
    """One booking; `where` is said in full, `briefly` in two words where there is little room."""

    id: str
    when: str
    minutes: str
    customer: str
    page: str
    status: str
    where: str
    briefly: str
    needs_a_person: bool
    ended: bool


@dataclass(frozen=True)
class StreamView:
    """The list as it is drawn: its rows, the chosen one, and how many lines there are room for."""

    rows: tuple[ActivityRow, ...]
    chosen: int
    room: int


def is_to_come(booking: Booking, kept: KeptBookings) -> bool:
    """Tell whether anything of a booking still lies ahead, or is still to be done."""
    return booking.in_outbox or bool(booking.unsettled) or (booking.status.stands and _ahead(booking, kept))


def rows_shown(kept: KeptBookings, shown: Shown) -> tuple[ActivityRow, ...]:
    """Return the bookings to come by start, then, where they are asked for, the others, the latest first."""
    coming = [one for one in kept.bookings if is_to_come(one, kept)]
    others = [one for one in reversed(kept.bookings) if one not in coming] if shown.past else []
    words = shown.filter.casefold().split()
    return tuple(_row(one, kept) for one in (*coming, *others) if _matches(one, kept, words))


def stream_lines(view: StreamView, width: int, marks: Marks) -> Lines:
    """Draw the columns' names and the rows around the chosen one, as many as there is room for."""
    if not view.rows:
        return ()
    room = max(1, view.room - 1)
    first = max(0, min(view.chosen - room // 2, len(view.rows) - room))
    widths = _widths(view.rows, width)
    header = Piece(_cells(_HEADINGS, widths, " ", width), Ink.MUTED)
    rows = [
        _drawn(row, widths, width, marks, chosen=number == view.chosen)
        for number, row in list(enumerate(view.rows))[first : first + room]
    ]
    return ((header,), *rows)


def chosen_sentence(row: ActivityRow) -> str:
    """Return what there is to say of the chosen booking below the list."""
    where = row.where or row.status
    return f"{row.customer}, {row.page}: {where[:1].lower()}{where[1:]}"


def _row(booking: Booking, kept: KeptBookings) -> ActivityRow:
    minutes = int((booking.end - booking.start).total_seconds()) // 60
    return ActivityRow(
        booking.id,
        kept.time.day(booking.start),
        str(minutes),
        booking.customer,
        kept.page_name(booking),
        str(booking.status),
        where_words(booking),
        _briefly(booking),
        needs_a_person=bool(booking.unsettled),
        ended=not is_to_come(booking, kept),
    )


def _briefly(booking: Booking) -> str:
    if booking.unsettled:
        return "! changed"
    if booking.in_outbox:
        return "waits"
    number = booking.calendar_events
    return "" if not number else f"{number} calendar{'' if number == 1 else 's'}"


def _matches(booking: Booking, kept: KeptBookings, words: Sequence[str]) -> bool:
    told = (
        booking.id,
        booking.customer,
        booking.email,
        kept.page_name(booking),
        str(booking.status),
        where_words(booking),
        kept.time.day(booking.start),
    )
    text = " ".join(told).casefold()
    return all(word in text for word in words)


def _ahead(booking: Booking, kept: KeptBookings) -> bool:
    return booking.end > kept.time.now


def _widths(rows: Iterable[ActivityRow], width: int) -> tuple[int, ...]:
    """Return the columns' widths; customer and page share what the others leave."""
    fixed = 1 + _WHEN + 2 + _MINUTES + 2 + 2 + 2 + _STATUS + 2
    left = width - fixed - (38 if width >= WIDE else 11)
    if width < NARROW:
        return (_WHEN, _MINUTES, max(4, left + 2), 0, _STATUS)
    customer = min(max(8, *(cell_len(row.customer) for row in rows)), left // 2 + 1)
    return (_WHEN, _MINUTES, customer, max(4, left - customer), _STATUS)


def _drawn(row: ActivityRow, widths: Sequence[int], width: int, marks: Marks, *, chosen: bool) -> Line:
    where = row.where if width >= WIDE else row.briefly
    told = (row.when, row.minutes.rjust(_MINUTES), row.customer, row.page, row.status, where)
    ink = Ink.CAUTION if row.needs_a_person else Ink.MUTED if row.ended else Ink.PLAIN
    mark = marks.focus if chosen else " "
    return (Piece(_cells(told, widths, mark, width), Ink.TITLE if chosen else ink),)


def _cells(told: Sequence[str], widths: Sequence[int], mark: str, width: int) -> str:
    *cells, last = told
    start = mark + "  ".join(padded(cell, wide) for cell, wide in zip(cells, widths, strict=True) if wide)
    return shortened(f"{start}  {last}", width)
