"""GetFolder: properties of folders."""

from oncetui.simulator.addressing import folder_target
from oncetui.simulator.call import Call
from oncetui.simulator.properties.folder_fields import folder_xml, read_folder_shape
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.messages import error, for_each, response
from oncetui.simulator.soap.reading import Element


def answer(call: Call) -> str:
    """Return the folders that the request names, each in the shape that it asks for."""
    targets = reading.needed_list(call.operation, "FolderIds")
    try:
        shape = read_folder_shape(reading.needed(call.operation, "FolderShape"))
    except EwsError as failure:
        return response("GetFolder", (error("GetFolder", failure, "<m:Folders/>") for _ in targets))

    def folder(element: Element) -> str:
        return f"<m:Folders>{folder_xml(folder_target(call, element), shape)}</m:Folders>"

    return for_each("GetFolder", targets, folder, on_error="<m:Folders/>")
