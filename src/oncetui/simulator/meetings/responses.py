"""Answering an invitation: accepting, accepting tentatively, declining; removing what was cancelled."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from oncetui.simulator.calendars.edits import Author, Edit, change_item
from oncetui.simulator.calendars.entries import entry_of
from oncetui.simulator.mailboxes.items import CalendarItem, Item
from oncetui.simulator.meetings.invitations import INTENDED, is_organiser, note_answer
from oncetui.simulator.meetings.messages import (
    ASSOCIATED,
    RESPONSE,
    Meeting,
    deliver,
    keep_copy,
    mark_processed,
)
from oncetui.simulator.properties.body import Body
from oncetui.simulator.properties.meeting_fields import PROPOSED_END, PROPOSED_START
from oncetui.simulator.properties.people import Person
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.world import Exchange, Mailbox

# The response type of each response object, and the ending that its error codes have.
ANSWERS = {
    "AcceptItem": ("Accept", "Accept"),
    "TentativelyAcceptItem": ("Tentative", "Tentative"),
    "DeclineItem": ("Decline", "Decline"),
}
_OPERATIONS = {
    "AcceptItem": "ErrorInvalidItemForOperationAcceptItem",
    "TentativelyAcceptItem": "ErrorInvalidItemForOperationTentative",
    "DeclineItem": "ErrorInvalidItemForOperationDeclineItem",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """An attendee's answer: which one, what he writes, whether it is sent and kept.

    `proposed` are the start and end (UTC) at which he would rather meet.
    """

    name: str
    body: Body | None
    send: bool
    save_copy: bool
    proposed: tuple[datetime, datetime] | None = None


def respond(exchange: Exchange, mailbox: Mailbox, item: Item, answer: Answer, author: Author) -> Item:
    """Answer an invitation, or the calendar item that it left; returns the calendar item.

    A declined meeting goes to the deleted items.
    """
    own = _own_item(mailbox, item, answer.name)
    _check(mailbox, own, answer.name)
    response = ANSWERS[answer.name][0]
    organiser: Person = own.values["calendar:Organizer"]
    if answer.send:
        _send(exchange, mailbox, own, answer, author, organiser)
    tree = mailbox.folders
    intended = own.values.get(INTENDED) or "Busy"
    status = {"Accept": intended, "Tentative": "Tentative"}.get(response, "Free")
    edit = Edit(
        {
            "calendar:MyResponseType": response,
            "calendar:LegacyFreeBusyStatus": status,
            "calendar:AppointmentReplyTime": author.now,
        }
    )
    change_item(tree, own, None, edit, author)
    if item is not own:
        mark_processed(mailbox, item, author)
    return tree.move_item(own, tree.distinguished["deleteditems"]) if response == "Decline" else own


def remove_cancelled(mailbox: Mailbox, item: Item, author: Author) -> None:
    """Take a cancelled meeting out of the calendar, and its cancellation out of the inbox."""
    number = item.values.get(ASSOCIATED) if item.element == "MeetingCancellation" else item.number
    own = mailbox.folders.item(int(number)) if number is not None else None
    cancelled = isinstance(own, CalendarItem) and own.values.get("calendar:IsCancelled")
    if item.element != "MeetingCancellation" and not cancelled:
        raise EwsError("ErrorInvalidItemForOperationRemoveItem", "Only a cancelled meeting can be removed.")
    if own is not None and cancelled:
        mailbox.folders.remove_item(own)
    if item is not own:
        mark_processed(mailbox, item, author)


def _own_item(mailbox: Mailbox, item: Item, name: str) -> CalendarItem:
    number = item.values.get(ASSOCIATED) if item.element == "MeetingRequest" else item.number
    own = mailbox.folders.item(int(number)) if number is not None else None
    if not isinstance(own, CalendarItem):
        raise EwsError(_OPERATIONS[name], "The item is no invitation that can be answered.")
    return own


def _check(mailbox: Mailbox, own: CalendarItem, name: str) -> None:
    ending = ANSWERS[name][1]
    if own.values.get("calendar:Organizer") is None and not own.values.get("calendar:MeetingRequestWasSent"):
        raise EwsError(_OPERATIONS[name], "The item is no meeting.")
    if is_organiser(mailbox, own):
        raise EwsError(f"ErrorCalendarIsOrganizerFor{ending}", "The organizer can't answer his own meeting.")
    if own.values.get("calendar:IsCancelled"):
        raise EwsError(f"ErrorCalendarIsCancelledFor{ending}", "The meeting has been cancelled.")


def _send(  # noqa: PLR0917 - an answer has this many parts
    exchange: Exchange, mailbox: Mailbox, own: CalendarItem, answer: Answer, author: Author, organiser: Person
) -> None:
    response = ANSWERS[answer.name][0]
    extra: dict[str, Any] = {RESPONSE: response, "item:Body": answer.body}
    if answer.proposed is not None:
        extra[PROPOSED_START], extra[PROPOSED_END] = answer.proposed
    meeting = Meeting(entry_of(own), mailbox, author, extra)
    to = exchange.mailbox(organiser.address)
    if to is not None:
        called = to.folders.calendar.items.with_uid(str(own.values["calendar:UID"]))
        if called is not None:
            note_answer(called, mailbox.email, response, author, answer.proposed)
            change_item(to.folders, called, None, Edit(), author)
        deliver(meeting, "MeetingResponse", to, None if called is None else called.number)
    if answer.save_copy:
        keep_copy(meeting, "MeetingResponse", [] if to is None else [to])
