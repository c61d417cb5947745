"""One folder of a mailbox."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from oncetui.simulator.calendars.entries import entry_of
from oncetui.simulator.mailboxes.extended import ExtendedName, ExtendedValue
from oncetui.simulator.mailboxes.identifiers import Identity, change_key, encode
from oncetui.simulator.mailboxes.items import CalendarItem, Entry, Item
from oncetui.simulator.mailboxes.rights import Level
from oncetui.simulator.mailboxes.settings import Configuration
from oncetui.simulator.mailboxes.table import ItemTable

CALENDAR_CLASS = "IPF.Appointment"


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """What a search folder shows: items of other folders, by their numbers; `xml` is how it was asked for."""

    xml: str
    folders: tuple[int, ...]
    deep: bool
    matches: Callable[[Entry], bool]

    def items(self, folders: Iterable["Folder"]) -> Iterator[Item]:
        """Return what is found now, `folders` being all of the mailbox."""
        for folder in folders:
            inside = self.deep and any(above.number in self.folders for above in folder.above())
            if folder.number in self.folders or inside:
                yield from (item for item in folder.items if self.matches(_entry(item)))


def _entry(item: Item) -> Entry:
    return entry_of(item) if isinstance(item, CalendarItem) else Entry(item)


@dataclass(eq=False)
class Folder:
    """One folder; `permissions` gives others their level by lower-case email, `default` everybody else.

    `created`, `modified` and `committed` are UTC; the last is when anything in the folder last changed.
    A `built_in` folder is of every mailbox without a name of its own in the protocol.
    `read_only` folders can't be written to by their owner either, like calendars that a server fills.
    """

    number: int
    mailbox_guid: str
    name: str
    folder_class: str
    parent: "Folder | None"
    change: int
    created_change: int
    created: datetime
    modified: datetime
    committed: datetime
    distinguished: str | None = None
    read_only: bool = False
    built_in: bool = False
    default_level: Level = "None"
    permissions: dict[str, Level] = field(default_factory=dict)
    extended: dict[ExtendedName, ExtendedValue] = field(default_factory=dict)
    configurations: dict[str, Configuration] = field(default_factory=dict)
    search: "SavedSearch | None" = None
    children: list["Folder"] = field(default_factory=list)
    items: ItemTable = field(default_factory=ItemTable)

    @property
    def id(self) -> str:
        """The folder's identifier."""
        return encode(Identity("folder", self.mailbox_guid, self.number))

    @property
    def change_key(self) -> str:
        """The folder's change key."""
        return change_key("folder", self.change)

    @property
    def is_calendar(self) -> bool:
        """Whether the folder holds calendar items."""
        return self.folder_class.split(".")[:2] == ["IPF", "Appointment"]

    def child(self, name: str) -> "Folder | None":
        """Return the folder directly below this one with a name, in any case of letters."""
        wanted = name.casefold()
        return next((child for child in self.children if child.name.casefold() == wanted), None)

    def descendants(self) -> Iterator["Folder"]:
        """Every folder below this one, parents first."""
        for child in self.children:
            yield child
            yield from child.descendants()

    def above(self) -> Iterator["Folder"]:
        """Every folder that this one lies in, the nearest first."""
        folder = self.parent
        while folder is not None:
            yield folder
            folder = folder.parent
