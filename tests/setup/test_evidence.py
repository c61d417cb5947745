import pytest

from oncetui.model.ports import DraftAnswers
from oncetui.model.problem import Cause, Problem
from oncetui.model.problems import causes
from oncetui.model.problems.autodiscover import HOST_NEEDS_CONSENT
from oncetui.model.problems.network import NO_ANSWER
from oncetui.model.problems.sign_in import LOCK_OUT_NEAR, PASSWORD_REFUSED, USER_NAME_FORM
from oncetui.model.problems.unknown import UNKNOWN
from oncetui.setup.account import answers_of, consent_given, field_left, opened, submitted
from oncetui.setup.account_state import AccountState
from oncetui.setup.evidence import attempt_began, attempt_cancelled, attempt_ended, secret_changed
from oncetui.setup.fields import FieldName
from oncetui.setup.headline import Mark
from oncetui.setup.searching import search_began, search_ended
from tests.setup.wizard import ANNA, FOUND

WANTS_WINDOWS_NAME = USER_NAME_FORM.problem(username=ANNA, windows_domain="CONTOSO")


def signing_in() -> AccountState:
    state = search_began(field_left(opened(DraftAnswers()), FieldName.EMAIL, ANNA), 10.0)
    return attempt_began(submitted(search_ended(state, ANNA, FOUND), password_given=True), 12.0)


def refused(problem: Problem) -> AccountState:
    return attempt_ended(signing_in(), problem, refused=True)


def test_one_press_of_enter_is_one_attempt() -> None:
    state = signing_in()
    assert state.signing_in == 12.0
    assert not state.ready_to_sign_in
    assert not refused(WANTS_WINDOWS_NAME).ready_to_sign_in
    assert not attempt_cancelled(state).ready_to_sign_in


def test_a_refused_email_reveals_the_windows_name_filled_from_the_server() -> None:
    state = refused(WANTS_WINDOWS_NAME)
    assert state.username is not None
    assert state.username.value == "CONTOSO\\anna"
    assert state.username.line == "CONTOSO comes from the server; empty tries the email."
    assert state.username.why == f"The server refuses {ANNA}."
    assert state.focus is FieldName.PASSWORD
    assert answers_of(state).username == "CONTOSO\\anna"
    assert state.refusals_sentence == (
        "One refused sign-in so far. Most servers lock the account after 5 to 10."
    )


def test_a_windows_name_that_was_typed_is_not_replaced() -> None:
    once = field_left(refused(WANTS_WINDOWS_NAME), FieldName.USERNAME, "FABRIKAM\\anna")
    again = attempt_ended(attempt_began(once, 20.0), WANTS_WINDOWS_NAME, refused=True)
    assert again.username is not None
    assert again.username.value == "FABRIKAM\\anna"
    assert again.refusals_sentence is not None
    assert again.refusals_sentence.startswith("2 refused sign-ins so far.")


def test_a_refused_password_leads_back_to_the_password() -> None:
    state = refused(PASSWORD_REFUSED.problem(username=ANNA))
    assert state.focus is FieldName.PASSWORD
    assert state.password.error is not None
    assert state.username is not None
    assert state.username.value == ""


def test_what_was_kept_back_is_not_counted_as_a_refusal() -> None:
    state = attempt_ended(signing_in(), PASSWORD_REFUSED.problem(username=ANNA), refused=False)
    assert state.refusals == 0
    assert state.headline is not None
    assert "not sent again" in state.headline.sentence


def test_what_was_kept_back_goes_with_the_next_press_unless_the_password_changes() -> None:
    kept_back = attempt_ended(signing_in(), PASSWORD_REFUSED.problem(username=ANNA), refused=False)
    assert not signing_in().insistence.again
    assert kept_back.insistence.again
    assert not secret_changed(kept_back).insistence.again
    assert not attempt_began(kept_back, 20.0).insistence.again


def test_a_warning_before_a_lock_out_is_given_once_for_each_count_of_refusals() -> None:
    near = LOCK_OUT_NEAR.problem(refusals=2, safe_at="10:35")
    state = attempt_ended(signing_in(), near)
    assert state.headline is not None
    assert "10:35" in state.headline.sentence
    assert "Enter sends it now" in state.headline.sentence
    assert attempt_began(secret_changed(state), 20.0).insistence.warned == 2


def test_a_host_that_needs_consent_waits_for_a_yes() -> None:
    state = attempt_ended(
        signing_in(), HOST_NEEDS_CONSENT.problem(host="mail.hoster.example", domain="contoso.example")
    )
    assert state.consent == "mail.hoster.example"
    assert state.focus is FieldName.TRUST_HOST
    assert submitted(consent_given(state), password_given=True).ready_to_sign_in


def test_a_temporary_fault_is_told_and_moves_nothing() -> None:
    before = signing_in()
    state = attempt_ended(before, NO_ANSWER.problem(host="mail.contoso.example"))
    assert state.headline is not None
    assert state.headline.mark is Mark.CAUTION
    assert state.headline.sentence == (
        "No answer from mail.contoso.example. Wait a moment, then press Enter to try again. "
        "If it lasts an hour, tell your IT support."
    )
    assert state.focus_asked == before.focus_asked


def test_an_unknown_failure_is_shown_as_it_is() -> None:
    problem = UNKNOWN.problem(signal="HTTP 599 from mail.contoso.example")
    state = attempt_ended(signing_in(), problem)
    assert state.problem is problem
    assert state.headline is not None
    assert state.headline.mark is Mark.FAILED
    assert "HTTP 599" in state.headline.sentence
    assert submitted(state, password_given=True).ready_to_sign_in


@pytest.mark.parametrize("cause", causes(), ids=lambda cause: cause.code)
def test_every_problem_is_told_and_the_field_it_names_is_gone_to(cause: Cause) -> None:
    problem = cause.problem()
    state = attempt_ended(signing_in(), problem)
    assert state.headline is not None
    assert problem.what in state.headline.sentence
    named = [name for name in problem.fields if name in tuple(FieldName) and name != "trust_host"]
    if named and problem.code != HOST_NEEDS_CONSENT.code:
        assert state.focus == named[0]
        assert state.shown(FieldName(named[0])) is not None
