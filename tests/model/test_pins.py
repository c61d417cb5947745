"""Fingerprints as people write them, and the hosts that they are bound to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncetui.model.connection import NO_PROXY, NetworkRoute, combined_route, kept_route
from oncetui.model.pins import fingerprint, fingerprint_lines, pin_for, pin_of, pinned
from oncetui.model.secret import Secret

DIGITS = "3f9a" * 16


@given(st.binary(min_size=32, max_size=32), st.booleans(), st.booleans())
def test_a_pin_means_the_same_with_or_without_colons_in_any_case(
    digest: bytes, colons: bool, capitals: bool
) -> None:
    text = digest.hex(":") if colons else digest.hex()
    assert pin_of(text.upper() if capitals else f" {text}\n") == digest.hex()


def test_a_fingerprint_is_read_back_as_the_pin() -> None:
    assert pin_of(fingerprint(DIGITS)) == DIGITS
    assert pin_of("\n".join(fingerprint_lines(fingerprint(DIGITS)))) == DIGITS


def test_a_sha_256_takes_two_lines_that_a_small_screen_holds() -> None:
    lines = fingerprint_lines(fingerprint(DIGITS))
    assert [len(line) for line in lines] == [47, 47]


@pytest.mark.parametrize("text", ["", "3f:9a", "g" * 64, DIGITS + "0", "anna"])
def test_what_is_no_pin_gets_one_sentence_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="64 hexadecimal digits, as in 3F:9A") as told:
        pin_of(text)
    assert str(told.value).count(". ") == 0


def test_a_sha_1_is_no_pin_and_that_is_said() -> None:
    with pytest.raises(ValueError, match="SHA-1, which can be forged"):
        pin_of("ab:" * 19 + "ab")


def test_a_pin_belongs_to_its_host_alone_and_a_new_one_replaces_it() -> None:
    pins = pinned(
        (("mail.contoso.example", "1" * 64), ("owa.fabrikam.example", "2" * 64)),
        "MAIL.contoso.example",
        DIGITS,
    )
    assert pin_for(pins, "mail.contoso.example") == DIGITS
    assert pin_for(pins, "owa.fabrikam.example") == "2" * 64
    assert pin_for(pins, "contoso.example") is None
    assert pin_for(pinned(pins, "mail.contoso.example", ""), "mail.contoso.example") is None


def test_a_told_pin_leaves_the_saved_pins_of_other_hosts() -> None:
    saved = NetworkRoute(pins=(("a.example", "1" * 64),))
    told = NetworkRoute(pins=(("b.example", "2" * 64),))
    assert combined_route(told, saved).pins == (("a.example", "1" * 64), ("b.example", "2" * 64))


def test_another_proxy_gets_no_password_of_the_saved_one() -> None:
    saved = NetworkRoute(proxy="http://old:1", proxy_user="anna", proxy_password=Secret("old"))
    other = combined_route(NetworkRoute(proxy="http://new:1"), saved)
    assert (other.proxy_user, other.proxy_password) == (None, None)
    same = combined_route(NetworkRoute(proxy="http://old:1"), saved)
    assert same == saved
    renamed = combined_route(NetworkRoute(proxy_user="ben"), saved)
    assert (renamed.proxy_user, renamed.proxy_password) == ("ben", None)


def test_no_proxy_takes_the_saved_one_away() -> None:
    saved = NetworkRoute(proxy="http://old:1", proxy_user="anna", proxy_password=Secret("old"))
    assert kept_route(combined_route(NetworkRoute(proxy=NO_PROXY), saved)) == NetworkRoute()
