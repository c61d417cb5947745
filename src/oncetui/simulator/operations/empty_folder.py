"""EmptyFolder: everything in folders, with the folders below them or without."""

from oncetui.simulator.addressing import folder_target
from oncetui.simulator.call import Call
from oncetui.simulator.operations.delete_folder import discard_folder
from oncetui.simulator.operations.delete_item import destination_of, discard_item
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.messages import for_each
from oncetui.simulator.soap.reading import Element


def answer(call: Call) -> str:
    """Empty each folder that the request names."""
    destination = destination_of(call)
    deep = reading.boolean_attribute(call.operation, "DeleteSubFolders")
    named = reading.needed_list(call.operation, "FolderIds")
    return for_each("EmptyFolder", named, lambda element: _emptied(call, element, destination, deep=deep))


def _emptied(call: Call, element: Element, destination: str | None, *, deep: bool) -> str:
    target = folder_target(call, element)
    folder, tree = target.folder, target.owner.folders
    if folder.is_calendar or folder.parent is None or folder.distinguished == "msgfolderroot":
        raise EwsError("ErrorCannotEmptyFolder", "The folder cannot be emptied.")
    if target.rights.delete != "All":
        raise EwsError("ErrorAccessDenied", "Access is denied. Check credentials and try again.")
    for item in list(folder.items):
        discard_item(tree, item, destination)
    for child in list(folder.children) if deep else ():
        if child.distinguished is not None or child.built_in:
            raise EwsError("ErrorDeleteDistinguishedFolder", "Distinguished folders cannot be deleted.")
        discard_folder(tree, child, destination)
    return ""
