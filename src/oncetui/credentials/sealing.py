"""A secret sealed with AES-256-GCM, as the text of a file."""

import base64
import json
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from oncetui.model.problem import ProblemError
from oncetui.model.problems.local import SECRET_UNREADABLE
from oncetui.model.secret import Secret

CIPHER = "AES-256-GCM"
KEY_BYTES = 32
NONCE_BYTES = 12


def sealed(secret: Secret, key: bytes, bound_to: bytes, **beside: object) -> bytes:
    """Return a secret sealed with a key of 32 bytes (NIST SP 800-38D); `beside` stands in the open with it.

    It opens for the same key and the same `bound_to` alone.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415  # slow to import

    nonce = secrets.token_bytes(NONCE_BYTES)
    text = AESGCM(key).encrypt(nonce, secret.reveal().encode(), bound_to)
    content = {"cipher": CIPHER, **beside, "nonce": written(nonce), "sealed": written(text)}
    return json.dumps(content, indent=2).encode()


def sealed_in(path: Path) -> Mapping[str, Any]:
    """Return what a file of `sealed` holds; raise `ProblemError` where it is none."""
    try:
        kept = json.loads(path.read_bytes())
        if kept["cipher"] == CIPHER:
            return {**kept, "nonce": read(kept["nonce"]), "sealed": read(kept["sealed"])}
    except FileNotFoundError:
        raise unreadable(f"{path} is gone.") from None
    except OSError as error:
        raise unreadable(f"{path}: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError, RecursionError):
        raise unreadable(f"{path} was changed.") from None
    raise unreadable(f"{path} was written by another version.")


def opened(kept: Mapping[str, Any], key: bytes, bound_to: bytes) -> Secret | None:
    """Return the secret, None where it was sealed with another key, for another place, or changed."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415  # slow to import
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415  # slow to import

    try:
        return Secret(AESGCM(key).decrypt(kept["nonce"], kept["sealed"], bound_to).decode())
    except (InvalidTag, ValueError):
        return None


def unreadable(reason: str) -> ProblemError:
    """Return the error of a file that gives no password (diagnosis 89)."""
    return ProblemError(SECRET_UNREADABLE.problem(kept_in="encrypted file", reason=reason))


def written(content: bytes) -> str:
    """Return bytes as they are written in the file."""
    return base64.b64encode(content).decode()


def read(text: object) -> bytes:
    """Return the bytes that a text of the file stands for; raise ValueError or TypeError for another one."""
    if not isinstance(text, str):
        raise TypeError
    return base64.b64decode(text, validate=True)
