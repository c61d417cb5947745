"""The password in an encrypted file, its key in a file elsewhere."""

import base64
import json
import secrets
from pathlib import Path

from oncetui.credentials.private_files import PrivateFiles
from oncetui.model.connection import KeptIn
from oncetui.model.problem import ProblemError
from oncetui.model.problems.local import SECRET_UNREADABLE
from oncetui.model.secret import Secret
from oncetui.model.status import Protection

CIPHER = "AES-256-GCM"
KEY_BYTES = 32
NONCE_BYTES = 12


class EncryptedFile:
    """Keeps the password sealed with AES-256-GCM (NIST SP 800-38D), bound to its profile.

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
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415  # slow to import
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415  # slow to import

        nonce, sealed = self._sealed()
        key = self._key()
        try:
            return Secret(AESGCM(key).decrypt(nonce, sealed, self._bound_to).decode())
        except (InvalidTag, UnicodeDecodeError):
            raise self._unreadable("It was changed, or sealed with another key.") from None

    def save(self, secret: Secret) -> None:
        """Keep the secret in the place of the one before it."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415  # slow to import

        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = AESGCM(self._key_to_seal_with()).encrypt(nonce, secret.reveal().encode(), self._bound_to)
        content = {"cipher": CIPHER, "nonce": _text(nonce), "sealed": _text(sealed)}
        self._files.replace_file(self._sealed_path, json.dumps(content, indent=2).encode())

    def erase(self) -> None:
        """Forget the secret and its key; nothing happens where there is none."""
        self._files.remove_file(self._sealed_path)
        self._files.remove_file(self._key_path)

    def _sealed(self) -> tuple[bytes, bytes]:
        try:
            kept = json.loads(self._sealed_path.read_bytes())
            if kept["cipher"] == CIPHER:
                return base64.b64decode(kept["nonce"], validate=True), base64.b64decode(kept["sealed"])
        except FileNotFoundError:
            raise self._unreadable(f"{self._sealed_path} is gone.") from None
        except OSError as error:
            raise self._unreadable(f"{self._sealed_path}: {error.strerror}.") from error
        except (ValueError, KeyError, TypeError):
            raise self._unreadable(f"{self._sealed_path} was changed.") from None
        raise self._unreadable(f"{self._sealed_path} was written by another version.")

    def _key(self) -> bytes:
        try:
            key = self._key_path.read_bytes()
        except FileNotFoundError:
            raise self._unreadable(f"Its key, {self._key_path}, is gone.") from None
        except OSError as error:
            raise self._unreadable(f"Its key, {self._key_path}: {error.strerror}.") from error
        if len(key) != KEY_BYTES:
            raise self._unreadable(f"Its key, {self._key_path}, was changed.")
        return key

    def _key_to_seal_with(self) -> bytes:
        self._files.create_file(self._key_path, secrets.token_bytes(KEY_BYTES))
        try:
            return self._key()
        except ProblemError:
            # What it sealed can't be read any more, so nothing is lost with it.
            self._files.replace_file(self._key_path, secrets.token_bytes(KEY_BYTES))
            return self._key()

    def _unreadable(self, reason: str) -> ProblemError:
        return ProblemError(SECRET_UNREADABLE.problem(kept_in="encrypted file", reason=reason))


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()
