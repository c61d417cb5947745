"""What a reply to a message, or a message that forwards something, says and to whom it goes."""

from typing import Any

from oncetui.simulator.calendars.entries import CalendarEntry
from oncetui.simulator.mailboxes.items import Entry
from oncetui.simulator.properties.body import Body
from oncetui.simulator.properties.people import Person

ANSWERS = ("ReplyToItem", "ReplyAllToItem", "ForwardItem")
_PREFIXES = {"ReplyToItem": "RE: ", "ReplyAllToItem": "RE: ", "ForwardItem": "FW: "}
_TO, _CC = "message:ToRecipients", "message:CcRecipients"
_ATTACHMENTS = "item:Attachments"


def answer_to(entry: Entry, name: str, own_address: str, new: Body | None) -> dict[str, Any]:
    """Return the properties of a message that answers or forwards an item, before its sender's own wishes."""
    subject = str(entry.value("item:Subject") or "")
    prefix = _PREFIXES[name]
    values: dict[str, Any] = {
        "item:Subject": subject if subject.upper().startswith(prefix) else prefix + subject,
        "item:Body": _body(new, entry.value("item:Body")),
    }
    reference = entry.value("message:InternetMessageId")
    if reference is not None:
        values["item:InReplyTo"] = reference
    if name == "ForwardItem":
        if entry.value(_ATTACHMENTS):
            values[_ATTACHMENTS] = entry.value(_ATTACHMENTS)
        return values
    values[_TO] = _writers(entry)
    if name == "ReplyAllToItem":
        others = _others(entry, own_address, values[_TO])
        values[_TO] = (*values[_TO], *others[_TO])
        values[_CC] = others[_CC]
    return values


def _body(new: Body | None, old: Body | None) -> Body:
    if new is None:
        return old or Body("")
    return new if old is None else new.plus(Body("\n\n", "Text")).plus(old)


def _writers(entry: Entry) -> tuple[Person, ...]:
    if isinstance(entry, CalendarEntry):
        organiser = entry.value("calendar:Organizer")
        return () if organiser is None else (organiser,)
    wanted: tuple[Person, ...] = entry.value("message:ReplyTo") or ()
    sender = entry.value("message:From") or entry.value("message:Sender")
    return wanted or (() if sender is None else (sender,))


def _others(entry: Entry, own: str, writers: tuple[Person, ...]) -> dict[str, tuple[Person, ...]]:
    calendar = isinstance(entry, CalendarEntry)
    lists = ("calendar:RequiredAttendees", "calendar:OptionalAttendees") if calendar else (_TO, _CC)
    known = {own.lower(), *(person.address.lower() for person in writers)}
    found = {}
    for uri, source in zip((_TO, _CC), lists, strict=True):
        people: tuple[Person, ...] = entry.value(source) or ()
        found[uri] = tuple(person for person in people if person.address.lower() not in known)
    return found
