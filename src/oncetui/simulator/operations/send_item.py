"""SendItem: messages that lie in a folder, as a rule among the drafts."""

from oncetui.simulator.addressing import FolderTarget, ItemTarget, folder_target, item_target
from oncetui.simulator.calendars.edits import Edit, change_item
from oncetui.simulator.call import Call
from oncetui.simulator.mail.sending import send
from oncetui.simulator.operations.create_item import author_of
from oncetui.simulator.operations.delete_item import check_deletion
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.messages import for_each
from oncetui.simulator.soap.reading import Element


def answer(call: Call) -> str:
    """Send each message that the request names."""
    kept = reading.boolean_attribute(call.operation, "SaveItemToFolder")
    folder = reading.child(call.operation, "SavedItemFolderId")
    named = reading.needed_list(call.operation, "ItemIds")
    if folder is not None and not kept:
        raise EwsError("ErrorInvalidSendItemSaveSettings", "SavedItemFolderId goes with SaveItemToFolder.")
    return for_each("SendItem", named, lambda element: _sent(call, element, kept=kept))


def _sent(call: Call, named: Element, *, kept: bool) -> str:
    target = item_target(call, named)
    check_deletion(call, target)
    if target.change is None:
        raise EwsError(
            "ErrorChangeKeyRequiredForWriteOperations", "Change key is required for this operation."
        )
    if target.change != target.item.change:
        raise EwsError("ErrorStaleObject", "The item was changed since it was read.")
    if target.item.element != "Message":
        raise EwsError("ErrorInvalidItemForOperationSendItem", "Only messages can be sent.")
    send_kept(call, target, sent_items(call) if kept else None)
    return ""


def send_kept(call: Call, target: ItemTarget, where: FolderTarget | None) -> None:
    """Send a message that lies in a folder, and keep it in another one or, without that, no longer."""
    tree, item, author = target.where.owner.folders, target.item, author_of(call)
    send(call.exchange, target.where.owner, item.values, item.extended, author)
    if where is None:
        tree.remove_item(item)
        return
    change_item(tree, item, None, Edit({"item:IsDraft": False, "message:IsRead": True}), author)
    tree.move_item(item, where.folder)


def sent_items(call: Call) -> FolderTarget:
    """Return the folder that a request names for what it sends, the sent items where it names none."""
    if reading.child(call.operation, "SavedItemFolderId") is not None:
        return folder_target(call, reading.needed_list(call.operation, "SavedItemFolderId")[0])
    sent = call.caller.folders.distinguished["sentitems"]
    return FolderTarget(call.caller, sent, call.caller.folders.rights(sent, call.caller.email))
