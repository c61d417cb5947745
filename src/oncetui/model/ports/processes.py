"""What runs beside this process: the connector of a profile, requests to it, programs, saved reports."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from oncetui.model.cancellation import Cancellation
from oncetui.model.status import Heartbeat


@dataclass(frozen=True)
class Request:
    """Something that the running connector was asked for, by its number in the store."""

    number: int
    kind: str


class CommandStore(Protocol):
    """How processes speak to the running connector: expiring requests one way, a heartbeat the other."""

    def ask(self, kind: str, expires: datetime) -> Request:
        """Ask the running connector for something; the request lapses at that time."""
        ...

    def waiting(self, now: datetime) -> tuple[Request, ...]:
        """Return the requests that are neither answered nor lapsed, oldest first."""
        ...

    def answered(self, requests: Iterable[Request]) -> None:
        """Take requests away once what they asked for is done."""
        ...

    def beat(self, heartbeat: Heartbeat) -> None:
        """Show that the connector is alive."""
        ...

    def stopped(self) -> None:
        """Take the heartbeat away."""
        ...

    def heartbeat(self) -> Heartbeat | None:
        """Return the heartbeat of a connector whose process lives, None without one."""
        ...

    def silent(self) -> Heartbeat | None:
        """Return the last heartbeat of a connector whose process lives and shows no sign of life any more."""
        ...


class ConnectorLock(Protocol):
    """One connector a profile."""

    def take(self) -> AbstractContextManager[None] | None:
        """Return the held lock, to be released on leaving the block; None where another holds it.

        Raises `ProblemError` where it can't be written.
        """
        ...


class Programs(Protocol):
    """Runs programs of the user's."""

    def run(
        self, command: Sequence[str], text: bytes, words: Mapping[str, str], cancellation: Cancellation
    ) -> str | None:
        """Run a program with a text on its standard input and words in its environment, without a shell.

        Returns why it failed, None where it didn't; it is ended after 30 s, or once that is cancelled.
        """
        ...


class Reports(Protocol):
    """Where the texts for administrators are put."""

    def save(self, text: str, path: Path | None = None) -> Path:
        """Write a text that its owner alone may read, and return where: a new file, unless a path is given.

        Raises `ProblemError` where it can't be written; a path that exists is never overwritten.
        """
        ...

    def erase(self) -> None:
        """Remove the texts that were written without a path being given."""
        ...
