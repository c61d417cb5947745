"""FindFolder: the folders below others."""

from oncetui.simulator.addressing import FolderTarget, folder_target
from oncetui.simulator.call import Call
from oncetui.simulator.paging import page_of
from oncetui.simulator.properties.folder_fields import folder_xml, read_folder_shape
from oncetui.simulator.properties.paths import folder_path
from oncetui.simulator.properties.restrictions import read_restriction
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.messages import error, for_each, response
from oncetui.simulator.soap.reading import Element


def answer(call: Call) -> str:
    """For each parent folder those below it, direct ones or all, that a restriction lets through."""
    traversal = reading.needed_attribute(call.operation, "Traversal")
    if traversal not in {"Shallow", "Deep", "SoftDeleted"}:
        raise reading.violation(call.operation, f"The 'Traversal' attribute '{traversal}' is unknown.")
    parents = reading.needed_list(call.operation, "ParentFolderIds")
    try:
        shape = read_folder_shape(reading.needed(call.operation, "FolderShape"))
        restriction = reading.child(call.operation, "Restriction")
        matches = _everything if restriction is None else read_restriction(restriction, folder_path)
    except EwsError as failure:
        return response("FindFolder", (error("FindFolder", failure) for _ in parents))

    def root_folder(element: Element) -> str:
        parent = folder_target(call, element)
        found = [target for target in _below(call, parent, traversal) if matches(target)]
        page = page_of(call.operation, found, "Folder")
        content = "".join(folder_xml(target, shape) for target in page.part)
        return f"<m:RootFolder {page.attributes}><t:Folders>{content}</t:Folders></m:RootFolder>"

    return for_each("FindFolder", parents, root_folder)


def _everything(_target: FolderTarget) -> bool:
    return True


def _below(call: Call, parent: FolderTarget, traversal: str) -> list[FolderTarget]:
    if traversal == "SoftDeleted":
        return []
    folders = parent.folder.children if traversal == "Shallow" else parent.folder.descendants()
    rights = parent.owner.folders.rights
    targets = (FolderTarget(parent.owner, each, rights(each, call.caller.email)) for each in folders)
    return [target for target in targets if target.rights.visible]
