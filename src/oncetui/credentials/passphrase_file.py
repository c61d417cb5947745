"""The password in an encrypted file that a person's passphrase opens."""

import hashlib
import secrets
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from oncetui.credentials.private_files import PrivateFiles
from oncetui.credentials.sealing import KEY_BYTES, opened, read, sealed, sealed_in, unreadable, written
from oncetui.model.connection import KeptIn
from oncetui.model.problem import ProblemError
from oncetui.model.problems.local import PASSPHRASE_MISSING, PASSPHRASE_WRONG
from oncetui.model.secret import Secret
from oncetui.model.status import Protection

SALT_BYTES = 16
COST = {"n": 2**15, "r": 8, "p": 3}
"""scrypt as OWASP's Password Storage Cheat Sheet has it: a guess costs 32 MiB and a fifth of a second."""
MOST_MEMORY = 64 * 2**20


class Passphrase:
    """The passphrase as this process knows it: chosen in set-up, or else what `told` returns."""

    def __init__(self, told: Callable[[], Secret | None]) -> None:
        self._told = told
        self._chosen: Secret | None = None

    def choose(self, passphrase: Secret) -> None:
        """Seal with this one from now on, whatever opened the file before."""
        self._chosen = passphrase

    @property
    def is_chosen(self) -> bool:
        """Whether it is a new one, which needs not open what is there."""
        return self._chosen is not None

    def known(self) -> Secret:
        """Return it; raise `ProblemError` with `passphrase-missing` where nobody told it."""
        passphrase = self._chosen or self._told()
        if passphrase is None:
            raise ProblemError(PASSPHRASE_MISSING.problem())
        return passphrase


class PassphraseFile:
    """Keeps the password sealed with AES-256-GCM, under a key that scrypt (RFC 7914) makes of the passphrase.

    Raises `ProblemError` with `passphrase-missing`, `passphrase-wrong` or `secret-unreadable` (all
    diagnosis 89).
    """

    kept_in = KeptIn.PASSPHRASE
    protection = Protection(
        kept_in=str(KeptIn.FILE),
        unattended=False,
        sentence="AES-256; your passphrase opens it, and is asked for at each start. Nothing keeps it here.",
    )

    def __init__(
        self,
        profile: str,
        path: Path,
        passphrase: Passphrase,
        files: PrivateFiles,
        cost: Mapping[str, int] = COST,
    ) -> None:
        self._bound_to = f"oncetui:{profile}".encode()
        self._path = path
        self._passphrase = passphrase
        self._files = files
        self._cost = cost

    def load(self) -> Secret:
        """Return the secret; it takes a fifth of a second. Raises `ProblemError` where it can't be opened."""
        kept = sealed_in(self._path)
        secret = opened(kept, _key(self._passphrase.known(), *_lock_of(kept, self._path)), self._bound_to)
        if secret is None:
            raise ProblemError(PASSPHRASE_WRONG.problem())
        return secret

    def save(self, secret: Secret) -> None:
        """Keep the secret in the place of the one before it, which the passphrase must open.

        A passphrase that was chosen anew needs not.
        """
        passphrase = self._passphrase.known()
        if not self._passphrase.is_chosen and self._path.exists():
            self._require_fitting()
        salt = secrets.token_bytes(SALT_BYTES)
        lock = {"kdf": "scrypt", **self._cost, "salt": written(salt)}
        content = sealed(secret, _key(passphrase, salt, self._cost), self._bound_to, **lock)
        self._files.replace_file(self._path, content)

    def erase(self) -> None:
        """Forget the secret; nothing happens where there is none."""
        self._files.remove_file(self._path)

    def _require_fitting(self) -> None:
        """Raise `ProblemError` for a slip of the hand, after which other processes couldn't read the file."""
        try:
            self.load()
        except ProblemError as error:
            if error.problem.code == PASSPHRASE_WRONG.code:
                raise  # what can't be read for another reason is of no use to anybody, and replaced


def _lock_of(kept: Mapping[str, Any], path: Path) -> tuple[bytes, Mapping[str, int]]:
    """Return salt and cost that a file names."""
    try:
        cost = {name: int(kept[name]) for name in COST}
        if kept["kdf"] == "scrypt" and all(1 <= each <= 2**20 for each in cost.values()):
            return read(kept["salt"]), cost
    except (ValueError, KeyError, TypeError):
        pass
    raise unreadable(f"{path} was changed, or written by another version.")


def _key(passphrase: Secret, salt: bytes, cost: Mapping[str, int]) -> bytes:
    # The same letters are the same passphrase, however a keyboard composes them.
    words = unicodedata.normalize("NFC", passphrase.reveal()).encode()
    try:
        return hashlib.scrypt(
            words, salt=salt, n=cost["n"], r=cost["r"], p=cost["p"], maxmem=MOST_MEMORY, dklen=KEY_BYTES
        )
    except ValueError:
        raise unreadable("It was changed: it asks for a key that takes too much memory.") from None
