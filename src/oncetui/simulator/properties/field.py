"""A property of items: its path, its element, and how it is written, read, compared."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any

from oncetui.simulator.calendars.zones import Zone
from oncetui.simulator.mailboxes.identifiers import Identity, change_key, encode
from oncetui.simulator.mailboxes.items import Entry
from oncetui.simulator.mailboxes.tree import Folder
from oncetui.simulator.soap import reading, writing
from oncetui.simulator.soap.failures import SchemaViolationError
from oncetui.simulator.soap.reading import Element
from oncetui.simulator.world import Mailbox


@dataclass(frozen=True, slots=True)
class Rendering:
    """For whom and how an item is written: its mailbox and folder, the reader, zone and body type."""

    owner: Mailbox
    folder: Folder
    reader: Mailbox
    zone: tzinfo = UTC
    body_type: str = "Best"

    def moment(self, value: datetime) -> str:
        """Return a point in time in the zone that the answer is in."""
        return writing.moment(value, self.zone)

    def item_id(self, number: int, change: int, tag: str = "ItemId") -> str:
        """Return the element that identifies an item of this mailbox."""
        identifier = encode(Identity("item", self.folder.mailbox_guid, number))
        return f'<t:{tag} Id="{identifier}" ChangeKey="{change_key("item", change)}"/>'


Write = Callable[[Any, Rendering], str]
Read = Callable[[Element, "Reading"], Any]
Compare = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Reading:
    """How the values of a request are read: times without an offset are of `zone`."""

    zone: Zone


@dataclass(frozen=True, slots=True)
class Field:
    """One property; without `read` it can't be set, without `compare` not searched or sorted by.

    `in_find` is whether FindItem and SyncFolderItems can return it, `default` whether the Default shape
    has it, `everything` whether AllProperties has it, `since` the schema version that brought it.
    """

    uri: str
    tag: str
    write: Write
    read: Read | None = None
    compare: Compare | None = None
    in_find: bool = True
    default: bool = False
    everything: bool = True
    since: str = "Exchange2007"


def stored(uri: str) -> Compare:
    """Return what compares by the stored value."""
    return lambda entry: entry.value(uri)


def text(
    uri: str, tag: str, *, most: int | None = None, default: bool = False, since: str = "Exchange2007"
) -> Field:
    """Return a text that clients may set, of which the store keeps `most` characters."""

    def write(entry: Entry, rendering: Rendering) -> str:  # noqa: ARG001 - the signature of Write
        value = entry.value(uri)
        return "" if value is None else f"<t:{tag}>{writing.text_of(value)}</t:{tag}>"

    return Field(
        uri,
        tag,
        write,
        lambda element, _: reading.content(element)[:most],
        stored(uri),
        default=default,
        since=since,
    )


def fixed(uri: str, tag: str, value: str, *, since: str = "Exchange2007") -> Field:
    """Return a property that has the same value for every item."""
    return Field(uri, tag, lambda _entry, _rendering: f"<t:{tag}>{value}</t:{tag}>", since=since)


def computed(
    uri: str,
    tag: str,
    value: Callable[[Any], str | None],
    *,
    compare: Compare | None = None,
    default: bool = False,
    since: str = "Exchange2007",
) -> Field:
    """Return a read-only property worked out from the item; None leaves it out."""

    def write(entry: Entry, rendering: Rendering) -> str:  # noqa: ARG001 - the signature of Write
        content = value(entry)
        return "" if content is None else f"<t:{tag}>{content}</t:{tag}>"

    return Field(uri, tag, write, compare=compare, default=default, since=since)


def point_in_time(
    uri: str, tag: str, value: Callable[[Any], datetime | None], *, default: bool = False
) -> Field:
    """Return a read-only point in time."""

    def write(entry: Entry, rendering: Rendering) -> str:
        moment = value(entry)
        return "" if moment is None else f"<t:{tag}>{rendering.moment(moment)}</t:{tag}>"

    return Field(uri, tag, write, compare=value, default=default)


def boolean(
    uri: str, tag: str, *, unset: bool | None = None, default: bool = False, since: str = "Exchange2007"
) -> Field:
    """Return a yes or no that clients may set; `unset` is its value where nobody did."""

    def value(entry: Entry) -> bool | None:
        kept = entry.value(uri)
        return unset if kept is None else bool(kept)

    def write(entry: Entry, rendering: Rendering) -> str:  # noqa: ARG001 - the signature of Write
        kept = value(entry)
        return "" if kept is None else f"<t:{tag}>{writing.boolean(kept)}</t:{tag}>"

    return Field(
        uri, tag, write, lambda element, _: reading.boolean(element), value, default=default, since=since
    )


def moment(
    uri: str, tag: str, value: Callable[[Any], datetime | None] | None = None, *, default: bool = False
) -> Field:
    """Return a point in time that clients may set; `value` is what is shown where not what they set."""
    shown = value or stored(uri)

    def write(entry: Entry, rendering: Rendering) -> str:
        kept = shown(entry)
        return "" if kept is None else f"<t:{tag}>{rendering.moment(kept)}</t:{tag}>"

    def read(element: Element, context: Reading) -> datetime:
        return reading.moment_of(element, context.zone.info)

    return Field(uri, tag, write, read, shown, default=default)


def strings(uri: str, tag: str) -> Field:
    """Return a list of texts that clients may set."""

    def write(entry: Entry, rendering: Rendering) -> str:  # noqa: ARG001 - the signature of Write
        kept: tuple[str, ...] = entry.value(uri) or ()
        content = "".join(f"<t:String>{writing.text_of(value)}</t:String>" for value in kept)
        return f"<t:{tag}>{content}</t:{tag}>" if kept else ""

    def read(element: Element, _: Reading) -> tuple[str, ...]:
        return tuple(reading.content(part) for part in reading.children(element))

    return Field(uri, tag, write, read, lambda entry: entry.value(uri) or ())


def integer(
    uri: str, tag: str, *, unset: int | None = None, least: int = -(2**31), most: int = 2**31 - 1
) -> Field:
    """Return a whole number that clients may set; `unset` is its value where nobody did."""

    def value(entry: Entry) -> int | None:
        kept = entry.value(uri)
        return unset if kept is None else int(kept)

    def read(element: Element, _: Reading) -> int:
        number = reading.integer(element)
        if not least <= number <= most:
            raise reading.bad_value(element, str(number), tag)
        return number

    def write(entry: Entry, rendering: Rendering) -> str:  # noqa: ARG001 - the signature of Write
        kept = value(entry)
        return "" if kept is None else f"<t:{tag}>{kept}</t:{tag}>"

    return Field(uri, tag, write, read, value)


def choice(uri: str, tag: str, values: tuple[str, ...], unset: str | None, *, default: bool = False) -> Field:
    """One word of several that clients may set; `unset` is its value where nobody did, None for none."""

    def read(element: Element, _: Reading) -> str:
        word = reading.content(element).strip()
        if word not in values:
            raise _no_such_word(element, word, tag)
        return word

    def write(entry: Entry, rendering: Rendering) -> str:  # noqa: ARG001 - the signature of Write
        word = entry.value(uri) or unset
        return "" if word is None else f"<t:{tag}>{word}</t:{tag}>"

    return Field(uri, tag, write, read, lambda entry: entry.value(uri) or unset, default=default)


def _no_such_word(element: Element, word: str, datatype: str) -> SchemaViolationError:
    return reading.violation(
        element,
        f"The '{element.tag}' element is invalid - The value '{word}' is invalid according to its datatype "
        f"'{datatype}' - The Enumeration constraint failed.",
    )
