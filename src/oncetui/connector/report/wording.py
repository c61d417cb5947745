"""A report as plain text, fit for a ticket: times in UTC, nothing that only a screen can show."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from oncetui.connector.report.gathering import ReportFacts
from oncetui.model.checkup import Checkup, Outcome, StageResult
from oncetui.model.ports import StateChange
from oncetui.model.problem import Problem, Who
from oncetui.model.problems.for_administrators import to_look_at
from oncetui.model.status import Status, utc_text
from oncetui.model.tracing import TracedRequest

REQUESTS_TOLD = 40
_WIDTH = 100
_TURN = {Who.RETRY: "nobody; it is temporary", Who.USER: "the user", Who.IT: "IT"}
_OUTCOMES = {Outcome.OK: "ok", Outcome.WARNING: "WARNING", Outcome.FAILED: "FAILED"}


def report_text(facts: ReportFacts) -> str:
    """Return the report; it holds no password, sign-in header, cookie, subject or customer."""
    blocks = [
        ["oncetui: report for the administrator of the Exchange server", f"Made {utc_text(facts.at)} (UTC)"],
        _what_happened(facts),
        _to_look_at(facts),
        _connection(facts.status),
        _stages(facts.checkup),
        _requests(facts.requests),
        _history(facts.history),
        _section("Versions", _pairs(facts.versions)),
        ["Left out: passwords, sign-in headers, NTLM messages, cookies, bodies, subjects, customers."],
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _what_happened(facts: ReportFacts) -> list[str]:
    problem = facts.problem
    if problem is None:
        return _section("What happened", ["  Nothing is wrong at the moment."])
    rows = [
        ("Problem", f"{problem.title} ({problem.code})"),
        ("What", problem.what),
        ("Why", problem.why),
        ("Next", problem.next),
        ("Who acts", _TURN[problem.who]),
        *_since(facts.status, problem),
        *((f"  {name}", value) for name, value in problem.evidence),
    ]
    return _section("What happened", _pairs(rows))


def _since(status: Status, problem: Problem) -> Iterator[tuple[str, str]]:
    kept = status.record.problem
    if kept is not None and kept.code == problem.code:
        yield "Since", _told(status.record.since)
    if status.record.last_success is not None:
        yield "Last success", _told(status.record.last_success)


def _to_look_at(facts: ReportFacts) -> list[str]:
    if facts.problem is None:
        return []
    texts = to_look_at(facts.problem, facts.mailbox)
    return _section("For the administrator to look at", [f"  - {text}" for text in texts]) if texts else []


def _connection(status: Status) -> list[str]:
    settings = status.settings
    rows = [("State", f"{status.record.state.public} since {_told(status.record.since)}")]
    if settings is not None:
        route = settings.route
        rows += [
            ("Mailbox", settings.mailbox),
            ("EWS URL", f"{settings.ews_url} (found by: {settings.found_by})"),
            ("Server", " ".join(filter(None, (settings.server.product, settings.server.build)))),
            ("Sign-in", settings.sign_in.told),
            ("Proxy", route.proxy or "none"),
            ("CA file", "none" if route.ca_file is None else str(route.ca_file)),
            ("Pins", ", ".join(f"{host} {pin}" for host, pin in route.pins) or "none"),
        ]
    rows.append(("Connector", "none runs" if status.connector is None else "runs"))
    return _section("Connection", _pairs(rows))


def _stages(checkup: Checkup | None) -> list[str]:
    if checkup is None:
        return []
    return _section("Check, stage by stage", [line for one in checkup.stages for line in _stage(one)])


def _stage(result: StageResult) -> Iterator[str]:
    if result.outcome is Outcome.NOT_TRIED:
        yield f"  {result.stage.label:<14} not tried: {dict(result.evidence).get('reason', '')}".rstrip(": ")
        return
    yield f"  {result.stage.label:<14} {_OUTCOMES.get(result.outcome, '')} ({result.seconds:.2f} s)"
    yield from (f"  {line}" for line in _pairs(result.evidence))


def _requests(requests: Sequence[TracedRequest]) -> list[str]:
    """Tell the newest requests; each with what finds it again in a server's log."""
    if not requests:
        return []
    title = f"Last requests, oldest first (times UTC, {min(len(requests), REQUESTS_TOLD)} of {len(requests)})"
    return _section(title, [line for one in requests[-REQUESTS_TOLD:] for line in _request(one)])


def _request(request: TracedRequest) -> Iterator[str]:
    yield f"  {request_line(request)}"
    told = "  ".join(f"{name}: {value}" for name, value in request.told)
    yield from textwrap.wrap(told, _WIDTH, initial_indent=" " * 6, subsequent_indent=" " * 6)


def request_line(request: TracedRequest) -> str:
    """Return a request on one line, as in `09:30:00.123 POST host/EWS/Exchange.asmx 401 0.04s`."""
    outcome = request.failure if request.status is None else str(request.status)
    clock = f"{request.at:%H:%M:%S}.{request.at.microsecond // 1000:03}"
    where = f"{request.host}{request.path}"
    parts = (clock, request.method, where, request.operation, outcome, f"{request.seconds:.2f}s")
    return " ".join(part for part in parts if part)


def _history(history: Sequence[StateChange]) -> list[str]:
    lines = [f"  {_told(one.at)}  {one.state:<13} {one.sentence}".rstrip() for one in history]
    return _section("State changes, newest first", lines) if lines else []


def _section(title: str, lines: Iterable[str]) -> list[str]:
    return [title, "-" * len(title), *lines]


def _pairs(rows: Iterable[tuple[str, str]]) -> list[str]:
    told = list(rows)
    width = min(32, max((len(name) for name, _ in told), default=0))
    lines: list[str] = []
    for name, value in told:
        lines += textwrap.wrap(
            value or "–",
            _WIDTH,
            initial_indent=f"  {name.replace('_', ' '):<{width}}  ",
            subsequent_indent=" " * (width + 4),
            break_on_hyphens=False,
            break_long_words=False,
        )
    return lines


def _told(moment: datetime) -> str:
    return utc_text(moment) or ""
