"""CopyFolder: folders, with everything in them, once more below another one."""

from oncetui.simulator.addressing import FolderTarget
from oncetui.simulator.call import Call
from oncetui.simulator.mailboxes.folder import Folder
from oncetui.simulator.operations.move_folder import transferred_folders
from oncetui.simulator.soap.failures import EwsError


def answer(call: Call) -> str:
    """Copy each folder that the request names."""

    def copy(target: FolderTarget, parent: Folder) -> Folder:
        if parent.child(target.folder.name) is not None:
            raise EwsError("ErrorFolderExists", "A folder with the specified name already exists.")
        return target.owner.folders.copy_folder(target.folder, parent)

    return transferred_folders(call, copy)
