"""The settings, what was answered so far of a setup, and the command that is told of changes."""

from dataclasses import dataclass
from typing import Protocol

from oncetui.model.connection import STRAIGHT, ConnectionSettings, NetworkRoute


class SettingsStore(Protocol):
    """The settings file of one profile, which a person may read and edit."""

    def load(self) -> ConnectionSettings | None:
        """Return the saved connection, None without one; raise `ProblemError` on an unreadable file."""
        ...

    def save(self, settings: ConnectionSettings) -> None:
        """Replace the connection, and keep whatever else a person wrote."""
        ...

    def erase(self) -> None:
        """Remove the connection."""
        ...

    def other_profile_of(self, mailbox: str) -> str | None:
        """Return the name of another profile of this home that is connected to the mailbox."""
        ...

    def servers_of(self, domain: str) -> tuple[str, ...]:
        """Return the servers, as in `https://mail.contoso.example`, of this home's mailboxes in a domain.

        They stand in the settings of connected profiles alone, so Disconnect takes them along.
        """
        ...


@dataclass(frozen=True)
class DraftAnswers:
    """What a person had answered when the wizard was left; never a secret.

    `route` holds CA file, proxy without its password, and the pins that were agreed to.
    """

    email: str = ""
    ews_url: str = ""
    username: str = ""
    keep_in: str = ""
    route: NetworkRoute = STRAIGHT


class DraftStore(Protocol):
    """The answers of an unfinished wizard."""

    def load(self) -> DraftAnswers:
        """Return the answers, empty ones where there are none."""
        ...

    def save(self, answers: DraftAnswers) -> None:
        """Replace the answers, whole or not at all."""
        ...

    def erase(self) -> None:
        """Forget the answers."""
        ...


class OnChangeStore(Protocol):
    """The command that is run when pages close, open or a warning comes up, and what it told already."""

    def command(self) -> tuple[str, ...]:
        """Return its argument list, an empty one where nothing is to be run."""
        ...

    def keep_command(self, command: tuple[str, ...]) -> None:
        """Replace the command, and forget what was told; an empty one takes it away."""
        ...

    def told(self) -> frozenset[str]:
        """Return the names of what was told and stands."""
        ...

    def note_told(self, names: frozenset[str]) -> None:
        """Replace the names of what was told and stands."""
        ...

    def failure(self) -> str | None:
        """Return why the command failed when it was last run, None where it didn't."""
        ...

    def note_failure(self, failure: str | None) -> None:
        """Note how the command ended."""
        ...
