"""DeleteItem: items, series and single occurrences."""

from oncetui.simulator.addressing import ItemTarget, item_target
from oncetui.simulator.calendars.edits import delete_item, delete_occurrence, move_item
from oncetui.simulator.calendars.entries import CalendarEntry
from oncetui.simulator.call import Call
from oncetui.simulator.operations.create_item import author_of
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
    how = reading.needed_attribute(call.operation, "DeleteType")
    if how not in _DESTINATIONS:
        raise reading.violation(call.operation, f"The 'DeleteType' attribute '{how}' is unknown.")
    named = reading.needed_list(call.operation, "ItemIds")
    return for_each("DeleteItem", named, lambda element: _deleted(call, element, _DESTINATIONS[how]))


def _deleted(call: Call, element: Element, destination: str | None) -> str:
    target = item_target(call, element)
    _check_rights(call, target)
    tree = target.where.owner.folders
    if isinstance(target.entry, CalendarEntry):
        if call.operation.get("SendMeetingCancellations") is None:
            raise EwsError(
                "ErrorSendMeetingCancellationsRequired",
                "SendMeetingCancellations attribute is required for calendar items.",
            )
        if target.entry.original is not None:
            delete_occurrence(tree, target.entry, author_of(call))
            return ""
    folder = tree.distinguished[destination] if destination else None
    if folder is None or folder is target.where.folder:
        delete_item(tree, target.item)
    else:
        move_item(tree, target.item, folder)
    return ""


def _check_rights(call: Call, target: ItemTarget) -> None:
    own = target.item.creator == call.caller.email.lower()
    if target.where.rights.delete != "All" and not (own and target.where.rights.delete == "Owned"):
        raise EwsError("ErrorAccessDenied", "Access is denied. Check credentials and try again.")
