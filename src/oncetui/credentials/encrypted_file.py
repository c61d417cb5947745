"""The password in an encrypted file, its key in a file elsewhere."""

import secrets
from pathlib import Path

from oncetui.credentials.private_files import PrivateFiles
from oncetui.credentials.sealing import KEY_BYTES, opened, sealed, sealed_in, unreadable
from oncetui.model.connection import KeptIn
from oncetui.model.problem import ProblemError
from oncetui.model.secret import Secret
from oncetui.model.status import Protection


class EncryptedFile:
    """Keeps the password sealed with AES-256-GCM, bound to its profile.

    The key is made once and kept, so that replacing the password replaces one file, whole. Raises
    `ProblemError` with `secret-unreadable` (diagnosis 89) where the two files don't give a password.
    """

    kept_in = KeptIn.FILE
    protection = Protection(
        kept_in=str(KeptIn.FILE),
        unattended=True,
        sentence=(
            "AES-256; the key lies beside it in a 0600 file, so it protects a copy of one of the two "
            "and no more."
        ),
    )

    def __init__(self, profile: str, sealed: Path, key: Path, files: PrivateFiles) -> None:
        self._bound_to = f"oncetui:{profile}".encode()
        self._sealed_path = sealed
        self._key_path = key
        self._files = files

    def load(self) -> Secret:
        """Return the secret."""
        secret = opened(sealed_in(self._sealed_path), self._key(), self._bound_to)
        if secret is None:
            raise unreadable("It was changed, or sealed with another key.")
        return secret

    def save(self, secret: Secret) -> None:
        """Keep the secret in the place of the one before it."""
        content = sealed(secret, self._key_to_seal_with(), self._bound_to)
        self._files.replace_file(self._sealed_path, content)

    def erase(self) -> None:
        """Forget the secret and its key; nothing happens where there is none."""
        self._files.remove_file(self._sealed_path)
        self._files.remove_file(self._key_path)

    def _key(self) -> bytes:
        try:
            key = self._key_path.read_bytes()
        except FileNotFoundError:
            raise unreadable(f"Its key, {self._key_path}, is gone.") from None
        except OSError as error:
            raise unreadable(f"Its key, {self._key_path}: {error.strerror}.") from error
        if len(key) != KEY_BYTES:
            raise unreadable(f"Its key, {self._key_path}, was changed.")
        return key

    def _key_to_seal_with(self) -> bytes:
        self._files.create_file(self._key_path, secrets.token_bytes(KEY_BYTES))
        try:
            return self._key()
        except ProblemError:
            # What it sealed can't be read any more, so nothing is lost with it.
            self._files.replace_file(self._key_path, secrets.token_bytes(KEY_BYTES))
            return self._key()
