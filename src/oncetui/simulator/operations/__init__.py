"""The operations of Exchange Web Services, one a module, by name."""

from collections.abc import Callable

from oncetui.simulator.call import Call
from oncetui.simulator.operations import (
    convert_id,
    copy_item,
    create_folder,
    create_item,
    delete_folder,
    delete_item,
    empty_folder,
    find_folder,
    find_item,
    get_folder,
    get_item,
    get_server_time_zones,
    move_item,
    sync_folder_hierarchy,
    sync_folder_items,
    update_folder,
    update_item,
)

Operation = Callable[[Call], str]

OPERATIONS: dict[str, Operation] = {
    "ConvertId": convert_id.answer,
    "CopyItem": copy_item.answer,
    "CreateFolder": create_folder.answer,
    "CreateItem": create_item.answer,
    "DeleteFolder": delete_folder.answer,
    "DeleteItem": delete_item.answer,
    "EmptyFolder": empty_folder.answer,
    "FindFolder": find_folder.answer,
    "FindItem": find_item.answer,
    "GetFolder": get_folder.answer,
    "GetItem": get_item.answer,
    "GetServerTimeZones": get_server_time_zones.answer,
    "MoveItem": move_item.answer,
    "SyncFolderHierarchy": sync_folder_hierarchy.answer,
    "SyncFolderItems": sync_folder_items.answer,
    "UpdateFolder": update_folder.answer,
    "UpdateItem": update_item.answer,
}
