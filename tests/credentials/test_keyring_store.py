import subprocess
import sys
import threading
import traceback
from pathlib import Path

import pytest
from keyring.errors import PasswordSetError

from oncetui.credentials.keyring_backends import SystemKeyring, system_keyrings
from oncetui.credentials.keyring_store import KeyringStore
from oncetui.credentials.places import PlacesOnThisMachine
from oncetui.model.connection import KeptIn
from oncetui.model.problem import ProblemError
from oncetui.model.secret import Secret
from tests.credentials.keyrings import (
    ABSENT,
    BROKEN,
    LOCKED,
    WITHOUT_COLLECTION,
    KeyringInMemory,
    answering,
    hanging,
)
from tests.credentials.sealed import slots, told


def kept_in(*keyrings: SystemKeyring, seconds: float = 10) -> KeyringStore:
    return KeyringStore(
        "3f2a", "default", keyrings=keyrings, probing_seconds=seconds, reading_seconds=seconds
    )


def test_the_password_lies_under_installation_and_profile_and_not_under_the_mailbox() -> None:
    backend = KeyringInMemory()

    kept_in(answering(backend)).save(Secret("hunter2"))

    assert backend.kept == {("oncetui", "3f2a:default"): "hunter2"}


def test_the_first_keyring_that_is_there_is_taken() -> None:
    backend = KeyringInMemory()

    kept_in(ABSENT, WITHOUT_COLLECTION, answering(backend)).save(Secret("hunter2"))

    assert backend.kept


@pytest.mark.parametrize(
    ("keyrings", "code"),
    [
        ((), "keyring-absent"),
        ((ABSENT,), "keyring-absent"),
        ((WITHOUT_COLLECTION,), "keyring-absent"),
        ((BROKEN,), "keyring-absent"),
        ((LOCKED, answering(KeyringInMemory())), "keyring-locked"),
    ],
)
def test_a_keyring_that_fails_is_a_problem_of_the_catalogue(
    keyrings: tuple[SystemKeyring, ...], code: str
) -> None:
    store = kept_in(*keyrings)

    for call in (store.probe, store.load, store.erase, lambda: store.save(Secret("hunter2"))):
        with pytest.raises(ProblemError) as caught:
            call()
        assert caught.value.problem.code == code
        assert "hunter2" not in repr(caught.value.problem)


def test_the_backends_own_frames_which_hold_the_password_are_not_shown() -> None:
    class Refusing(KeyringInMemory):
        def set_password(self, service: str, username: str, password: str) -> None:
            raise PasswordSetError("no room")

    with pytest.raises(ProblemError) as caught:
        kept_in(answering(Refusing())).save(Secret("hunter2"))

    shown = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
    assert "PasswordSetError" in caught.value.problem.why
    assert "hunter2" not in shown.replace('Secret("hunter2")', "the line above")


def test_a_keyring_that_hangs_is_given_up_in_time() -> None:
    until = threading.Event()

    with pytest.raises(ProblemError) as caught:
        kept_in(hanging(until), seconds=0.05).probe()

    until.set()
    assert caught.value.problem.code == "keyring-absent"
    assert "0.05 s" in caught.value.problem.why


def test_without_an_open_keyring_the_encrypted_file_is_what_is_left(tmp_path: Path) -> None:
    places = slots(kept_in(LOCKED), tmp_path)

    usable = PlacesOnThisMachine(places, places, told()).usable()

    assert [place.kept_in for place in usable] == [KeptIn.FILE, KeptIn.PASSPHRASE]


def test_each_system_has_its_keyrings_by_name() -> None:
    titles = {
        platform: [one.title for one in system_keyrings(platform)]
        for platform in ("linux", "darwin", "win32")
    }

    assert titles == {
        "linux": ["Secret Service", "KWallet"],
        "darwin": ["macOS Keychain"],
        "win32": ["Windows Credential Locker"],
    }


def test_importing_the_places_imports_neither_keyring_nor_cryptography() -> None:
    code = (
        "import sys, oncetui.credentials.places; "
        "sys.exit(bool({'keyring', 'cryptography', 'secretstorage'} & set(sys.modules)))"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
