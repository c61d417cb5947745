"""Whether anything changed in a calendar since a cursor."""

from exchangelib.util import MNS, TNS

from oncetui.exchange.faults.answer_errors import NotUnderstoodError, ResponseCodeError
from oncetui.exchange.operations.payloads import element, folder_id, shape
from oncetui.exchange.operations.service import LeanService
from oncetui.model.calendars import Changes

_MOST_A_CALL = 512
_CALLS_AT_MOST = 10_000
_LOST = ("ErrorInvalidSyncStateData", "ErrorSyncStateNotFound")
_NOTHING_MOVED = f"{{{TNS}}}ReadFlagChange"


class SyncFolderItems(LeanService):
    """The changes of a folder (MS-OXWSSYNC 3.1.4.2)."""

    SERVICE_NAME = "SyncFolderItems"

    def to_the_end(self, key: str, state: str | None) -> tuple[str, bool]:
        """Return the newest sync state, and whether anything changed on the way to it."""
        changed = False
        for _ in range(_CALLS_AT_MOST):
            answer = self.message(_question(key, state))
            following = answer.findtext(f"{{{MNS}}}SyncState")
            if not following:
                raise NotUnderstoodError("The sync state is missing.")
            changes = answer.iterfind(f"{{{MNS}}}Changes/*")
            changed = changed or any(change.tag != _NOTHING_MOVED for change in changes)
            if answer.findtext(f"{{{MNS}}}IncludesLastItemInRange") != "false":
                return following, changed
            if following == state:
                raise NotUnderstoodError("The sync state does not move on.")
            state = following
        raise NotUnderstoodError("The changes have no end.")


def changes_since(sync: SyncFolderItems, key: str, cursor: str | None) -> Changes:
    """Return whether anything changed since the cursor, and the next cursor.

    Only ids are asked for. They tell that something changed and not when it was: a moved event leaves a place
    that the server no longer knows, so any change asks for the whole horizon to be read again.
    """
    if cursor is not None:
        try:
            following, changed = sync.to_the_end(key, cursor)
        except ResponseCodeError as error:
            if error.code not in _LOST:
                raise
        else:
            return Changes(following, everything=changed)
    following, _ = sync.to_the_end(key, None)
    return Changes(following, everything=True)


def _question(key: str, state: str | None) -> object:
    known = [] if state is None else [element("m:SyncState", text=state)]
    return element(
        "m:SyncFolderItems",
        shape("m:ItemShape"),
        element("m:SyncFolderId", folder_id(key)),
        *known,
        element("m:MaxChangesReturned", text=str(_MOST_A_CALL)),
    )
