"""How a problem is printed: what it is, what happened, why, and the one next step."""

from oncetui.model.problem import Problem, Who
from oncetui.plain.console_io import CAUTION, FAILED

_TURN = {
    Who.RETRY: "nobody; it is temporary",
    Who.USER: "you",
    Who.IT: "your IT support",
}


def problem_lines(problem: Problem) -> tuple[str, ...]:
    """Return a problem as lines of text, its title first."""
    mark = FAILED if problem.who is Who.IT else CAUTION
    return (
        f"{mark} {problem.title}",
        f"  {problem.what}",
        f"  Why:  {problem.why}",
        f"  Next: {problem.next}",
        f"  Who:  {_TURN[problem.who]}",
    )
