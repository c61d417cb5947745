"""What is known of the connection, its pages, its bookings and its past, as rows of text."""

from collections.abc import Iterable, Sequence

from oncetui.model.booking_words import where_words
from oncetui.model.bookings import Booking
from oncetui.model.calendars import Calendar, told_apart
from oncetui.model.connection import ConnectionSettings
from oncetui.model.ports import StateChange
from oncetui.model.schedule import is_fresh
from oncetui.model.state import State
from oncetui.model.status import PageStatus, Status
from oncetui.setup.keeping import kept_in_short, sync_in_effect
from oncetui.setup.way import way_rows
from oncetui.ui.console.parts import BookingRow, Fact, LogRow, PageRow, Tone
from oncetui.ui.console.sentences import counted, upcoming_check
from oncetui.ui.console.times import LocalTime

_WITHOUT = (State.NOT_CONNECTED, State.DISCONNECTED)
_OPENS_AGAIN = {
    State.INTERRUPTED: "until the server answers",
    State.FAILED_USER: "until you reconnect",
    State.FAILED_IT: "until IT has acted",
}
_STATES: dict[str, tuple[str, Tone]] = {
    State.CONNECTED: ("connected", Tone.GOOD),
    State.INTERRUPTED: ("interrupted", Tone.WARNING),
    State.FAILED_USER: ("needs you", Tone.BAD),
    State.FAILED_IT: ("needs IT", Tone.BAD),
    State.DISCONNECTED: ("disconnected", Tone.QUIET),
}


def connection_facts(status: Status, time: LocalTime, *, hosting: bool, starting: bool) -> tuple[Fact, ...]:
    """Return the connection panel; the connector runs inside this console, or is starting in it.

    What only a working connection keeps true is left out without one.
    """
    settings = status.settings
    if settings is None:
        return ()
    facts = [
        Fact("Mailbox", settings.mailbox),
        Fact("Server", _server(settings)),
        Fact("EWS URL", settings.ews_url),
        Fact("Sign-in", settings.sign_in.told),
    ]
    facts += [Fact(label, text) for label, text in way_rows(settings)]
    if status.protection is not None:
        facts.append(Fact("Password", kept_in_short(status.protection)))
    if status.record.state is State.CONNECTED:
        if status.calendars:
            facts.append(_calendars(status.calendars, time))
        facts += [
            Fact("Sync", sync_in_effect(settings.sync_mode, status.effective_mode, status.mode_reason)),
            _checks(status, time, starting=starting),
        ]
    facts.append(_connector(status, time, hosting=hosting, starting=starting))
    return tuple(facts)


def page_rows(status: Status, time: LocalTime) -> tuple[PageRow, ...]:
    """Return the booking pages with open or closed, and why, or the first time that is free."""
    return tuple(
        PageRow(
            page.page.name,
            open=page.accepting,
            checked=status.record.state not in _WITHOUT,
            detail=_page_detail(page, status.record.state, time),
        )
        for page in status.pages
    )


def booking_rows(bookings: Iterable[Booking], time: LocalTime) -> tuple[BookingRow, ...]:
    """Return the next bookings."""
    return tuple(
        BookingRow(
            when=time.day(booking.start),
            length=f"{int((booking.end - booking.start).total_seconds()) // 60} min",
            who=booking.customer,
            where=where_words(booking),
        )
        for booking in bookings
    )


def log_rows(history: Iterable[StateChange], time: LocalTime) -> tuple[LogRow, ...]:
    """Return the state changes, newest first."""
    return tuple(_log_row(line, time) for line in history)


def _log_row(line: StateChange, time: LocalTime) -> LogRow:
    state, tone = _STATES.get(line.state, (line.state, Tone.QUIET))
    # "connected: Connected." tells nothing twice.
    told = "" if line.sentence.rstrip(".").lower() == state else line.sentence
    return LogRow(time.clock(line.at), state, tone, told)


def _server(settings: ConnectionSettings) -> str:
    build = settings.server.build
    return settings.server.product if build is None else f"{settings.server.product} · build {build}"


def _calendars(calendars: Sequence[Calendar], time: LocalTime) -> Fact:
    told, tone = [], Tone.QUIET
    for calendar in told_apart(calendars):
        remarks = [calendar.remark] if calendar.remark else []
        if calendar.unreadable is not None:
            remarks.append("can't be read")
            tone = Tone.WARNING
        elif calendar.read_at is not None and not is_fresh(calendar.read_at, time.now):
            remarks.append(f"last read {time.clock(calendar.read_at, seconds=False)}")
            tone = Tone.WARNING
        told.append(calendar.name + (f" ({', '.join(remarks)})" if remarks else ""))
    return Fact("Calendars", " · ".join(told), tone)


def _checks(status: Status, time: LocalTime, *, starting: bool) -> Fact:
    record = status.record
    checked = time.clock(record.last_success) if record.last_success is not None else "none yet"
    upcoming = upcoming_check(status, time)
    since = time.clock(record.since, seconds=False)
    nobody = "in a moment" if starting else "none"
    return Fact("Since", f"{since} · last check {checked} · next {upcoming or nobody}")


def _connector(status: Status, time: LocalTime, *, hosting: bool, starting: bool) -> Fact:
    if status.connector is None:
        return Fact("Connector", "starting") if starting else Fact("Connector", "none runs", Tone.WARNING)
    since = time.clock(status.connector.started, seconds=False)
    if hosting:
        return Fact("Connector", f"inside this console since {since}")
    return Fact("Connector", f"process {status.connector.pid} since {since}")


def _page_detail(page: PageStatus, state: State, time: LocalTime) -> str:
    if page.closed is not None:
        return _OPENS_AGAIN.get(state, page.closed.text)
    if state in _WITHOUT:
        return "checks no calendar"
    if page.next_free is None:
        return f"nothing free in the next {counted(page.page.horizon_days, 'day')}"
    return f"next free {time.day(page.next_free)}"
