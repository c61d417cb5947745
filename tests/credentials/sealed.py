"""Encrypted files in a test's folder."""

from pathlib import Path

from oncetui.credentials.encrypted_file import EncryptedFile
from oncetui.credentials.keyring_store import KeyringStore
from oncetui.credentials.passphrase_file import Passphrase, PassphraseFile
from oncetui.credentials.places import Slots
from oncetui.model.secret import Secret
from oncetui.store import whole_files

PASSPHRASE = Secret("four words in a row")
CHEAP = {"n": 2, "r": 8, "p": 1}


def encrypted_file(folder: Path, profile: str = "default") -> EncryptedFile:
    """Return the file of a profile, with its key beside it."""
    return EncryptedFile(profile, folder / "default.secret", folder / "default.key", whole_files)


def told(passphrase: Secret | None = PASSPHRASE) -> Passphrase:
    """Return a passphrase as a process knows it that was told this one."""
    return Passphrase(lambda: passphrase)


def passphrase_file(
    folder: Path, profile: str = "default", passphrase: Passphrase | None = None
) -> PassphraseFile:
    """Return the file of a profile that a passphrase opens, at a cost that suits a test."""
    path = folder / "default.passphrase-secret"
    return PassphraseFile(profile, path, passphrase or told(), whole_files, CHEAP)


def slots(
    keyring: KeyringStore, folder: Path, profile: str = "default", passphrase: Passphrase | None = None
) -> Slots:
    """Return the places of one password, its files in a folder."""
    return Slots(keyring, encrypted_file(folder, profile), passphrase_file(folder, profile, passphrase))
