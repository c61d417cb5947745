"""The permissions on a folder, in XML."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast, get_args

from oncetui.simulator.mailboxes.folder import Folder
from oncetui.simulator.mailboxes.rights import LEVELS, Level, Reach, Rights
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.reading import Element
from oncetui.simulator.soap.writing import boolean, text_of

_LEVELS: tuple[Level, ...] = get_args(Level)


@dataclass(slots=True)
class Permissions:
    """Who has which level: everybody, and people by lower-case email."""

    default: Level = "None"
    people: dict[str, Level] = field(default_factory=dict)


def read_access(rights: Rights) -> str:
    """Return what somebody may read of a calendar."""
    return "FullDetails" if rights.read else rights.free_busy


def permission_set_xml(folder: Folder, *, calendar: bool) -> str:
    """Return the PermissionSet element of a folder; that of a calendar has names of its own."""
    prefix = "Calendar" if calendar else ""
    entries = [("<t:DistinguishedUser>Default</t:DistinguishedUser>", folder.default_level)]
    entries.append(("<t:DistinguishedUser>Anonymous</t:DistinguishedUser>", "None"))
    for email, level in sorted(folder.permissions.items()):
        entries.append((f"<t:PrimarySmtpAddress>{text_of(email)}</t:PrimarySmtpAddress>", level))
    content = "".join(_permission(user, level, prefix) for user, level in entries)
    return f"<t:PermissionSet><t:{prefix}Permissions>{content}</t:{prefix}Permissions></t:PermissionSet>"


def read_permissions(element: Element, known: Callable[[str], bool]) -> Permissions:
    """Return the permissions in a PermissionSet; `known` tells whether an address has a mailbox."""
    found = Permissions()
    seen: set[str] = set()
    for permission in reading.needed_list(element, reading.local_name(_holder(element))):
        who = _person(permission, known)
        if who in seen:
            raise EwsError("ErrorDuplicateUserIdsSpecified", "A user is named twice in a permission set.")
        seen.add(who)
        level = _level(permission)
        if who == "Default":
            found.default = level
        elif who != "Anonymous":
            found.people[who] = level
    return found


def _holder(element: Element) -> Element:
    holder = next(reading.children(element), None)
    if holder is None or not reading.local_name(holder).endswith("Permissions"):
        raise reading.violation(element, "The element 'PermissionSet' has incomplete content.")
    return holder


def _person(permission: Element, known: Callable[[str], bool]) -> str:
    user = reading.needed(permission, "UserId")
    distinguished = reading.child(user, "DistinguishedUser")
    address = reading.child(user, "PrimarySmtpAddress")
    if distinguished is not None and address is not None:
        raise EwsError("ErrorInvalidUserInfo", "A UserId names a person or a distinguished user, not both.")
    if distinguished is not None:
        return reading.content(distinguished).strip()
    email = "" if address is None else reading.content(address).strip().lower()
    if not known(email):
        raise EwsError("ErrorInvalidUserInfo", "The user that a permission names isn't known.")
    return email


def _level(permission: Element) -> Level:
    named = reading.child(permission, "PermissionLevel")
    if named is None:
        named = reading.needed(permission, "CalendarPermissionLevel")
    word = reading.content(named).strip()
    for level in _LEVELS:
        if level == word:
            return level
    if word != "Custom":
        raise reading.bad_value(named, word, "PermissionLevelType")
    wanted = _custom(permission)
    for level, rights in LEVELS.items():
        if rights == wanted:
            return level
    raise EwsError("ErrorInvalidPermissionSettings", "No permission level has exactly these rights.")


def _custom(permission: Element) -> Rights:
    access = _word(permission, "ReadItems", "None")
    edit, delete = (cast("Reach", _word(permission, name, "None")) for name in ("EditItems", "DeleteItems"))
    read = access == "FullDetails"
    by_reading = {"TimeOnly": LEVELS["FreeBusyTimeOnly"], "None": LEVELS["None"]}
    details = LEVELS["FreeBusyTimeAndSubjectAndLocation"]
    return Rights(
        read,
        _word(permission, "CanCreateItems", "false") == "true",
        edit,
        delete,
        _word(permission, "CanCreateSubFolders", "false") == "true",
        _word(permission, "IsFolderOwner", "false") == "true",
        free_busy=by_reading.get(access, details).free_busy,
    )


def _word(element: Element, name: str, absent: str) -> str:
    found = reading.child(element, name)
    return absent if found is None else reading.content(found).strip()


def _permission(user: str, level: Level, calendar: str) -> str:
    rights = LEVELS[level]
    flags = (
        ("CanCreateItems", rights.create),
        ("CanCreateSubFolders", rights.create_subfolders),
        ("IsFolderOwner", rights.owner),
        ("IsFolderVisible", rights.visible),
        ("IsFolderContact", rights.owner),
    )
    content = "".join(f"<t:{name}>{boolean(value)}</t:{name}>" for name, value in flags)
    access = read_access(rights) if calendar else ("FullDetails" if rights.read else "None")
    shown = level if calendar or not level.startswith("FreeBusy") else "None"
    return (
        f"<t:{calendar}Permission><t:UserId>{user}</t:UserId>{content}<t:EditItems>{rights.edit}</t:EditItems>"
        f"<t:DeleteItems>{rights.delete}</t:DeleteItems><t:ReadItems>{access}</t:ReadItems>"
        f"<t:{calendar}PermissionLevel>{shown}</t:{calendar}PermissionLevel></t:{calendar}Permission>"
    )
