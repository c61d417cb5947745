"""MoveFolder: folders, with everything in them, below another one."""

from collections.abc import Callable

from oncetui.simulator.addressing import FolderTarget, folder_target
from oncetui.simulator.call import Call
from oncetui.simulator.mailboxes.folder import Folder
from oncetui.simulator.operations.move_item import destination
from oncetui.simulator.properties.folder_fields import folder_id_xml
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.messages import for_each
from oncetui.simulator.soap.reading import Element

Transfer = Callable[[FolderTarget, Folder], Folder]


def answer(call: Call) -> str:
    """Move each folder that the request names."""

    def move(target: FolderTarget, parent: Folder) -> Folder:
        if target.folder.distinguished is not None:
            raise EwsError("ErrorMoveDistinguishedFolder", "Distinguished folders cannot be moved.")
        if not target.rights.owner:
            raise EwsError("ErrorAccessDenied", "Access is denied. Check credentials and try again.")
        target.owner.folders.move_folder(target.folder, parent)
        return target.folder

    return transferred_folders(call, move)


def transferred_folders(call: Call, transfer: Transfer) -> str:
    """Answer a MoveFolder or CopyFolder; `transfer` does it to one folder."""
    to = reading.needed_list(call.operation, "ToFolderId")[0]
    named = reading.needed_list(call.operation, "FolderIds")

    def transferred(element: Element) -> str:
        target = folder_target(call, element)
        where = destination(call, to)
        _check(target, where)
        folder = transfer(target, where.folder)
        return f"<m:Folders>{folder_id_xml(FolderTarget(where.owner, folder, target.rights))}</m:Folders>"

    return for_each(call.name, named, transferred, on_error="<m:Folders/>")


def _check(target: FolderTarget, where: FolderTarget) -> None:
    if where.owner is not target.owner:
        raise EwsError(
            "ErrorCrossMailboxMoveCopy", "A folder can't be moved or copied from one mailbox to another."
        )
    if not where.rights.create_subfolders or not target.rights.read:
        raise EwsError("ErrorAccessDenied", "Access is denied. Check credentials and try again.")
    if target.folder is where.folder or target.folder in where.folder.above():
        raise EwsError("ErrorMoveCopyFailed", "A folder can't be moved or copied into itself.")
    if where.folder.child(target.folder.name) not in {None, target.folder}:
        raise EwsError("ErrorFolderExists", "A folder with the specified name already exists.")
