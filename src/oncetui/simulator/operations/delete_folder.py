"""DeleteFolder: folders with everything in them."""

from oncetui.simulator.addressing import folder_target
from oncetui.simulator.call import Call
from oncetui.simulator.mailboxes.folder import Folder
from oncetui.simulator.mailboxes.tree import FolderTree
from oncetui.simulator.operations.delete_item import destination_of
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.messages import for_each
from oncetui.simulator.soap.reading import Element


def answer(call: Call) -> str:
    """Delete each folder that the request names."""
    destination = destination_of(call)
    named = reading.needed_list(call.operation, "FolderIds")
    return for_each("DeleteFolder", named, lambda element: _deleted(call, element, destination))


def _deleted(call: Call, element: Element, destination: str | None) -> str:
    target = folder_target(call, element)
    if target.folder.distinguished is not None:
        raise EwsError("ErrorDeleteDistinguishedFolder", "Distinguished folders cannot be deleted.")
    if target.folder.built_in:
        raise EwsError("ErrorCannotDeleteObject", "The object can't be deleted.")
    if not target.rights.owner:
        raise EwsError("ErrorAccessDenied", "Access is denied. Check credentials and try again.")
    discard_folder(target.owner.folders, target.folder, destination)
    return ""


def discard_folder(tree: FolderTree, folder: Folder, destination: str | None) -> None:
    """Move a folder to a distinguished one; without a destination, or out of there, delete it for good."""
    bin_folder = None if destination is None else tree.distinguished[destination]
    if bin_folder is None or bin_folder in folder.above():
        tree.remove_folder(folder)
        return
    name, count = folder.name, 1
    while bin_folder.child(folder.name) is not None:
        count += 1
        folder.name = f"{name} ({count})"
    tree.move_folder(folder, bin_folder)
