"""What is kept of the connection: its state, its busy time and the refusals of its sign-ins."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from oncetui.model.calendars import BusyBlock, Calendar, FoundCalendar, Window
from oncetui.model.problem import Problem
from oncetui.model.secret import Secret
from oncetui.model.sign_in_guard import Attempted, Refusal
from oncetui.model.state import ConnectionRecord


@dataclass(frozen=True)
class StateChange:
    """A line of the log of state changes."""

    at: datetime
    state: str
    sentence: str


class ConnectionStore(Protocol):
    """The kept state of the profile's connection, seen by every process within a second."""

    def load(self) -> ConnectionRecord:
        """Return the record; a new profile is not-connected."""
        ...

    def change(
        self, advance: Callable[[ConnectionRecord], ConnectionRecord], sentence: str = ""
    ) -> ConnectionRecord:
        """Read, change and write the record in one exclusive transaction, and return it.

        A changed state adds a line to the log, with the sentence.
        """
        ...

    def history(self, limit: int = 20) -> tuple[StateChange, ...]:
        """Return the newest state changes, newest first."""
        ...

    def begin_attempt(self, deadline: datetime) -> None:
        """Show that a sign-in is under way until it ends or the deadline passes."""
        ...

    def end_attempt(self) -> None:
        """Take the attempt away."""
        ...

    def attempting(self, now: datetime) -> bool:
        """Tell whether a sign-in is under way."""
        ...

    def version(self) -> int:
        """Return a number that changes with every write of any process; cheap enough to ask often."""
        ...


@dataclass(frozen=True)
class Reading:
    """Busy time as just read from one calendar: what `windows` held until now is replaced by `blocks`.

    `cursor` is where changes go on, `read_at` the moment before the reading began, in UTC, None where the
    reading is no more than a glance and the calendar's busy time stays unknown. What the calendar holds
    outside of `horizon` is dropped, nothing where there is none.
    """

    windows: tuple[Window, ...]
    blocks: tuple[BusyBlock, ...]
    cursor: str | None
    read_at: datetime | None
    horizon: Window | None = None


class BusyStore(Protocol):
    """Calendars and busy time. Writes name the generation they belong to and are dropped once it is over."""

    def calendars(self) -> tuple[Calendar, ...]:
        """Return the known calendars, the default one first, then by name."""
        ...

    def note_calendars(self, found: Sequence[FoundCalendar], generation: int) -> tuple[Calendar, ...]:
        """Take over what the server lists: new ones get a short id, gone ones go, with their busy time.

        One that comes back has the id by which a booking page still names it.
        """
        ...

    def cursor(self, calendar: str) -> str | None:
        """Return where the changes of a calendar go on."""
        ...

    def take_reading(self, calendar: str, reading: Reading, generation: int) -> bool:
        """Replace the windows of a reading in one transaction; False where the generation is over."""
        ...

    def note_cursor(self, calendar: str, cursor: str, generation: int) -> bool:
        """Note how far changes were told, busy time staying as it is; False where the generation is over."""
        ...

    def note_read(self, calendar: str, cursor: str, read_at: datetime, generation: int) -> bool:
        """Note that nothing changed up to the cursor; False where the generation is over."""
        ...

    def note_foreign(self, calendar: str, bookings: int, seen_at: datetime, generation: int) -> bool:
        """Note how many bookings to come another installation has in a calendar; False as above."""
        ...

    def note_unreadable(self, calendar: str, sentence: str, generation: int) -> bool:
        """Note that a calendar can't be read, and why; False where the generation is over."""
        ...

    def blocks(self, calendars: Iterable[str], window: Window) -> tuple[BusyBlock, ...]:
        """Return the busy time of some calendars that overlaps the window, by start."""
        ...


class SignInGuard(Protocol):
    """What was refused, over restarts and for every process, and the turn to sign in.

    It keeps no secret and nothing that a secret could quickly be guessed from.
    """

    def turn(self) -> AbstractContextManager[None] | None:
        """Return the held turn, to be released on leaving the block; None where another holds it."""
        ...

    def answer_to(self, attempted: Attempted, secret: Secret) -> Problem | None:
        """Return how this very sign-in was refused before, None where it is something new.

        It may take half a second, so never on a screen's thread.
        """
        ...

    def begin(self, attempted: Attempted, at: datetime, generation: int) -> int | None:
        """Note a sign-in before it is sent and return its number, None where the generation is over.

        One whose process dies is never ended: it stays among the refusals as `sign-in-unanswered`.
        """
        ...

    def end(self, number: int) -> None:
        """Take away a sign-in that was begun, once it is known or noted what came of it."""
        ...

    def note(self, refusal: Refusal, secret: Secret | None, generation: int | None = None) -> None:
        """Remember a refusal; without the secret, where that isn't the reason, it only counts.

        Where a generation is named that is over nothing is remembered.
        """
        ...

    def refusals(self, mailbox: str) -> tuple[Refusal, ...]:
        """Return what is remembered of a mailbox, oldest first."""
        ...

    def accepted(self, attempted: Attempted, secret: Secret) -> None:
        """Note that a sign-in worked: refusals count no longer, and this one is free again."""
        ...
