"""Sending a message to the mailboxes of this world."""

from typing import Any

from oncetui.simulator.calendars.edits import Author, Edit, add_item
from oncetui.simulator.mailboxes.extended import ExtendedName, ExtendedValue
from oncetui.simulator.meetings.messages import person_of
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.world import Exchange, Mailbox

_RECIPIENTS = ("message:ToRecipients", "message:CcRecipients", "message:BccRecipients")
# What an item says of its place in the sender's mailbox only. Exchange takes categories off what it
# delivers, unless an administrator says otherwise.
_OWN = ("item:Categories", "item:IsDraft", "message:BccRecipients", "message:IsRead")


def send(
    exchange: Exchange,
    sender: Mailbox,
    values: dict[str, Any],
    extended: dict[ExtendedName, ExtendedValue],
    author: Author,
) -> None:
    """Put a message, once, into the inbox of each recipient who has a mailbox in this world.

    Raises `EwsError` where it has no recipient.
    """
    people = [person for uri in _RECIPIENTS for person in values.get(uri) or ()]
    if not people:
        raise EwsError("ErrorInvalidRecipients", "At least one recipient isn't valid.")
    received = {uri: value for uri, value in values.items() if uri not in _OWN}
    name = person_of(sender)
    edit = Edit({**received, "message:From": name, "message:Sender": name}, extended)
    mailboxes = {person.address.lower(): exchange.mailbox(person.address) for person in people}
    for mailbox in mailboxes.values():
        if mailbox is not None:
            inbox = mailbox.folders.distinguished["inbox"]
            add_item(mailbox.folders, inbox, "Message", edit, author, delivered=True)
