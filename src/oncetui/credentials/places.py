"""The places where a password can be kept on this machine."""

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass

from oncetui.credentials.encrypted_file import EncryptedFile
from oncetui.credentials.keyring_store import KeyringStore
from oncetui.credentials.passphrase_file import Passphrase, PassphraseFile
from oncetui.model.connection import KeptIn, SecretOf
from oncetui.model.ports import SecretStore
from oncetui.model.problem import ProblemError
from oncetui.model.problems.local import SECRET_UNREADABLE
from oncetui.model.secret import Secret


@dataclass(frozen=True)
class Slots:
    """The places of one password."""

    keyring: KeyringStore
    file: EncryptedFile
    passphrase: PassphraseFile


class PlacesOnThisMachine:
    """The system keyring where one answers, and the encrypted files; the proxy's password lies beside.

    `passphrase` opens those that a person opens. `elsewhere` are places that are only read, for the
    mailbox's password; those in `wished` are offered too.
    """

    def __init__(
        self,
        mailbox: Slots,
        proxy: Slots,
        passphrase: Passphrase,
        elsewhere: Iterable[SecretStore] = (),
        wished: Callable[[], Container[KeptIn]] = tuple,
    ) -> None:
        self._slots = {SecretOf.MAILBOX: mailbox, SecretOf.PROXY: proxy}
        self._passphrase = passphrase
        self._elsewhere = {place.kept_in: place for place in elsewhere}
        self._wished = wished

    def usable(self) -> tuple[SecretStore, ...]:
        """Return the places that answer, the keyring first; it may take up to 3 s."""
        slots, wished = self._slots[SecretOf.MAILBOX], self._wished()
        others = tuple(place for kept_in, place in self._elsewhere.items() if kept_in in wished)
        try:
            slots.keyring.probe()
        except ProblemError:
            return (slots.file, slots.passphrase, *others)
        return (slots.keyring, slots.file, slots.passphrase, *others)

    def place(self, kept_in: KeptIn, secret_of: SecretOf = SecretOf.MAILBOX) -> SecretStore:
        """Return one of them by name; raise `ProblemError` for one that there isn't."""
        match kept_in:
            case KeptIn.KEYRING:
                return self._slots[secret_of].keyring
            case KeptIn.FILE:
                return self._slots[secret_of].file
            case KeptIn.PASSPHRASE:
                return self._slots[secret_of].passphrase
        if kept_in in self._elsewhere and secret_of is SecretOf.MAILBOX:
            return self._elsewhere[kept_in]
        reason = f"There is no place named “{kept_in}” here; there are keyring, file and passphrase."
        raise ProblemError(SECRET_UNREADABLE.problem(kept_in=f"place “{kept_in}”", reason=reason))

    def choose_passphrase(self, passphrase: Secret) -> None:
        """Seal with this passphrase from now on."""
        self._passphrase.choose(passphrase)
