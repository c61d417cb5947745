"""The status in plain text: the sentence first, then who must act, then the facts."""

from zoneinfo import ZoneInfo

from oncetui.model.profile import run_command
from oncetui.model.schedule import FRESH_FOR, is_fresh
from oncetui.model.spelling import host_of
from oncetui.model.state import State
from oncetui.model.status import PageStatus, Status
from oncetui.plain.table import columns
from oncetui.plain.times import ago_text, moment_text
from oncetui.setup.keeping import kept_sentence, sync_in_effect
from oncetui.setup.way import way_rows


def status_text(status: Status, zone: str) -> str:
    """Return the status as lines for a person; times are shown in the zone."""
    blocks = [[status_sentence(status, zone)], _problem(status), _facts(status, zone), _pages(status, zone)]
    blocks.append([f"! {warning.what} {warning.next}" for warning in status.warnings])
    return "\n\n".join("\n".join(block) for block in blocks if block)


def status_sentence(status: Status, zone: str) -> str:
    """Return the one sentence that says how things are, as in `Connected to mail.contoso.example`."""
    host = "the server" if status.settings is None else host_of(status.settings.ews_url)
    since = moment_text(status.record.since, status.now, zone)
    closed = _closed(status)
    match status.record.state:
        case State.CONNECTED:
            sentence = f"Connected to {host}{_checked(status, zone)}"
            sentence += f" {closed}" if status.closed_pages else ""
        case State.INTERRUPTED:
            again = (
                "It opens again by itself." if status.closed_pages == 1 else "They open again by themselves."
            )
            sentence = f"Interrupted since {since}: {host} can't be used. {closed} {again}"
        case State.FAILED_USER:
            sentence = f"Failed since {since}: the connection needs you. {closed}"
        case State.FAILED_IT:
            sentence = f"Failed since {since}: the connection needs your IT support. {closed}"
        case State.NOT_CONNECTED:
            sentence = "Not connected. To connect a calendar, run: oncetui setup"
        case State.DISCONNECTED:
            sentence = (
                f"Disconnected since {since}: booking pages check no calendar, so double bookings are "
                "possible. To connect again, run: oncetui setup"
            )
    return f"{sentence} A sign-in is under way." if status.attempt else sentence


def change_line(status: Status) -> str:
    """Return how things are in one line that stays the same while nothing of consequence changes."""
    record = status.record
    words = [record.state.public]
    if record.problem is not None:
        words.append(f"{record.problem.what} {record.problem.next}")
    if status.attempt:
        words.append("a sign-in is under way")
    opened = len(status.pages) - status.closed_pages
    words.append(f"booking pages: {opened} open, {status.closed_pages} closed")
    words += [f"! {warning.what}" for warning in status.warnings]
    words.append("no connector runs" if status.connector is None else f"connector {status.connector.pid}")
    return " · ".join(words)


def _checked(status: Status, zone: str) -> str:
    """Return when the calendars were last checked, and what happens where nobody checks them again."""
    read = status.record.last_success
    if read is None:
        return "."
    last = f"last check {ago_text(read, status.now)}"
    if status.connector is not None:
        return f", {last}."
    command = run_command(status.profile, status.home)
    if not is_fresh(read, status.now):
        return f", but no connector runs: {last}. To check again, run: {command}"
    stale = moment_text(read + FRESH_FOR, status.now, zone)
    return f", but no connector runs: what is open closes at {stale}. To keep it open, run: {command}"


def _closed(status: Status) -> str:
    count = status.closed_pages
    if count == 1:
        return "1 booking page is closed."
    return f"{count} booking pages are closed."


def _problem(status: Status) -> list[str]:
    problem = status.record.problem
    if problem is None:
        return []
    return [problem.what, problem.why, problem.next]


def _facts(status: Status, zone: str) -> list[str]:
    settings = status.settings
    if settings is None:
        return []
    sign_in = settings.sign_in
    rows = [
        ("Mailbox", settings.mailbox),
        ("Server", " · ".join(filter(None, (settings.server.product, settings.server.build)))),
        ("EWS URL", settings.ews_url),
        ("Sign-in", sign_in.told),
    ]
    rows += way_rows(settings)
    if status.protection is not None:
        rows.append(("Password", kept_sentence(status.protection)))
    if status.effective_mode is not None:
        rows.append(("Sync", sync_in_effect(settings.sync_mode, status.effective_mode, status.mode_reason)))
    rows.append(("Last check", moment_text(status.record.last_success, status.now, zone)))
    if status.next_check is not None:
        tried = status.record.tries
        which = f" · try {tried + 1}" if tried else ""
        rows.append(("Next check", moment_text(status.next_check, status.now, zone) + which))
    running = "none runs" if status.connector is None else f"runs as process {status.connector.pid}"
    rows.append(("Connector", running))
    return columns(rows)


def _pages(status: Status, zone: str) -> list[str]:
    if not status.pages:
        return []
    return ["Booking pages", *columns(_page(page, zone) for page in status.pages)]


def _page(page: PageStatus, zone: str) -> tuple[str, str, str]:
    if page.closed is not None:
        return page.page.name, "closed", page.closed.text
    if page.next_free is None:
        return page.page.name, "open", "nothing free within its horizon"
    return page.page.name, "open", f"next free {page.next_free.astimezone(ZoneInfo(zone)):%a %d %b %H:%M}"
