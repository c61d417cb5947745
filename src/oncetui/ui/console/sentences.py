"""The first lines of the console for each state: what is, what it means for the pages, whose turn it is."""

from datetime import timedelta

from oncetui.model.oversights import TOLD_BY_THE_PAGES
from oncetui.model.problem import Problem
from oncetui.model.problems.bookings import OUTBOX_WAITS
from oncetui.model.problems.configuration import EVENTS_DO_NOT_BLOCK
from oncetui.model.problems.sign_in import PASSWORD_CHANGED, PASSWORD_REFUSED, SECRET_REFUSED_BEFORE
from oncetui.model.profile import run_command
from oncetui.model.schedule import AUTO_SYNC, FRESH_FOR, is_fresh
from oncetui.model.spelling import host_of
from oncetui.model.state import State
from oncetui.model.status import Status
from oncetui.ui.console.parts import Fact, Lead, Tone
from oncetui.ui.console.times import LocalTime

LONG_OUTAGE = timedelta(hours=1)
LATE = timedelta(seconds=15)
NEEDS_A_CHOICE = ("no-main-calendar", "main-calendar-read-only", "calendar-missing", "calendar-unreadable")


_WANT_THE_PASSWORD = (PASSWORD_CHANGED.code, PASSWORD_REFUSED.code, SECRET_REFUSED_BEFORE.code)
"""Others that are about the password, such as a locked account, want something else first."""

_TOLD_ELSEWHERE = (*TOLD_BY_THE_PAGES, OUTBOX_WAITS.code)


def lead(status: Status, time: LocalTime, *, starting: bool = False) -> Lead:
    """Return the first lines for a status; `starting` says that a connector is about to run."""
    match status.record.state:
        case State.NOT_CONNECTED | State.DISCONNECTED:
            told = _without_connection(status, time)
        case State.CONNECTED:
            told = _connected(status, time, starting=starting)
        case State.INTERRUPTED:
            told = _interrupted(status, time, starting=starting)
        case State.FAILED_USER:
            told = _failed_user(status, time)
        case State.FAILED_IT:
            told = _failed_it(status, time)
    if not status.attempt:
        return told
    return Lead(Tone.WORKING, f"Signing in to {server_name(status)}…", impact=told.impact)


def explanation(status: Status, time: LocalTime) -> tuple[Fact, ...]:
    """Return what a person needs to know and to do where something does not work; else nothing.

    Warnings about what closes a page are left to the booking pages, those about what waits to the outbox.
    """
    facts = tuple(_warning(problem) for problem in status.warnings if problem.code not in _TOLD_ELSEWHERE)
    problem = status.record.problem
    why = () if problem is None else (Fact("Why", problem.why),)
    match status.record.state:
        case State.INTERRUPTED:
            return facts + why + _while_interrupted(status, time)
        case State.FAILED_USER:
            return facts + why + _for_the_user(status, time)
        case State.FAILED_IT:
            return facts + why + _for_it(status, time)
        case _:
            return facts


def bookings_left(waiting: int, unsettled: int) -> tuple[Fact, ...]:
    """Return what bookings want: a person's word where one was changed in the calendar, or only time."""
    facts = []
    if unsettled:
        were = "booking was" if unsettled == 1 else "bookings were"
        told = f"{unsettled} {were} changed in the calendar, not synced; press a"
        facts.append(Fact("To settle", told, Tone.WARNING))
    if waiting:
        wait = "booking waits" if waiting == 1 else "bookings wait"
        facts.append(Fact("Outbox", f"{waiting} {wait} for the calendar, done by itself; a shows them"))
    return tuple(facts)


def server_name(status: Status) -> str:
    """Return the host that the connection goes to."""
    return host_of(status.settings.ews_url) if status.settings else "the Exchange server"


def counted(number: int, thing: str) -> str:
    """Return a number with its noun, as in `1 booking page` and `2 booking pages`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def upcoming_check(status: Status, time: LocalTime) -> str | None:
    """Return the time of day of the next check, `due` once it is late; None where nobody will make it."""
    record = status.record
    if status.connector is None or record.last_success is None or record.state is not State.CONNECTED:
        return None
    upcoming = status.next_check or record.last_success + AUTO_SYNC
    return time.clock(upcoming) if time.now <= upcoming + LATE else "due"


def _without_connection(status: Status, time: LocalTime) -> Lead:
    number = len(status.pages)
    if status.record.state is State.DISCONNECTED:
        sentence = f"Disconnected since {time.clock(status.record.since, seconds=False)}"
        action = "Press r to connect a mailbox."
    else:
        sentence, action = "Not connected to a calendar yet", "Press r to connect one."
    if not number:
        return Lead(Tone.QUIET, sentence, action=action)
    check = "checks" if number == 1 else "check"
    impact = f"{_pages_are(number, 'open')} and {check} no calendar: double bookings possible."
    return Lead(Tone.WARNING, sentence, impact=impact, action=action)


def _connected(status: Status, time: LocalTime, *, starting: bool) -> Lead:
    record = status.record
    if not is_fresh(record.last_success, time.now):
        return _unchecked(status, time, starting=starting)
    if status.connector is None and not starting and record.last_success is not None:
        stale = time.clock(record.last_success + FRESH_FOR, seconds=False)
        command = run_command(status.profile, status.home)
        return Lead(
            Tone.WARNING,
            f"Connected to {server_name(status)}, but no connector runs",
            impact=_pages_while_connected(status),
            action=f"What is open closes at {stale}; to keep it open run: {command}",
        )
    parts = [counted(len(status.calendars), "calendar"), f"last check {_last_check(status, time)}"]
    upcoming = upcoming_check(status, time)
    if record.wobble is not None:
        parts.insert(0, "one check failed, trying again")
    if upcoming:
        parts.append(f"next {upcoming}")
    reasons = [page.closed.code for page in status.pages if page.closed is not None]
    return Lead(
        Tone.WARNING if reasons or record.wobble else Tone.GOOD,
        f"Connected to {server_name(status)}",
        more=tuple(parts),
        impact=_pages_while_connected(status),
        action="Press c to choose calendars." if reasons and reasons[0] in NEEDS_A_CHOICE else "",
    )


def _unchecked(status: Status, time: LocalTime, *, starting: bool) -> Lead:
    last = _last_check(status, time)
    action = f"No connector runs; start one with: {run_command(status.profile, status.home)}"
    return Lead(
        Tone.WARNING,
        f"Connected to {server_name(status)}, but the last check was {last}",
        impact=_pages_while_connected(status),
        action="" if status.connector or starting else action,
    )


def _interrupted(status: Status, time: LocalTime, *, starting: bool) -> Lead:
    record, number = status.record, status.closed_pages
    again = "opens again by itself" if number == 1 else "open again by themselves"
    return Lead(
        Tone.WARNING,
        f"{_what(record.problem)} · {_next_try(status, time, starting=starting)}",
        more=(f"since {time.clock(record.since, seconds=False)} ({time.lasting(record.since)})",),
        impact=f"{_pages_are(number, 'closed')} and {again} when it answers." if number else "",
        action="Please tell your IT support." if _lasts(status, time) else "",
    )


def _failed_user(status: Status, time: LocalTime) -> Lead:
    problem = status.record.problem
    wants_password = problem is None or problem.code in _WANT_THE_PASSWORD
    return Lead(
        Tone.BAD,
        _what(problem),
        more=(f"since {time.clock(status.record.since, seconds=False)}",),
        impact=_pages_closed(status),
        action="Press r and enter the password." if wants_password or problem is None else problem.next,
        turn="needs you",
    )


def _failed_it(status: Status, time: LocalTime) -> Lead:
    return Lead(
        Tone.BAD,
        _what(status.record.problem),
        more=(f"since {time.clock(status.record.since, seconds=False)}",),
        impact=_pages_closed(status),
        action="Your IT support has to act; no key here helps.",
        turn="needs IT",
    )


def _while_interrupted(status: Status, time: LocalTime) -> tuple[Fact, ...]:
    if _lasts(status, time):
        you = "can show your IT support what stands here; r tries at once"
    else:
        you = "need not do anything; r tries at once, no password asked"
    return (Fact("You", you), _since(status, time))


def _for_the_user(status: Status, time: LocalTime) -> tuple[Fact, ...]:
    facts = []
    if status.record.refused_version is not None:
        facts.append(Fact("Not tried", "again: a second refusal could lock the account"))
    facts.append(Fact("Or", "disconnect (d): pages open, but nobody checks your calendar"))
    return (*facts, _since(status, time))


def _for_it(status: Status, time: LocalTime) -> tuple[Fact, ...]:
    record = status.record
    facts = [] if record.problem is None else [Fact("Next step", record.problem.next)]
    if record.next_try is not None:
        again = f"by itself at {time.clock(record.next_try)}, at first without your password"
        facts.append(Fact("Retried", again))
    return (*facts, _since(status, time))


def _since(status: Status, time: LocalTime) -> Fact:
    return Fact("Since", f"{time.clock(status.record.since)} · last good check {_last_check(status, time)}")


def _last_check(status: Status, time: LocalTime) -> str:
    return time.clock(status.record.last_success) if status.record.last_success else "never"


def _warning(problem: Problem) -> Fact:
    leads = " e lists them." if problem.code == EVENTS_DO_NOT_BLOCK.code else ""
    return Fact("Warning", f"{problem.what} {problem.next}{leads}", Tone.WARNING)


def _pages_while_connected(status: Status) -> str:
    number, closed = len(status.pages), status.closed_pages
    if not number:
        return "No booking page yet: press n to make one."
    if not closed:
        return f"{_pages_are(number, 'open')}."
    reason = next(page.closed.text for page in status.pages if page.closed is not None)
    if closed == number:
        return f"{_pages_are(number, 'closed')}: {reason}"
    return f"{closed} of {number} booking pages {'is' if closed == 1 else 'are'} closed: {reason}"


def _pages_closed(status: Status) -> str:
    return f"{_pages_are(status.closed_pages, 'closed')}." if status.closed_pages else ""


def _pages_are(number: int, state: str) -> str:
    return f"{counted(number, 'booking page')} {'is' if number == 1 else 'are'} {state}"


def _what(problem: Problem | None) -> str:
    return "The connection does not work" if problem is None else problem.what.rstrip(".")


def _next_try(status: Status, time: LocalTime, *, starting: bool) -> str:
    record = status.record
    if status.connector is None:
        return "it is tried in a moment" if starting else "nobody tries: no connector runs"
    when = "under way" if record.next_try is None else time.until(record.next_try)
    return f"try {record.tries + 1} {when}"


def _lasts(status: Status, time: LocalTime) -> bool:
    return time.now - status.record.since >= LONG_OUTAGE
