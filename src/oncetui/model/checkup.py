"""A check of everything between a person and their calendar, stage by stage: the first failure decides."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from oncetui.model.problem import Problem
from oncetui.model.problems import PHASES
from oncetui.model.problems.sign_in import MICROSOFT_365


class Stage(StrEnum):
    """What is looked at, in this order."""

    INPUT = "input"
    DNS = "dns"
    PROXY = "proxy"
    TCP = "tcp"
    TLS = "tls"
    HTTP = "http"
    SIGN_IN = "sign-in"
    PROTOCOL = "protocol"
    MAILBOX = "mailbox"
    CALENDAR = "calendar"
    BOOKING = "booking"
    CONNECTOR = "connector"

    @property
    def label(self) -> str:
        """The name that people read."""
        if self in (Stage.DNS, Stage.TCP, Stage.TLS, Stage.HTTP):
            return self.value.upper()
        return "Booking pages" if self is Stage.BOOKING else self.value.capitalize()

    @property
    def number(self) -> int:
        """Its place in the order."""
        return tuple(Stage).index(self)


class Outcome(StrEnum):
    """How a stage went; under way stands in no finished check."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"
    NOT_TRIED = "not-tried"
    UNDER_WAY = "under-way"


@dataclass(frozen=True)
class StageResult:
    """What came of one stage; `seconds` is how long it took, 0 where it was not tried."""

    stage: Stage
    outcome: Outcome
    seconds: float = 0.0
    evidence: tuple[tuple[str, str], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the object of the command line contract."""
        return {
            "stage": str(self.stage),
            "outcome": str(self.outcome),
            "seconds": round(self.seconds, 3),
            "evidence": dict(self.evidence),
        }


@dataclass(frozen=True)
class Checkup:
    """A finished check: every stage in its order, and the problem of the first that failed."""

    stages: tuple[StageResult, ...]
    problem: Problem | None = None

    def of(self, stage: Stage) -> StageResult:
        """Return what came of a stage."""
        return next(one for one in self.stages if one.stage is stage)

    def as_json(self) -> dict[str, Any]:
        """Return the object of the command line contract."""
        return {
            "stages": [one.as_json() for one in self.stages],
            "problem": None if self.problem is None else self.problem.as_json(),
        }


_OF_PHASE = {
    "typing": Stage.INPUT,
    "names": Stage.DNS,
    "autodiscover": Stage.DNS,
    "proxies": Stage.PROXY,
    "network": Stage.TCP,
    "certificates": Stage.TLS,
    "http": Stage.HTTP,
    "sign_in": Stage.SIGN_IN,
    "kerberos": Stage.SIGN_IN,
    "modern_sign_in": Stage.SIGN_IN,
    "policy": Stage.PROTOCOL,
    "graph": Stage.PROTOCOL,
    "exchange": Stage.PROTOCOL,
    "configuration": Stage.BOOKING,
    "booking_server": Stage.BOOKING,
    "real_time": Stage.CONNECTOR,
}
_OF_CODE = {MICROSOFT_365.code: Stage.DNS}


def stage_of(problem: Problem) -> Stage | None:
    """Return the stage that a problem belongs to by its place in the catalogue, None where it has none."""
    known = _OF_CODE.get(problem.code)
    if known is not None:
        return known
    if problem.code.startswith("mailbox-") and problem.code != "mailbox-in-use":
        return Stage.MAILBOX
    if problem.code in ("calendar-missing", "calendar-read-only", "free-busy-refused"):
        return Stage.CALENDAR
    for phase in PHASES:
        if any(getattr(value, "code", None) == problem.code for value in vars(phase).values()):
            return _OF_PHASE.get(phase.__name__.rpartition(".")[2])
    return None
