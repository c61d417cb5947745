"""Which account a user name means, and in which form it names it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncetui.simulator.sign_in.user_names import account_named
from oncetui.simulator.world import Exchange, Mailbox

ANNA = Mailbox("anna@contoso.example", "Anna", "ahuber", "CONTOSO", "ahuber@corp.contoso.example", "secret")
BEN = Mailbox(
    "ben@contoso.example", "Ben", "ben", "FABRIKAM", "ben@contoso.example", "secret", forms=frozenset({"upn"})
)


def world() -> Exchange:
    exchange = Exchange("CONTOSO", lambda: datetime.now(UTC))
    exchange.add_mailbox(ANNA)
    exchange.add_mailbox(BEN)
    return exchange


@pytest.mark.parametrize(
    ("name", "domain", "form"),
    [
        ("anna@contoso.example", "", "email"),
        ("ahuber@corp.contoso.example", "", "upn"),
        ("CONTOSO\\ahuber", "", "domain"),
        ("ahuber", "CONTOSO", "domain"),
        ("ahuber", "", "domain"),
    ],
)
def test_each_spelling_names_the_account_in_its_form(name: str, domain: str, form: str) -> None:
    account = account_named(world(), name, domain)
    assert account is not None
    assert account.mailbox is ANNA
    assert account.forms == {form}


@pytest.mark.parametrize(
    ("name", "domain"),
    [
        ("FABRIKAM\\ahuber", ""),
        ("contoso/ahuber", ""),
        ("anna", ""),
        ("anna@contoso.example", "CONTOSO"),
        ("CONTOSO\\", ""),
        ("", ""),
    ],
)
def test_a_spelling_that_fits_nobody_names_nobody(name: str, domain: str) -> None:
    assert account_named(world(), name, domain) is None


def test_an_address_that_is_also_the_upn_counts_as_either() -> None:
    account = account_named(world(), "ben@contoso.example")
    assert account is not None
    assert account.forms == {"email", "upn"}
    assert account.accepted


@given(st.sampled_from(["anna@contoso.example", "ahuber@corp.contoso.example", "CONTOSO\\ahuber"]), st.data())
def test_the_case_of_letters_never_matters(name: str, data: st.DataObject) -> None:
    upper = data.draw(st.lists(st.booleans(), min_size=len(name), max_size=len(name)))
    typed = "".join(letter.upper() if up else letter.lower() for letter, up in zip(name, upper, strict=True))
    account = account_named(world(), typed)
    assert account is not None
    assert account.mailbox is ANNA
