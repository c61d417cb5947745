"""Which user name is sent, in which form, by which scheme."""

from dataclasses import replace

import pytest

from oncetui.model.connection import Scheme, SignIn, UsernameForm
from oncetui.model.discovering import ServerProbe
from oncetui.model.problem import ProblemError
from oncetui.model.problems.network import NO_ANSWER
from oncetui.model.problems.sign_in import USER_NAME_FORM
from oncetui.model.user_names import likely_domain_name, of_a_proven_name, sign_in_for

EMAIL = "anna@contoso.example"


def probe(*schemes: Scheme) -> ServerProbe:
    return ServerProbe("https://mail.contoso.example/EWS/Exchange.asmx", 401, schemes)


@pytest.mark.parametrize(
    ("typed", "username", "form"),
    [
        ("", EMAIL, UsernameForm.EMAIL),
        ("ANNA@contoso.example", "ANNA@contoso.example", UsernameForm.EMAIL),
        ("anna@corp.example", "anna@corp.example", UsernameForm.UPN),
        (r"CONTOSO\anna", r"CONTOSO\anna", UsernameForm.DOMAIN),
        ("anna", "anna", UsernameForm.BARE),
    ],
)
def test_the_form_follows_from_what_was_typed(typed: str, username: str, form: UsernameForm) -> None:
    assert sign_in_for(EMAIL, typed, probe(Scheme.BASIC)) == SignIn(username, form, Scheme.BASIC)


def test_ntlm_goes_before_basic() -> None:
    assert sign_in_for(EMAIL, "", probe(Scheme.BASIC, Scheme.NTLM)).scheme is Scheme.NTLM


@pytest.mark.parametrize(
    ("offered", "code"), [((), "no-sign-in-offered"), (("Negotiate", "Bearer"), "modern-sign-in-only")]
)
def test_a_server_without_a_scheme_of_ours_is_told(offered: tuple[str, ...], code: str) -> None:
    with pytest.raises(ProblemError) as told:
        sign_in_for(EMAIL, "", replace(probe(), offered=offered))

    assert told.value.problem.code == code


def test_a_name_that_worked_before_is_not_what_a_server_refuses() -> None:
    problem = USER_NAME_FORM.problem(username=EMAIL, windows_domain="CONTOSO", host="mail.contoso.example")

    told = of_a_proven_name(ProblemError(problem, secret_refused=True))

    assert told.problem.code == "password-refused"
    assert told.problem.fields[0] == "password"
    assert told.secret_refused


def test_what_is_no_refusal_stays_what_it_is_for_a_proven_name() -> None:
    error = ProblemError(NO_ANSWER.problem(host="mail.contoso.example"))

    assert of_a_proven_name(error) is error


def test_the_windows_name_is_guessed_only_with_a_windows_domain() -> None:
    assert likely_domain_name(EMAIL, "CONTOSO") == r"CONTOSO\anna"
    assert likely_domain_name(EMAIL, None) == ""
