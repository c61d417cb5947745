"""Whether anything changed in a calendar since a cursor."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from exchangelib.util import MNS, TNS

from oncetui.exchange.faults.answer_errors import NotUnderstoodError, ResponseCodeError
from oncetui.exchange.operations.payloads import element, folder_id, shape
from oncetui.exchange.operations.service import LeanService
from oncetui.model.calendars import Changes

_MOST_A_CALL = 512
_CALLS_AT_MOST = 10_000
_LOST = ("ErrorInvalidSyncStateData", "ErrorSyncStateNotFound")
_NOTHING_MOVED = f"{{{TNS}}}ReadFlagChange"
_BEHIND = "behind "
"""What a cursor begins with up to which changes were told that busy time does not know yet."""


@dataclass(frozen=True)
class Page:
    """One answer: the sync state after it, whether it tells of any change, whether it is the last."""

    state: str
    changed: bool
    last: bool


class SyncFolderItems(LeanService):
    """The changes of a folder (MS-OXWSSYNC 3.1.4.2)."""

    SERVICE_NAME = "SyncFolderItems"

    def pages(self, key: str, state: str | None) -> Iterator[Page]:
        """Yield page after page to the last one."""
        for _ in range(_CALLS_AT_MOST):
            page = self._page(key, state)
            yield page
            if page.last:
                return
            if page.state == state:
                raise NotUnderstoodError("The sync state does not move on.")
            state = page.state
        raise NotUnderstoodError("The changes have no end.")

    def _page(self, key: str, state: str | None) -> Page:
        answer = self.message(_question(key, state))
        following = answer.findtext(f"{{{MNS}}}SyncState")
        if not following:
            raise NotUnderstoodError("The sync state is missing.")
        changes = answer.iterfind(f"{{{MNS}}}Changes/*")
        changed = any(change.tag != _NOTHING_MOVED for change in changes)
        return Page(following, changed, answer.findtext(f"{{{MNS}}}IncludesLastItemInRange") != "false")


def changes_since(
    sync: SyncFolderItems,
    key: str,
    cursor: str | None,
    reached: Callable[[str], None] = lambda _cursor: None,
) -> Changes:
    """Return whether anything changed since the cursor, and the next cursor.

    Only ids are asked for. They tell that something changed and not when it was: a moved event leaves a place
    that the server no longer knows, so any change asks for the whole horizon to be read again. After each
    page but the last `reached` is told a cursor that goes on there, and remembers that something changed.
    """
    if cursor is not None:
        try:
            return _changes(
                sync, key, cursor.removeprefix(_BEHIND), reached, behind=cursor.startswith(_BEHIND)
            )
        except ResponseCodeError as error:
            if error.code not in _LOST:
                raise
    return _changes(sync, key, None, reached, behind=True)


def _changes(
    sync: SyncFolderItems, key: str, state: str | None, reached: Callable[[str], None], *, behind: bool
) -> Changes:
    following = state or ""
    for page in sync.pages(key, state):
        behind, following = behind or page.changed, page.state
        if not page.last:
            reached(_BEHIND + following if behind else following)
    return Changes(following, everything=behind)


def _question(key: str, state: str | None) -> object:
    known = [] if state is None else [element("m:SyncState", text=state)]
    return element(
        "m:SyncFolderItems",
        shape("m:ItemShape"),
        element("m:SyncFolderId", folder_id(key)),
        *known,
        element("m:MaxChangesReturned", text=str(_MOST_A_CALL)),
    )
