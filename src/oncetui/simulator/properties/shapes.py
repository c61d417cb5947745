"""Response shapes: which properties of items a request wants back."""

from collections.abc import Sequence
from dataclasses import dataclass

from oncetui.simulator.mailboxes.extended import ExtendedName
from oncetui.simulator.mailboxes.items import Entry
from oncetui.simulator.properties.body import BODIES
from oncetui.simulator.properties.calendar_fields import CALENDAR_FIELDS
from oncetui.simulator.properties.contact_fields import CONTACT_FIELDS, INDEXED, LIST_FIELDS
from oncetui.simulator.properties.extended import extended_xml, read_name
from oncetui.simulator.properties.field import Field, Rendering, Write
from oncetui.simulator.properties.item_fields import ITEM_FIELDS, MESSAGE_FIELDS
from oncetui.simulator.properties.meeting_fields import (
    MEETING_CANCELLATION_FIELDS,
    MEETING_REQUEST_FIELDS,
    MEETING_RESPONSE_FIELDS,
)
from oncetui.simulator.properties.store_properties import item_property
from oncetui.simulator.properties.task_fields import TASK_FIELDS
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.envelope import VERSIONS
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.reading import Element

KINDS: dict[str, tuple[Field, ...]] = {
    "Item": ITEM_FIELDS,
    "CalendarItem": CALENDAR_FIELDS,
    "Contact": CONTACT_FIELDS,
    "DistributionList": LIST_FIELDS,
    "Message": MESSAGE_FIELDS,
    "Task": TASK_FIELDS,
    "MeetingRequest": MEETING_REQUEST_FIELDS,
    "MeetingCancellation": MEETING_CANCELLATION_FIELDS,
    "MeetingResponse": MEETING_RESPONSE_FIELDS,
}
BY_URI: dict[str, dict[str, Field]] = {
    kind: {field.uri: field for field in fields} for kind, fields in KINDS.items()
}
BASE_SHAPES = ("IdOnly", "Default", "AllProperties", "PcxPeopleSearch")
_LAST_BEFORE_EXTENDED = "item:HasAttachments"
_ITEM_PREFIXES = (
    "item",
    "message",
    "calendar",
    "meeting",
    "meetingRequest",
    "task",
    "contacts",
    "distributionlist",
    "conversation",
    "postitem",
    "persona",
    "sharingMessage",
    "rolemember",
)


@dataclass(frozen=True, slots=True)
class ItemShape:
    """A base shape with additional properties; `find` is set for FindItem and SyncFolderItems."""

    base: str
    uris: frozenset[str]
    extended: tuple[ExtendedName, ...]
    body_type: str
    version: str
    find: bool

    def writers(self, kind: str) -> Sequence[Write]:
        """Tell what writes the wanted properties of items of a kind, in the schema's order."""
        writers: list[Write] = []
        for field in KINDS[kind]:
            if self._wants(field):
                writers.append(field.write)
            if field.uri == _LAST_BEFORE_EXTENDED and self.extended:
                writers.append(self._write_extended)
        return writers

    def _wants(self, field: Field) -> bool:
        if field.uri in self.uris or field.uri == "item:ItemId":
            return True
        if (self.find and not field.in_find) or VERSIONS.index(field.since) > VERSIONS.index(self.version):
            return False
        return (self.base == "AllProperties" and field.everything) or (
            self.base == "Default" and field.default
        )

    def _write_extended(self, entry: Entry, rendering: Rendering) -> str:  # noqa: ARG002 - the signature of Write
        return extended_xml(self.extended, lambda name: item_property(entry, name))


class ItemWriter:
    """Writes items in one shape; the writers of each kind are worked out once."""

    def __init__(self, shape: ItemShape) -> None:
        self._shape = shape
        self._writers: dict[str, Sequence[Write]] = {}

    def item(self, entry: Entry, rendering: Rendering) -> str:
        """Return the item's element."""
        kind = entry.item.element
        writers = self._writers.get(kind)
        if writers is None:
            writers = self._writers[kind] = self._shape.writers(kind)
        return f"<t:{kind}>{''.join([write(entry, rendering) for write in writers])}</t:{kind}>"


def read_shape(element: Element, version: str, *, find: bool = False, lenient: bool = False) -> ItemShape:
    """Return the shape in an ItemShape element; a property that can't be returned raises `EwsError`.

    `lenient` lets a search return also what only GetItem does otherwise, if it is asked for by name. Without
    it, bodies that are asked for are left out: a search returns none, and refuses nobody who names them.
    """
    base = reading.content(reading.needed(element, "BaseShape")).strip()
    if base not in BASE_SHAPES:
        raise reading.violation(
            element, f"The 'BaseShape' element is invalid - The value '{base}' is unknown."
        )
    uris, extended = read_paths(reading.child(element, "AdditionalProperties"))
    if find and not lenient:
        uris = [uri for uri in uris if uri not in BODIES]
    for uri in uris:
        _check_path(uri, find=find and not lenient)
    mime = reading.child(element, "IncludeMimeContent")
    if mime is not None and reading.boolean(mime) and not find:
        uris.append("item:MimeContent")
    body_type = reading.child(element, "BodyType")
    wanted = "Best" if body_type is None else reading.content(body_type).strip()
    return ItemShape(base, frozenset(uris), tuple(dict.fromkeys(extended)), wanted, version, find)


def read_paths(element: Element | None) -> tuple[list[str], list[ExtendedName]]:
    """Return the field URIs and extended names in a list of paths."""
    uris: list[str] = []
    extended: list[ExtendedName] = []
    for path in [] if element is None else reading.children(element):
        if reading.local_name(path) == "ExtendedFieldURI":
            extended.append(read_name(path))
        else:
            uris.append(read_uri(path))
    return uris, extended


def read_uri(path: Element) -> str:
    """Return the URI in a FieldURI or IndexedFieldURI element."""
    uri = reading.needed_attribute(path, "FieldURI")
    if uri.partition(":")[0] not in (*_ITEM_PREFIXES, "folder"):
        raise reading.violation(
            path,
            f"The 'FieldURI' attribute is invalid - The value '{uri}' is invalid according to its datatype "
            "'http://schemas.microsoft.com/exchange/services/2006/types:UnindexedFieldURIType' - "
            "The Enumeration constraint failed.",
        )
    return INDEXED[uri][0] if uri in INDEXED else uri


def read_key(path: Element) -> tuple[str, str] | None:
    """Return the key, and the part, of the entry that an indexed path names; None for other paths."""
    known = INDEXED.get(path.get("FieldURI", ""))
    return None if known is None else (reading.needed_attribute(path, "FieldIndex"), known[1])


def path_xml(uri: str) -> str:
    """Return the FieldURI element that names a property in an error's details."""
    return f'<t:FieldURI FieldURI="{uri}"/>'


def _check_path(uri: str, *, find: bool) -> None:
    if uri.startswith("folder:"):
        raise EwsError(
            "ErrorInvalidPropertyRequest", "Property is not valid for this object type.", path_xml(uri)
        )
    fields = [known[uri] for known in BY_URI.values() if uri in known]
    if find and fields and not any(field.in_find for field in fields):
        raise EwsError(
            "ErrorInvalidPropertyRequest",
            "The property can not be used with this type of request.",
            path_xml(uri),
        )
