import json
import stat
from pathlib import Path
from typing import Any

import pytest

from oncetui.credentials.passphrase_file import COST, PassphraseFile
from oncetui.model.problem import ProblemError
from oncetui.model.secret import Secret
from oncetui.store import whole_files
from tests.credentials.sealed import PASSPHRASE, passphrase_file, told

PASSWORD = Secret("Pr€tty-secret hunter2")
OTHER = Secret("another four words")


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    return tmp_path / "default.passphrase-secret"


@pytest.fixture
def kept(tmp_path: Path) -> PassphraseFile:
    file = passphrase_file(tmp_path)
    file.save(PASSWORD)
    return file


def failing(file: PassphraseFile, *, saving: bool = False) -> str:
    with pytest.raises(ProblemError) as caught:
        file.save(PASSWORD) if saving else file.load()
    told = repr(caught.value.problem) + repr(caught.value.__cause__)
    for secret in (PASSWORD, PASSPHRASE, OTHER):
        assert secret.reveal() not in told
    return caught.value.problem.code


def test_one_file_for_its_owner_alone_holds_neither_password_nor_passphrase(
    kept: PassphraseFile, sealed: Path, tmp_path: Path
) -> None:
    assert list(tmp_path.iterdir()) == [sealed]
    assert stat.S_IMODE(sealed.stat().st_mode) == 0o600
    for word in (b"hunter2", b"four", b"words"):
        assert word not in sealed.read_bytes()


def test_another_process_that_is_told_the_passphrase_reads_it(kept: PassphraseFile, tmp_path: Path) -> None:
    assert passphrase_file(tmp_path).load() == PASSWORD


def test_a_wrong_passphrase_and_none_at_all_are_told_apart(kept: PassphraseFile, tmp_path: Path) -> None:
    assert failing(passphrase_file(tmp_path, passphrase=told(OTHER))) == "passphrase-wrong"
    assert failing(passphrase_file(tmp_path, passphrase=told(None))) == "passphrase-missing"


def test_letters_that_a_keyboard_composes_otherwise_are_the_same_passphrase(tmp_path: Path) -> None:
    composed, decomposed = Secret("gr\u00fcne Wiesen am See"), Secret("gru\u0308ne Wiesen am See")
    passphrase_file(tmp_path, passphrase=told(composed)).save(PASSWORD)

    assert passphrase_file(tmp_path, passphrase=told(decomposed)).load() == PASSWORD


def test_a_new_password_is_never_sealed_with_a_slip_of_the_hand(kept: PassphraseFile, tmp_path: Path) -> None:
    assert failing(passphrase_file(tmp_path, passphrase=told(OTHER)), saving=True) == "passphrase-wrong"
    assert failing(passphrase_file(tmp_path, passphrase=told(None)), saving=True) == "passphrase-missing"

    assert kept.load() == PASSWORD


def test_one_that_is_chosen_anew_takes_the_place_of_the_one_before(
    kept: PassphraseFile, tmp_path: Path
) -> None:
    chosen = told(None)
    chosen.choose(OTHER)
    passphrase_file(tmp_path, passphrase=chosen).save(PASSWORD)

    assert failing(kept) == "passphrase-wrong"
    assert passphrase_file(tmp_path, passphrase=told(OTHER)).load() == PASSWORD


def test_the_file_of_one_profile_is_worth_nothing_to_another(kept: PassphraseFile, tmp_path: Path) -> None:
    assert failing(passphrase_file(tmp_path, "other")) == "passphrase-wrong"


@pytest.mark.parametrize(
    "changed",
    [
        {"kdf": "rot13"},
        {"salt": 7},
        {"n": "many"},
        {"n": 2**30},
        {"n": 3},
        {"n": 2**20, "r": 2**10},
        {"p": 0},
    ],
)
def test_a_lock_that_was_changed_is_told_and_costs_no_memory(
    kept: PassphraseFile, sealed: Path, changed: dict[str, Any]
) -> None:
    sealed.write_text(json.dumps(json.loads(sealed.read_text()) | changed))

    assert failing(kept) == "secret-unreadable"


def test_what_cant_be_read_is_replaced(kept: PassphraseFile, sealed: Path) -> None:
    sealed.write_text("{}")

    kept.save(PASSWORD)

    assert kept.load() == PASSWORD


def test_a_guess_costs_what_the_cheat_sheet_asks_for(tmp_path: Path, sealed: Path) -> None:
    PassphraseFile("default", sealed, told(), whole_files).save(PASSWORD)

    assert passphrase_file(tmp_path).load() == PASSWORD
    assert 128 * COST["n"] * COST["r"] >= 32 * 2**20


def test_it_says_that_a_person_is_needed(kept: PassphraseFile) -> None:
    assert not kept.protection.unattended
    assert "passphrase" in kept.protection.sentence
