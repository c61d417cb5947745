"""CreateFolder: new folders below another."""

from oncetui.simulator.addressing import FolderTarget, folder_target
from oncetui.simulator.call import Call
from oncetui.simulator.properties.folder_fields import folder_id_xml
from oncetui.simulator.properties.folder_xml import name_is_taken, read_folder
from oncetui.simulator.properties.search_folders import read_search
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.messages import for_each
from oncetui.simulator.soap.reading import Element


def answer(call: Call) -> str:
    """Make each folder of the request."""
    parent = reading.needed_list(call.operation, "ParentFolderId")[0]
    folders = reading.needed_list(call.operation, "Folders")
    return for_each(
        "CreateFolder", folders, lambda folder: _made(call, parent, folder), on_error="<m:Folders/>"
    )


def _made(call: Call, parent: Element, element: Element) -> str:
    where = _parent(call, parent)
    draft = read_folder(element, lambda email: call.exchange.mailbox(email) is not None)
    assert draft.name is not None
    search = (
        read_search(call, where.owner, element) if reading.local_name(element) == "SearchFolder" else None
    )
    if where.folder.child(draft.name) is not None:
        raise name_is_taken(draft.name)
    folder = where.owner.folders.create_folder(where.folder, draft.name, draft.folder_class or "")
    draft.apply(folder)
    folder.search = search
    return f"<m:Folders>{folder_id_xml(FolderTarget(where.owner, folder, where.rights))}</m:Folders>"


def _parent(call: Call, element: Element) -> FolderTarget:
    try:
        where = folder_target(call, element)
    except EwsError as failure:
        if failure.code != "ErrorItemNotFound":
            raise
        raise EwsError(
            "ErrorParentFolderNotFound", "The specified parent folder could not be found."
        ) from failure
    if not where.rights.create_subfolders:
        raise EwsError(
            "ErrorCreateSubfolderAccessDenied", "Access is denied. Check credentials and try again."
        )
    return where
