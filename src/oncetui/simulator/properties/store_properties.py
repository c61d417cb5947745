"""MAPI properties that the store works out by itself, for clients that ask by tag or dispatch id."""

import base64
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from oncetui.simulator.mailboxes.extended import PROPERTY_SETS, ExtendedName, ExtendedValue
from oncetui.simulator.mailboxes.folder import Folder
from oncetui.simulator.mailboxes.items import CalendarItem, Entry
from oncetui.simulator.properties.item_fields import IMPORTANCES, SENSITIVITIES, item_class_of, size_of
from oncetui.simulator.soap import writing
from oncetui.simulator.soap.failures import EwsError

_APPOINTMENT, _COMMON, _MEETING = (PROPERTY_SETS[name] for name in ("Appointment", "Common", "Meeting"))
_READ, _UNSENT = 0x1, 0x8
_STATUSES = ("Free", "Tentative", "Busy", "OOF", "WorkingElsewhere")
_GLOBAL_OBJECT = bytes.fromhex("040000008200E00074C5B7101A82E008")
_FOREIGN_UID = b"vCal-Uid\x01\x00\x00\x00"


def item_property(entry: Entry, name: ExtendedName) -> ExtendedValue | None:
    """Return an item's extended property: what a client put there, else what the store works out."""
    kept = entry.extended().get(name)
    if kept is not None:
        return kept
    found = _OF_ITEMS.get(name)
    if found is None and isinstance(entry.item, CalendarItem):
        found = _OF_APPOINTMENTS.get(name)
    return None if found is None else _written(found(entry))


def set_property(name: ExtendedName, value: ExtendedValue) -> tuple[str, Any] | None:
    """Return the field URI and value that an extended property sets; None where it stands for itself."""
    known = _SETTABLE.get(name)
    if known is None:
        return None
    uri, read = known
    try:
        return uri, read(str(value))
    except (ValueError, IndexError) as error:
        sentence = "The value of an extended property isn't one that it can have."
        raise EwsError("ErrorInvalidExtendedPropertyValue", sentence) from error


def is_worked_out(name: ExtendedName) -> bool:
    """Whether items have this property without any client's doing."""
    return name in _OF_ITEMS or name in _OF_APPOINTMENTS


def settable_uri(name: ExtendedName) -> str | None:
    """Return the field URI that an extended property stands for, if it can be set."""
    known = _SETTABLE.get(name)
    return None if known is None else known[0]


def folder_property(folder: Folder, name: ExtendedName) -> ExtendedValue | None:
    """Return a folder's extended property: what a client put there, else what the store works out."""
    kept = folder.extended.get(name)
    if kept is not None:
        return kept
    found = _OF_FOLDERS.get(name)
    return None if found is None else _written(found(folder))


def global_object_id(uid: str, occurrence: date | None = None) -> bytes:
    """Return the identifier of a meeting in its binary form (MS-OXCICAL 2.1.3.1.1.20.26).

    An iCalendar identifier of another program is wrapped; `occurrence` is the day of one of a series.
    """
    try:
        raw = bytes.fromhex(uid)
    except ValueError:
        raw = b""
    if not raw.startswith(_GLOBAL_OBJECT):
        content = _FOREIGN_UID + uid.encode() + b"\x00"
        raw = _GLOBAL_OBJECT + bytes(20) + len(content).to_bytes(4, "little") + content
    if occurrence is None:
        return raw
    day = occurrence.year.to_bytes(2, "big") + bytes((occurrence.month, occurrence.day))
    return raw[:16] + day + raw[20:]


def _written(value: Any) -> str | None:
    match value:
        case None:
            return None
        case bool():
            return writing.boolean(value)
        case datetime():
            return writing.moment(value)
        case bytes():
            return base64.b64encode(value).decode("ascii")
        case _:
            return str(value)


def _tag(number: int, kind: str) -> ExtendedName:
    return ExtendedName(None, number, kind)


def _stored(uri: str) -> Callable[[Entry], Any]:
    return lambda entry: entry.value(uri)


def _flags(entry: Entry) -> int:
    return (_READ if entry.value("message:IsRead") else 0) | (_UNSENT if entry.value("item:IsDraft") else 0)


def _body(entry: Entry) -> str | None:
    body = entry.value("item:Body")
    return None if body is None else str(body.as_type("Text").text)


def size_of_folder(folder: Folder) -> int:
    """Return how many bytes a folder takes: something for itself, and what its items take."""
    return 1000 + sum(size_of(Entry(item)) for item in folder.items)


def _names(uri: str) -> Callable[[Entry], str]:
    return lambda entry: "; ".join(person.name for person in entry.value(uri) or ())


def _word(words: tuple[str, ...]) -> Callable[[str], str]:
    def read(value: str) -> str:
        number = int(value)
        if number < 0:
            raise ValueError(value)
        return words[number]

    return read


def _place(uri: str, words: tuple[str, ...]) -> Callable[[Entry], int]:
    return lambda entry: words.index(entry.value(uri)) if entry.value(uri) else words.index("Normal")


def _status(entry: Any) -> int | None:
    word = entry.value("calendar:LegacyFreeBusyStatus") or "Busy"
    return _STATUSES.index(word) if word in _STATUSES else None


def _object_id(entry: Any) -> bytes:
    return global_object_id(str(entry.value("calendar:UID")), entry.original)


def _clean_object_id(entry: Any) -> bytes:
    return global_object_id(str(entry.value("calendar:UID")))


_SETTABLE: dict[ExtendedName, tuple[str, Callable[[str], Any]]] = {
    _tag(0x0017, "Integer"): ("item:Importance", _word(IMPORTANCES)),
    _tag(0x001A, "String"): ("item:ItemClass", str),
    _tag(0x0036, "Integer"): ("item:Sensitivity", _word(SENSITIVITIES)),
    _tag(0x0037, "String"): ("item:Subject", str),
    _tag(0x1035, "String"): ("message:InternetMessageId", str),
    ExtendedName(_APPOINTMENT, 0x8205, "Integer"): ("calendar:LegacyFreeBusyStatus", _word(_STATUSES)),
    ExtendedName(_APPOINTMENT, 0x8208, "String"): ("calendar:Location", str),
    ExtendedName(_COMMON, 0x8501, "Integer"): ("item:ReminderMinutesBeforeStart", int),
    ExtendedName(_COMMON, 0x8503, "Boolean"): ("item:ReminderIsSet", lambda value: value == "true"),
}
_OF_ITEMS: dict[ExtendedName, Callable[[Entry], Any]] = {
    _tag(0x0017, "Integer"): _place("item:Importance", IMPORTANCES),
    _tag(0x001A, "String"): item_class_of,
    _tag(0x0036, "Integer"): _place("item:Sensitivity", SENSITIVITIES),
    _tag(0x0037, "String"): _stored("item:Subject"),
    _tag(0x0039, "SystemTime"): lambda entry: entry.item.created,
    _tag(0x0070, "String"): _stored("item:Subject"),
    _tag(0x0E03, "String"): _names("message:CcRecipients"),
    _tag(0x0E04, "String"): _names("message:ToRecipients"),
    _tag(0x0E06, "SystemTime"): lambda entry: entry.item.created,
    _tag(0x0E07, "Integer"): _flags,
    _tag(0x0E08, "Integer"): size_of,
    _tag(0x0E1D, "String"): _stored("item:Subject"),
    _tag(0x0E23, "Integer"): lambda entry: entry.item.number,
    _tag(0x1000, "String"): _body,
    _tag(0x1035, "String"): _stored("message:InternetMessageId"),
    _tag(0x3007, "SystemTime"): lambda entry: entry.item.created,
    _tag(0x3008, "SystemTime"): lambda entry: entry.item.modified,
    ExtendedName(_COMMON, 0x8501, "Integer"): _stored("item:ReminderMinutesBeforeStart"),
    ExtendedName(_COMMON, 0x8503, "Boolean"): lambda entry: bool(entry.value("item:ReminderIsSet")),
}
_OF_APPOINTMENTS: dict[ExtendedName, Callable[[Any], Any]] = {
    ExtendedName(_APPOINTMENT, 0x8205, "Integer"): _status,
    ExtendedName(_APPOINTMENT, 0x8208, "String"): _stored("calendar:Location"),
    ExtendedName(_APPOINTMENT, 0x820D, "SystemTime"): lambda entry: entry.start,
    ExtendedName(_APPOINTMENT, 0x820E, "SystemTime"): lambda entry: entry.end,
    ExtendedName(_APPOINTMENT, 0x8215, "Boolean"): lambda entry: bool(entry.value("calendar:IsAllDayEvent")),
    ExtendedName(_APPOINTMENT, 0x8223, "Boolean"): lambda entry: entry.item.recurrence is not None,
    ExtendedName(_COMMON, 0x8516, "SystemTime"): lambda entry: entry.start,
    ExtendedName(_COMMON, 0x8517, "SystemTime"): lambda entry: entry.end,
    ExtendedName(_MEETING, 0x3, "Binary"): _object_id,
    ExtendedName(_MEETING, 0x23, "Binary"): _clean_object_id,
}
_OF_FOLDERS: dict[ExtendedName, Callable[[Folder], Any]] = {
    _tag(0x10F4, "Boolean"): lambda _folder: False,
    _tag(0x0E08, "Integer"): size_of_folder,
    _tag(0x0E08, "Long"): size_of_folder,
    _tag(0x3001, "String"): lambda folder: folder.name,
    _tag(0x3007, "SystemTime"): lambda folder: folder.created,
    _tag(0x3008, "SystemTime"): lambda folder: folder.modified,
    _tag(0x3602, "Integer"): lambda folder: len(folder.items),
    _tag(0x3603, "Integer"): lambda folder: folder.items.unread,
    _tag(0x360A, "Boolean"): lambda folder: bool(folder.children),
    _tag(0x3613, "String"): lambda folder: folder.folder_class or None,
    _tag(0x670A, "SystemTime"): lambda folder: folder.committed,
    _tag(0x6751, "Integer"): lambda folder: folder.items.newest + 1,
}
