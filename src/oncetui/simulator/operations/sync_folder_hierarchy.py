"""SyncFolderHierarchy: which folders came, changed and went since a client last asked."""

from collections.abc import Iterator

from oncetui.simulator.addressing import FolderTarget, folder_target
from oncetui.simulator.call import Call
from oncetui.simulator.mailboxes.identifiers import Identity, change_key, encode
from oncetui.simulator.mailboxes.sync_states import (
    InvalidSyncStateError,
    SyncState,
    decode_state,
    encode_state,
)
from oncetui.simulator.properties.folder_fields import FolderShape, folder_xml, read_folder_shape
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.messages import error, for_each, response
from oncetui.simulator.soap.reading import Element

_NAME = "SyncFolderHierarchy"


def answer(call: Call) -> str:
    """Return the changes of the folders below one, the top of the mailbox where none is named."""
    named = reading.child(call.operation, "SyncFolderId")
    element = None if named is None else reading.needed_list(call.operation, "SyncFolderId")[0]
    try:
        shape = read_folder_shape(reading.needed(call.operation, "FolderShape"))
    except EwsError as failure:
        return response(_NAME, [error(_NAME, failure)])
    return for_each(_NAME, [element], lambda folder: _synced(call, _root(call, folder), shape))


def _root(call: Call, element: Element | None) -> FolderTarget:
    if element is None:
        folder = call.caller.folders.distinguished["root"]
        return FolderTarget(call.caller, folder, call.caller.folders.rights(folder, call.caller.email))
    return folder_target(call, element)


def _synced(call: Call, root: FolderTarget, shape: FolderShape) -> str:
    since = _state(call, root).change
    state = SyncState(root.folder.mailbox_guid, root.folder.number, root.owner.folders.change)
    changes = "".join((*_present(call, root, shape, since), *_gone(root, since)))
    return (
        f"<m:SyncState>{encode_state(state)}</m:SyncState>"
        "<m:IncludesLastFolderInRange>true</m:IncludesLastFolderInRange>"
        f"<m:Changes>{changes}</m:Changes>"
    )


def _state(call: Call, root: FolderTarget) -> SyncState:
    given = reading.child(call.operation, "SyncState")
    guid, number = root.folder.mailbox_guid, root.folder.number
    if given is None or not reading.content(given).strip():
        return SyncState(guid, number, 0)
    try:
        return decode_state(reading.content(given), guid, number)
    except InvalidSyncStateError as failure:
        raise EwsError(
            "ErrorInvalidSyncStateData", "Synchronization state data is corrupt or otherwise invalid."
        ) from failure


def _present(call: Call, root: FolderTarget, shape: FolderShape, since: int) -> Iterator[str]:
    tree = root.owner.folders
    for folder in root.folder.descendants():
        target = FolderTarget(root.owner, folder, tree.rights(folder, call.caller.email))
        if folder.change > since and target.rights.visible:
            what = "Create" if folder.created_change > since else "Update"
            yield f"<t:{what}>{folder_xml(target, shape)}</t:{what}>"


def _gone(root: FolderTarget, since: int) -> Iterator[str]:
    for number, removed in root.owner.folders.removed_folders.items():
        if removed.created_change <= since < removed.change and root.folder.number in removed.above:
            identifier = encode(Identity("folder", root.folder.mailbox_guid, number))
            key = change_key("folder", removed.change)
            yield f'<t:Delete><t:FolderId Id="{identifier}" ChangeKey="{key}"/></t:Delete>'
