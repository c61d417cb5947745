"""The whole console as plain values, made from what is kept; the screen only paints it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from oncetui.model.bookings import Booking
from oncetui.model.ports import StateChange
from oncetui.model.state import State
from oncetui.model.status import Status
from oncetui.ui.console.facts import booking_rows, connection_facts, log_rows, page_rows
from oncetui.ui.console.parts import BookingRow, Fact, Lead, LogRow, PageRow
from oncetui.ui.console.sentences import bookings_left, explanation, lead
from oncetui.ui.console.times import LocalTime


@dataclass(frozen=True)
class ConsoleView:
    """What the console shows; two equal views look the same, so nothing is painted between them.

    `counting` says that the view changes by the passing of time alone.
    """

    lead: Lead
    explanation: tuple[Fact, ...]
    facts: tuple[Fact, ...]
    pages: tuple[PageRow, ...]
    bookings: tuple[BookingRow, ...]
    log: tuple[LogRow, ...]
    counting: bool


def console_view(
    status: Status,
    history: Sequence[StateChange],
    bookings: Sequence[Booking],
    now: datetime,
    zone: tzinfo,
    *,
    hosting: bool = False,
    starting: bool = False,
    waiting: int = 0,
    unsettled: int = 0,
) -> ConsoleView:
    """Return the view of a status at a moment.

    `hosting` says that the connector runs in this console, `starting` that it is about to.
    `waiting` bookings wait for the calendar, `unsettled` ones were changed in it.
    """
    time = LocalTime(now, zone)
    return ConsoleView(
        lead=lead(status, time, starting=starting),
        explanation=(*bookings_left(waiting, unsettled), *explanation(status, time)),
        facts=connection_facts(status, time, hosting=hosting, starting=starting),
        pages=page_rows(status, time),
        bookings=booking_rows(bookings, time),
        log=log_rows(history, time),
        counting=status.record.state is State.INTERRUPTED,
    )
