"""MarkAllItemsAsRead: every message of folders, read or unread."""

from oncetui.simulator.addressing import folder_target
from oncetui.simulator.calendars.edits import Edit, change_item
from oncetui.simulator.call import Call
from oncetui.simulator.operations.create_item import author_of
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.messages import for_each
from oncetui.simulator.soap.reading import Element

_READ = "message:IsRead"


def answer(call: Call) -> str:
    """Mark the messages of each folder that the request names."""
    read = reading.boolean(reading.needed(call.operation, "ReadFlag"))
    reading.boolean(reading.needed(call.operation, "SuppressReadReceipts"))
    named = reading.needed_list(call.operation, "FolderIds")
    return for_each("MarkAllItemsAsRead", named, lambda element: _marked(call, element, read=read))


def _marked(call: Call, element: Element, *, read: bool) -> str:
    target = folder_target(call, element)
    if target.rights.edit != "All":
        raise EwsError("ErrorAccessDenied", "Access is denied. Check credentials and try again.")
    for item in list(target.folder.items):
        if item.element != "CalendarItem" and bool(item.values.get(_READ)) != read:
            change_item(target.owner.folders, item, None, Edit({_READ: read}), author_of(call))
    return ""
