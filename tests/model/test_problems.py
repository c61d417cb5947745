"""The catalogue: every cause says what, why and the one next step, in whole sentences."""

import string

import pytest

from oncetui.model.problem import Cause, Who
from oncetui.model.problems import PHASES, cause_of, causes
from oncetui.model.problems.names import HOST_NOT_FOUND
from oncetui.model.problems.unknown import UNKNOWN


def test_no_two_causes_share_a_code() -> None:
    codes = [cause.code for cause in causes()]
    assert len(codes) == len(set(codes))
    assert {cause_of(code).code for code in codes} == set(codes)


@pytest.mark.parametrize("cause", causes(), ids=lambda cause: cause.code)
def test_a_cause_reads_well_even_without_evidence(cause: Cause) -> None:
    problem = cause.problem()
    for text in (problem.title, problem.what, problem.why, problem.next):
        assert text
        assert "{" not in text
        assert "\n" not in text
    assert set(cause.code) <= set(string.ascii_lowercase + string.digits + "-")


@pytest.mark.parametrize("cause", causes(), ids=lambda cause: cause.code)
def test_only_temporary_problems_delay_their_alarm(cause: Cause) -> None:
    assert cause.visible_after == 0 or cause.who is Who.RETRY


def test_evidence_is_put_into_the_words_and_kept() -> None:
    problem = HOST_NOT_FOUND.problem(host="mail.contoso.example", asked=None)
    assert "mail.contoso.example" in problem.what
    assert problem.as_json()["evidence"] == {"host": "mail.contoso.example"}


def test_braces_in_evidence_are_not_read_as_words() -> None:
    assert "{host}" in UNKNOWN.problem(signal="{host}").what


def test_no_evidence_can_steer_a_terminal() -> None:
    problem = UNKNOWN.problem(signal="a\x1b]0;x\x07b\u009b31m\r\n", host="mail.contoso.example")
    assert problem.what.isprintable()
    assert all(value.isprintable() for _, value in problem.with_evidence(more="\x1b").evidence)


def test_every_phase_holds_causes() -> None:
    for phase in PHASES:
        assert any(isinstance(value, Cause) for value in vars(phase).values()), phase.__name__
