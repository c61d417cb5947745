"""The troubleshoot screen as plain values, made from a problem, a check and what is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from oncetui.connector.report.wording import request_line
from oncetui.model.checkup import Checkup, Outcome, Stage, StageResult
from oncetui.model.ports import StateChange
from oncetui.model.problem import Problem, Who
from oncetui.model.problems.for_administrators import to_look_at
from oncetui.model.tracing import TracedRequest
from oncetui.ui.console.facts import log_rows
from oncetui.ui.console.parts import Fact, Lead, LogRow, Tone
from oncetui.ui.console.times import LocalTime

STATE_CHANGES = 5
REQUESTS = 30
NOTHING_WRONG = "Nothing is wrong at the moment."
TO_CHECK = "Press f to check every stage between here and your calendar; it changes nothing."
_TURN = {Who.RETRY: "temporary", Who.USER: "needs you", Who.IT: "needs IT"}
_TONES = {
    Outcome.OK: Tone.GOOD,
    Outcome.WARNING: Tone.WARNING,
    Outcome.FAILED: Tone.BAD,
    Outcome.NOT_TRIED: Tone.QUIET,
    Outcome.UNDER_WAY: Tone.WORKING,
}
_SUMMARY: dict[Stage, tuple[str, ...]] = {
    Stage.INPUT: ("mailbox",),
    Stage.DNS: ("host", "ipv4", "ipv6"),
    Stage.PROXY: ("proxy",),
    Stage.TCP: ("address", "port", "connected"),
    Stage.TLS: ("version", "valid_until", "issuer"),
    Stage.HTTP: ("product", "build", "sign_in_offered"),
    Stage.SIGN_IN: ("scheme", "accepted"),
    Stage.PROTOCOL: ("schema",),
    Stage.MAILBOX: ("mailbox",),
    Stage.CALENDAR: ("calendars",),
    Stage.BOOKING: ("pages",),
    Stage.CONNECTOR: ("state", "process"),
}


class Depth(IntEnum):
    """How much is told: the sentence, its evidence, the requests as well."""

    SENTENCE = 0
    EVIDENCE = 1
    REQUESTS = 2

    @property
    def deeper(self) -> "Depth":
        """The next one; after the deepest comes the sentence again."""
        return Depth((self + 1) % len(Depth))

    @property
    def key_label(self) -> str:
        """What the key that goes deeper shows."""
        return ("evidence", "requests", "less")[self]


@dataclass(frozen=True)
class StageRow:
    """One stage of the check, a line; `evidence` stands below it where it is wanted."""

    tone: Tone
    label: str
    time: str
    told: str
    evidence: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class RequestRow:
    """One request: its line, and what finds it again in a server's log."""

    line: str
    told: str


@dataclass(frozen=True)
class TroubleshootView:
    """What the screen shows; two equal views look the same."""

    lead: Lead
    evidence: tuple[Fact, ...]
    stages: tuple[StageRow, ...]
    requests: tuple[RequestRow, ...] | None
    log: tuple[LogRow, ...]


def troubleshoot_view(
    problem: Problem | None,
    results: Sequence[StageResult],
    checkup: Checkup | None,
    *,
    depth: Depth,
    requests: Sequence[TracedRequest],
    history: Sequence[StateChange],
    time: LocalTime,
) -> TroubleshootView:
    """Return the view; `results` are the stages so far, `checkup` is there once all are."""
    under_way = bool(results) and checkup is None
    deep = depth >= Depth.EVIDENCE
    return TroubleshootView(
        lead=_lead(problem, checkup, under_way=under_way),
        evidence=_evidence(problem) if deep else (),
        stages=stage_rows(results, with_evidence=deep),
        requests=_request_rows(requests) if depth >= Depth.REQUESTS else None,
        log=log_rows(history[:STATE_CHANGES], time),
    )


def stage_rows(results: Sequence[StageResult], *, with_evidence: bool) -> tuple[StageRow, ...]:
    """Return a row for each stage that was come to, and one for all that were not tried."""
    come_to = [one for one in results if one.outcome is not Outcome.NOT_TRIED]
    rows = [_stage_row(one, with_evidence=with_evidence) for one in come_to]
    left_out = [one for one in results if one.outcome is Outcome.NOT_TRIED]
    if left_out:
        names = ", ".join(one.stage.label for one in left_out)
        reason = dict(left_out[0].evidence).get("reason", "")
        rows.append(StageRow(Tone.QUIET, "Not tried", "", f"{names}: {reason}"))
    return tuple(rows)


def _lead(problem: Problem | None, checkup: Checkup | None, *, under_way: bool) -> Lead:
    if under_way:
        return Lead(Tone.WORKING, "Checking every stage between here and your calendar…")
    if problem is not None:
        tone = Tone.BAD if problem.who is Who.IT else Tone.WARNING
        return Lead(tone, problem.what, impact=problem.why, action=problem.next, turn=_TURN[problem.who])
    if checkup is None:
        return Lead(Tone.GOOD, NOTHING_WRONG, impact=TO_CHECK)
    warned = [one.stage.label for one in checkup.stages if one.outcome is Outcome.WARNING]
    if warned:
        return Lead(Tone.WARNING, f"It works, with something to look at: {', '.join(warned)}.")
    if any(one.outcome is Outcome.NOT_TRIED for one in checkup.stages):
        return Lead(Tone.GOOD, "Everything that was tried is fine.")
    return Lead(Tone.GOOD, "Everything is fine.")


def _evidence(problem: Problem | None) -> tuple[Fact, ...]:
    if problem is None:
        return ()
    facts = [Fact("Code", problem.code)]
    facts += [Fact(_spoken(name), value) for name, value in problem.evidence]
    return (*facts, *(Fact("Look at", text) for text in to_look_at(problem)))


def _stage_row(result: StageResult, *, with_evidence: bool) -> StageRow:
    evidence = dict(result.evidence)
    if result.outcome is Outcome.UNDER_WAY:
        return StageRow(Tone.WORKING, result.stage.label, "", "under way…")
    told = evidence.get("warning") or evidence.get("problem")
    if told is None:
        named = [name for name in _SUMMARY[result.stage] if name in evidence]
        told = " · ".join(_short(name, evidence[name]) for name in named)
    facts = tuple(Fact(_spoken(name), value) for name, value in result.evidence) if with_evidence else ()
    return StageRow(
        _TONES[result.outcome], result.stage.label, f"{result.seconds:.2f} s", "" if facts else told, facts
    )


def _short(name: str, value: str) -> str:
    return f"until {value[:10]}" if name == "valid_until" else value


def _request_rows(requests: Sequence[TracedRequest]) -> tuple[RequestRow, ...]:
    return tuple(
        RequestRow(request_line(one), "  ".join(f"{name}: {value}" for name, value in one.told))
        for one in reversed(requests[-REQUESTS:])
    )


def _spoken(name: str) -> str:
    return name.replace("_", " ")
