"""SyncFolderItems: what changed in a folder since a client last asked; series come as a whole."""

from oncetui.simulator.addressing import FolderTarget, folder_target, is_hidden
from oncetui.simulator.calendars.entries import entry_of
from oncetui.simulator.call import Call
from oncetui.simulator.mailboxes.identifiers import Identity, change_key, encode
from oncetui.simulator.mailboxes.items import CalendarItem, Entry, Item
from oncetui.simulator.mailboxes.sync_states import (
    InvalidSyncStateError,
    SyncState,
    decode_state,
    encode_state,
)
from oncetui.simulator.properties.field import Rendering
from oncetui.simulator.properties.shapes import ItemWriter, read_shape
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.messages import error, for_each, response
from oncetui.simulator.soap.reading import Element
from oncetui.simulator.soap.writing import boolean

_MOST_CHANGES = 512


def answer(call: Call) -> str:
    """Return the changes of the folder after the sync state in the request."""
    folder = reading.needed_list(call.operation, "SyncFolderId")[0]
    most = reading.needed(call.operation, "MaxChangesReturned")
    limit = reading.integer(most)
    if not 1 <= limit <= _MOST_CHANGES:
        raise reading.bad_value(most, str(limit), "MaxSyncChangesReturnedType")
    try:
        shape = read_shape(
            reading.needed(call.operation, "ItemShape"), call.request.version, find=True, lenient=True
        )
    except EwsError as failure:
        return response("SyncFolderItems", [error("SyncFolderItems", failure)])
    writer = ItemWriter(shape)
    return for_each("SyncFolderItems", [folder], lambda element: _synced(call, element, limit, writer))


def _synced(call: Call, element: Element, limit: int, writer: ItemWriter) -> str:
    target = _target(call, element)
    if not target.rights.read:
        raise EwsError("ErrorAccessDenied", "Access is denied. Check credentials and try again.")
    state = _state(call, target)
    walk = _Walk(call, target, writer, _ignored(call))
    following, last = walk.list(state, limit) if state.listed is not None else walk.changes(state, limit)
    return (
        f"<m:SyncState>{encode_state(following)}</m:SyncState>"
        f"<m:IncludesLastItemInRange>{'true' if last else 'false'}</m:IncludesLastItemInRange>"
        f"<m:Changes>{''.join(walk.parts)}</m:Changes>"
    )


def _target(call: Call, element: Element) -> FolderTarget:
    try:
        return folder_target(call, element)
    except EwsError as failure:
        if failure.code not in ("ErrorItemNotFound", "ErrorFolderNotFound"):
            raise
        raise EwsError(
            "ErrorSyncFolderNotFound", "The folder to be synchronized could not be found."
        ) from failure


def _state(call: Call, target: FolderTarget) -> SyncState:
    given = reading.child(call.operation, "SyncState")
    guid, number = target.folder.mailbox_guid, target.folder.number
    if given is None or not reading.content(given).strip():
        return SyncState(guid, number, target.owner.folders.change, 0)
    try:
        return decode_state(reading.content(given), guid, number)
    except InvalidSyncStateError as failure:
        raise EwsError(
            "ErrorInvalidSyncStateData", "Synchronization state data is corrupt or otherwise invalid."
        ) from failure


def _ignored(call: Call) -> frozenset[str]:
    ignore = reading.child(call.operation, "Ignore")
    return (
        frozenset() if ignore is None else frozenset(each.get("Id", "") for each in reading.children(ignore))
    )


def _kind_of_change(item: Item, since: int) -> str:
    if item.created_change > since:
        return "Create"
    return "Update" if item.content_change > since else "ReadFlagChange"


class _Walk:
    """Walks a folder's items or changes and collects what the client is told."""

    def __init__(self, call: Call, target: FolderTarget, writer: ItemWriter, ignored: frozenset[str]) -> None:
        self.parts: list[str] = []
        self._target = target
        self._writer = writer
        self._ignored = ignored
        self._rendering = Rendering(target.owner, target.folder, call.caller, call.zone.info)

    def list(self, state: SyncState, limit: int) -> tuple[SyncState, bool]:
        """List items in the order of their making, until all that existed at the start are through."""
        assert state.listed is not None
        items = self._target.folder.items.created_after(state.listed, state.change, limit + 1)
        for item in items[:limit]:
            self._tell("Create", item)
        if len(items) > limit:
            return SyncState(
                state.mailbox_guid, state.folder_number, state.change, items[limit - 1].number
            ), False
        following = SyncState(state.mailbox_guid, state.folder_number, state.change)
        more = next(self._target.folder.items.changes_after(state.change), None)
        return following, more is None

    def changes(self, state: SyncState, limit: int) -> tuple[SyncState, bool]:
        """Tell changes in their order, each item once, at its last one."""
        table = self._target.folder.items
        reached = state.change
        for told, (change, item, number) in enumerate(table.changes_after(state.change)):
            if told == limit:
                return SyncState(state.mailbox_guid, state.folder_number, reached), False
            reached = change
            if item is not None:
                self._tell(_kind_of_change(item, state.change), item)
            elif table.created_change_of_removed(number) <= state.change:
                self._tell_deletion(number, change)
        return SyncState(state.mailbox_guid, state.folder_number, reached), True

    def _tell(self, what: str, item: Item) -> None:
        if self._identifier(item.number) in self._ignored:
            return
        entry = entry_of(item) if isinstance(item, CalendarItem) else Entry(item)
        if not is_hidden(entry, self._target.rights):
            if what == "ReadFlagChange":
                self._tell_read_flag(item)
                return
            self.parts.append(f"<t:{what}>{self._writer.item(entry, self._rendering)}</t:{what}>")
        elif what != "Create":
            self._tell_deletion(item.number, item.change)

    def _tell_read_flag(self, item: Item) -> None:
        identifier = self._rendering.item_id(item.number, item.change)
        read = boolean(bool(item.values.get("message:IsRead")))
        self.parts.append(f"<t:ReadFlagChange>{identifier}<t:IsRead>{read}</t:IsRead></t:ReadFlagChange>")

    def _tell_deletion(self, number: int, change: int) -> None:
        key = change_key("item", change)
        self.parts.append(
            f'<t:Delete><t:ItemId Id="{self._identifier(number)}" ChangeKey="{key}"/></t:Delete>'
        )

    def _identifier(self, number: int) -> str:
        return encode(Identity("item", self._target.folder.mailbox_guid, number))
