"""A check in plain text: a line a stage, its evidence below it, the problem at the end."""

import textwrap

from oncetui.model.checkup import Checkup, Outcome, StageResult
from oncetui.plain.console_io import CAUTION, FAILED, GOOD
from oncetui.plain.problem_text import problem_lines

IDLE = "·"
_MARKS = {
    Outcome.OK: GOOD,
    Outcome.WARNING: CAUTION,
    Outcome.FAILED: FAILED,
    Outcome.NOT_TRIED: IDLE,
    Outcome.UNDER_WAY: IDLE,
}
_LABEL = 14
_LONGEST_NAME = 32
_WIDTH = 100


def stage_lines(result: StageResult) -> list[str]:
    """Return a stage with its evidence, as in `✓ TLS             0.03 s`."""
    mark = _MARKS[result.outcome]
    if result.outcome is Outcome.NOT_TRIED:
        reason = dict(result.evidence).get("reason", "")
        return [f"{mark} {result.stage.label:<{_LABEL}} not tried: {reason}".rstrip(": ")]
    lines = [f"{mark} {result.stage.label:<{_LABEL}} {result.seconds:.2f} s"]
    width = min(_LONGEST_NAME, max((len(name) for name, _ in result.evidence), default=0))
    for name, value in result.evidence:
        lines += textwrap.wrap(
            value,
            _WIDTH,
            initial_indent=f"    {spoken(name):<{width}}  ",
            subsequent_indent=" " * (width + 6),
            break_on_hyphens=False,
            break_long_words=False,
        )
    return lines


def spoken(name: str) -> str:
    """Return the name of a piece of evidence as people read it."""
    return name.replace("_", " ")


def outcome_lines(checkup: Checkup) -> list[str]:
    """Return what the whole check says."""
    if checkup.problem is not None:
        return list(problem_lines(checkup.problem))
    warned = [one for one in checkup.stages if one.outcome is Outcome.WARNING]
    left_out = [one for one in checkup.stages if one.outcome is Outcome.NOT_TRIED]
    if warned:
        names = ", ".join(one.stage.label for one in warned)
        return [f"{CAUTION} It works, with something to look at: {names}."]
    if left_out:
        return [f"{GOOD} Everything that was tried is fine."]
    return [f"{GOOD} Everything is fine."]
