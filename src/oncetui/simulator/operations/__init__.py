"""The operations of Exchange Web Services, one a module, by name."""

from collections.abc import Callable, Iterator
from threading import Event

from oncetui.simulator.call import Call
from oncetui.simulator.operations import (
    convert_id,
    copy_folder,
    copy_item,
    create_attachment,
    create_folder,
    create_item,
    delete_attachment,
    delete_folder,
    delete_item,
    empty_folder,
    find_folder,
    find_item,
    get_attachment,
    get_delegate,
    get_events,
    get_folder,
    get_item,
    get_password_expiration_date,
    get_server_time_zones,
    get_streaming_events,
    get_user_availability,
    get_user_configuration,
    get_user_oof_settings,
    mark_all_items_as_read,
    move_folder,
    move_item,
    resolve_names,
    send_item,
    set_user_oof_settings,
    subscribe,
    sync_folder_hierarchy,
    sync_folder_items,
    unsubscribe,
    update_folder,
    update_item,
)

# The content of an answer, or for one that goes on what makes the contents of its envelopes.
Content = str | Callable[[Event], Iterator[str]]
Operation = Callable[[Call], Content]

OPERATIONS: dict[str, Operation] = {
    "ConvertId": convert_id.answer,
    "CopyFolder": copy_folder.answer,
    "CopyItem": copy_item.answer,
    "CreateAttachment": create_attachment.answer,
    "CreateFolder": create_folder.answer,
    "CreateItem": create_item.answer,
    "DeleteAttachment": delete_attachment.answer,
    "DeleteFolder": delete_folder.answer,
    "DeleteItem": delete_item.answer,
    "EmptyFolder": empty_folder.answer,
    "FindFolder": find_folder.answer,
    "FindItem": find_item.answer,
    "GetAttachment": get_attachment.answer,
    "GetDelegate": get_delegate.answer,
    "GetEvents": get_events.answer,
    "GetFolder": get_folder.answer,
    "GetItem": get_item.answer,
    "GetPasswordExpirationDate": get_password_expiration_date.answer,
    "GetServerTimeZones": get_server_time_zones.answer,
    "GetStreamingEvents": get_streaming_events.answer,
    "GetUserAvailability": get_user_availability.answer,
    "GetUserConfiguration": get_user_configuration.answer,
    "GetUserOofSettings": get_user_oof_settings.answer,
    "MarkAllItemsAsRead": mark_all_items_as_read.answer,
    "MoveFolder": move_folder.answer,
    "MoveItem": move_item.answer,
    "ResolveNames": resolve_names.answer,
    "SendItem": send_item.answer,
    "SetUserOofSettings": set_user_oof_settings.answer,
    "Subscribe": subscribe.answer,
    "SyncFolderHierarchy": sync_folder_hierarchy.answer,
    "SyncFolderItems": sync_folder_items.answer,
    "Unsubscribe": unsubscribe.answer,
    "UpdateFolder": update_folder.answer,
    "UpdateItem": update_item.answer,
}
# The operations whose element is called otherwise.
ELEMENTS = {
    name: f"{name}Request" for name in ("GetUserAvailability", "GetUserOofSettings", "SetUserOofSettings")
}
