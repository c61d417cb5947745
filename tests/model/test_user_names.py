"""Which user name is sent, in which form, by which scheme."""

import pytest

from oncetui.model.connection import Scheme, SignIn, UsernameForm
from oncetui.model.discovering import ServerProbe
from oncetui.model.user_names import likely_domain_name, sign_in_for

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
    sign_in = sign_in_for(EMAIL, "", probe(Scheme.BASIC, Scheme.NTLM))
    assert sign_in is not None
    assert sign_in.scheme is Scheme.NTLM


def test_without_a_scheme_of_ours_there_is_no_sign_in() -> None:
    assert sign_in_for(EMAIL, "", probe()) is None


def test_the_windows_name_is_guessed_only_with_a_windows_domain() -> None:
    assert likely_domain_name(EMAIL, "CONTOSO") == r"CONTOSO\anna"
    assert likely_domain_name(EMAIL, None) == ""
