"""What an administrator is told to look at."""

import pytest

from oncetui.model.problem import Cause, Who
from oncetui.model.problems import causes
from oncetui.model.problems.for_administrators import codes, to_look_at
from oncetui.model.problems.policy import EWS_SWITCHED_OFF
from oncetui.model.problems.sign_in import PASSWORD_CHANGED
from oncetui.model.problems.typing import EMAIL_SPELLING

FOR_IT = [cause for cause in causes() if cause.who is Who.IT]


@pytest.mark.parametrize("cause", FOR_IT, ids=lambda cause: cause.code)
def test_whatever_needs_it_names_something_to_look_at(cause: Cause) -> None:
    texts = to_look_at(cause.problem())
    assert texts
    assert all("{" not in text and text.isprintable() for text in texts)


def test_the_mailbox_and_the_host_are_put_in() -> None:
    problem = EWS_SWITCHED_OFF.problem(mailbox="anna@contoso.example")
    assert "Set-CASMailbox anna@contoso.example -EwsEnabled $true" in to_look_at(problem)
    assert "Set-CASMailbox ben@contoso.example -EwsEnabled $true" in to_look_at(
        EWS_SWITCHED_OFF.problem(), "ben@contoso.example"
    )


def test_a_slip_of_the_pen_is_nothing_for_an_administrator() -> None:
    assert to_look_at(EMAIL_SPELLING.problem(sentence="…")) == ()
    assert to_look_at(PASSWORD_CHANGED.problem())


def test_nothing_is_known_for_a_code_that_does_not_exist() -> None:
    assert codes() <= {cause.code for cause in causes()}
