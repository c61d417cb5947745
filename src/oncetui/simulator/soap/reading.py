"""Reading the values of a request; a value of the wrong form is a schema violation, as in Exchange."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, tzinfo
from typing import cast

from lxml import etree

from oncetui.simulator.soap.failures import SchemaViolationError
from oncetui.simulator.soap.names import M, T

Element = etree._Element  # noqa: SLF001 - lxml has no public name for the type of its elements

_MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?")
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(Z|[+-]\d\d:\d\d)?")


def local_name(element: Element) -> str:
    """Return an element's name without its namespace."""
    return etree.QName(element).localname


def children(element: Element) -> Iterator[Element]:
    """Return the child elements, without comments and processing instructions."""
    return (child for child in element if isinstance(child.tag, str))


def child(element: Element, name: str) -> Element | None:
    """Return the child with this name, in the messages or the types namespace."""
    found = element.find(M + name)
    return found if found is not None else element.find(T + name)


def needed(element: Element, name: str) -> Element:
    """Return the child with this name; its absence is a schema violation."""
    found = child(element, name)
    if found is None:
        raise _incomplete(element, f"'{name}'")
    return found


def needed_list(element: Element, name: str) -> list[Element]:
    """Return what the child with this name holds; its absence or emptiness is a schema violation."""
    found = needed(element, name)
    inside = list(children(found))
    if not inside:
        raise _incomplete(found, "at least one element")
    return inside


def needed_attribute(element: Element, name: str) -> str:
    """Return the attribute with this name; its absence is a schema violation."""
    value = element.get(name)
    if value is None:
        raise violation(element, f"The required attribute '{name}' is missing.")
    return value


def content(element: Element) -> str:
    """Return an element's text, without what surrounds it only as layout of an empty one."""
    return element.text or ""


def _incomplete(element: Element, expected: str) -> SchemaViolationError:
    name = etree.QName(element)
    return violation(
        element,
        f"The element '{name.localname}' in namespace '{name.namespace}' has incomplete content. "
        f"List of possible elements expected: {expected}.",
    )


def violation(element: Element, sentence: str) -> SchemaViolationError:
    """Return a schema violation at an element."""
    line = cast("int | None", element.sourceline)
    return SchemaViolationError(sentence, line or 0)


def bad_value(element: Element, value: str, datatype: str) -> SchemaViolationError:
    """Return the schema violation for a value that its type doesn't allow."""
    name = etree.QName(element)
    return violation(
        element,
        f"The '{name.namespace}:{name.localname}' element is invalid - The value '{value}' is invalid "
        f"according to its datatype '{datatype}'.",
    )


def boolean(element: Element) -> bool:
    """Return an xs:boolean."""
    value = content(element).strip()
    if value not in {"true", "false", "1", "0"}:
        raise bad_value(element, value, "http://www.w3.org/2001/XMLSchema:boolean")
    return value in {"true", "1"}


def integer(element: Element) -> int:
    """Return an xs:int."""
    value = content(element).strip()
    if not re.fullmatch(r"[+-]?\d{1,10}", value):
        raise bad_value(element, value, "http://www.w3.org/2001/XMLSchema:int")
    return int(value)


def integer_attribute(element: Element, name: str, default: int | None = None) -> int:
    """Return an attribute of type xs:int; without a default its absence is a schema violation."""
    value = element.get(name)
    if value is None and default is not None:
        return default
    value = needed_attribute(element, name).strip()
    if not re.fullmatch(r"[+-]?\d{1,10}", value):
        raise violation(element, f"The '{name}' attribute is invalid - The value '{value}' is no xs:int.")
    return int(value)


def boolean_attribute(element: Element, name: str) -> bool:
    """Return an attribute of type xs:boolean; its absence is a schema violation."""
    value = needed_attribute(element, name).strip()
    if value not in {"true", "false", "1", "0"}:
        raise violation(element, f"The '{name}' attribute is invalid - The value '{value}' is no xs:boolean.")
    return value in {"true", "1"}


def moment(text: str, zone: tzinfo = UTC) -> datetime:
    """Return an xs:dateTime as UTC; without an offset it is read in `zone`. ValueError for another form."""
    match = _MOMENT.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"'{text}' is no xs:dateTime")
    micro = int((match[7] or "0")[:6].ljust(6, "0"))
    year, month, day, hour, minute, second = (int(match[n]) for n in range(1, 7))
    hour_24 = hour == 24
    offset = _offset(match[8]) or zone
    value = datetime(year, month, day, 0 if hour_24 else hour, minute, second, micro, offset)
    if hour_24:
        value = datetime.fromordinal(value.toordinal() + 1).replace(tzinfo=value.tzinfo)
    try:
        return value.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"'{text}' is out of range") from error


def moment_of(element: Element, zone: tzinfo = UTC) -> datetime:
    """Return an element of type xs:dateTime as UTC; without an offset it is read in `zone`."""
    try:
        return moment(content(element), zone)
    except ValueError as error:
        raise bad_value(element, content(element), "http://www.w3.org/2001/XMLSchema:dateTime") from error


def moment_attribute(element: Element, name: str, zone: tzinfo = UTC) -> datetime:
    """Return an attribute of type xs:dateTime as UTC; without an offset it is read in `zone`."""
    value = needed_attribute(element, name)
    try:
        return moment(value, zone)
    except ValueError as error:
        sentence = f"The '{name}' attribute is invalid - The value '{value}' is no xs:dateTime."
        raise violation(element, sentence) from error


def day_of(element: Element) -> date:
    """Return an element of type xs:date; an offset behind it changes nothing, as in Exchange."""
    match = _DATE.fullmatch(content(element).strip())
    try:
        return date.fromisoformat(match[1]) if match else _no_date()
    except ValueError as error:
        raise bad_value(element, content(element), "http://www.w3.org/2001/XMLSchema:date") from error


def _no_date() -> date:
    raise ValueError("no xs:date")


def _offset(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text == "Z":
        return UTC
    offset = datetime.fromisoformat(f"2000-01-01T00:00:00{text}").tzinfo
    assert offset is not None
    return offset


def namespace_of(element: Element) -> str | None:
    """Return the namespace of an element's name."""
    return etree.QName(element).namespace
