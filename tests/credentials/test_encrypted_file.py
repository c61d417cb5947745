import json
import stat
from pathlib import Path

import pytest

from oncetui.credentials.encrypted_file import EncryptedFile
from oncetui.model.problem import ProblemError
from oncetui.model.secret import Secret
from tests.credentials.sealed import encrypted_file

PASSWORD = "Pr€tty-secret hunter2"


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    return tmp_path / "default.secret"


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return tmp_path / "default.key"


@pytest.fixture
def kept(tmp_path: Path) -> EncryptedFile:
    file = encrypted_file(tmp_path)
    file.save(Secret(PASSWORD))
    return file


def why(file: EncryptedFile) -> str:
    with pytest.raises(ProblemError) as caught:
        file.load()
    assert caught.value.problem.code == "secret-unreadable"
    assert PASSWORD not in repr(caught.value.problem)
    return caught.value.problem.why


def test_no_file_holds_the_password_as_it_is(kept: EncryptedFile, tmp_path: Path) -> None:
    contents = [path.read_bytes() for path in tmp_path.iterdir()]
    assert len(contents) == 2
    for content in contents:
        assert PASSWORD.encode() not in content
        assert b"hunter2" not in content


def test_both_files_are_for_their_owner_alone(kept: EncryptedFile, sealed: Path, key: Path) -> None:
    assert [stat.S_IMODE(path.stat().st_mode) for path in (sealed, key)] == [0o600, 0o600]


def test_another_process_reads_it(kept: EncryptedFile, tmp_path: Path) -> None:
    assert encrypted_file(tmp_path).load() == Secret(PASSWORD)


def test_it_is_sealed_differently_each_time(kept: EncryptedFile, sealed: Path) -> None:
    before = sealed.read_bytes()

    kept.save(Secret(PASSWORD))

    assert sealed.read_bytes() != before


def test_the_key_stays_when_the_password_is_replaced(kept: EncryptedFile, key: Path) -> None:
    before = key.read_bytes()

    kept.save(Secret("another"))

    assert key.read_bytes() == before


def test_the_file_of_one_profile_is_worth_nothing_to_another(kept: EncryptedFile, tmp_path: Path) -> None:
    assert "another key" in why(encrypted_file(tmp_path, "other"))


def test_a_key_that_is_gone_is_named(kept: EncryptedFile, key: Path) -> None:
    key.unlink()

    assert why(kept) == f"Its key, {key}, is gone."


def test_a_changed_key_is_told_and_replaced_with_the_next_password(kept: EncryptedFile, key: Path) -> None:
    key.write_bytes(b"short")
    assert "was changed" in why(kept)

    kept.save(Secret(PASSWORD))

    assert kept.load() == Secret(PASSWORD)


def test_a_changed_password_is_told(kept: EncryptedFile, sealed: Path) -> None:
    content = json.loads(sealed.read_text())
    sealed.write_text(json.dumps(content | {"nonce": "AAAAAAAAAAAAAAAA"}))

    assert "was changed" in why(kept)


@pytest.mark.parametrize("content", ["", "{}", "[]", "null", '{"cipher": "AES-256-GCM"}', "\udcff"])
def test_what_isnt_a_sealed_password_is_told(kept: EncryptedFile, sealed: Path, content: str) -> None:
    sealed.write_bytes(content.encode(errors="surrogateescape"))

    assert str(sealed) in why(kept)


def test_a_cipher_of_another_version_is_told(kept: EncryptedFile, sealed: Path) -> None:
    sealed.write_text('{"cipher": "rot13"}')

    assert "another version" in why(kept)


def test_erasing_takes_the_key_too(kept: EncryptedFile, tmp_path: Path) -> None:
    kept.erase()

    assert list(tmp_path.iterdir()) == []


def test_its_protection_is_told_as_it_is(kept: EncryptedFile) -> None:
    assert kept.protection.unattended
    assert "no more" in kept.protection.sentence
