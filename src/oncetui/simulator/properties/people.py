"""People in properties: the organiser, attendees, recipients."""

from dataclasses import dataclass, replace
from datetime import datetime

from oncetui.simulator.mailboxes.items import Entry
from oncetui.simulator.properties.field import Field, Reading, Rendering
from oncetui.simulator.soap import reading, writing
from oncetui.simulator.soap.reading import Element

RESPONSES = ("Unknown", "Organizer", "Tentative", "Accept", "Decline", "NoResponseReceived")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody by name and address; `response`, its time, and `proposed` start and end are an attendee's."""

    name: str
    address: str
    routing: str = "SMTP"
    response: str = "Unknown"
    responded: datetime | None = None
    proposed: tuple[datetime, datetime] | None = None


def mailbox_xml(person: Person, tag: str = "Mailbox") -> str:
    """Return the element that names a person; somebody without an address has a name only."""
    name = f"<t:Name>{writing.text_of(person.name)}</t:Name>"
    address = f"<t:EmailAddress>{writing.text_of(person.address)}</t:EmailAddress>" if person.address else ""
    routing = f"<t:RoutingType>{writing.text_of(person.routing)}</t:RoutingType>"
    return f"<t:{tag}>{name}{address}{routing}</t:{tag}>"


def read_mailbox(element: Element) -> Person:
    """Return a person of a request; a missing name is the address."""
    values = {reading.local_name(part): reading.content(part) for part in reading.children(element)}
    address = values.get("EmailAddress", "")
    return Person(values.get("Name") or address, address, values.get("RoutingType") or "SMTP")


def attendees(uri: str, tag: str) -> Field:
    """Return a list of attendees; FindItem doesn't return it."""

    def write(entry: Entry, rendering: Rendering) -> str:
        people: tuple[Person, ...] = entry.value(uri) or ()
        return (
            f"<t:{tag}>{''.join(_attendee_xml(one, rendering) for one in people)}</t:{tag}>" if people else ""
        )

    return Field(uri, tag, write, _read_attendees, in_find=False)


def recipients(uri: str, tag: str) -> Field:
    """Return a list of recipients of a message; FindItem doesn't return it."""

    def write(entry: Entry, rendering: Rendering) -> str:  # noqa: ARG001 - the signature of Write
        people: tuple[Person, ...] = entry.value(uri) or ()
        return f"<t:{tag}>{''.join(mailbox_xml(one) for one in people)}</t:{tag}>" if people else ""

    return Field(uri, tag, write, _read_recipients, in_find=False)


def members(uri: str, tag: str) -> Field:
    """Return the members of a distribution list; FindItem doesn't return them."""

    def write(entry: Entry, rendering: Rendering) -> str:  # noqa: ARG001 - the signature of Write
        people: tuple[Person, ...] = entry.value(uri) or ()
        content = "".join(
            f"<t:Member>{mailbox_xml(one)}<t:Status>Normal</t:Status></t:Member>" for one in people
        )
        return f"<t:{tag}>{content}</t:{tag}>" if people else ""

    def read(element: Element, _: Reading) -> tuple[Person, ...]:
        return tuple(read_mailbox(reading.needed(member, "Mailbox")) for member in reading.children(element))

    return Field(uri, tag, write, read, in_find=False)


def single_recipient(uri: str, tag: str) -> Field:
    """One person of a message."""

    def write(entry: Entry, rendering: Rendering) -> str:  # noqa: ARG001 - the signature of Write
        person: Person | None = entry.value(uri)
        return "" if person is None else f"<t:{tag}>{mailbox_xml(person)}</t:{tag}>"

    def read(element: Element, _: Reading) -> Person:
        return read_mailbox(reading.needed(element, "Mailbox"))

    return Field(uri, tag, write, read, lambda entry: (entry.value(uri) or Person("", "")).address or None)


def _attendee_xml(person: Person, rendering: Rendering) -> str:
    responded = ""
    if person.responded is not None:
        responded = f"<t:LastResponseTime>{rendering.moment(person.responded)}</t:LastResponseTime>"
    response = f"<t:ResponseType>{person.response}</t:ResponseType>"
    proposed = ""
    if person.proposed is not None:
        start, end = map(rendering.moment, person.proposed)
        proposed = f"<t:ProposedStart>{start}</t:ProposedStart><t:ProposedEnd>{end}</t:ProposedEnd>"
    return f"<t:Attendee>{mailbox_xml(person)}{response}{responded}{proposed}</t:Attendee>"


def _read_attendees(element: Element, _: Reading) -> tuple[Person, ...]:
    return tuple(_read_attendee(attendee) for attendee in reading.children(element))


def _read_attendee(element: Element) -> Person:
    person = read_mailbox(reading.needed(element, "Mailbox"))
    response = reading.child(element, "ResponseType")
    if response is None:
        return person
    word = reading.content(response).strip()
    if word not in RESPONSES:
        raise reading.bad_value(response, word, "ResponseTypeType")
    return replace(person, response=word)


def _read_recipients(element: Element, _: Reading) -> tuple[Person, ...]:
    return tuple(read_mailbox(mailbox) for mailbox in reading.children(element))
