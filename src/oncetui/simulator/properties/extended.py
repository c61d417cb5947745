"""Extended properties in XML: their names, their values, how values compare."""

import base64
import binascii
import re
from collections.abc import Callable, Iterable
from typing import Any

from oncetui.simulator.mailboxes.extended import PROPERTY_SETS, ExtendedName, ExtendedValue
from oncetui.simulator.soap import reading, writing
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.reading import Element

_GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_SET_NAMES = {guid: name for name, guid in PROPERTY_SETS.items()}
_SCALARS = (
    "ApplicationTime",
    "Binary",
    "Boolean",
    "CLSID",
    "Currency",
    "Double",
    "Float",
    "Integer",
    "Long",
    "Short",
    "SystemTime",
    "String",
)
_UNSUPPORTED = ("Error", "Null", "Object", "ObjectArray")
_WHOLE_NUMBERS = ("Integer", "Long", "Short", "Currency")
_NUMBERS = ("Double", "Float", "ApplicationTime")


def read_name(element: Element) -> ExtendedName:
    """Return the name in an ExtendedFieldURI element."""
    kind = reading.needed_attribute(element, "PropertyType")
    if kind in _UNSUPPORTED:
        raise EwsError("ErrorUnsupportedMapiPropertyType", "The property type isn't supported.")
    if kind.removesuffix("Array") not in _SCALARS:
        raise reading.violation(
            element, f"The 'PropertyType' attribute is invalid - The value '{kind}' is unknown."
        )
    tag = element.get("PropertyTag")
    set_guid = _set_guid(element)
    key: str | int | None = element.get("PropertyName")
    if element.get("PropertyId") is not None:
        key = reading.integer_attribute(element, "PropertyId") if key is None else None
    if tag is not None and set_guid is None and key is None:
        return ExtendedName(None, _tag_number(element, tag), kind)
    if tag is not None or set_guid is None or key is None:
        raise EwsError(
            "ErrorInvalidExtendedProperty", "The extended property attribute combination is invalid."
        )
    return ExtendedName(set_guid, key, kind)


def name_xml(name: ExtendedName) -> str:
    """Return the ExtendedFieldURI element for a name; well-known sets by their names."""
    if name.set_guid is None:
        where = f'PropertyTag="{name.key:#x}"'
    elif name.set_guid in _SET_NAMES:
        where = f'DistinguishedPropertySetId="{_SET_NAMES[name.set_guid]}"'
    else:
        where = f'PropertySetId="{name.set_guid}"'
    if name.set_guid is not None and isinstance(name.key, int):
        where += f' PropertyId="{name.key}"'
    elif isinstance(name.key, str):
        where += f" PropertyName={writing.attribute(name.key)}"
    return f'<t:ExtendedFieldURI {where} PropertyType="{name.type}"/>'


def read_property(element: Element) -> tuple[ExtendedName, ExtendedValue]:
    """Name and value in an ExtendedProperty element; the value has the form of its type."""
    name = read_name(reading.needed(element, "ExtendedFieldURI"))
    value = reading.child(element, "Value")
    if not name.type.endswith("Array"):
        if value is None:
            raise EwsError("ErrorInvalidExtendedPropertyValue", "The extended property has no value.")
        return name, _checked(name.type, reading.content(value))
    values = reading.needed(element, "Values")
    kind = name.type.removesuffix("Array")
    return name, tuple(_checked(kind, reading.content(each)) for each in reading.children(values))


def property_xml(name: ExtendedName, value: ExtendedValue) -> str:
    """Return the ExtendedProperty element."""
    if isinstance(value, str):
        content = f"<t:Value>{writing.text_of(value)}</t:Value>"
    else:
        content = (
            f"<t:Values>{''.join(f'<t:Value>{writing.text_of(one)}</t:Value>' for one in value)}</t:Values>"
        )
    return f"<t:ExtendedProperty>{name_xml(name)}{content}</t:ExtendedProperty>"


def extended_xml(names: Iterable[ExtendedName], value: Callable[[ExtendedName], ExtendedValue | None]) -> str:
    """Return the ExtendedProperty elements of those properties that have a value."""
    values = ((name, value(name)) for name in names)
    return "".join(property_xml(name, kept) for name, kept in values if kept is not None)


def comparable(kind: str, value: ExtendedValue) -> Any:
    """Return a value in a form that compares by its type: numbers as numbers, the rest as text."""
    if not isinstance(value, str):
        return tuple(comparable(kind.removesuffix("Array"), one) for one in value)
    if kind in _WHOLE_NUMBERS:
        return int(value)
    if kind in _NUMBERS:
        return float(value)
    if kind == "Boolean":
        return value in {"true", "1"}
    if kind == "SystemTime":
        return reading.moment(value)
    return value.lower() if kind == "CLSID" else value


def _checked(kind: str, value: str) -> str:
    try:
        if kind == "Binary":
            base64.b64decode(value, validate=True)
        elif kind == "Boolean":
            return writing.boolean(
                {"true": True, "1": True, "false": False, "0": False}[value.strip().lower()]
            )
        elif kind != "String":
            comparable(kind, value.strip())
            return value.strip()
    except (ValueError, KeyError, binascii.Error) as error:
        sentence = f"The value of an extended property isn't of its type, {kind}."
        raise EwsError("ErrorInvalidExtendedPropertyValue", sentence) from error
    return value


def _set_guid(element: Element) -> str | None:
    guid = element.get("PropertySetId")
    name = element.get("DistinguishedPropertySetId")
    if guid is not None and name is not None:
        raise EwsError(
            "ErrorInvalidExtendedProperty", "The extended property attribute combination is invalid."
        )
    if name is not None:
        if name not in PROPERTY_SETS:
            raise reading.violation(
                element, f"The 'DistinguishedPropertySetId' attribute '{name}' is unknown."
            )
        return PROPERTY_SETS[name]
    if guid is not None and not _GUID.fullmatch(guid):
        raise reading.violation(
            element, f"The 'PropertySetId' attribute is invalid - The value '{guid}' is no GUID."
        )
    return guid.lower() if guid else None


def _tag_number(element: Element, tag: str) -> int:
    try:
        return int(tag, 16) if tag.lower().startswith("0x") else int(tag)
    except ValueError as error:
        raise reading.violation(
            element, f"The 'PropertyTag' attribute is invalid - '{tag}' is no tag."
        ) from error
