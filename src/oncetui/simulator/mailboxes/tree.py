"""The folders of a mailbox: the distinguished ones that every mailbox has, and those made later."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from oncetui.simulator.mailboxes.folder import CALENDAR_CLASS, Folder
from oncetui.simulator.mailboxes.happenings import Happening, HappeningKind, Happenings, Place
from oncetui.simulator.mailboxes.items import Item
from oncetui.simulator.mailboxes.rights import LEVELS, OWNER, READ_ONLY, Rights

__all__ = ["CALENDAR_CLASS", "Folder", "FolderTree", "RemovedFolder"]

# name of the distinguished folder, its parent, display name, folder class
_DISTINGUISHED: tuple[tuple[str, str | None, str, str], ...] = (
    ("root", None, "", ""),
    ("msgfolderroot", "root", "Top of Information Store", ""),
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
    ("todosearch", "root", "To-Do Search", "IPF.Task"),
    ("recoverableitemsroot", "root", "Recoverable Items", ""),
    ("recoverableitemsdeletions", "recoverableitemsroot", "Deletions", ""),
    ("recoverableitemsversions", "recoverableitemsroot", "Versions", ""),
    ("recoverableitemspurges", "recoverableitemsroot", "Purges", ""),
)

# What else every mailbox has, and nobody can delete: parent, display name, folder class
_BUILT_IN: tuple[tuple[str, str, str], ...] = (
    ("msgfolderroot", "Conversation Action Settings", "IPF.Configuration"),
    ("msgfolderroot", "Files", "IPF.Files"),
    ("msgfolderroot", "RSS Feeds", "IPF.Note.OutlookHomepage"),
    ("contacts", "GAL Contacts", "IPF.Contact.GalContacts"),
    ("contacts", "Organizational Contacts", "IPF.Contact.OrganizationalContacts"),
    ("root", "Common Views", ""),
    ("root", "Deferred Action", ""),
    ("root", "Freebusy Data", ""),
    ("root", "Location", ""),
    ("root", "MailboxAssociations", ""),
    ("root", "Reminders", "Outlook.Reminder"),
    ("root", "Schedule", ""),
    ("root", "Sharing", "IPF.Note"),
    ("root", "Shortcuts", ""),
    ("root", "Spooler Queue", ""),
    ("root", "Views", ""),
)


@dataclass(frozen=True, slots=True)
class RemovedFolder:
    """A folder that is gone: the changes that removed and made it, the numbers of those it lay in."""

    change: int
    created_change: int
    above: tuple[int, ...]


class FolderTree:
    """A mailbox's folders, and the one count of changes that all of them share.

    `now` gives the time (UTC) of what happens, `on_change` is called after it happened.
    """

    def __init__(self, owner: str, mailbox_guid: str) -> None:
        self.owner = owner
        self.mailbox_guid = mailbox_guid
        self.change = 0
        self.now: Callable[[], datetime] = lambda: datetime.now(UTC)
        self.on_change: Callable[[], None] = lambda: None
        self.happenings = Happenings()
        self.removed_folders: dict[int, RemovedFolder] = {}
        self._next_number = 1
        self._folders: dict[int, Folder] = {}
        self._folder_of_item: dict[int, Folder] = {}
        self.distinguished: dict[str, Folder] = {}
        for name, parent, display_name, folder_class in _DISTINGUISHED:
            above = self.distinguished[parent] if parent else None
            folder = self.create_folder(above, display_name, folder_class)
            folder.distinguished = name
            self.distinguished[name] = folder
        for parent, display_name, folder_class in _BUILT_IN:
            self.create_folder(self.distinguished[parent], display_name, folder_class).built_in = True

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
        change = self.count_change()
        now = self.now()
        folder = Folder(
            self._number(), self.mailbox_guid, name, folder_class, parent, change, change, now, now, now
        )
        self._folders[folder.number] = folder
        if parent is not None:
            parent.children.append(folder)
            self._tell("Created", _place_of_folder(folder))
        return folder

    def touch_folder(self, folder: Folder) -> None:
        """Record that a folder's own properties changed."""
        folder.change = self.count_change()
        folder.modified = self.now()
        self._tell("Modified", _place_of_folder(folder))

    def move_folder(self, folder: Folder, parent: Folder) -> None:
        """Put a folder, with everything in it, below another one; it stays the same folder."""
        assert folder.parent is not None
        before = _place_of_folder(folder)
        folder.parent.children.remove(folder)
        parent.children.append(folder)
        folder.parent = parent
        folder.change = self.count_change()
        self._tell("Moved", _place_of_folder(folder), before)

    def copy_folder(self, folder: Folder, parent: Folder) -> Folder:
        """Put a copy of a folder, with everything in it, below another one."""
        inside, items = list(folder.children), list(folder.items)
        made = self.create_folder(parent, folder.name, folder.folder_class)
        made.extended = dict(folder.extended)
        for item in items:
            self.copy_item(item, made)
        for child in inside:
            self.copy_folder(child, made)
        return made

    def remove_folder(self, folder: Folder) -> None:
        """Take a folder out for good, with everything in it."""
        assert folder.parent is not None
        for child in list(folder.children):
            self.remove_folder(child)
        for item in list(folder.items):
            self.remove_item(item)
        folder.parent.children.remove(folder)
        del self._folders[folder.number]
        above = tuple(each.number for each in folder.above())
        self.removed_folders[folder.number] = RemovedFolder(self.count_change(), folder.created_change, above)
        self._tell("Deleted", _place_of_folder(folder))

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

    def add_item(self, folder: Folder, item: Item, *, delivered: bool = False) -> None:
        """Put a new item into a folder; `delivered` where it comes from somebody else."""
        self._put(folder, item)
        self._tell("Created", Place(folder.number, item.number), delivered=delivered)

    def move_item(self, item: Item, folder: Folder) -> Item:
        """Move an item into another folder, where it gets a new identity."""
        before = Place(self.folder_of(item).number, item.number)
        self._take(item)
        moved = replace(item, number=self._number())
        self._put(folder, moved)
        self._tell("Moved", Place(folder.number, moved.number), before)
        return moved

    def copy_item(self, item: Item, folder: Folder) -> Item:
        """Put a copy of an item into a folder."""
        before = Place(self.folder_of(item).number, item.number)
        made = item.copy(self._number())
        self._put(folder, made)
        self._tell("Copied", Place(folder.number, made.number), before)
        return made

    def remove_item(self, item: Item) -> None:
        """Take an item out of its folder for good."""
        place = Place(self.folder_of(item).number, item.number)
        self._take(item)
        self._tell("Deleted", place)

    def touch(self, item: Item, when: datetime, by: str, *, read_flag_only: bool = False) -> None:
        """Record that a kept item changed; pair it with `ItemTable.before_change` where times changed."""
        item.change = self.count_change()
        if not read_flag_only:
            item.content_change = item.change
        item.modified = when
        item.modified_by = by
        self._tell("Modified", Place(self.folder_of(item).number, item.number))

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

    def _put(self, folder: Folder, item: Item) -> None:
        item.change = item.created_change = item.content_change = self.count_change()
        item.folder_number = folder.number
        self._folder_of_item[item.number] = folder
        folder.items.add(item)

    def _take(self, item: Item) -> None:
        folder = self._folder_of_item.pop(item.number)
        folder.items.remove(item, self.count_change())

    def _tell(
        self, kind: HappeningKind, place: Place, before: Place | None = None, *, delivered: bool = False
    ) -> None:
        now = self.now()
        for number in {place.parent, place.parent if before is None else before.parent}:
            if number in self._folders:
                self._folders[number].committed = now
        self.happenings.add(Happening(self.change, kind, now, place, before, delivered))
        self.on_change()


def _place_of_folder(folder: Folder) -> Place:
    assert folder.parent is not None
    return Place(folder.parent.number, folder=folder.number)
