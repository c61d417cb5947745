"""DeleteItem: items, series and single occurrences."""

from oncetui.simulator.addressing import ItemTarget, item_target
from oncetui.simulator.calendars.edits import delete_item, delete_occurrence
from oncetui.simulator.calendars.entries import CalendarEntry
from oncetui.simulator.call import Call
from oncetui.simulator.mailboxes.items import Item
from oncetui.simulator.mailboxes.tree import FolderTree
from oncetui.simulator.meetings.invitations import Organiser, is_organiser
from oncetui.simulator.meetings.messages import attendees_of
from oncetui.simulator.operations.create_item import INVITATIONS, author_of
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.messages import for_each
from oncetui.simulator.soap.reading import Element

_DESTINATIONS = {
    "HardDelete": None,
    "SoftDelete": "recoverableitemsdeletions",
    "MoveToDeletedItems": "deleteditems",
}


def answer(call: Call) -> str:
    """Delete each item that the request names."""
    destination = destination_of(call)
    named = reading.needed_list(call.operation, "ItemIds")
    return for_each("DeleteItem", named, lambda element: _deleted(call, element, destination))


def destination_of(call: Call) -> str | None:
    """Return the distinguished folder that the request's DeleteType moves things to; None: nowhere."""
    how = reading.needed_attribute(call.operation, "DeleteType")
    if how not in _DESTINATIONS:
        raise reading.violation(call.operation, f"The 'DeleteType' attribute '{how}' is unknown.")
    return _DESTINATIONS[how]


def discard_item(tree: FolderTree, item: Item, destination: str | None) -> None:
    """Move an item to a distinguished folder; without one, or out of there, delete it for good."""
    folder = None if destination is None else tree.distinguished[destination]
    if folder is None or folder is tree.folder_of(item):
        delete_item(tree, item)
    else:
        tree.move_item(item, folder)


def _deleted(call: Call, element: Element, destination: str | None) -> str:
    target = item_target(call, element)
    check_deletion(call, target)
    tree = target.where.owner.folders
    if isinstance(target.entry, CalendarEntry):
        _call_off(call, target, target.entry)
        if target.entry.original is not None:
            delete_occurrence(tree, target.entry, author_of(call))
            return ""
    discard_item(tree, target.item, destination)
    return ""


def _call_off(call: Call, target: ItemTarget, entry: CalendarEntry) -> None:
    cancellations = call.operation.get("SendMeetingCancellations")
    if cancellations is None:
        raise EwsError(
            "ErrorSendMeetingCancellationsRequired",
            "SendMeetingCancellations attribute is required for calendar items.",
        )
    if cancellations not in INVITATIONS:
        raise reading.violation(
            call.operation, f"The 'SendMeetingCancellations' attribute '{cancellations}' is unknown."
        )
    owner = target.where.owner
    if cancellations != "SendToNone" and is_organiser(owner, entry.item):
        save_copy = cancellations == "SendToAllAndSaveCopy"
        organiser = Organiser(call.exchange, owner, author_of(call), save_copy=save_copy)
        organiser.call_off(entry, attendees_of(entry.item))


def check_deletion(call: Call, target: ItemTarget) -> None:
    """Raise `EwsError` where the caller may not take this item away."""
    own = target.item.creator == call.caller.email.lower()
    if target.where.rights.delete != "All" and not (own and target.where.rights.delete == "Owned"):
        raise EwsError("ErrorAccessDenied", "Access is denied. Check credentials and try again.")
