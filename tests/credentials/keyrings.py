"""Keyrings that play parts: one that answers, one that is locked, one that hangs."""

import threading
from typing import NoReturn

from keyring.errors import InitError, KeyringLocked, NoKeyringError, PasswordDeleteError

from oncetui.credentials.keyring_backends import PasswordKeeper, SystemKeyring


class KeyringInMemory:
    """A backend with what it keeps open to a test."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            raise PasswordDeleteError("not found")
        del self.kept[service, username]


def answering(backend: PasswordKeeper) -> SystemKeyring:
    """Return a keyring that opens."""
    return SystemKeyring("Test", lambda: backend)


def _absent() -> NoReturn:
    raise NoKeyringError("no bus")


def _without_collection() -> NoReturn:
    raise InitError("no default keyring")


def _locked() -> NoReturn:
    raise KeyringLocked("locked")


def _broken() -> NoReturn:
    raise ConnectionResetError("the bus has gone")


ABSENT = SystemKeyring("Absent", _absent)
WITHOUT_COLLECTION = SystemKeyring("Without collection", _without_collection)
LOCKED = SystemKeyring("Locked", _locked)
BROKEN = SystemKeyring("Broken", _broken)


def hanging(until: threading.Event) -> SystemKeyring:
    """Return a keyring that doesn't answer before the event."""

    def hang() -> PasswordKeeper:
        until.wait(30)
        return KeyringInMemory()

    return SystemKeyring("Hanging", hang)
