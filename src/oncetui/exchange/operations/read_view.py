"""What is busy in a window: a calendar view, whose series the server expands, read lean."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from exchangelib.util import MNS, TNS

from oncetui.exchange.faults.answer_errors import NotUnderstoodError, ResponseCodeError
from oncetui.exchange.operations.payloads import Element, element, folder_id, shape, utc_text
from oncetui.exchange.operations.service import LeanService
from oncetui.model.calendars import BusyBlock, Showing, Window

LONGEST_VIEW = timedelta(days=730)  # a view of more than two years is ErrorCalendarViewRangeTooBig
SHORTEST_VIEW = timedelta(minutes=1)
_FIELDS = ("calendar:Start", "calendar:End", "calendar:LegacyFreeBusyStatus", "calendar:CalendarItemType")
MASTER = "RecurringMaster"
_TOO_MUCH = ("ErrorExceededFindCountLimit", "ErrorCalendarViewRangeTooBig", "ErrorResultSetTooBig")
_FEW_TO_GROW = 500
_SHOWING = {
    "Free": Showing.FREE,
    "Tentative": Showing.TENTATIVE,
    "Busy": Showing.BUSY,
    "OOF": Showing.AWAY,
    "WorkingElsewhere": Showing.ELSEWHERE,
    "NoData": Showing.NO_DATA,
}
_STATUS = {showing: status for status, showing in _SHOWING.items()}


@dataclass(frozen=True)
class Page:
    """What one view returned, and whether that is all of it (Exchange stops at 1,000 items)."""

    items: Element
    complete: bool


class CalendarView(LeanService):
    """Views of a calendar (MS-OXWSSRCH 3.1.4.2)."""

    SERVICE_NAME = "FindItem"

    def page(self, key: str, window: Window, *fields: str, most: int | None = None) -> Page:
        """Return the items of a window, `most` of them at most."""
        limit = {} if most is None else {"MaxEntriesReturned": str(most)}
        view = element(
            "m:CalendarView", **limit, StartDate=utc_text(window.start), EndDate=utc_text(window.end)
        )
        where = element("m:ParentFolderIds", folder_id(key))
        question = element("m:FindItem", shape("m:ItemShape", *fields), view, where, Traversal="Shallow")
        root = self.message(question).find(f"{{{MNS}}}RootFolder")
        items = None if root is None else root.find(f"{{{TNS}}}Items")
        if root is None or items is None:
            raise NotUnderstoodError("The view has no items element.")
        return Page(items, root.get("IncludesLastItemInRange") != "false")


@dataclass(frozen=True)
class Viewed:
    """The events of a window by start, and which kinds of items the server showed there."""

    blocks: tuple[BusyBlock, ...]
    kinds: frozenset[str]


def viewed(view: CalendarView, key: str, window: Window) -> Viewed:
    """Return every event that overlaps the window; a series as such, which no view should show, is none.

    An event over the seam of two parts comes with both and counts once.
    """
    found: dict[tuple[str, datetime], BusyBlock] = {}
    kinds: set[str] = set()
    for items in _parts(view, key, window):
        for kind, block in _blocks(items):
            kinds.add(kind)
            if kind != MASTER and overlaps(block, window):
                found[(block.item, block.start)] = block
    return Viewed(by_start(found.values()), frozenset(kinds))


def _parts(view: CalendarView, key: str, window: Window) -> Iterator[Element]:
    """Yield the items of a window in parts that are complete, the whole of it in one where that is.

    Where a part comes back incomplete, parts become half as long, and twice as long again where the items
    are few: a busy week makes no small parts of the rest of the year.
    """
    start, span, most = window.start, min(window.end - window.start, LONGEST_VIEW), _FEW_TO_GROW * 2
    while start < window.end:
        part = Window(start, min(start + span, window.end))
        page = _page(view, key, part)
        if page is None or not page.complete:
            span = (part.end - part.start) / 2
            most = most if page is None else min(most, len(page.items))
            if span < SHORTEST_VIEW:
                raise NotUnderstoodError("The view stays incomplete for every length.")
            continue
        yield page.items
        start = part.end
        if len(page.items) * 2 < most:
            span = min(span * 2, LONGEST_VIEW)


def _page(view: CalendarView, key: str, window: Window) -> Page | None:
    """Return what a window shows, None where that is too much and less can be asked for."""
    try:
        return view.page(key, window, *_FIELDS)
    except ResponseCodeError as error:
        if error.code not in _TOO_MUCH or (window.end - window.start) / 2 < SHORTEST_VIEW:
            raise
        return None


def by_start(blocks: Iterable[BusyBlock]) -> tuple[BusyBlock, ...]:
    """Return events in the order of their start."""
    return tuple(sorted(blocks, key=lambda block: (block.start, block.end, block.item)))


def showing_of(status: str | None) -> Showing:
    """Return what a status of Exchange shows the time as; one that isn't known has no data, and is busy."""
    return _SHOWING.get(status or "", Showing.NO_DATA)


def status_of(showing: Showing) -> str:
    """Return the status of Exchange for what an event is to show its time as."""
    return _STATUS[showing]


def moment(text: str | None) -> datetime:
    """Return a time of Exchange in UTC; one without an offset is in UTC, which is what we ask for."""
    try:
        parsed = datetime.fromisoformat(text or "")
        return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise NotUnderstoodError("An event has no readable time.") from error


def overlaps(block: BusyBlock, window: Window) -> bool:
    """Tell whether an event is in a window; one without length counts at its moment."""
    # A view also returns what ends exactly where it starts.
    ends_inside = block.end > window.start or block.start == block.end == window.start
    return ends_inside and block.start < window.end


def _blocks(items: Element) -> Iterator[tuple[str, BusyBlock]]:
    # Per item this is most of what reading costs, hence one pass over its children.
    item_id, start_tag, end_tag = f"{{{TNS}}}ItemId", f"{{{TNS}}}Start", f"{{{TNS}}}End"
    status_tag, kind_tag = f"{{{TNS}}}LegacyFreeBusyStatus", f"{{{TNS}}}CalendarItemType"
    for item in items:
        key = start = end = status = kind = None
        for field in item:
            tag = field.tag
            if tag == item_id:
                key = field.get("Id")
            elif tag == start_tag:
                start = field.text
            elif tag == end_tag:
                end = field.text
            elif tag == status_tag:
                status = field.text
            elif tag == kind_tag:
                kind = field.text
        if key is None:
            raise NotUnderstoodError("An event has no id.")
        yield kind or "", BusyBlock(key, moment(start), moment(end), showing_of(status))
