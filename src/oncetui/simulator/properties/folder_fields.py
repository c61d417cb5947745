"""The properties of folders, in the order of the schema."""

from dataclasses import dataclass
from typing import Any

from oncetui.simulator.addressing import FolderTarget
from oncetui.simulator.mailboxes.extended import ExtendedName
from oncetui.simulator.mailboxes.folder import Folder
from oncetui.simulator.mailboxes.rights import Rights
from oncetui.simulator.properties.extended import extended_xml
from oncetui.simulator.properties.item_fields import parent_folder_xml
from oncetui.simulator.properties.permissions import permission_set_xml, read_access
from oncetui.simulator.properties.shapes import BASE_SHAPES, path_xml, read_paths
from oncetui.simulator.properties.store_properties import folder_property
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.reading import Element
from oncetui.simulator.soap.writing import boolean, text_of

_KINDS = {
    "IPF.Appointment": "CalendarFolder",
    "IPF.Contact": "ContactsFolder",
    "IPF.Task": "TasksFolder",
}
_DEFAULT = ("folder:DisplayName", "folder:TotalCount", "folder:ChildFolderCount")
_ORDER = (
    "folder:FolderId",
    "folder:ParentFolderId",
    "folder:FolderClass",
    "folder:DisplayName",
    "folder:TotalCount",
    "folder:ChildFolderCount",
    "folder:EffectiveRights",
    "folder:DistinguishedFolderId",
    "folder:SharingEffectiveRights",
    "folder:PermissionSet",
    "folder:UnreadCount",
    "folder:SearchParameters",
)
_BEFORE_EXTENDED = _ORDER[:6]
_NEVER_EVERYTHING = ("folder:PermissionSet",)


@dataclass(frozen=True, slots=True)
class FolderShape:
    """The folder properties that a request wants, in the schema's order."""

    uris: tuple[str, ...]
    extended: tuple[ExtendedName, ...] = ()


def read_folder_shape(element: Element) -> FolderShape:
    """Return the shape in a FolderShape element."""
    base = reading.content(reading.needed(element, "BaseShape")).strip()
    if base not in BASE_SHAPES:
        raise reading.violation(
            element, f"The 'BaseShape' element is invalid - The value '{base}' is unknown."
        )
    uris, extended = read_paths(reading.child(element, "AdditionalProperties"))
    for uri in uris:
        if not uri.startswith("folder:"):
            raise EwsError(
                "ErrorInvalidPropertyRequest", "Property is not valid for this object type.", path_xml(uri)
            )
    wanted = {"folder:FolderId", *uris}
    if base == "Default":
        wanted.update(_DEFAULT, ("folder:UnreadCount",))
    elif base == "AllProperties":
        wanted.update(uri for uri in _ORDER if uri not in _NEVER_EVERYTHING)
    return FolderShape(tuple(uri for uri in _ORDER if uri in wanted), tuple(dict.fromkeys(extended)))


def folder_xml(target: FolderTarget, shape: FolderShape) -> str:
    """Return a folder's element."""
    kind = folder_kind(target)
    parts = [(uri, _part(target, uri, kind)) for uri in shape.uris]
    before = "".join(part for uri, part in parts if uri in _BEFORE_EXTENDED)
    after = "".join(part for uri, part in parts if uri not in _BEFORE_EXTENDED)
    return f"<t:{kind}>{before}{_extended_xml(target.folder, shape)}{after}</t:{kind}>"


def folder_id_xml(target: FolderTarget) -> str:
    """Return a folder's element with nothing but its identifier."""
    return folder_xml(target, FolderShape(("folder:FolderId",)))


def folder_kind(target: FolderTarget) -> str:
    """Return the element that a folder of this class has."""
    if target.folder.search is not None:
        return "SearchFolder"
    return _KINDS.get(".".join(target.folder.folder_class.split(".")[:2]), "Folder")


def folder_value(target: FolderTarget, uri: str) -> Any:
    """Return a folder's property in a form that compares; None where it has none."""
    folder = target.folder
    values: dict[str, Any] = {
        "folder:DisplayName": folder.name,
        "folder:FolderClass": folder.folder_class or None,
        "folder:TotalCount": len(folder.items),
        "folder:ChildFolderCount": len(folder.children),
        "folder:UnreadCount": folder.items.unread,
        "folder:DistinguishedFolderId": folder.distinguished,
    }
    return values.get(uri)


def _part(target: FolderTarget, uri: str, kind: str) -> str:
    folder = target.folder
    match uri:
        case "folder:FolderId":
            content = f'<t:FolderId Id="{folder.id}" ChangeKey="{folder.change_key}"/>'
        case "folder:ParentFolderId":
            content = parent_folder_xml(folder.parent) if folder.parent is not None else ""
        case "folder:EffectiveRights":
            content = _rights_xml(target.rights)
        case "folder:SharingEffectiveRights":
            content = _sharing_xml(target, kind)
        case "folder:PermissionSet":
            content = _permission_set(target, kind)
        case "folder:SearchParameters":
            content = "" if folder.search is None else folder.search.xml
        case "folder:UnreadCount" if kind not in {"Folder", "SearchFolder", "TasksFolder"}:
            content = ""
        case _:
            content = _plain_part(uri, folder_value(target, uri))
    return content


def _plain_part(uri: str, value: Any) -> str:
    tag = uri.partition(":")[2]
    return "" if value is None else f"<t:{tag}>{text_of(str(value))}</t:{tag}>"


def _extended_xml(folder: Folder, shape: FolderShape) -> str:
    return extended_xml(shape.extended, lambda name: folder_property(folder, name))


def _sharing_xml(target: FolderTarget, kind: str) -> str:
    if kind != "CalendarFolder" or target.rights.free_busy == "None" or target.rights.owner:
        return ""
    return f"<t:SharingEffectiveRights>{read_access(target.rights)}</t:SharingEffectiveRights>"


def _rights_xml(rights: Rights) -> str:
    flags = (
        ("CreateAssociated", rights.create),
        ("CreateContents", rights.create),
        ("CreateHierarchy", rights.create_subfolders),
        ("Delete", rights.delete == "All"),
        ("Modify", rights.edit == "All"),
        ("Read", rights.read),
        ("ViewPrivateItems", rights.view_private),
    )
    content = "".join(f"<t:{name}>{boolean(value)}</t:{name}>" for name, value in flags)
    return f"<t:EffectiveRights>{content}</t:EffectiveRights>"


def _permission_set(target: FolderTarget, kind: str) -> str:
    if not target.rights.owner:
        return ""
    return permission_set_xml(target.folder, calendar=kind == "CalendarFolder")
