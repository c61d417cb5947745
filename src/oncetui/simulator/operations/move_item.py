"""MoveItem: items into another folder of their mailbox."""

from collections.abc import Callable

from oncetui.simulator.addressing import FolderTarget, ItemTarget, folder_target, item_target
from oncetui.simulator.calendars.entries import CalendarEntry
from oncetui.simulator.call import Call
from oncetui.simulator.mailboxes.folder import Folder
from oncetui.simulator.mailboxes.items import Item
from oncetui.simulator.operations.create_item import items_xml
from oncetui.simulator.operations.delete_item import check_deletion
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.messages import for_each
from oncetui.simulator.soap.reading import Element

Transfer = Callable[[ItemTarget, Folder], Item]


def answer(call: Call) -> str:
    """Move each item that the request names."""

    def move(target: ItemTarget, folder: Folder) -> Item:
        check_deletion(call, target)
        return target.where.owner.folders.move_item(target.item, folder)

    return transferred(call, move)


def transferred(call: Call, transfer: Transfer) -> str:
    """Answer a MoveItem or CopyItem; `transfer` does it to one item."""
    to = reading.needed_list(call.operation, "ToFolderId")[0]
    named = reading.needed_list(call.operation, "ItemIds")
    wanted = reading.child(call.operation, "ReturnNewItemIds")
    told = wanted is None or reading.boolean(wanted)

    def transferred_item(element: Element) -> str:
        target = item_target(call, element)
        where = destination(call, to)
        _check(target, where)
        item = transfer(target, where.folder)
        return items_xml(where, item) if told else "<m:Items/>"

    return for_each(call.name, named, transferred_item, on_error="<m:Items/>")


def destination(call: Call, element: Element) -> FolderTarget:
    """Return the folder that something is moved or copied into."""
    try:
        return folder_target(call, element)
    except EwsError as failure:
        if failure.code != "ErrorItemNotFound":
            raise
        raise EwsError("ErrorToFolderNotFound", "The destination folder was not found.") from failure


def _check(target: ItemTarget, where: FolderTarget) -> None:
    if isinstance(target.entry, CalendarEntry) and target.entry.original is not None:
        raise EwsError(
            "ErrorCalendarCannotMoveOrCopyOccurrence", "A single occurrence cannot be moved or copied."
        )
    if where.owner is not target.where.owner:
        raise EwsError(
            "ErrorCrossMailboxMoveCopy", "An item can't be moved or copied from one mailbox to another."
        )
    if not where.rights.create:
        raise EwsError("ErrorAccessDenied", "Access is denied. Check credentials and try again.")
