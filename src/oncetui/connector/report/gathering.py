"""Everything that a report tells, gathered without the screen it is shown on."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from oncetui.connector.report.versions import versions
from oncetui.connector.watching import current_status
from oncetui.model.checkup import Checkup
from oncetui.model.ports import StateChange
from oncetui.model.problem import Problem
from oncetui.model.profile import Profile
from oncetui.model.status import Status
from oncetui.model.tracing import TracedRequest

STATE_CHANGES = 20


@dataclass(frozen=True)
class ReportFacts:
    """What a report is made of; times are aware and in UTC."""

    at: datetime
    status: Status
    problem: Problem | None
    checkup: Checkup | None
    requests: tuple[TracedRequest, ...]
    history: tuple[StateChange, ...]
    versions: tuple[tuple[str, str], ...]

    @property
    def mailbox(self) -> str | None:
        """The mailbox that is connected, or that the problem is about."""
        if self.status.settings is not None:
            return self.status.settings.mailbox
        evidence = {} if self.problem is None else dict(self.problem.evidence)
        return evidence.get("mailbox")


def gathered(profile: Profile, problem: Problem | None = None, checkup: Checkup | None = None) -> ReportFacts:
    """Return what is known now of a problem: the given one, else that of the check, else the kept one."""
    status = current_status(profile)
    checked = None if checkup is None else checkup.problem
    return ReportFacts(
        at=profile.clock.now(),
        status=status,
        problem=problem or checked or status.record.problem,
        checkup=checkup,
        requests=profile.trace.recent(),
        history=profile.connection.history(STATE_CHANGES),
        versions=versions(),
    )


def saved_report(profile: Profile, text: str, path: Path | None = None) -> Path:
    """Write a report for its owner's eyes and return where; raise `ProblemError` where that fails."""
    return profile.reports.save(text, path)
