"""Parts of requests that several operations share."""

from datetime import UTC, datetime
from typing import Any

from exchangelib.util import create_element

Element = Any


def element(name: str, *children: Element, text: str | None = None, **attributes: str) -> Element:
    """Return an element such as `t:FieldURI` with its attributes, text and children."""
    made = create_element(name, attrs=attributes)
    made.text = text
    made.extend(children)
    return made


def shown_text(found: Element, tag: str) -> str:
    """Return the text of a child as it may be shown: what could steer a terminal becomes a question mark.

    The parser forgives what XML forbids, control characters among it.
    """
    text: str = (found.findtext(tag) or "").strip()
    return "".join(sign if sign.isprintable() else "?" for sign in text)


def field_uri(field: str) -> Element:
    """Return the name of a property such as `calendar:Start`."""
    return element("t:FieldURI", FieldURI=field)


def shape(tag: str, *fields: str) -> Element:
    """Return a shape of nothing but the id and the given fields."""
    return shape_of(tag, *map(field_uri, fields))


def shape_of(tag: str, *wanted: Element) -> Element:
    """Return a shape of nothing but the id and the properties that are named."""
    base = element("t:BaseShape", text="IdOnly")
    return element(tag, base, element("t:AdditionalProperties", *wanted)) if wanted else element(tag, base)


def folder_id(key: str) -> Element:
    """Return the id of a folder that the server once told us."""
    return element("t:FolderId", Id=key)


def distinguished_folder(name: str, mailbox: str) -> Element:
    """Return the id of a well-known folder of a mailbox."""
    address = element("t:EmailAddress", text=mailbox)
    return element("t:DistinguishedFolderId", element("t:Mailbox", address), Id=name)


def utc_text(time: datetime) -> str:
    """Return a time as Exchange reads it, in UTC and whole seconds."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
