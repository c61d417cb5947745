"""The body of an item, as HTML or text."""

import html
import re
from dataclasses import dataclass

from oncetui.simulator.mailboxes.items import Entry
from oncetui.simulator.properties.field import Field, Rendering
from oncetui.simulator.soap import reading, writing
from oncetui.simulator.soap.reading import Element

_TAGS = re.compile(r"<(style|head|script).*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Body:
    """A body's text and its type, `HTML` or `Text`."""

    text: str
    type: str = "Text"

    def as_type(self, wanted: str) -> "Body":
        """Return this body in the type that a client asks for; `Best` is the type it has."""
        if wanted in {"Best", self.type}:
            return self
        if wanted == "Text":
            return Body(html.unescape(_TAGS.sub("", self.text)).strip() + "\r\n", "Text")
        lines = html.escape(self.text).replace("\n", "<br>\n")
        return Body(f"<html><body>{lines}</body></html>", "HTML")

    def plus(self, more: "Body") -> "Body":
        """Return this body with another one behind it, in this one's type."""
        return Body(self.text + more.as_type(self.type).text, self.type)


def _write_as(tag: str, wanted: str | None) -> Field:
    def write(entry: Entry, rendering: Rendering) -> str:
        body: Body | None = entry.value("item:Body")
        if body is None:
            return ""
        shown = body.as_type(wanted or rendering.body_type)
        return f'<t:{tag} BodyType="{shown.type}">{writing.text_of(shown.text)}</t:{tag}>'

    def compare(entry: Entry) -> str | None:
        body: Body | None = entry.value("item:Body")
        return None if body is None else body.text

    if tag == "Body":
        return Field("item:Body", tag, write, lambda element, _: read_body(element), compare, in_find=False)
    return Field(f"item:{tag}", tag, write, in_find=False, everything=False, since="Exchange2013")


def read_body(element: Element) -> Body:
    """Return the body in an element of a request."""
    body_type = reading.needed_attribute(element, "BodyType")
    if body_type not in {"HTML", "Text"}:
        raise reading.bad_value(element, body_type, "BodyTypeType")
    return Body(reading.content(element), body_type)


BODY = _write_as("Body", None)
TEXT_BODY = _write_as("TextBody", "Text")
UNIQUE_BODY = _write_as("UniqueBody", None)
BODIES = frozenset({BODY.uri, TEXT_BODY.uri, UNIQUE_BODY.uri})
