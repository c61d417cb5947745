"""The course of a check: the order of the stages, and the first failure decides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncetui.model.checkup import Outcome, Stage, StageResult, stage_of
from oncetui.model.course import Course, NotTriedError
from oncetui.model.problem import Cause, ProblemError
from oncetui.model.problems import causes
from oncetui.model.problems.certificates import EXPIRED_CERTIFICATE
from oncetui.model.problems.names import HOST_GONE, HOST_NOT_FOUND
from oncetui.model.problems.network import CONNECTION_LOST
from oncetui.model.problems.sign_in import MODERN_SIGN_IN_ONLY


class Seconds:
    """Seconds that pass by one with each look."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 1
        return self.now


def run(course: Course, stage: Stage, error: Exception | None = None, **notes: str) -> None:
    with course.stage(stage) as noting:
        noting.note(**notes)
        if error is not None:
            raise error


def outcomes(course: Course) -> list[str]:
    return [str(one.outcome) for one in course.finished().stages]


def test_every_stage_is_told_in_order_whatever_was_come_to() -> None:
    course = Course(Seconds())
    run(course, Stage.INPUT)
    assert [one.stage for one in course.finished().stages] == list(Stage)


def test_what_follows_a_failure_is_not_tried() -> None:
    course = Course(Seconds())
    run(course, Stage.INPUT)
    with pytest.raises(ProblemError):
        run(course, Stage.DNS, ProblemError(HOST_NOT_FOUND.problem(host="h.example")))
    checkup = course.finished()
    assert outcomes(course)[:3] == ["ok", "failed", "not-tried"]
    assert checkup.problem is not None
    assert checkup.problem.code == "host-not-found"
    assert dict(checkup.of(Stage.DNS).evidence)["host"] == "h.example"


def test_a_failure_that_belongs_to_a_later_stage_lets_the_ones_before_stand() -> None:
    course = Course(Seconds())
    with pytest.raises(ProblemError):
        run(course, Stage.DNS, ProblemError(EXPIRED_CERTIFICATE.problem(host="h.example")))
    assert outcomes(course)[1:5] == ["ok", "ok", "ok", "failed"]


def test_a_failure_of_an_earlier_kind_stays_where_it_happened() -> None:
    course = Course(Seconds())
    with pytest.raises(ProblemError):
        run(course, Stage.SIGN_IN, ProblemError(CONNECTION_LOST.problem()))
    assert course.finished().of(Stage.SIGN_IN).outcome is Outcome.FAILED


def test_a_stage_left_out_has_its_reason_and_decides_nothing() -> None:
    course = Course(Seconds())
    with pytest.raises(NotTriedError):
        run(course, Stage.SIGN_IN, NotTriedError("no password", after="not signed in"))
    checkup = course.finished()
    assert checkup.problem is None
    assert checkup.of(Stage.SIGN_IN).as_json() == {
        "stage": "sign-in",
        "outcome": "not-tried",
        "seconds": 0.0,
        "evidence": {"reason": "no password"},
    }
    assert dict(checkup.of(Stage.MAILBOX).evidence) == {"reason": "not signed in"}


def test_a_known_reason_for_leaving_out_decides() -> None:
    course = Course(Seconds())
    with pytest.raises(NotTriedError):
        run(course, Stage.SIGN_IN, NotTriedError("refused before", MODERN_SIGN_IN_ONLY.problem()))
    assert course.finished().problem == MODERN_SIGN_IN_ONLY.problem()


def test_a_stage_that_goes_on_is_told_once_with_all_that_was_found() -> None:
    told: list[StageResult] = []
    course = Course(Seconds(), told.append)
    with course.stage(Stage.DNS, goes_on=True) as notes:
        notes.note(first="1")
    run(course, Stage.DNS, second="2")
    (ended,) = [one for one in told if one.outcome is not Outcome.UNDER_WAY]
    assert dict(ended.evidence) == {"first": "1", "second": "2"}
    assert ended.seconds == 2


def test_what_works_but_is_not_right_is_a_warning_with_its_sentence() -> None:
    course = Course(Seconds())
    with course.stage(Stage.HTTP) as notes:
        notes.warn("The clock is wrong.")
        notes.warn("The proxy too.")
    result = course.finished().of(Stage.HTTP)
    assert result.outcome is Outcome.WARNING
    assert dict(result.evidence) == {"warning": "The clock is wrong. The proxy too."}


def test_a_failure_is_told_as_what_it_means_for_the_subject() -> None:
    course = Course(Seconds())
    course.meaning = lambda _error: ProblemError(HOST_GONE.problem())
    with pytest.raises(ProblemError):
        run(course, Stage.DNS, ProblemError(HOST_NOT_FOUND.problem()))
    assert course.finished().problem == HOST_GONE.problem()


@given(st.text())
def test_no_evidence_can_steer_a_terminal(value: str) -> None:
    course = Course(Seconds())
    run(course, Stage.HTTP, server=value)
    assert all(told.isprintable() for _, told in course.finished().of(Stage.HTTP).evidence)


@pytest.mark.parametrize("cause", causes(), ids=lambda cause: cause.code)
def test_every_cause_finds_a_stage_to_fail(cause: Cause) -> None:
    course = Course(Seconds())
    with pytest.raises(ProblemError):
        run(course, Stage.INPUT, ProblemError(cause.problem()))
    failed = [one for one in course.finished().stages if one.outcome is Outcome.FAILED]
    assert [one.stage for one in failed] == [stage_of(cause.problem()) or Stage.INPUT]
