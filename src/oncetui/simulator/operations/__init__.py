"""The operations of Exchange Web Services, one a module, by name."""

from collections.abc import Callable

from oncetui.simulator.call import Call
from oncetui.simulator.operations import (
    convert_id,
    create_item,
    delete_item,
    find_folder,
    find_item,
    get_folder,
    get_item,
    get_server_time_zones,
    sync_folder_items,
    update_item,
)

Operation = Callable[[Call], str]

OPERATIONS: dict[str, Operation] = {
    "ConvertId": convert_id.answer,
    "CreateItem": create_item.answer,
    "DeleteItem": delete_item.answer,
    "FindFolder": find_folder.answer,
    "FindItem": find_item.answer,
    "GetFolder": get_folder.answer,
    "GetItem": get_item.answer,
    "GetServerTimeZones": get_server_time_zones.answer,
    "SyncFolderItems": sync_folder_items.answer,
    "UpdateItem": update_item.answer,
}
