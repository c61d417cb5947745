"""Faults of calendars: they can't be written to any more, they are gone, their series aren't expanded."""

from dataclasses import dataclass
from typing import Self

from oncetui.simulator.faults.fault import Fault, Undo
from oncetui.simulator.faults.values import FaultError, FaultValues
from oncetui.simulator.mailboxes.tree import Folder
from oncetui.simulator.world import Exchange, Mailbox


@dataclass(frozen=True)
class ReadOnlyCalendar(Fault):
    """`read-only-calendar {"mailbox": EMAIL, "calendar"?: NAME}`: even its owner can't write to it."""

    email: str
    calendar: str | None
    counted = False

    @classmethod
    def read(cls, values: FaultValues) -> Self:
        """By default the mailbox's own calendar."""
        return cls(
            values.email("mailbox"), values.text("calendar", "Team") if values.has("calendar") else None
        )

    def begin(self, exchange: Exchange, /) -> Undo:
        """Make it read-only."""
        mailbox, folder = calendar_of(exchange, self.email, self.calendar)
        before = folder.read_only

        def write(*, read_only: bool) -> None:
            with exchange.lock:
                folder.read_only = read_only
                mailbox.folders.touch_folder(folder)

        write(read_only=True)
        return lambda: write(read_only=before)


@dataclass(frozen=True)
class VanishedCalendar(Fault):
    """`vanished-calendar {"mailbox": EMAIL, "calendar": NAME}`: it is deleted; taken back, it is a new one.

    What comes back has the same name, permissions and items, and other identifiers.
    """

    email: str
    calendar: str
    counted = False

    @classmethod
    def read(cls, values: FaultValues) -> Self:
        """Without defaults: no mailbox can lose its own calendar."""
        email = values.email("mailbox")
        if not values.has("calendar"):
            raise FaultError('calendar is the name of a calendar, such as "Team"; it is missing')
        return cls(email, values.text("calendar", "Team"))

    def begin(self, exchange: Exchange, /) -> Undo:
        """Take it away with everything in it."""
        mailbox, folder = calendar_of(exchange, self.email, self.calendar)
        if folder is mailbox.folders.calendar:
            raise FaultError("a mailbox's own calendar can't vanish; name another one")
        parent, items = folder.parent, list(folder.items)
        with exchange.lock:
            mailbox.folders.remove_folder(folder)

        def come_back() -> None:
            with exchange.lock:
                again = mailbox.folders.create_folder(parent, folder.name, folder.folder_class)
                again.permissions.update(folder.permissions)
                again.default_level, again.read_only = folder.default_level, folder.read_only
                for item in items:
                    mailbox.folders.add_item(again, item)

        return come_back


@dataclass(frozen=True)
class UnexpandedSeries(Fault):
    """`unexpanded-series {}`: a calendar view shows a series once, where it begins, and no occurrences.

    As servers do that are not Exchange.
    """

    counted = False

    @classmethod
    def read(cls, _values: FaultValues) -> Self:
        """Without values."""
        return cls()

    def begin(self, exchange: Exchange, /) -> Undo:
        """Expand no more."""

        def expand(*, series: bool) -> None:
            with exchange.lock:
                exchange.expands_series = series

        expand(series=False)
        return lambda: expand(series=True)


def calendar_of(exchange: Exchange, email: str, name: str | None) -> tuple[Mailbox, Folder]:
    """Return a mailbox and its calendar of this name, its own one without; raises FaultError."""
    mailbox = exchange.mailbox(email)
    if mailbox is None:
        raise FaultError(f"there is no mailbox {email}; there are: {', '.join(exchange.mailboxes)}")
    with exchange.lock:
        calendars = mailbox.folders.calendars()
    found = next(
        (one for one in calendars if one.name == name), mailbox.folders.calendar if name is None else None
    )
    if found is None:
        names = ", ".join(repr(one.name) for one in calendars)
        raise FaultError(f"{email} has no calendar {name!r}; it has {names}")
    return mailbox, found
