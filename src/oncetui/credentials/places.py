"""The places where a password can be kept on this machine."""

from dataclasses import dataclass

from oncetui.credentials.encrypted_file import EncryptedFile
from oncetui.credentials.keyring_store import KeyringStore
from oncetui.model.connection import KeptIn, SecretOf
from oncetui.model.ports import SecretStore
from oncetui.model.problem import ProblemError
from oncetui.model.problems.local import SECRET_UNREADABLE


@dataclass(frozen=True)
class Slots:
    """The places of one password."""

    keyring: KeyringStore
    file: EncryptedFile


class PlacesOnThisMachine:
    """The system keyring where one answers, and the encrypted file; the proxy's password lies beside."""

    def __init__(self, mailbox: Slots, proxy: Slots) -> None:
        self._slots = {SecretOf.MAILBOX: mailbox, SecretOf.PROXY: proxy}

    def usable(self) -> tuple[SecretStore, ...]:
        """Return the places that answer, the keyring first; it may take up to 3 s."""
        slots = self._slots[SecretOf.MAILBOX]
        try:
            slots.keyring.probe()
        except ProblemError:
            return (slots.file,)
        return (slots.keyring, slots.file)

    def place(self, kept_in: KeptIn, secret_of: SecretOf = SecretOf.MAILBOX) -> SecretStore:
        """Return one of them by name; raise `ProblemError` for one that this version doesn't have."""
        match kept_in:
            case KeptIn.KEYRING:
                return self._slots[secret_of].keyring
            case KeptIn.FILE:
                return self._slots[secret_of].file
        reason = f"This version has no place named “{kept_in}”; it has keyring and file."
        raise ProblemError(SECRET_UNREADABLE.problem(kept_in=f"place “{kept_in}”", reason=reason))
