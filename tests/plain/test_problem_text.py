import pytest

from oncetui.model.problem import Cause
from oncetui.model.problems import causes
from oncetui.model.problems.network import CONNECTION_REFUSED
from oncetui.plain.problem_text import problem_lines


def test_a_problem_is_its_title_what_why_and_one_next_step() -> None:
    assert problem_lines(CONNECTION_REFUSED.problem(host="mail.contoso.example", port=443)) == (
        "! The server refuses connections",
        "  mail.contoso.example refuses the connection on port 443.",
        "  Why:  The server is up, but its door 443 is shut.",
        "  Next: Wait: it is tried again by itself. If it lasts an hour, tell your IT support.",
        "  Who:  nobody; it is temporary",
    )


@pytest.mark.parametrize("cause", causes(), ids=lambda cause: cause.code)
def test_every_problem_is_told_in_five_lines(cause: Cause) -> None:
    lines = problem_lines(cause.problem())
    assert len(lines) == 5
    assert all(line.strip() for line in lines)
