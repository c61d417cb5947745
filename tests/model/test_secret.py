"""A secret shows itself only where it is asked to."""

import pickle
import traceback

import pytest

from oncetui.model.secret import Secret

CANARY = "wal-nuss€-7"


def test_a_secret_is_masked_however_it_is_printed() -> None:
    secret = Secret(CANARY)
    assert CANARY not in f"{secret} {secret!r} {secret:>20} {[secret]}"
    assert secret.reveal() == CANARY


def test_a_traceback_that_prints_locals_does_not_show_the_secret() -> None:
    def sign_in(secret: Secret) -> None:
        raise RuntimeError("refused")

    try:
        sign_in(Secret(CANARY))
    except RuntimeError as error:
        told = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
    assert "secret = Secret(" in told
    assert CANARY not in told


def test_a_secret_is_never_pickled() -> None:
    with pytest.raises(TypeError, match="never pickled"):
        pickle.dumps(Secret(CANARY))


def test_secrets_compare_by_their_text_and_have_no_hash() -> None:
    assert Secret("a") == Secret("a")
    assert Secret("a") != Secret("b")
    assert Secret("a") != "a"
    with pytest.raises(TypeError):
        hash(Secret("a"))


def test_an_empty_secret_is_false() -> None:
    assert not Secret("")
    assert Secret(" ")
