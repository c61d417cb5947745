"""UpdateItem: changes to items, series and single occurrences."""

from oncetui.simulator.addressing import ItemTarget, item_target
from oncetui.simulator.calendars.edits import change_item, change_occurrence, times_of, times_of_occurrence
from oncetui.simulator.calendars.entries import CalendarEntry, entry_of, occurrence
from oncetui.simulator.call import Call
from oncetui.simulator.mailboxes.identifiers import Identity, change_key, encode
from oncetui.simulator.mailboxes.items import CalendarItem
from oncetui.simulator.meetings.invitations import Organiser, forget_answers, is_organiser, send_update
from oncetui.simulator.meetings.messages import attendees_of
from oncetui.simulator.operations.create_item import author_of
from oncetui.simulator.operations.response_objects import disposition_of
from oncetui.simulator.operations.send_item import send_kept, sent_items
from oncetui.simulator.properties.item_changes import read_update
from oncetui.simulator.properties.item_xml import ItemDraft, changed_times
from oncetui.simulator.properties.people import Person
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.messages import for_each
from oncetui.simulator.soap.reading import Element

_RESOLUTIONS = ("NeverOverwrite", "AutoResolve", "AlwaysOverwrite")
_MODES = (
    "SendToNone",
    "SendOnlyToAll",
    "SendOnlyToChanged",
    "SendToAllAndSaveCopy",
    "SendToChangedAndSaveCopy",
)
_NO_CONFLICTS = "<m:ConflictResults><t:Count>0</t:Count></m:ConflictResults>"
_CONFLICT = (
    "The send or update operation could not be performed because the change key passed in the request "
    "does not match the current change key for the item."
)


def answer(call: Call) -> str:
    """Make each change of the request."""
    resolution = reading.needed_attribute(call.operation, "ConflictResolution")
    if resolution not in _RESOLUTIONS:
        raise reading.violation(
            call.operation, f"The 'ConflictResolution' attribute '{resolution}' is unknown."
        )
    changes = reading.needed_list(call.operation, "ItemChanges")
    return for_each(
        "UpdateItem", changes, lambda change: _changed(call, change, resolution), on_error="<m:Items/>"
    )


def _changed(call: Call, change: Element, resolution: str) -> str:
    named, updates = [*reading.children(change), None, None][:2]
    if named is None or updates is None:
        raise reading.violation(change, "The element 'ItemChange' has incomplete content.")
    target = item_target(call, named)
    check_rights(call, target)
    _check_change_key(target, resolution)
    mode, disposition = "SendToNone", "SaveOnly"
    if isinstance(target.entry, CalendarEntry):
        mode = _mode(call)
    elif target.item.element == "Message":
        disposition = disposition_of(call)
    draft = ItemDraft(target.item.element)
    for update in reading.children(updates):
        read_update(update, draft, target.entry, call.zone)
    before = attendees_of(target.item) if isinstance(target.item, CalendarItem) else []
    _apply(call, target, draft)
    if mode != "SendToNone":
        _send(call, target, draft, before, mode)
    if disposition != "SaveOnly":
        send_kept(call, target, sent_items(call) if disposition == "SendAndSaveCopy" else None)
        return f"<m:Items/>{_NO_CONFLICTS}"
    return f"{_item_xml(target)}{_NO_CONFLICTS}"


def _mode(call: Call) -> str:
    mode = call.operation.get("SendMeetingInvitationsOrCancellations")
    if mode is None:
        raise EwsError(
            "ErrorSendMeetingInvitationsOrCancellationsRequired",
            "SendMeetingInvitationsOrCancellations attribute is required for calendar items.",
        )
    if mode not in _MODES:
        raise reading.violation(
            call.operation, f"The 'SendMeetingInvitationsOrCancellations' attribute '{mode}' is unknown."
        )
    return mode


def _send(call: Call, target: ItemTarget, draft: ItemDraft, before: list[Person], mode: str) -> None:
    item = target.item
    assert isinstance(item, CalendarItem)
    if draft.times and is_organiser(target.where.owner, item):
        forget_answers(item)
    save_copy = mode.endswith("AndSaveCopy")
    organiser = Organiser(call.exchange, target.where.owner, author_of(call), save_copy=save_copy)
    original = target.entry.original if isinstance(target.entry, CalendarEntry) else None
    entry = entry_of(item) if original is None else occurrence(item, original)
    assert entry is not None
    send_update(organiser, target.where.owner, entry, before, to_all="ToAll" in mode)


def check_rights(call: Call, target: ItemTarget) -> None:
    """Raise `EwsError` where the caller may not change this item."""
    own = target.item.creator == call.caller.email.lower()
    if target.where.rights.edit != "All" and not (own and target.where.rights.edit == "Owned"):
        raise EwsError("ErrorAccessDenied", "Access is denied. Check credentials and try again.")


def _check_change_key(target: ItemTarget, resolution: str) -> None:
    if resolution == "AlwaysOverwrite":
        return
    if target.change is None:
        raise EwsError(
            "ErrorChangeKeyRequiredForWriteOperations", "Change key is required for this operation."
        )
    if resolution == "NeverOverwrite" and target.change != target.item.change:
        raise EwsError("ErrorIrresolvableConflict", _CONFLICT)


def _apply(call: Call, target: ItemTarget, draft: ItemDraft) -> None:
    tree, author, entry = target.where.owner.folders, author_of(call), target.entry
    if not isinstance(entry, CalendarEntry):
        change_item(tree, entry.item, None, draft.edit, author)
        return
    if entry.original is None:
        change_item(
            tree, entry.item, changed_times(draft, times_of(entry.item), call.zone), draft.edit, author
        )
        return
    if "Recurrence" in draft.times:
        raise EwsError("ErrorInvalidPropertySet", "An occurrence can't have a recurrence of its own.")
    changed = changed_times(draft, times_of_occurrence(entry), call.zone)
    change_occurrence(tree, entry, changed, draft.edit, author)


def _item_xml(target: ItemTarget) -> str:
    original = target.entry.original if isinstance(target.entry, CalendarEntry) else None
    identifier = encode(Identity("item", target.where.folder.mailbox_guid, target.item.number, original))
    tag, key = target.item.element, change_key("item", target.item.change)
    return f'<m:Items><t:{tag}><t:ItemId Id="{identifier}" ChangeKey="{key}"/></t:{tag}></m:Items>'
