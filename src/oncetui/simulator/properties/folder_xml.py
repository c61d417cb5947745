"""Reading folders and their changes from a request."""

from collections.abc import Callable
from dataclasses import dataclass, field

from oncetui.simulator.mailboxes.extended import ExtendedName, ExtendedValue
from oncetui.simulator.mailboxes.folder import CALENDAR_CLASS, Folder
from oncetui.simulator.properties.extended import read_name, read_property
from oncetui.simulator.properties.permissions import Permissions, read_permissions
from oncetui.simulator.properties.shapes import path_xml, read_uri
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.reading import Element

CLASS_OF_KIND = {
    "Folder": "",
    "SearchFolder": "IPF.Note",
    "CalendarFolder": CALENDAR_CLASS,
    "ContactsFolder": "IPF.Contact",
    "TasksFolder": "IPF.Task",
}
_FIXED = (
    "FolderId",
    "ParentFolderId",
    "TotalCount",
    "ChildFolderCount",
    "UnreadCount",
    "EffectiveRights",
    "DistinguishedFolderId",
    "ManagedFolderInformation",
    "SharingEffectiveRights",
)


@dataclass(slots=True)
class FolderDraft:
    """What a request sets on a folder, and the extended properties that it removes."""

    name: str | None = None
    folder_class: str | None = None
    permissions: Permissions | None = None
    extended: dict[ExtendedName, ExtendedValue] = field(default_factory=dict)
    removed_extended: set[ExtendedName] = field(default_factory=set)

    def apply(self, folder: Folder) -> None:
        """Give a folder what is set."""
        folder.name = self.name or folder.name
        folder.folder_class = self.folder_class or folder.folder_class
        folder.extended.update(self.extended)
        for name in self.removed_extended:
            folder.extended.pop(name, None)
        if self.permissions is not None:
            folder.default_level = self.permissions.default
            folder.permissions = dict(self.permissions.people)


def name_is_taken(name: str) -> EwsError:
    """Return the error about a folder that would be called as its neighbour is."""
    text = f"A folder with the specified name already exists., Could not create folder '{name}'."
    return EwsError("ErrorFolderExists", text)


def read_folder(element: Element, known: Callable[[str], bool]) -> FolderDraft:
    """Return the new folder in a request; `known` tells whether an address has a mailbox."""
    kind = reading.local_name(element)
    if kind not in CLASS_OF_KIND:
        raise EwsError("ErrorInvalidOperation", f"A folder of type {kind} can't be created here.")
    draft = FolderDraft(folder_class=CLASS_OF_KIND[kind])
    for part in reading.children(element):
        _take(draft, part, known)
    usual = CLASS_OF_KIND[kind]
    if kind != "Folder" and not (draft.folder_class or "").startswith(usual):
        raise EwsError("ErrorNoFolderClassOverride", f"The class of a {kind} is {usual}.")
    if not (draft.name or "").strip():
        raise EwsError("ErrorFolderSaveFailed", "A folder needs a display name.")
    return draft


def read_folder_update(element: Element, kind: str, draft: FolderDraft, known: Callable[[str], bool]) -> None:
    """Add one SetFolderField, AppendToFolderField or DeleteFolderField to a draft of changes."""
    path = next(reading.children(element), None)
    if path is None:
        raise reading.violation(element, "A change description names a property.")
    extended = reading.local_name(path) == "ExtendedFieldURI"
    uri = "" if extended else read_uri(path)
    match reading.local_name(element):
        case "SetFolderField":
            part = _only_property(element, kind)
            named = read_name(path) if extended else uri.partition(":")[2]
            given = _name_of(part)
            if named != given:
                raise EwsError(
                    "ErrorUpdatePropertyMismatch", "The property that is set isn't the one that is named."
                )
            _take(draft, part, known)
        case "DeleteFolderField" if extended:
            draft.removed_extended.add(read_name(path))
        case "DeleteFolderField" if uri == "folder:PermissionSet":
            draft.permissions = Permissions("FreeBusyTimeOnly" if kind == "CalendarFolder" else "None")
        case "DeleteFolderField":
            raise EwsError(
                "ErrorInvalidPropertyDelete", "Delete action is invalid for property.", path_xml(uri)
            )
        case "AppendToFolderField":
            raise EwsError(
                "ErrorInvalidPropertyAppend",
                "Append action is invalid for property.",
                path_xml(uri) if uri else "",
            )
        case name:
            raise reading.violation(element, f"The element 'Updates' has invalid child element '{name}'.")


def _name_of(part: Element) -> str | ExtendedName:
    return (
        read_property(part)[0] if reading.local_name(part) == "ExtendedProperty" else reading.local_name(part)
    )


def _take(draft: FolderDraft, part: Element, known: Callable[[str], bool]) -> None:
    match reading.local_name(part):
        case "DisplayName":
            draft.name = reading.content(part)
        case "FolderClass":
            draft.folder_class = reading.content(part)
        case "ExtendedProperty":
            name, value = read_property(part)
            draft.extended[name] = value
        case "PermissionSet":
            draft.permissions = read_permissions(part, known)
        case "PolicyTag" | "ArchiveTag" | "ReplicaList" | "SearchParameters":
            pass
        case tag if tag in _FIXED:
            raise EwsError(
                "ErrorInvalidPropertySet", "Set action is invalid for property.", path_xml(f"folder:{tag}")
            )
        case tag:
            raise reading.violation(part, f"A folder has invalid child element '{tag}'.")


def _only_property(element: Element, kind: str) -> Element:
    holder = list(reading.children(element))[1:]
    if len(holder) != 1 or reading.local_name(holder[0]) not in {kind, "Folder"}:
        raise EwsError("ErrorInvalidPropertySet", "The folder in a change isn't of the type that it changes.")
    parts = list(reading.children(holder[0]))
    if len(parts) != 1:
        raise EwsError(
            "ErrorIncorrectUpdatePropertyCount",
            "An object within a change description must contain one and only one property to modify.",
        )
    return parts[0]
