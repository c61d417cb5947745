"""EnhancedLocation: where an appointment takes place, with an address."""

from dataclasses import dataclass

from oncetui.simulator.mailboxes.items import Entry
from oncetui.simulator.properties.field import Field, Reading, Rendering
from oncetui.simulator.soap import reading, writing
from oncetui.simulator.soap.reading import Element

LOCATION, ENHANCED = "calendar:Location", "calendar:EnhancedLocation"


@dataclass(frozen=True, slots=True)
class Place:
    """A location by name, with a note and the parts of an address, in order, by their elements' names."""

    name: str
    note: str = ""
    address: tuple[tuple[str, str], ...] = ()


def place_of(entry: Entry) -> Place | None:
    """Return where an appointment takes place; what was said of an earlier location is forgotten."""
    location: str | None = entry.value(LOCATION)
    kept: Place | None = entry.value(ENHANCED)
    if kept is not None and location in {None, kept.name}:
        return kept
    return Place(location) if location else None


def _write(entry: Entry, rendering: Rendering) -> str:  # noqa: ARG001 - the signature of Write
    place = place_of(entry)
    if place is None:
        return ""
    address = "".join(f"<t:{tag}>{writing.text_of(text)}</t:{tag}>" for tag, text in place.address)
    content = address or "<t:LocationSource>None</t:LocationSource>"
    return (
        f"<t:EnhancedLocation><t:DisplayName>{writing.text_of(place.name)}</t:DisplayName>"
        f"<t:Annotation>{writing.text_of(place.note)}</t:Annotation>"
        f"<t:PostalAddress>{content}</t:PostalAddress></t:EnhancedLocation>"
    )


def _read(element: Element, _: Reading) -> Place:
    note = reading.child(element, "Annotation")
    address = reading.child(element, "PostalAddress")
    parts = () if address is None else reading.children(address)
    return Place(
        reading.content(reading.needed(element, "DisplayName")),
        "" if note is None else reading.content(note),
        tuple((reading.local_name(part), reading.content(part)) for part in parts),
    )


ENHANCED_LOCATION = Field(ENHANCED, "EnhancedLocation", _write, _read, in_find=False, since="Exchange2013")
