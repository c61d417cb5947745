"""The keyrings that may hold the password, by name.

Others that are installed are never asked: some prompt on our terminal, some keep plain text.
"""

import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import Protocol


class PasswordKeeper(Protocol):
    """What is used of a backend of the `keyring` package."""

    def get_password(self, service: str, username: str) -> str | None:
        """Return the password, None without one."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep the password."""
        ...

    def delete_password(self, service: str, username: str) -> None:
        """Forget the password; raise `PasswordDeleteError` without one."""
        ...


@dataclass(frozen=True)
class SystemKeyring:
    """One kind of keyring.

    `open` raises an error of `keyring.errors` where it is absent or locked, and asks nobody to unlock it.
    """

    title: str
    open: Callable[[], PasswordKeeper]


def system_keyrings(platform: str = sys.platform) -> tuple[SystemKeyring, ...]:
    """Return the keyrings that a system may have, the likelier one first."""
    if platform == "darwin":
        return (SystemKeyring("macOS Keychain", _open_keychain),)
    if platform == "win32":
        return (SystemKeyring("Windows Credential Locker", _open_credential_locker),)
    return (SystemKeyring("Secret Service", _open_secret_service), SystemKeyring("KWallet", _open_kwallet))


def faults_of_keyrings() -> tuple[type[Exception], ...]:
    """Return the errors by which keyrings fail, besides having no answer."""
    from keyring.errors import KeyringError  # noqa: PLC0415  # slow to import

    if sys.platform in ("darwin", "win32"):
        return (KeyringError, OSError)
    from jeepney import DBusErrorResponse  # type: ignore[import-untyped]  # noqa: PLC0415  # it has no types
    from secretstorage.exceptions import SecretStorageException  # noqa: PLC0415  # slow to import

    return (KeyringError, SecretStorageException, DBusErrorResponse, OSError)


def _open_secret_service() -> PasswordKeeper:
    import secretstorage  # noqa: PLC0415  # Linux has it
    from keyring.backends.SecretService import Keyring  # noqa: PLC0415  # slow to import
    from keyring.errors import InitError, KeyringLocked  # noqa: PLC0415  # slow to import

    keyring = _present(Keyring)
    with closing(secretstorage.dbus_init()) as bus:
        try:
            locked = secretstorage.Collection(bus).is_locked()
        except secretstorage.ItemNotFoundException as error:
            # The backend would make one, and ask on a desktop for its password.
            raise InitError("there is no default keyring") from error
    if locked:
        # The backend would ask on a desktop, and wait without limit.
        raise KeyringLocked("locked")
    return keyring


def _open_kwallet() -> PasswordKeeper:
    from keyring.backends.kwallet import DBusKeyring  # noqa: PLC0415  # slow to import

    return _present(DBusKeyring)


def _open_keychain() -> PasswordKeeper:
    from keyring.backends.macOS import Keyring  # noqa: PLC0415  # macOS has it

    return _present(Keyring)


def _open_credential_locker() -> PasswordKeeper:
    from keyring.backends.Windows import WinVaultKeyring  # noqa: PLC0415  # Windows has it

    return _present(WinVaultKeyring)


def _present(backend: Callable[[], PasswordKeeper]) -> PasswordKeeper:
    from keyring.errors import NoKeyringError  # noqa: PLC0415  # slow to import

    try:
        backend.priority  # type: ignore[attr-defined]  # noqa: B018  # being looked at, it says whether it works
    except RuntimeError as error:
        raise NoKeyringError(str(error)) from error
    return backend()
