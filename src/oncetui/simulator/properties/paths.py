"""How a search gets at the property that a path names, for items and for folders."""

from typing import Any

from oncetui.simulator.addressing import FolderTarget
from oncetui.simulator.mailboxes.items import Entry
from oncetui.simulator.properties.extended import comparable, read_name
from oncetui.simulator.properties.folder_fields import folder_value
from oncetui.simulator.properties.restrictions import Getter
from oncetui.simulator.properties.shapes import BY_URI, path_xml, read_key, read_uri
from oncetui.simulator.properties.store_properties import folder_property, item_property
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.reading import Element


def item_path(path: Element) -> Getter:
    """How to get at an item's property; a calculated one that can't be searched raises `EwsError`."""
    if reading.local_name(path) == "ExtendedFieldURI":
        name = read_name(path)

        def extended(entry: Entry) -> Any:
            value = item_property(entry, name)
            return None if value is None else comparable(name.type, value)

        return extended
    key = read_key(path)
    if key is not None:
        entries = read_uri(path)
        return lambda entry: (entry.value(entries) or {}).get(key)
    uri = read_uri(path)
    getters = {kind: fields[uri].compare for kind, fields in BY_URI.items() if uri in fields}
    if getters and not any(getters.values()):
        raise EwsError(
            "ErrorUnsupportedPathForQuery", "Property is not supported for restriction.", path_xml(uri)
        )

    def value(entry: Entry) -> Any:
        getter = getters.get(entry.item.element)
        return None if getter is None else getter(entry)

    return value


def folder_path(path: Element) -> Getter:
    """How to get at a folder's property."""
    if reading.local_name(path) == "ExtendedFieldURI":
        name = read_name(path)

        def extended(target: FolderTarget) -> Any:
            kept = folder_property(target.folder, name)
            return None if kept is None else comparable(name.type, kept)

        return extended
    uri = read_uri(path)

    def value(target: FolderTarget) -> Any:
        return folder_value(target, uri)

    return value
