"""The sentence above the fields of a step, and the mark before it."""

from dataclasses import dataclass, replace
from enum import StrEnum

from oncetui.model.problem import Problem, Who


class Mark(StrEnum):
    """What stands before a headline: `✓`, `!` or `✗`, or its ASCII form."""

    GOOD = "good"
    CAUTION = "caution"
    FAILED = "failed"


@dataclass(frozen=True)
class Headline:
    """The sentence above the fields."""

    mark: Mark
    sentence: str


def mark_of(problem: Problem) -> Mark:
    """Return the mark for a problem: red only where nobody here can do anything."""
    return Mark.FAILED if problem.who is Who.IT else Mark.CAUTION


def by_hand(problem: Problem) -> Problem:
    """Return a problem as it stands for an attempt of a person's: nothing is tried again by itself here."""
    first, _, rest = problem.next.partition(". ")
    if not (problem.who is Who.RETRY and first.startswith("Wait") and "by itself" in first):
        return problem
    return replace(problem, next=f"Wait a moment, then press Enter to try again. {rest}".rstrip())
