"""The folders of a mailbox: the distinguished ones that every mailbox has, and those made later."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from oncetui.simulator.mailboxes.identifiers import Identity, change_key, encode
from oncetui.simulator.mailboxes.items import Item
from oncetui.simulator.mailboxes.rights import LEVELS, OWNER, READ_ONLY, Level, Rights
from oncetui.simulator.mailboxes.table import ItemTable

# name of the distinguished folder, its parent, display name, folder class
_DISTINGUISHED: tuple[tuple[str, str | None, str, str], ...] = (
    ("root", None, "Root", ""),
    ("msgfolderroot", "root", "Top of Information Store", "IPF.Note"),
    ("inbox", "msgfolderroot", "Inbox", "IPF.Note"),
    ("drafts", "msgfolderroot", "Drafts", "IPF.Note"),
    ("sentitems", "msgfolderroot", "Sent Items", "IPF.Note"),
    ("deleteditems", "msgfolderroot", "Deleted Items", "IPF.Note"),
    ("outbox", "msgfolderroot", "Outbox", "IPF.Note"),
    ("junkemail", "msgfolderroot", "Junk Email", "IPF.Note"),
    ("calendar", "msgfolderroot", "Calendar", "IPF.Appointment"),
    ("contacts", "msgfolderroot", "Contacts", "IPF.Contact"),
    ("recipientcache", "contacts", "Recipient Cache", "IPF.Contact.RecipientCache"),
    ("quickcontacts", "contacts", "Skype for Business Contacts", "IPF.Contact.MOC.QuickContacts"),
    ("imcontactlist", "contacts", "{A9E2BC46-B3A0-4243-B315-60D991004455}", "IPF.Contact.MOC.ImContactList"),
    ("tasks", "msgfolderroot", "Tasks", "IPF.Task"),
    ("notes", "msgfolderroot", "Notes", "IPF.StickyNote"),
    ("journal", "msgfolderroot", "Journal", "IPF.Journal"),
    ("conversationhistory", "msgfolderroot", "Conversation History", "IPF.Note"),
    ("syncissues", "msgfolderroot", "Sync Issues", "IPF.Note"),
    ("conflicts", "syncissues", "Conflicts", "IPF.Note"),
    ("localfailures", "syncissues", "Local Failures", "IPF.Note"),
    ("serverfailures", "syncissues", "Server Failures", "IPF.Note"),
    ("searchfolders", "root", "Finder", ""),
    ("recoverableitemsroot", "root", "Recoverable Items", ""),
    ("recoverableitemsdeletions", "recoverableitemsroot", "Deletions", ""),
    ("recoverableitemsversions", "recoverableitemsroot", "Versions", ""),
    ("recoverableitemspurges", "recoverableitemsroot", "Purges", ""),
)
CALENDAR_CLASS = "IPF.Appointment"


@dataclass(eq=False)
class Folder:
    """One folder; `permissions` gives others their level by lower-case email, `default` everybody else.

    `read_only` folders can't be written to by their owner either, like calendars that a server fills.
    """

    number: int
    mailbox_guid: str
    name: str
    folder_class: str
    parent: "Folder | None"
    change: int
    distinguished: str | None = None
    read_only: bool = False
    default_level: Level = "None"
    permissions: dict[str, Level] = field(default_factory=dict)
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

    def descendants(self) -> Iterator["Folder"]:
        """Every folder below this one, parents first."""
        for child in self.children:
            yield child
            yield from child.descendants()


class FolderTree:
    """A mailbox's folders, and the one count of changes that all of them share."""

    def __init__(self, owner: str, mailbox_guid: str) -> None:
        self.owner = owner
        self.mailbox_guid = mailbox_guid
        self.change = 0
        self._next_number = 1
        self._folders: dict[int, Folder] = {}
        self._folder_of_item: dict[int, Folder] = {}
        self.distinguished: dict[str, Folder] = {}
        for name, parent, display_name, folder_class in _DISTINGUISHED:
            above = self.distinguished[parent] if parent else None
            folder = self.create_folder(above, display_name, folder_class)
            folder.distinguished = name
            self.distinguished[name] = folder

    @property
    def calendar(self) -> Folder:
        """The mailbox's own calendar."""
        return self.distinguished["calendar"]

    def __iter__(self) -> Iterator[Folder]:
        return iter(self._folders.values())

    def folder(self, number: int) -> Folder | None:
        """Return the folder with this number."""
        return self._folders.get(number)

    def calendars(self) -> list[Folder]:
        """Every calendar folder that isn't deleted, the mailbox's own one first."""
        deleted = set(map(id, self.distinguished["deleteditems"].descendants()))
        return [folder for folder in self if folder.is_calendar and id(folder) not in deleted]

    def create_folder(self, parent: Folder | None, name: str, folder_class: str) -> Folder:
        """Make a folder below another."""
        folder = Folder(self._number(), self.mailbox_guid, name, folder_class, parent, self.count_change())
        self._folders[folder.number] = folder
        if parent is not None:
            parent.children.append(folder)
        return folder

    def count_change(self) -> int:
        """Count one more change in this mailbox and give its number."""
        self.change += 1
        return self.change

    def new_item_number(self) -> int:
        """Return a number that no item or folder of this mailbox had before."""
        return self._number()

    def item(self, number: int) -> Item | None:
        """Return the item with this number, in whatever folder it is."""
        folder = self._folder_of_item.get(number)
        return folder.items.get(number) if folder else None

    def folder_of(self, item: Item) -> Folder:
        """Return the folder that holds an item of this mailbox."""
        return self._folder_of_item[item.number]

    def add_item(self, folder: Folder, item: Item) -> None:
        """Put a new item into a folder."""
        item.change = item.created_change = self.count_change()
        item.folder_number = folder.number
        self._folder_of_item[item.number] = folder
        folder.items.add(item)

    def remove_item(self, item: Item) -> None:
        """Take an item out of its folder for good."""
        folder = self._folder_of_item.pop(item.number)
        folder.items.remove(item, self.count_change())

    def touch(self, item: Item, when: datetime, by: str) -> None:
        """Record that a kept item changed; pair it with `ItemTable.before_change` where times changed."""
        item.change = self.count_change()
        item.modified = when
        item.modified_by = by

    def rights(self, folder: Folder, email: str) -> Rights:
        """Tell what the person with this email address may do with a folder of this mailbox."""
        if email.lower() == self.owner:
            return READ_ONLY if folder.read_only else OWNER
        granted = LEVELS[folder.permissions.get(email.lower(), folder.default_level)]
        if folder.read_only:
            return Rights(read=granted.read, free_busy=granted.free_busy)
        return granted

    def _number(self) -> int:
        number = self._next_number
        self._next_number += 1
        return number
