"""The messages that mailboxes send each other about meetings."""

from dataclasses import dataclass, replace
from typing import Any, Literal

from oncetui.simulator.calendars.edits import Author, Edit, change_item
from oncetui.simulator.calendars.entries import CalendarEntry
from oncetui.simulator.mailboxes.folder import Folder
from oncetui.simulator.mailboxes.items import CalendarItem, Item
from oncetui.simulator.properties.people import Person
from oncetui.simulator.world import Exchange, Mailbox

ATTENDEE_LISTS = ("calendar:RequiredAttendees", "calendar:OptionalAttendees", "calendar:Resources")
SNAPSHOT = "meeting:Snapshot"
ASSOCIATED = "meeting:AssociatedCalendarItemId"
RESPONSE = "meeting:ResponseType"
PROCESSED = "meeting:HasBeenProcessed"
MessageKind = Literal["MeetingRequest", "MeetingCancellation", "MeetingResponse"]
_CLASSES = {
    "MeetingRequest": "IPM.Schedule.Meeting.Request",
    "MeetingCancellation": "IPM.Schedule.Meeting.Canceled",
    "Accept": "IPM.Schedule.Meeting.Resp.Pos",
    "Tentative": "IPM.Schedule.Meeting.Resp.Tent",
    "Decline": "IPM.Schedule.Meeting.Resp.Neg",
}
_PREFIXES = {
    "MeetingRequest": "",
    "MeetingCancellation": "Canceled: ",
    "Accept": "Accepted: ",
    "Tentative": "Tentative: ",
    "Decline": "Declined: ",
}


@dataclass(frozen=True, slots=True)
class Meeting:
    """What a message is about: the appointment as its sender has it, or one occurrence of it.

    `extra` holds further properties of the message, by field URI.
    """

    entry: CalendarEntry
    sender: Mailbox
    author: Author
    extra: dict[str, Any]


def person_of(mailbox: Mailbox) -> Person:
    """Return a mailbox's owner as a person of a message."""
    return Person(mailbox.display_name, mailbox.email)


def attendees_of(item: CalendarItem) -> list[Person]:
    """Return everybody who is invited, in the order of the lists."""
    return [person for uri in ATTENDEE_LISTS for person in item.values.get(uri) or ()]


def mailboxes_of(exchange: Exchange, people: list[Person], besides: Mailbox) -> list[Mailbox]:
    """Return the mailboxes of this world that belong to people, each once, without one of them."""
    found = (exchange.mailbox(person.address) for person in people)
    return list(dict.fromkeys(each for each in found if each is not None and each is not besides))


def deliver(meeting: Meeting, kind: MessageKind, to: Mailbox, associated: int | None) -> Item:
    """Put a message into somebody's inbox; `associated` numbers his own calendar item."""
    extra = {} if associated is None else {ASSOCIATED: associated}
    return _put(meeting, kind, to, to.folders.distinguished["inbox"], [to], extra)


def keep_copy(meeting: Meeting, kind: MessageKind, to: list[Mailbox]) -> Item:
    """Put a copy of a message into its sender's sent items."""
    sent = meeting.sender.folders.distinguished["sentitems"]
    return _put(meeting, kind, meeting.sender, sent, to, {"message:IsRead": True})


def mark_processed(mailbox: Mailbox, message: Item, author: Author) -> None:
    """Note that a meeting message has been dealt with, and throw it away."""
    tree = mailbox.folders
    change_item(tree, message, None, Edit({PROCESSED: True, "message:IsRead": True}), author)
    tree.move_item(message, tree.distinguished["deleteditems"])


def _put(  # noqa: PLR0917 - a message has this many parts
    meeting: Meeting,
    kind: MessageKind,
    where: Mailbox,
    folder: Folder,
    to: list[Mailbox],
    extra: dict[str, Any],
) -> Item:
    entry, author = meeting.entry, meeting.author
    what = str(meeting.extra.get(RESPONSE, kind)) if kind == "MeetingResponse" else kind
    item = Item(
        kind,
        where.folders.new_item_number(),
        folder.number,
        author.now,
        author.now,
        author.email.lower(),
        author.name,
    )
    sender = person_of(meeting.sender)
    item.values = {
        "item:ItemClass": _CLASSES[what],
        "item:Subject": _PREFIXES[what] + str(entry.value("item:Subject") or ""),
        "item:Body": entry.value("item:Body"),
        "item:Sensitivity": entry.value("item:Sensitivity"),
        "message:Sender": sender,
        "message:From": sender,
        "message:ToRecipients": tuple(person_of(each) for each in to),
        SNAPSHOT: _frozen(entry),
        **meeting.extra,
        **extra,
    }
    where.folders.add_item(folder, item, delivered=where is not meeting.sender)
    return item


def _frozen(entry: CalendarEntry) -> CalendarEntry:
    return replace(entry, item=entry.item.copy(entry.item.number))
