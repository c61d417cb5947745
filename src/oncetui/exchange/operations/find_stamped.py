"""Events that bear a stamp of ours."""

import re
from collections.abc import Iterator
from datetime import datetime

from exchangelib.util import MNS, TNS

from oncetui.exchange.faults.answer_errors import NotUnderstoodError
from oncetui.exchange.operations.payloads import Element, element, folder_id, utc_text
from oncetui.exchange.operations.read_view import moment, showing_of
from oncetui.exchange.operations.service import LeanService
from oncetui.exchange.operations.stamping import stamp_begins_with, stamp_field
from oncetui.model.booked_events import StampedEvent
from oncetui.model.stamps import Stamp

_FIELDS = ("calendar:Start", "calendar:End", "calendar:LegacyFreeBusyStatus", "item:DisplayTo")
_PAGE = 200
_PAGES_AT_MOST = 500
_OFFSET = re.compile(r"[0-9]{1,9}")


class FindItem(LeanService):
    """Single events and series of a calendar, restricted (MS-OXWSSRCH 3.1.4.2)."""

    SERVICE_NAME = "FindItem"

    def items(self, key: str, restriction: Element) -> Iterator[Element]:
        """Yield the events that meet the restriction, page by page."""
        offset = 0
        for _ in range(_PAGES_AT_MOST):
            root = self.message(_question(key, restriction, offset)).find(f"{{{MNS}}}RootFolder")
            items = None if root is None else root.find(f"{{{TNS}}}Items")
            if root is None or items is None:
                raise NotUnderstoodError("The answer has no items element.")
            yield from items
            following = root.get("IndexedPagingOffset") or ""
            if root.get("IncludesLastItemInRange") != "false" or not _OFFSET.fullmatch(following):
                return
            offset = int(following)
        raise NotUnderstoodError("The events have no end.")


def stamped_events(find: FindItem, key: str, prefix: str, since: datetime | None) -> tuple[StampedEvent, ...]:
    """Return the events whose stamp begins with the prefix, by start; with `since` those that end later."""
    restriction = stamp_begins_with(prefix)
    if since is not None:
        restriction = element("t:And", restriction, _ends_after(since))
    events = (_event(item) for item in find.items(key, restriction))
    return tuple(sorted((event for event in events if event is not None), key=lambda e: (e.start, e.key)))


def _ends_after(time: datetime) -> Element:
    constant = element("t:FieldURIOrConstant", element("t:Constant", Value=utc_text(time)))
    return element("t:IsGreaterThan", element("t:FieldURI", FieldURI="calendar:End"), constant)


def _question(key: str, restriction: Element, offset: int) -> Element:
    uris = [element("t:FieldURI", FieldURI=field) for field in _FIELDS]
    base = element("t:BaseShape", text="IdOnly")
    more = element("t:AdditionalProperties", *uris, stamp_field())
    view = element(
        "m:IndexedPageItemView", MaxEntriesReturned=str(_PAGE), Offset=str(offset), BasePoint="Beginning"
    )
    return element(
        "m:FindItem",
        element("m:ItemShape", base, more),
        view,
        element("m:Restriction", restriction),
        element("m:ParentFolderIds", folder_id(key)),
        Traversal="Shallow",
    )


def _event(item: Element) -> StampedEvent | None:
    own = item.find(f"{{{TNS}}}ItemId")
    stamp = Stamp.read(item.findtext(f"{{{TNS}}}ExtendedProperty/{{{TNS}}}Value") or "")
    if own is None or not own.get("Id"):
        raise NotUnderstoodError("An event has no id.")
    if stamp is None:
        return None
    return StampedEvent(
        key=own.get("Id"),
        version=own.get("ChangeKey") or "",
        stamp=stamp,
        start=moment(item.findtext(f"{{{TNS}}}Start")),
        end=moment(item.findtext(f"{{{TNS}}}End")),
        showing=showing_of(item.findtext(f"{{{TNS}}}LegacyFreeBusyStatus")),
        invited=bool((item.findtext(f"{{{TNS}}}DisplayTo") or "").strip()),
    )
