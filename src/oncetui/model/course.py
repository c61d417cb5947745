"""The course of a check: takes the stages one by one, times them, tells them as they happen."""

import contextlib
from collections.abc import Callable, Iterator

from oncetui.model.checkup import Checkup, Outcome, Stage, StageResult, stage_of
from oncetui.model.problem import Problem, ProblemError

Told = Callable[[StageResult], None]
_EARLIER = "an earlier stage failed"


class NotTriedError(Exception):
    """A stage is left out for a reason, and with it all that follow; `problem` decides where there is one.

    `after` is the reason for those that follow, where it differs.
    """

    def __init__(self, reason: str, problem: Problem | None = None, *, after: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.problem = problem
        self.after = after or reason


class Notes:
    """What is found out in one stage: evidence by its name, and whether something works but is not right."""

    def __init__(self) -> None:
        self._found: dict[str, str] = {}
        self.warned = False

    def note(self, **found: object) -> None:
        """Add evidence; what is None or empty is left out."""
        self._found |= {name: _plain(value) for name, value in found.items() if value not in (None, "", ())}

    def warn(self, sentence: str) -> None:
        """Say what is not right though it works."""
        self.warned = True
        before = self._found.get("warning")
        self._found["warning"] = _plain(sentence if before is None else f"{before} {sentence}")

    @property
    def evidence(self) -> tuple[tuple[str, str], ...]:
        """What was found out, in its order."""
        return tuple(self._found.items())


class Course:
    """One run through the stages. `monotonic` gives seconds that never go backwards.

    `meaning` says what a failure means for what is checked, where that differs from what it is as such.
    """

    def __init__(self, monotonic: Callable[[], float], told: Told = lambda _result: None) -> None:
        self._monotonic = monotonic
        self._told = told
        self._notes: dict[Stage, Notes] = {}
        self._results: dict[Stage, StageResult] = {}
        self._problem: Problem | None = None
        self._reason = _EARLIER
        self.meaning: Callable[[ProblemError], ProblemError] = lambda error: error

    @contextlib.contextmanager
    def stage(self, stage: Stage, *, goes_on: bool = False) -> Iterator[Notes]:
        """Go through a stage; where it `goes_on`, it is entered again and keeps what was found before.

        A `ProblemError` is the stage's failure, or that of a later one which the catalogue says it belongs
        to: the stages up to there did their work. It is raised on, as is `NotTriedError`.
        """
        notes = self._notes.setdefault(stage, Notes())
        spent = self._results[stage].seconds if stage in self._results else 0.0
        self._told(StageResult(stage, Outcome.UNDER_WAY, spent, notes.evidence))
        began = self._monotonic() - spent
        try:
            yield notes
        except ProblemError as error:
            self._fail(stage, self.meaning(error).problem, self._monotonic() - began)
            raise
        except NotTriedError as left_out:
            notes.note(reason=left_out.reason)
            self._problem, self._reason = left_out.problem, left_out.after
            self._take(StageResult(stage, Outcome.NOT_TRIED, 0.0, notes.evidence))
            raise
        outcome = Outcome.WARNING if notes.warned else Outcome.OK
        result = StageResult(stage, outcome, self._monotonic() - began, notes.evidence)
        if goes_on:
            self._results[stage] = result
        else:
            self._take(result)

    def finished(self) -> Checkup:
        """Return all stages, those that were not come to as not tried; tell of these."""
        for stage in Stage:
            if stage not in self._results:
                self._take(StageResult(stage, Outcome.NOT_TRIED, 0.0, (("reason", self._reason),)))
        return Checkup(tuple(self._results[stage] for stage in Stage), self._problem)

    def _fail(self, stage: Stage, problem: Problem, seconds: float) -> None:
        at = stage_of(problem) or stage
        notes = self._notes[stage]
        self._problem = problem
        if at.number > stage.number:
            self._take(StageResult(stage, Outcome.OK, seconds, notes.evidence))
            for between in tuple(Stage)[stage.number + 1 : at.number]:
                if between not in self._results:
                    told = (("shown_by", at.label),)
                    self._take(StageResult(between, Outcome.OK, 0.0, told))
            notes, seconds = self._notes.setdefault(at, Notes()), 0.0
        else:
            at = stage
        notes.note(problem=problem.title)
        notes.note(**dict(problem.evidence))
        self._take(StageResult(at, Outcome.FAILED, seconds, notes.evidence))

    def _take(self, result: StageResult) -> None:
        self._results[result.stage] = result
        self._told(result)


def _plain(value: object) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in str(value))
