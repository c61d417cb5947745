"""User configurations in requests and answers: dictionaries and raw data that clients keep in folders."""

import base64
import binascii

from oncetui.simulator.addressing import FolderTarget, folder_target
from oncetui.simulator.call import Call
from oncetui.simulator.mailboxes.settings import Configuration, DictionaryEntry, Typed
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.reading import Element
from oncetui.simulator.soap.writing import text_of

_TYPES = (
    "DateTime",
    "Boolean",
    "Byte",
    "String",
    "Integer32",
    "UnsignedInteger32",
    "Integer64",
    "UnsignedInteger64",
    "StringArray",
    "ByteArray",
)
# What clients may write, and how it is given back.
_BOOLEANS = {"1": "true", "0": "false"}


def named_configuration(call: Call, named: Element) -> tuple[FolderTarget, str]:
    """Return the folder and the name in a UserConfigurationName element."""
    name = reading.needed_attribute(named, "Name")
    folder = next(reading.children(named), None)
    if folder is None:
        raise reading.violation(named, "The element 'UserConfigurationName' has incomplete content.")
    return folder_target(call, folder), name


def kept_configuration(target: FolderTarget, name: str) -> Configuration:
    """Return the configuration that a folder keeps under a name; `EwsError` where there is none."""
    found = target.folder.configurations.get(name)
    if found is None or not target.rights.read:
        raise EwsError(
            "ErrorItemNotFound",
            "The specified object was not found in the store., The configuration object was not found. "
            f"Name = {name}.",
        )
    return found


def check_configuration_right(target: FolderTarget) -> None:
    """Raise `EwsError` where the caller may not write to the folder."""
    if target.rights.edit != "All":
        raise EwsError("ErrorAccessDenied", "Access is denied. Check credentials and try again.")


def read_parts(element: Element, into: Configuration) -> None:
    """Take over what a UserConfiguration element says; what it leaves out stays."""
    dictionary = reading.child(element, "Dictionary")
    if dictionary is not None:
        into.entries = tuple(_read_entry(entry) for entry in reading.children(dictionary))
    xml, binary = reading.child(element, "XmlData"), reading.child(element, "BinaryData")
    into.xml = into.xml if xml is None else _read_bytes(xml)
    into.binary = into.binary if binary is None else _read_bytes(binary)


def parts_xml(found: Configuration, wanted: set[str]) -> str:
    """Return the wanted parts (`Dictionary`, `XmlData`, `BinaryData` or `All`) of a configuration."""
    return "".join(
        (
            _dictionary(found) if wanted & {"Dictionary", "All"} else "",
            _bytes("XmlData", found.xml) if wanted & {"XmlData", "All"} else "",
            _bytes("BinaryData", found.binary) if wanted & {"BinaryData", "All"} else "",
        )
    )


def _read_entry(entry: Element) -> DictionaryEntry:
    value = reading.needed(entry, "DictionaryValue")
    key = _read_typed(reading.needed(entry, "DictionaryKey"))
    return key, (_read_typed(value) if next(reading.children(value), None) is not None else None)


def _read_typed(element: Element) -> Typed:
    kind = reading.needed(element, "Type")
    word = reading.content(kind).strip()
    if word not in _TYPES:
        raise reading.bad_value(kind, word, "UserConfigurationDictionaryObjectTypesType")
    reading.needed(element, "Value")
    values = (part for part in reading.children(element) if reading.local_name(part) == "Value")
    texts = map(reading.content, values)
    return Typed(
        word, tuple(_BOOLEANS.get(text, text) for text in texts) if word == "Boolean" else tuple(texts)
    )


def _read_bytes(element: Element) -> bytes:
    text = "".join(reading.content(element).split())
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise reading.bad_value(element, text[:20], "base64Binary") from error


def _dictionary(found: Configuration) -> str:
    entries = "".join(
        f"<t:DictionaryEntry><t:DictionaryKey>{_typed(key)}</t:DictionaryKey>{_value(value)}</t:DictionaryEntry>"
        for key, value in found.entries
    )
    return f"<t:Dictionary>{entries}</t:Dictionary>"


def _value(value: Typed | None) -> str:
    if value is None:
        return '<t:DictionaryValue xsi:nil="true"/>'
    return f"<t:DictionaryValue>{_typed(value)}</t:DictionaryValue>"


def _typed(value: Typed) -> str:
    values = "".join(f"<t:Value>{text_of(text)}</t:Value>" for text in value.values)
    return f"<t:Type>{value.type}</t:Type>{values}"


def _bytes(tag: str, value: bytes | None) -> str:
    return "" if value is None else f"<t:{tag}>{base64.b64encode(value).decode('ascii')}</t:{tag}>"
