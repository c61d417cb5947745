"""An encrypted file in a test's folder."""

from pathlib import Path

from oncetui.credentials.encrypted_file import EncryptedFile
from oncetui.store import whole_files


def encrypted_file(folder: Path, profile: str = "default") -> EncryptedFile:
    """Return the file of a profile, with its key beside it."""
    return EncryptedFile(profile, folder / "default.secret", folder / "default.key", whole_files)
