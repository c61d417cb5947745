"""What a script lets a fake answer."""

from typing import TypeVar

from oncetui.model.problem import ProblemError
from oncetui.model.problems.sign_in import PASSWORD_REFUSED

Told = TypeVar("Told")


def told(answer: Told | ProblemError) -> Told:
    if isinstance(answer, ProblemError):
        raise answer
    return answer


def refusal(username: str) -> ProblemError:
    """Return the problem of a refused password."""
    return ProblemError(PASSWORD_REFUSED.problem(username=username), secret_refused=True)
