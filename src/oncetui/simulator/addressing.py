"""Finding the mailboxes, folders and items that a request names, and whether the caller may see them."""

from dataclasses import dataclass

from oncetui.simulator.calendars.entries import CalendarEntry, entry_of, occurrence
from oncetui.simulator.call import Call
from oncetui.simulator.mailboxes.identifiers import Identity, MalformedIdentifierError, change_of, decode
from oncetui.simulator.mailboxes.items import CalendarItem, Entry, Item
from oncetui.simulator.mailboxes.rights import Rights
from oncetui.simulator.mailboxes.tree import Folder
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.reading import Element
from oncetui.simulator.soap.writing import text_of
from oncetui.simulator.world import Mailbox

NOT_FOUND = "The specified object was not found in the store."
# Distinguished names that the schema has and that no mailbox here has a folder for.
_ABSENT_FOLDERS = frozenset(
    {
        "adminauditlogs",
        "archivedeleteditems",
        "archiveinbox",
        "archivemsgfolderroot",
        "archiverecoverableitemsdeletions",
        "archiverecoverableitemsdiscoveryholds",
        "archiverecoverableitemspurges",
        "archiverecoverableitemsroot",
        "archiverecoverableitemsversions",
        "archiveroot",
        "directory",
        "favorites",
        "mecontact",
        "mycontacts",
        "peopleconnect",
        "personmetadata",
        "recoverableitemsdiscoveryholds",
        "voicemail",
    }
)


@dataclass(frozen=True, slots=True)
class FolderTarget:
    """A folder that a request names, whose it is, and what the caller may do with it."""

    owner: Mailbox
    folder: Folder
    rights: Rights


@dataclass(frozen=True, slots=True)
class ItemTarget:
    """An item or occurrence that a request names, and the change key that it gave, if any."""

    where: FolderTarget
    entry: Entry
    change: int | None

    @property
    def item(self) -> Item:
        """The item, the series where an occurrence is named."""
        return self.entry.item


def folder_target(call: Call, element: Element) -> FolderTarget:
    """Return the folder that a FolderId or DistinguishedFolderId names."""
    match reading.local_name(element):
        case "DistinguishedFolderId":
            owner, folder = _distinguished(call, element)
            denied = EwsError("ErrorItemNotFound", f"{NOT_FOUND}, Default folder {folder.name} not found.")
        case "FolderId":
            owner, folder = _by_id(call, element)
            denied = EwsError("ErrorItemNotFound", NOT_FOUND)
        case name:
            raise reading.violation(element, f"The element '{name}' is no folder identifier.")
    rights = owner.folders.rights(folder, call.caller.email)
    if not rights.visible:
        raise denied
    return FolderTarget(owner, folder, rights)


def target_of_identity(call: Call, identity: Identity) -> ItemTarget:
    """Return the item or occurrence with an identity."""
    return ItemTarget(*_item(call, identity), None)


def item_target(call: Call, element: Element) -> ItemTarget:
    """Return the item that an ItemId, ReferenceItemId, OccurrenceItemId or RecurringMasterItemId names."""
    match reading.local_name(element):
        case "ItemId" | "ReferenceItemId" | "ParentItemId":
            return _with_change(element, _item(call, _identity(element, "Id")))
        case "OccurrenceItemId":
            return _with_change(element, _numbered_occurrence(call, element))
        case "RecurringMasterItemId":
            return _with_change(element, _master_of(call, element))
        case name:
            raise reading.violation(element, f"The element '{name}' is no item identifier.")


def is_hidden(entry: Entry, rights: Rights) -> bool:
    """Tell whether an item is private and these rights don't reach it, so that it isn't there at all."""
    return not rights.view_private and entry.value("item:Sensitivity") == "Private"


def _mailbox_named(call: Call, named: Element) -> Mailbox:
    address = reading.child(named, "EmailAddress")
    given = "" if address is None else reading.content(address).strip()
    found = call.exchange.mailbox(given)
    if found is None:
        raise EwsError("ErrorNonExistentMailbox", "The SMTP address has no mailbox associated with it.")
    if given.lower() != found.email.lower():
        raise EwsError(
            "ErrorNonPrimarySmtpAddress",
            "The primary SMTP address must be specified when referencing a mailbox.",
            f'<t:Value Name="Primary">{text_of(found.email)}</t:Value>',
        )
    return found


def _distinguished(call: Call, element: Element) -> tuple[Mailbox, Folder]:
    owner = call.caller
    named = reading.child(element, "Mailbox")
    if named is not None:
        owner = _mailbox_named(call, named)
    name = reading.needed_attribute(element, "Id")
    folder = owner.folders.distinguished.get(name)
    if folder is not None:
        return owner, folder
    if name == "publicfoldersroot":
        raise EwsError("ErrorNoPublicFolderReplicaAvailable", "There are no public folder servers available.")
    if name in _ABSENT_FOLDERS:
        raise EwsError("ErrorFolderNotFound", "The specified folder could not be found in the store.")
    raise reading.violation(
        element,
        f"The 'Id' attribute is invalid - The value '{name}' is invalid according to its datatype "
        "'http://schemas.microsoft.com/exchange/services/2006/types:DistinguishedFolderIdNameType' - "
        "The Enumeration constraint failed.",
    )


def _by_id(call: Call, element: Element) -> tuple[Mailbox, Folder]:
    identity = _identity(element, "Id")
    if identity.kind != "folder":
        raise EwsError("ErrorCannotUseItemIdForFolderId", "A folder id is expected, and an item's was given.")
    owner = _mailbox_of(call, identity)
    folder = owner.folders.folder(identity.number)
    if folder is None:
        raise EwsError("ErrorItemNotFound", NOT_FOUND)
    return owner, folder


def _identity(element: Element, attribute: str) -> Identity:
    try:
        return decode(reading.needed_attribute(element, attribute))
    except MalformedIdentifierError as error:
        raise EwsError("ErrorInvalidIdMalformed", "Id is malformed.") from error


def _mailbox_of(call: Call, identity: Identity) -> Mailbox:
    mailbox = call.exchange.mailbox_with_guid(identity.mailbox_guid)
    if mailbox is None:
        raise EwsError("ErrorNonExistentMailbox", "No mailbox with such guid.")
    return mailbox


def _item(call: Call, identity: Identity) -> tuple[FolderTarget, Entry]:
    if identity.kind != "item":
        raise EwsError("ErrorCannotUseFolderIdForItemId", "An item id is expected, and a folder's was given.")
    owner = _mailbox_of(call, identity)
    item = owner.folders.item(identity.number)
    if item is None:
        raise EwsError("ErrorItemNotFound", NOT_FOUND)
    folder = owner.folders.folder_of(item)
    rights = owner.folders.rights(folder, call.caller.email)
    own = item.creator == call.caller.email.lower()
    entry = _entry(item, identity)
    if not own and (not rights.read or is_hidden(entry, rights)):
        raise EwsError("ErrorItemNotFound", NOT_FOUND)
    return FolderTarget(owner, folder, rights), entry


def _entry(item: Item, identity: Identity) -> Entry:
    if not isinstance(item, CalendarItem):
        return Entry(item)
    if identity.original is None:
        return entry_of(item)
    found = occurrence(item, identity.original)
    if found is None:
        raise EwsError("ErrorItemNotFound", NOT_FOUND)
    return found


def _numbered_occurrence(call: Call, element: Element) -> tuple[FolderTarget, Entry]:
    where, entry = _item(call, _identity(element, "RecurringMasterId"))
    if not isinstance(entry, CalendarEntry) or entry.type != "RecurringMaster":
        raise EwsError(
            "ErrorCalendarCannotUseIdForRecurringMasterId",
            "The specified ID does not belong to a recurring master item.",
        )
    assert entry.item.recurrence is not None
    day = entry.item.recurrence.at(reading.integer_attribute(element, "InstanceIndex"))
    if day is None:
        raise EwsError(
            "ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange",
            "Occurrence index is out of recurrence range.",
        )
    found = occurrence(entry.item, day)
    if found is None:
        raise EwsError(
            "ErrorCalendarOccurrenceIsDeletedFromRecurrence",
            "Occurrence with this index was previously deleted from the recurrence.",
        )
    return where, found


def _master_of(call: Call, element: Element) -> tuple[FolderTarget, Entry]:
    where, entry = _item(call, _identity(element, "OccurrenceId"))
    if not isinstance(entry, CalendarEntry) or entry.original is None:
        raise EwsError(
            "ErrorCalendarCannotUseIdForOccurrenceId", "The specified ID does not belong to an occurrence."
        )
    return where, entry_of(entry.item)


def _with_change(element: Element, found: tuple[FolderTarget, Entry]) -> ItemTarget:
    key = element.get("ChangeKey")
    if key is None:
        return ItemTarget(*found, None)
    try:
        return ItemTarget(*found, change_of(key))
    except MalformedIdentifierError as error:
        raise EwsError("ErrorInvalidChangeKey", "The change key is invalid.") from error
