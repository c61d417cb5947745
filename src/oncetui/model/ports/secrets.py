"""The places that keep a secret."""

from typing import Protocol

from oncetui.model.connection import KeptIn, SecretOf
from oncetui.model.secret import Secret
from oncetui.model.status import Protection


class SecretStore(Protocol):
    """One place where the password is kept, for one profile."""

    @property
    def kept_in(self) -> KeptIn:
        """Which place this is."""
        ...

    @property
    def protection(self) -> Protection:
        """How well the place protects it, in one sentence."""
        ...

    def load(self) -> Secret:
        """Return the secret; raise `ProblemError` where it can't be read, after a bounded wait."""
        ...

    def save(self, secret: Secret) -> None:
        """Keep the secret in the place of the one before it; raise `ProblemError` where that fails."""
        ...

    def erase(self) -> None:
        """Forget the secret; nothing happens where there is none."""
        ...


class SecretPlaces(Protocol):
    """The places where a password can be kept on this machine."""

    def usable(self) -> tuple[SecretStore, ...]:
        """Return those that answer, best first; it may take up to 3 s, so never on a screen's thread."""
        ...

    def place(self, kept_in: KeptIn, secret_of: SecretOf = SecretOf.MAILBOX) -> SecretStore:
        """Return one of them by name, for the mailbox's password or the proxy's."""
        ...

    def choose_passphrase(self, passphrase: Secret) -> None:
        """Seal with this passphrase from now on what is saved in the place that a passphrase opens."""
        ...
