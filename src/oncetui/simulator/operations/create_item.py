"""CreateItem: new appointments, series and messages."""

from dataclasses import dataclass

from oncetui.simulator.addressing import FolderTarget, folder_target
from oncetui.simulator.calendars.edits import Author, add_appointment, add_item
from oncetui.simulator.calendars.entries import entry_of
from oncetui.simulator.call import Call
from oncetui.simulator.mail import answers
from oncetui.simulator.mail.sending import send
from oncetui.simulator.mailboxes.identifiers import Identity, change_key, encode
from oncetui.simulator.mailboxes.items import Entry, Item
from oncetui.simulator.meetings.invitations import Organiser
from oncetui.simulator.meetings.messages import attendees_of
from oncetui.simulator.mime.exceptions import add_exceptions
from oncetui.simulator.operations.response_objects import (
    RESPONSE_OBJECTS,
    answered,
    disposition_of,
    message_draft,
)
from oncetui.simulator.properties.attachments import attachments_xml
from oncetui.simulator.properties.calendar_fields import ATTENDEE_LISTS
from oncetui.simulator.properties.item_xml import ItemDraft, new_times, read_item
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.messages import for_each
from oncetui.simulator.soap.reading import Element

INVITATIONS = ("SendToNone", "SendOnlyToAll", "SendToAllAndSaveCopy")
_CREATABLE = ("CalendarItem", "Contact", "DistributionList", "Item", "Message", "Task")
# The usual folder of items that go nowhere else, its class, and the refusal of other folders.
_HOMES = {
    "Contact": ("contacts", "IPF.Contact", "ErrorCannotCreateContactInNonContactFolder"),
    "DistributionList": ("contacts", "IPF.Contact", "ErrorCannotCreateContactInNonContactFolder"),
    "Task": ("tasks", "IPF.Task", "ErrorCannotCreateTaskInNonTaskFolder"),
}


@dataclass(frozen=True, slots=True)
class _Refused:
    failure: EwsError


def answer(call: Call) -> str:
    """Make each item of the request; schema violations are found before anything is made."""
    drafts = [_draft(call, element) for element in reading.needed_list(call.operation, "Items")]
    invitations = call.operation.get("SendMeetingInvitations")
    if invitations is not None and invitations not in INVITATIONS:
        raise reading.violation(
            call.operation, f"The 'SendMeetingInvitations' attribute '{invitations}' is unknown."
        )
    return for_each("CreateItem", drafts, lambda draft: _made(call, draft), on_error="<m:Items/>")


def _draft(call: Call, element: Element) -> ItemDraft | _Refused | Element:
    name = reading.local_name(element)
    if name in RESPONSE_OBJECTS:
        return element
    if name in answers.ANSWERS:
        return element
    if name not in _CREATABLE:
        return _Refused(
            EwsError("ErrorInvalidItemForOperationCreateItem", f"An item of type {name} can't be created.")
        )
    try:
        return read_item(element, call.zone)
    except EwsError as failure:
        return _Refused(failure)


def _made(call: Call, draft: ItemDraft | _Refused | Element) -> str:
    if isinstance(draft, _Refused):
        raise draft.failure
    if not isinstance(draft, ItemDraft):
        if reading.local_name(draft) in answers.ANSWERS:
            return _made_message(call, message_draft(call, draft))
        left = answered(call, draft, author_of(call))
        return "<m:Items/>" if left is None else items_xml(*left)
    if draft.kind == "CalendarItem":
        return items_xml(*_made_appointment(call, draft))
    if draft.kind in _HOMES:
        return items_xml(*_made_at_home(call, draft))
    if draft.kind == "Item":
        # An item without a kind of its own is a note, which is read back as a message.
        where = _target(call, "drafts")
        return items_xml(
            where, add_item(where.owner.folders, where.folder, "Message", draft.edit, author_of(call))
        )
    return _made_message(call, draft)


def _made_appointment(call: Call, draft: ItemDraft) -> tuple[FolderTarget, Item]:
    invitations = call.operation.get("SendMeetingInvitations")
    if invitations is None:
        raise EwsError(
            "ErrorSendMeetingInvitationsRequired",
            "SendMeetingInvitations attribute is required for calendar items.",
        )
    where = _target(call, "calendar")
    if not where.folder.is_calendar:
        raise EwsError(
            "ErrorCannotCreateCalendarItemInNonCalendarFolder",
            "Cannot create a calendar item in a non-calendar folder.",
        )
    if invitations != "SendToNone" and any(draft.edit.values.get(uri) for uri in ATTENDEE_LISTS):
        draft.edit.values["calendar:MeetingRequestWasSent"] = True
    times = new_times(draft, call.zone, call.now())
    item = add_appointment(where.owner.folders, where.folder, times, draft.edit, author_of(call))
    if draft.calendar is not None:
        add_exceptions(where.owner.folders, item, draft.calendar, author_of(call))
    if invitations != "SendToNone":
        save_copy = invitations == "SendToAllAndSaveCopy"
        organiser = Organiser(call.exchange, where.owner, author_of(call), save_copy=save_copy)
        organiser.invite(entry_of(item), attendees_of(item))
    return where, item


def _made_at_home(call: Call, draft: ItemDraft) -> tuple[FolderTarget, Item]:
    usual, folder_class, refusal = _HOMES[draft.kind]
    where = _target(call, usual)
    if not where.folder.folder_class.startswith(folder_class):
        raise EwsError(refusal, f"The folder holds no items of type {draft.kind}.")
    values = draft.edit.values
    name = values.get("contacts:DisplayName") or values.get("contacts:FileAs")
    if name is not None:
        values.setdefault("item:Subject", name)
    return where, add_item(where.owner.folders, where.folder, draft.kind, draft.edit, author_of(call))


def _made_message(call: Call, draft: ItemDraft) -> str:
    disposition = disposition_of(call)
    if disposition != "SaveOnly":
        send(call.exchange, call.caller, draft.edit.values, draft.edit.extended, author_of(call))
    if disposition == "SendOnly":
        return "<m:Items/>"
    draft.edit.values["item:IsDraft"] = disposition == "SaveOnly"
    where = _target(call, "drafts" if disposition == "SaveOnly" else "sentitems")
    item = add_item(where.owner.folders, where.folder, "Message", draft.edit, author_of(call))
    return items_xml(where, item) if disposition == "SaveOnly" else "<m:Items/>"


def _target(call: Call, usual: str) -> FolderTarget:
    saved = reading.child(call.operation, "SavedItemFolderId")
    if saved is None:
        folder = call.caller.folders.distinguished[usual]
        where = FolderTarget(call.caller, folder, call.caller.folders.rights(folder, call.caller.email))
    else:
        where = folder_target(call, reading.needed_list(call.operation, "SavedItemFolderId")[0])
    if not where.rights.create:
        raise EwsError("ErrorCreateItemAccessDenied", "Access is denied. Check credentials and try again.")
    return where


def author_of(call: Call) -> Author:
    """Return the caller as the author of a change."""
    return Author(call.caller.email, call.caller.display_name, call.now())


def items_xml(where: FolderTarget, item: Item) -> str:
    """Return the Items element that identifies what was just made in a folder, and its attachments."""
    attachments = attachments_xml(Entry(item), where.folder.mailbox_guid)
    identifier = encode(Identity("item", where.folder.mailbox_guid, item.number))
    key = change_key("item", item.change)
    tag = item.element
    made = f'<t:ItemId Id="{identifier}" ChangeKey="{key}"/>{attachments}'
    return f"<m:Items><t:{tag}>{made}</t:{tag}></m:Items>"
