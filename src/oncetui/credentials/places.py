"""The places where a password can be kept on this machine."""

from oncetui.credentials.encrypted_file import EncryptedFile
from oncetui.credentials.keyring_store import KeyringStore
from oncetui.model.connection import KeptIn
from oncetui.model.ports import SecretStore
from oncetui.model.problem import ProblemError
from oncetui.model.problems.local import SECRET_UNREADABLE


class PlacesOnThisMachine:
    """The system keyring where one answers, and the encrypted file."""

    def __init__(self, keyring: KeyringStore, file: EncryptedFile) -> None:
        self._keyring = keyring
        self._file = file

    def usable(self) -> tuple[SecretStore, ...]:
        """Return the places that answer, the keyring first; it may take up to 3 s."""
        try:
            self._keyring.probe()
        except ProblemError:
            return (self._file,)
        return (self._keyring, self._file)

    def place(self, kept_in: KeptIn) -> SecretStore:
        """Return one of them by name; raise `ProblemError` for one that this version doesn't have."""
        match kept_in:
            case KeptIn.KEYRING:
                return self._keyring
            case KeptIn.FILE:
                return self._file
        reason = f"This version has no place named “{kept_in}”; it has keyring and file."
        raise ProblemError(SECRET_UNREADABLE.problem(kept_in=f"place “{kept_in}”", reason=reason))
