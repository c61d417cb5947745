"""The items of a CreateItem request that answer, cancel or remove a meeting."""

from datetime import datetime

from oncetui.simulator.addressing import FolderTarget, ItemTarget, item_target
from oncetui.simulator.calendars.edits import Author, change_item, delete_occurrence
from oncetui.simulator.calendars.entries import CalendarEntry
from oncetui.simulator.call import Call
from oncetui.simulator.mail.answers import answer_to
from oncetui.simulator.mailboxes.items import Item
from oncetui.simulator.meetings.invitations import Organiser, cancelled, is_organiser
from oncetui.simulator.meetings.messages import attendees_of
from oncetui.simulator.meetings.responses import ANSWERS, Answer, remove_cancelled, respond
from oncetui.simulator.properties.body import Body, read_body
from oncetui.simulator.properties.calendar_fields import is_meeting
from oncetui.simulator.properties.item_xml import ItemDraft, take_property
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.reading import Element

RESPONSE_OBJECTS = (*ANSWERS, "CancelCalendarItem", "RemoveItem")
_ANSWERABLE = ("Message", "CalendarItem", "MeetingRequest", "MeetingResponse", "MeetingCancellation")
DISPOSITIONS = ("SaveOnly", "SendOnly", "SendAndSaveCopy")


def answered(call: Call, element: Element, author: Author) -> tuple[FolderTarget, Item] | None:
    """Do what a response object says; returns the calendar item that it leaves, and where, if any."""
    reference = reading.child(element, "ReferenceItemId")
    if reference is None:
        raise EwsError("ErrorMissingInformationReferenceItemId", "The ReferenceItemId is missing.")
    target = item_target(call, reference)
    _check_rights(target)
    disposition = disposition_of(call)
    send, save_copy = disposition != "SaveOnly", disposition == "SendAndSaveCopy"
    mailbox = target.where.owner
    match reading.local_name(element):
        case "RemoveItem":
            remove_cancelled(mailbox, target.item, author)
            return None
        case "CancelCalendarItem":
            item = _cancel(call, target, element, author, disposition)
            if item is None:
                return None
            return FolderTarget(mailbox, mailbox.folders.folder_of(item), target.where.rights), item
        case name:
            answer = Answer(name, _body(element, "Body"), send, save_copy, _proposed(call, element))
            item = respond(call.exchange, mailbox, target.item, answer, author)
            folder = mailbox.folders.folder_of(item)
            return FolderTarget(mailbox, folder, target.where.rights), item


def message_draft(call: Call, element: Element) -> ItemDraft:
    """Return the message that a ReplyToItem, ReplyAllToItem or ForwardItem makes."""
    reference = reading.child(element, "ReferenceItemId")
    if reference is None:
        raise EwsError("ErrorMissingInformationReferenceItemId", "The ReferenceItemId is missing.")
    entry = item_target(call, reference).entry
    if entry.item.element not in _ANSWERABLE:
        raise EwsError("ErrorInvalidReferenceItem", "The item is none that can be answered or forwarded.")
    new = reading.child(element, "NewBodyContent")
    body = None if new is None else read_body(new)
    draft = ItemDraft("Message")
    draft.edit.values = answer_to(entry, reading.local_name(element), call.caller.email, body)
    for part in reading.children(element):
        if reading.local_name(part) not in {"ReferenceItemId", "NewBodyContent"}:
            take_property(draft, part, call.zone)
    return draft


def disposition_of(call: Call) -> str:
    """Return the request's MessageDisposition, which messages and response objects need."""
    disposition = call.operation.get("MessageDisposition")
    if disposition is None:
        raise EwsError(
            "ErrorMessageDispositionRequired", "MessageDisposition attribute is required for message items."
        )
    if disposition not in DISPOSITIONS:
        raise reading.violation(
            call.operation, f"The 'MessageDisposition' attribute '{disposition}' is unknown."
        )
    return disposition


def _check_rights(target: ItemTarget) -> None:
    if target.where.rights.edit != "All":
        raise EwsError("ErrorAccessDenied", "Access is denied. Check credentials and try again.")


def _body(element: Element, tag: str) -> Body | None:
    found = reading.child(element, tag)
    return None if found is None else read_body(found)


def _proposed(call: Call, element: Element) -> tuple[datetime, datetime] | None:
    start, end = reading.child(element, "ProposedStart"), reading.child(element, "ProposedEnd")
    if start is None or end is None:
        return None
    return reading.moment_of(start, call.zone.info), reading.moment_of(end, call.zone.info)


def _cancel(
    call: Call, target: ItemTarget, element: Element, author: Author, disposition: str
) -> Item | None:
    """Call a meeting off; returns what is left of it in the deleted items, of one occurrence nothing."""
    entry, mailbox = target.entry, target.where.owner
    if not isinstance(entry, CalendarEntry) or not is_meeting(entry):
        raise EwsError("ErrorInvalidItemForOperationCancelItem", "Only a meeting can be cancelled.")
    if not is_organiser(mailbox, entry.item):
        raise EwsError("ErrorCalendarIsNotOrganizer", "Only the organizer can cancel a meeting.")
    people = attendees_of(entry.item)
    others = [person for person in people if person.address.lower() != mailbox.email.lower()]
    if disposition != "SaveOnly" and not others:
        raise EwsError("ErrorInvalidRecipients", "At least one recipient isn't valid.")
    if entry.original is not None:
        delete_occurrence(mailbox.folders, entry, author)
    save_copy = disposition == "SendAndSaveCopy"
    organiser = Organiser(call.exchange, mailbox, author, save_copy=save_copy)
    organiser.call_off(entry, people, _body(element, "NewBodyContent"))
    if entry.original is not None:
        return None
    change_item(mailbox.folders, entry.item, None, cancelled(entry), author)
    return mailbox.folders.move_item(entry.item, mailbox.folders.distinguished["deleteditems"])
