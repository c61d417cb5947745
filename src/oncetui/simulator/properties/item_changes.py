"""Reading the changes of an UpdateItem request: properties that are set, deleted, added to."""

from oncetui.simulator.calendars.zones import Zone
from oncetui.simulator.mailboxes.items import Entry
from oncetui.simulator.properties.body import Body
from oncetui.simulator.properties.extended import read_name, read_property
from oncetui.simulator.properties.field import Field, Reading
from oncetui.simulator.properties.item_xml import ItemDraft, is_time, take_property
from oncetui.simulator.properties.shapes import BY_URI, path_xml, read_key, read_uri
from oncetui.simulator.properties.store_properties import settable_uri
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.reading import Element

_APPENDABLE = (Body, tuple)


def read_update(element: Element, draft: ItemDraft, entry: Entry, zone: Zone) -> None:
    """Add one SetItemField, AppendToItemField or DeleteItemField to a draft of changes to an entry."""
    path = next(reading.children(element), None)
    if path is None:
        raise reading.violation(element, "A change description names a property.")
    match reading.local_name(element):
        case "DeleteItemField":
            _take_deletion(draft, path, entry)
        case "SetItemField":
            _take_change(draft, element, path, entry, zone)
        case "AppendToItemField":
            _take_addition(draft, element, path, entry, zone)
        case name:
            raise reading.violation(element, f"The element 'Updates' has invalid child element '{name}'.")


def _take_deletion(draft: ItemDraft, path: Element, entry: Entry) -> None:
    if reading.local_name(path) == "ExtendedFieldURI":
        name = read_name(path)
        uri = settable_uri(name)
        if uri is None:
            draft.edit.removed_extended.add(name)
        else:
            draft.edit.removed.add(uri)
        return
    known = _by_path(draft.kind, path)
    key = read_key(path)
    if key is not None:
        kept = dict(draft.edit.values.get(known.uri) or entry.value(known.uri) or {})
        kept.pop(key, None)
        draft.edit.values[known.uri] = kept
    elif known.uri == "calendar:Recurrence":
        draft.times["Recurrence"] = None
    elif known.read is None or is_time(known) or known.uri in {"item:ItemClass", "calendar:UID"}:
        raise EwsError(
            "ErrorInvalidPropertyDelete", "Delete action is invalid for property.", path_xml(known.uri)
        )
    else:
        draft.edit.removed.add(known.uri)
        draft.edit.values.pop(known.uri, None)


def _take_change(draft: ItemDraft, element: Element, path: Element, entry: Entry, zone: Zone) -> None:
    part = _only_property(element, draft.kind)
    key = read_key(path)
    if reading.local_name(path) == "ExtendedFieldURI":
        if reading.local_name(part) != "ExtendedProperty" or read_property(part)[0] != read_name(path):
            raise _mismatch()
    elif _by_path(draft.kind, path).tag != reading.local_name(part):
        raise _mismatch(read_uri(path))
    before = dict(draft.edit.values.get(read_uri(path)) or entry.value(read_uri(path)) or {}) if key else {}
    take_property(draft, part, zone)
    if key is not None:
        # An indexed path is about one entry; the others stay.
        draft.edit.values[read_uri(path)] = {**before, **draft.edit.values[read_uri(path)]}


def _take_addition(draft: ItemDraft, element: Element, path: Element, entry: Entry, zone: Zone) -> None:
    part = _only_property(element, draft.kind)
    known = _by_path(draft.kind, path)
    if known.tag != reading.local_name(part):
        raise _mismatch(known.uri)
    value = None if known.read is None else known.read(part, Reading(zone))
    if not isinstance(value, _APPENDABLE) or known.uri == "item:Categories":
        raise EwsError(
            "ErrorInvalidPropertyAppend", "Append action is invalid for property.", path_xml(known.uri)
        )
    before = draft.edit.values.get(known.uri, entry.value(known.uri))
    if isinstance(value, Body):
        draft.edit.values[known.uri] = before.plus(value) if isinstance(before, Body) else value
    else:
        draft.edit.values[known.uri] = (*(before or ()), *value)


def _only_property(element: Element, kind: str) -> Element:
    holder = list(reading.children(element))[1:]
    if len(holder) != 1 or reading.local_name(holder[0]) not in (kind, "Item"):
        raise EwsError(
            "ErrorInvalidPropertySet", "The item in a change isn't of the type of the item that it changes."
        )
    parts = list(reading.children(holder[0]))
    if len(parts) != 1:
        raise EwsError(
            "ErrorIncorrectUpdatePropertyCount",
            "An object within a change description must contain one and only one property to modify.",
        )
    return parts[0]


def _by_path(kind: str, path: Element) -> Field:
    uri = read_uri(path)
    known = BY_URI[kind].get(uri)
    if known is None:
        raise EwsError("ErrorInvalidPropertySet", "Set action is invalid for property.", path_xml(uri))
    return known


def _mismatch(uri: str | None = None) -> EwsError:
    sentence = "The property that is set isn't the one that the change names."
    return EwsError("ErrorUpdatePropertyMismatch", sentence, path_xml(uri) if uri else "")
