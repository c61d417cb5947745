"""What a person types is put right, or told in one sentence; nothing that was typed is lost."""

from urllib.parse import urlsplit

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.provisional import domains

from oncetui.model.spelling import (
    email_spelling,
    ews_url_spelling,
    host_of,
    mail_domain,
    user_name_spelling,
)

# Near to what people type, so that much of it is let through.
HOSTS = st.one_of(
    domains(), st.ip_addresses(v=4).map(str), st.text(alphabet="Exü0-.", min_size=1, max_size=9)
)
ADDRESSES = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "https://", "http://", "HTTPS://", "ftp://"]),
    HOSTS,
    st.sampled_from(["", ":443", ":80", ":8443", ":x"]),
    st.one_of(
        st.sampled_from(["", "/", "/owa", "/ews/EXCHANGE.asmx", "/EWS/Other.asmx"]), st.text(max_size=5)
    ),
)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("anna@contoso.example", "anna@contoso.example"),
        ("  anna@contoso.example ", "anna@contoso.example"),
        ("mailto:anna@contoso.example", "anna@contoso.example"),
        ("“anna@contoso.example”", "anna@contoso.example"),
        ("Anna.Berg+x@CONTOSO.example", "Anna.Berg+x@contoso.example"),
        ("anna@müller.example", "anna@xn--mller-kva.example"),
    ],
)
def test_an_email_address_is_taken_as_meant(typed: str, value: str) -> None:
    spelling = email_spelling(typed)
    assert (spelling.value, spelling.error) == (value, None)


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("", "enter your email"),
        ("anna", "has an @"),
        ("anna berg@contoso.example", "no spaces"),
        ("anna\r\nberg@contoso.example", "no spaces"),
        ("an\x1bna@contoso.example", "no control characters"),
        ("an\x00na@contoso.example", "no control characters"),
        ("an\udcffna@contoso.example", "no control characters"),
        ("anna@", "can't be a mail domain"),
        ("anna@contoso", "can't be a mail domain"),
        ("anna@con..example", "can't be a mail domain"),
        ("@contoso.example", "a name, one @"),
        ("a@b@contoso.example", "a name, one @"),
    ],
)
def test_a_wrong_email_address_gets_one_sentence_with_an_example(typed: str, part: str) -> None:
    error = email_spelling(typed).error
    assert error is not None
    assert part in error
    assert "contoso.example" in error


@pytest.mark.parametrize(
    "typed",
    [
        "mail.contoso.example",
        "MAIL.contoso.example",
        "https://mail.contoso.example",
        "http://mail.contoso.example/",
        "http://mail.contoso.example:80/owa",
        "mail.contoso.example/owa",
        "https://mail.contoso.example/owa/#path=/calendar",
        "https://mail.contoso.example/ecp/",
        "https://mail.contoso.example:443/ews/exchange.asmx",
        "https://mail.contoso.example/EWS/Exchange.asmx",
        "“https://mail.contoso.example/owa”.",
    ],
)
def test_any_spelling_of_the_server_leads_to_the_same_ews_url(typed: str) -> None:
    assert ews_url_spelling(typed).value == "https://mail.contoso.example/EWS/Exchange.asmx"


def test_what_was_put_right_is_shown_and_what_was_right_is_not() -> None:
    right = "https://mail.contoso.example/EWS/Exchange.asmx"
    assert ews_url_spelling(right).note is None
    assert ews_url_spelling("mail.contoso.example/owa").note == f"→ {right}"


def test_an_own_port_and_an_own_asmx_path_are_kept() -> None:
    assert ews_url_spelling("mail.contoso.example:8443").value.startswith(
        "https://mail.contoso.example:8443/"
    )
    assert (
        ews_url_spelling("https://m.contoso.example/x/y.asmx").value == "https://m.contoso.example/x/y.asmx"
    )


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "anna@contoso.example",
        "a b",
        "ftp://mail.contoso.example",
        "https://",
        "host:99999",
        "host:443²",
        "host:" + "4" * 5000,
        "[::1",
        "ho_st",
        "mail.contoso.example/x\x1b[31m.asmx",
        "mail.contoso.example/x\x00.asmx",
        "https://stranger.example\\@mail.contoso.example/EWS/Exchange.asmx",
        "https://stranger.example\\.contoso.example/EWS/Exchange.asmx",
    ],
)
def test_what_can_be_no_address_gets_one_sentence(typed: str) -> None:
    error = ews_url_spelling(typed).error
    assert error is not None
    assert "mail.contoso.example" in error


@pytest.mark.parametrize(
    "typed", ["", r"CONTOSO\anna", "anna@corp.contoso.example", "anna", r" CONTOSO\anna "]
)
def test_blank_domain_upn_and_bare_names_stand(typed: str) -> None:
    spelling = user_name_spelling(typed)
    assert (spelling.value, spelling.error) == (typed.strip(), None)


@pytest.mark.parametrize("typed", ["CONTOSO/anna", r"CONTOSO\\anna", "CONTOSO//anna"])
def test_a_slash_is_offered_back_as_a_backslash(typed: str) -> None:
    spelling = user_name_spelling(typed)
    assert spelling.value == typed
    assert spelling.error is not None
    assert spelling.offer == r"CONTOSO\anna"


@pytest.mark.parametrize("typed", ["CONTOSO\\", "\\anna", r"A\b\c"])
def test_half_a_windows_name_gets_one_sentence(typed: str) -> None:
    error = user_name_spelling(typed).error
    assert error is not None
    assert r"CONTOSO\anna" in error


@pytest.mark.parametrize("typed", ["/\n0", "CONTOSO\\an\x1bna"])
def test_control_characters_in_a_user_name_are_refused_and_not_repeated(typed: str) -> None:
    error = user_name_spelling(typed).error
    assert error is not None
    assert error.isprintable()


@given(st.text())
def test_spelling_always_answers(typed: str) -> None:
    for check in (email_spelling, ews_url_spelling, user_name_spelling):
        spelling = check(typed)
        assert spelling.error is None or spelling.error.count("\n") == 0


@given(ADDRESSES)
def test_a_url_that_is_let_through_is_https_and_stays_as_it_is(typed: str) -> None:
    spelling = ews_url_spelling(typed)
    assume(spelling.error is None)

    parts = urlsplit(spelling.value)
    assert parts.scheme == "https"
    assert parts.hostname == host_of(spelling.value)
    assert ews_url_spelling(spelling.value).value == spelling.value


@given(st.emails())
def test_a_real_address_that_is_let_through_keeps_its_domain(address: str) -> None:
    spelling = email_spelling(address)
    assume(spelling.error is None)

    assert mail_domain(spelling.value) == mail_domain(address)
