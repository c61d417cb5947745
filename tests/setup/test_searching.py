from dataclasses import replace

from oncetui.model.discovering import SearchResult, SearchStep, StepMark
from oncetui.model.ports import DraftAnswers
from oncetui.model.problems.names import NAMES_UNAVAILABLE
from oncetui.setup.account import answers_of, consent_given, field_left, knows_address, opened, submitted
from oncetui.setup.account_state import AccountState
from oncetui.setup.fields import FieldName
from oncetui.setup.searching import STOPPED, search_began, search_ended, search_stopped, step_told
from tests.setup.wizard import ANNA, FOUND, NOTHING, OUTSIDE, SIGNPOSTED


def searching() -> AccountState:
    return search_began(field_left(opened(DraftAnswers()), FieldName.EMAIL, ANNA), 10.0)


def test_steps_are_merged_by_their_key_in_the_order_they_came() -> None:
    state = searching()
    for step in (
        SearchStep("a", "autodiscover.contoso.example", StepMark.ASKING),
        SearchStep("b", "contoso.example", StepMark.ASKING),
        SearchStep("a", "autodiscover.contoso.example", StepMark.FOUND, "Exchange 2019", 0.3),
    ):
        state = step_told(state, ANNA, step)
    assert state.search is not None
    assert [(step.key, step.mark) for step in state.search.steps] == [
        ("a", StepMark.FOUND),
        ("b", StepMark.ASKING),
    ]
    assert state.search.elapsed(11.5) == 1.5


def test_what_an_earlier_search_tells_changes_nothing() -> None:
    state = search_began(field_left(searching(), FieldName.EMAIL, "ben@fabrikam.example"), 12.0)
    assert step_told(state, ANNA, SearchStep("a", "x", StepMark.FOUND)) == state
    assert search_ended(state, ANNA, FOUND) == state


def test_nothing_found_reveals_the_ews_url_with_the_reason() -> None:
    state = search_ended(searching(), ANNA, NOTHING)
    assert state.ews_url is not None
    assert state.ews_url.why == "No Exchange server answers for contoso.example."
    assert "Outlook on the web" in state.ews_url.line
    assert state.headline is not None
    assert state.headline.sentence == (
        "No Exchange server answers for contoso.example. Please enter its address."
    )
    assert state.search is not None
    assert state.search.title == "Tried 1 place in 3.1 s"


def test_the_cursor_stays_in_the_password_while_it_is_typed() -> None:
    before = searching()
    assert search_ended(before, ANNA, NOTHING).focus_asked == before.focus_asked
    assert search_ended(before, ANNA, OUTSIDE).focus_asked == before.focus_asked


def test_the_cursor_goes_to_the_ews_url_once_enter_was_pressed() -> None:
    state = search_ended(submitted(searching(), password_given=True), ANNA, NOTHING)
    assert state.focus is FieldName.EWS_URL
    assert state.focus_asked == 1
    assert not state.ready_to_sign_in


def test_an_address_that_nobody_filled_goes_when_a_later_search_finds_the_server() -> None:
    state = search_ended(searching(), ANNA, NOTHING)
    again = search_began(field_left(state, FieldName.EMAIL, "ben@contoso.example"), 20.0)
    assert search_ended(again, "ben@contoso.example", FOUND).ews_url is None


def test_an_address_that_was_asked_for_stays() -> None:
    assert search_ended(knows_address(searching()), ANNA, FOUND).ews_url is not None


def test_a_search_that_fails_beside_a_given_address_says_nothing() -> None:
    state = field_left(knows_address(searching()), FieldName.EWS_URL, "mail.contoso.example")
    assert search_ended(state, ANNA, NOTHING).headline is None


def test_a_temporary_fault_reveals_nothing_and_the_next_enter_searches_again() -> None:
    down = SearchResult(seconds=0.2, problem=NAMES_UNAVAILABLE.problem(host="contoso.example"))
    state = search_ended(searching(), ANNA, down)
    assert state.ews_url is None
    assert state.headline is not None
    assert "can't look up" in state.headline.sentence
    again = submitted(state, password_given=True)
    assert again.search_for == ANNA
    assert again.wish


def test_microsoft_365_is_told_when_the_email_is_left_and_gets_no_password() -> None:
    cloud = replace(FOUND, provider="microsoft-365")
    state = search_ended(searching(), ANNA, cloud)
    assert state.headline is not None
    assert "Microsoft 365" in state.headline.sentence
    assert not submitted(state, password_given=True).ready_to_sign_in


def test_a_host_outside_the_mail_domain_waits_for_a_yes() -> None:
    state = search_ended(searching(), ANNA, OUTSIDE)
    assert state.consent == "mail.hoster.example"
    pressed = submitted(state, password_given=True)
    assert pressed.focus is FieldName.TRUST_HOST
    assert not pressed.ready_to_sign_in
    agreed = consent_given(pressed)
    assert answers_of(agreed).consented == {"mail.hoster.example"}
    assert submitted(agreed, password_given=True).ready_to_sign_in


def test_giving_an_address_is_consent_to_its_host() -> None:
    state = knows_address(search_ended(searching(), ANNA, OUTSIDE))
    state = field_left(state, FieldName.EWS_URL, "mail.hoster.example")
    assert submitted(state, password_given=True).ready_to_sign_in


def test_an_address_that_tells_the_server_after_sign_in_is_enough() -> None:
    state = search_ended(submitted(searching(), password_given=True), ANNA, SIGNPOSTED)
    assert state.ready_to_sign_in
    assert state.ews_url is None


def test_a_stopped_search_is_begun_again_by_the_next_enter() -> None:
    stopped = search_stopped(submitted(searching(), password_given=True))
    assert stopped.search is None
    assert not stopped.wish
    assert stopped.email.value == ANNA
    assert stopped.search_for == ANNA
    assert stopped.headline == STOPPED
    assert search_began(stopped, 20.0).headline is None
