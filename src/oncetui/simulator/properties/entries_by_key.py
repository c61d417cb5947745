"""Properties with several entries by key, such as the telephone numbers of a contact."""

from collections.abc import Mapping

from oncetui.simulator.mailboxes.items import Entry
from oncetui.simulator.properties.field import Field, Reading, Rendering
from oncetui.simulator.soap import reading, writing
from oncetui.simulator.soap.reading import Element

# By key, and for addresses by part (`Street`) as well.
Entries = Mapping[tuple[str, str], str]


def by_key(uri: str, tag: str, keys: tuple[str, ...], parts: tuple[str, ...] = ("",)) -> Field:
    """Return a property with an entry for each key; with `parts` an entry has elements of its own."""

    def read(element: Element, _: Reading) -> dict[tuple[str, str], str]:
        return dict(pair for entry in reading.children(element) for pair in _entry(entry, keys, parts))

    def write(entry: Entry, rendering: Rendering) -> str:  # noqa: ARG001 - the signature of Write
        kept: Entries = entry.value(uri) or {}
        content = "".join(_entry_xml(key, kept, parts) for key in keys)
        return f"<t:{tag}>{content}</t:{tag}>" if content else ""

    return Field(uri, tag, write, read)


def _entry(
    element: Element, keys: tuple[str, ...], parts: tuple[str, ...]
) -> list[tuple[tuple[str, str], str]]:
    key = reading.needed_attribute(element, "Key")
    if reading.local_name(element) != "Entry" or key not in keys:
        raise reading.violation(element, f"The 'Key' attribute is invalid - The value '{key}' is unknown.")
    if parts == ("",):
        return [((key, ""), reading.content(element))]
    found = [(reading.local_name(part), reading.content(part)) for part in reading.children(element)]
    if not {name for name, _ in found} <= set(parts):
        raise reading.violation(element, "The element 'Entry' has an invalid child element.")
    return [((key, name), text) for name, text in found]


def _entry_xml(key: str, kept: Entries, parts: tuple[str, ...]) -> str:
    values = [(part, kept[key, part]) for part in parts if (key, part) in kept]
    if not values:
        return ""
    content = "".join(
        f"<t:{part}>{writing.text_of(value)}</t:{part}>" if part else writing.text_of(value)
        for part, value in values
    )
    return f'<t:Entry Key="{key}">{content}</t:Entry>'
