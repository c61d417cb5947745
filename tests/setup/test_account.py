from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from oncetui.model.connection import ConnectionSettings, KeptIn, NetworkRoute, Scheme, SignIn, UsernameForm
from oncetui.model.ports import DraftAnswers
from oncetui.model.secret import Secret
from oncetui.setup.account import (
    answers_of,
    draft_of,
    field_left,
    knows_address,
    knows_user_name,
    offer_taken,
    opened,
    place_known,
    submitted,
    way_told,
)
from oncetui.setup.account_state import AccountState
from oncetui.setup.fields import FieldName
from oncetui.setup.headline import Mark
from oncetui.setup.searching import search_began, search_ended
from tests.setup.wizard import ANNA, EWS_URL, FOUND, NOTHING

EMPTY = opened(DraftAnswers())


def typed_email(email: str = ANNA) -> AccountState:
    return field_left(EMPTY, FieldName.EMAIL, email)


def test_a_wizard_opens_with_email_and_password_alone() -> None:
    assert [one.name for one in EMPTY.fields] == [FieldName.EMAIL, FieldName.PASSWORD]
    assert EMPTY.focus is FieldName.EMAIL
    assert EMPTY.headline is None
    assert EMPTY.search_for is None


def test_an_email_that_is_left_wants_its_server_searched_once() -> None:
    state = typed_email()
    assert state.search_for == ANNA
    assert search_began(state, 1.0).search_for is None


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        (FieldName.EMAIL, "anna.contoso.example", "@"),
        (FieldName.EWS_URL, "anna@contoso.example", "mail.contoso.example"),
        (FieldName.USERNAME, "contoso/anna", "one backslash"),
    ],
)
def test_bad_input_gets_one_sentence_and_stays_as_typed(name: FieldName, text: str, words: str) -> None:
    state = field_left(knows_user_name(knows_address(typed_email())), name, text)
    left = state.shown(name)
    assert left is not None
    assert left.value == text
    assert left.error is not None
    assert words in left.error
    assert left.line == left.error
    assert left.meant == ""


def test_going_past_an_empty_field_is_no_mistake() -> None:
    assert field_left(EMPTY, FieldName.EMAIL, "").email.error is None


def test_an_owa_address_is_put_right_before_ones_eyes() -> None:
    state = field_left(knows_address(typed_email()), FieldName.EWS_URL, "mail.contoso.example/owa")
    assert state.ews_url is not None
    assert state.ews_url.line == f"→ {EWS_URL}"
    assert state.ews_url.value == "mail.contoso.example/owa"
    assert answers_of(state).ews_url == EWS_URL


def test_a_slash_is_offered_back_as_a_backslash_and_taken_with_one_key() -> None:
    state = field_left(knows_user_name(typed_email()), FieldName.USERNAME, "contoso/anna")
    assert state.username is not None
    assert state.username.offer == "contoso\\anna"
    taken = offer_taken(state, FieldName.USERNAME)
    assert answers_of(taken).username == "contoso\\anna"
    assert offer_taken(taken, FieldName.USERNAME) == taken


def test_a_key_reveals_the_ews_url_and_goes_there_again_later() -> None:
    once = knows_address(typed_email())
    assert once.focus is FieldName.EWS_URL
    again = knows_address(once)
    assert again.fields == once.fields
    assert again.focus_asked == once.focus_asked + 1


def test_submitting_goes_to_the_first_field_at_fault() -> None:
    nothing = submitted(EMPTY, password_given=False)
    assert nothing.focus is FieldName.EMAIL
    assert nothing.email.error is not None
    without_password = submitted(typed_email(), password_given=False)
    assert without_password.focus is FieldName.PASSWORD
    assert without_password.password.error is not None
    assert not without_password.wish


def test_enter_waits_for_the_search_and_then_signs_in() -> None:
    waiting = submitted(search_began(typed_email(), 0.0), password_given=True)
    assert waiting.wish
    assert not waiting.ready_to_sign_in
    assert search_ended(waiting, ANNA, FOUND).ready_to_sign_in


def test_a_given_address_waits_for_no_search() -> None:
    state = search_began(knows_address(typed_email()), 0.0)
    state = field_left(state, FieldName.EWS_URL, "mail.contoso.example")
    assert submitted(state, password_given=True).ready_to_sign_in


def test_an_empty_address_that_is_needed_is_asked_for() -> None:
    state = search_ended(search_began(typed_email(), 0.0), ANNA, NOTHING)
    state = submitted(state, password_given=True)
    assert state.focus is FieldName.EWS_URL
    assert state.ews_url is not None
    assert state.ews_url.error is not None


def test_another_mailbox_leaves_nothing_of_the_one_before() -> None:
    state = search_ended(search_began(typed_email(), 0.0), ANNA, FOUND)
    state = knows_user_name(replace(state, refusals=2))
    assert state.username is not None
    assert state.username.value == "CONTOSO\\anna"
    other = field_left(state, FieldName.EMAIL, "ben@fabrikam.example")
    assert other.found is None
    assert other.search_for == "ben@fabrikam.example"
    assert other.refusals == 0
    assert other.username is None


def test_a_user_name_that_was_typed_outlives_another_mailbox() -> None:
    state = field_left(knows_user_name(typed_email()), FieldName.USERNAME, "svc")
    other = field_left(state, FieldName.EMAIL, "ben@fabrikam.example")
    assert other.username is not None
    assert other.username.value == "svc"


def test_a_draft_brings_every_finished_field_back() -> None:
    way = NetworkRoute(Path("/etc/ca.pem"), "http://proxy.example:3128", "anna", pins=(("mail", "3f" * 32),))
    draft = DraftAnswers(ANNA, "mail.contoso.example", "CONTOSO\\anna", "file", way)
    state = opened(draft)
    assert state.focus is FieldName.PASSWORD
    assert [one.value for one in state.fields] == [ANNA, "", "mail.contoso.example", "CONTOSO\\anna"]
    assert draft_of(state, "file") == draft
    assert answers_of(state).route == way


def test_a_draft_never_holds_the_proxys_password() -> None:
    typed_in = NetworkRoute(proxy="http://proxy.example:3128", proxy_user="anna", proxy_password=Secret("x"))
    assert draft_of(way_told(EMPTY, typed_in)).route == replace(typed_in, proxy_password=None)


def test_a_wizard_on_a_connected_profile_opens_with_what_is_saved() -> None:
    sign_in = SignIn("CONTOSO\\anna", UsernameForm.DOMAIN, Scheme.NTLM)
    settings = ConnectionSettings(ANNA, EWS_URL, sign_in, KeptIn.FILE, "v1")
    assert answers_of(opened(DraftAnswers(), settings)).username == "CONTOSO\\anna"
    assert answers_of(opened(DraftAnswers(), settings)).ews_url == EWS_URL


def test_the_password_line_says_where_it_will_be_kept() -> None:
    assert "keyring" in place_known(EMPTY, KeptIn.KEYRING).password.line
    assert "encrypted file" in place_known(EMPTY, KeptIn.FILE).password.line


def test_the_text_of_a_password_that_is_left_is_not_taken_over() -> None:
    state = field_left(typed_email(), FieldName.PASSWORD, "hunter-two")
    assert "hunter-two" not in everything(state)


def test_marks_are_words_for_screens_to_draw() -> None:
    assert {str(mark) for mark in Mark} == {"good", "caution", "failed"}


def everything(value: Any) -> str:
    """Every text within a state, and its repr."""
    if is_dataclass(value) and not isinstance(value, type):
        inside = " ".join(everything(getattr(value, one.name)) for one in fields(value))
        return f"{value!r} {inside}"
    return repr(value)
