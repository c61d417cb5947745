"""FindItem: the items of folders, in pages or as a calendar view."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from oncetui.simulator.addressing import FolderTarget, folder_target, is_hidden
from oncetui.simulator.calendars.entries import entry_of
from oncetui.simulator.calendars.views import view
from oncetui.simulator.call import Call
from oncetui.simulator.mailboxes.extended import ExtendedName
from oncetui.simulator.mailboxes.items import CalendarItem, Entry, Item
from oncetui.simulator.paging import most_of, page_of
from oncetui.simulator.properties.field import Rendering
from oncetui.simulator.properties.grouping import Grouping, in_groups, read_grouping
from oncetui.simulator.properties.paths import item_path
from oncetui.simulator.properties.query_strings import read_query
from oncetui.simulator.properties.restrictions import Predicate, pinned_text, read_restriction
from oncetui.simulator.properties.shapes import ItemShape, ItemWriter, read_shape
from oncetui.simulator.properties.sorting import Sorter, read_sort_order
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.messages import error, for_each, response
from oncetui.simulator.soap.reading import Element

_TRAVERSALS = ("Shallow", "SoftDeleted", "Associated")
_LONGEST_VIEW_YEARS = 2


@dataclass(frozen=True, slots=True)
class _Search:
    shape: ItemShape
    matches: Predicate | None
    pinned: tuple[ExtendedName, str] | None
    sort: Sorter | None
    traversal: str
    calendar_view: Element | None
    grouping: Grouping | None


def answer(call: Call) -> str:
    """Tell what the request searches for, one root folder for each folder that it names."""
    parents = reading.needed_list(call.operation, "ParentFolderIds")
    try:
        search = _read_search(call)
    except EwsError as failure:
        return response("FindItem", (error("FindItem", failure) for _ in parents))
    find = _calendar_view if search.calendar_view is not None else _paged
    return for_each("FindItem", parents, lambda element: _root_folder(call, search, element, find))


def _read_search(call: Call) -> _Search:
    operation = call.operation
    traversal = reading.needed_attribute(operation, "Traversal")
    if traversal not in _TRAVERSALS:
        raise reading.violation(operation, f"The 'Traversal' attribute '{traversal}' is unknown.")
    shape = read_shape(reading.needed(operation, "ItemShape"), call.request.version, find=True)
    restriction = reading.child(operation, "Restriction")
    order = reading.child(operation, "SortOrder")
    calendar_view = reading.child(operation, "CalendarView")
    _refuse_what_is_not_offered(operation)
    query = reading.child(operation, "QueryString")
    grouping = read_grouping(operation, item_path)
    if calendar_view is not None and not all(one is None for one in (restriction, order, query, grouping)):
        raise EwsError(
            "ErrorInvalidOperation", "A CalendarView can't be combined with a restriction or a sort order."
        )
    if query is not None and restriction is not None:
        raise EwsError("ErrorInvalidOperation", "A QueryString can't be combined with a restriction.")
    return _Search(
        shape,
        _predicate(restriction, query),
        None if restriction is None else pinned_text(restriction),
        None if order is None else read_sort_order(order, item_path),
        traversal,
        calendar_view,
        grouping,
    )


def _predicate(restriction: Element | None, query: Element | None) -> Predicate | None:
    if query is not None:
        return read_query(reading.content(query))
    return None if restriction is None else read_restriction(restriction, item_path)


def _refuse_what_is_not_offered(operation: Element) -> None:
    if reading.child(operation, "SeekToConditionPageItemView") is not None:
        raise EwsError(
            "ErrorCalendarSeekToConditionNotSupported", "SeekToConditionPageItemView isn't supported."
        )


# Entries with the numbers of their groups, all 0 without groups; and paging attributes.
_Found = tuple[Sequence[tuple[int, Entry]], str]
_Find = Callable[[Call, _Search, FolderTarget], _Found]


def _root_folder(call: Call, search: _Search, element: Element, find: _Find) -> str:
    target = folder_target(call, element)
    if not target.rights.read:
        raise EwsError("ErrorAccessDenied", "Access is denied. Check credentials and try again.")
    found, attributes = find(call, search, target)
    writer = ItemWriter(search.shape)
    rendering = Rendering(target.owner, target.folder, call.caller, call.zone.info, search.shape.body_type)
    if search.grouping is not None:
        groups = in_groups(found, lambda entry: writer.item(entry, rendering))
        return f"<m:RootFolder {attributes}>{groups}</m:RootFolder>"
    content = "".join([writer.item(entry, rendering) for _, entry in found])
    return f"<m:RootFolder {attributes}><t:Items>{content}</t:Items></m:RootFolder>"


def _calendar_view(call: Call, search: _Search, target: FolderTarget) -> _Found:
    assert search.calendar_view is not None
    if not target.folder.is_calendar:
        raise EwsError(
            "ErrorCalendarFolderIsInvalidForCalendarView",
            "The folder of a CalendarView must be a calendar folder.",
        )
    start = reading.moment_attribute(search.calendar_view, "StartDate", call.zone.info)
    end = reading.moment_attribute(search.calendar_view, "EndDate", call.zone.info)
    _check_window(start, end)
    most, expanded = most_of(search.calendar_view), call.exchange.expands_series
    entries, complete = view(target.folder, start, end, most, expanded=expanded)
    entries = [entry for entry in entries if not is_hidden(entry, target.rights)]
    last = "true" if complete else "false"
    return [
        (0, entry) for entry in entries
    ], f'TotalItemsInView="{len(entries)}" IncludesLastItemInRange="{last}"'


def _check_window(start: datetime, end: datetime) -> None:
    if end < start:
        raise EwsError("ErrorCalendarEndDateIsEarlierThanStartDate", "EndDate is earlier than StartDate")
    last_year = start.year + _LONGEST_VIEW_YEARS
    limit = (
        start.replace(year=last_year, day=28)
        if (start.month, start.day) == (2, 29)
        else start.replace(year=last_year)
    )
    if end > limit:
        raise EwsError(
            "ErrorCalendarViewRangeTooBig", "The specified view range exceeds the maximum range of two years."
        )


def _paged(call: Call, search: _Search, target: FolderTarget) -> _Found:
    entries = list(_entries(search, target))
    if search.sort is not None:
        entries = search.sort(entries)
    if search.grouping is not None:
        grouped = page_of(call.operation, search.grouping.numbered(entries), "Item")
        return grouped.part, grouped.attributes
    page = page_of(call.operation, entries, "Item")
    return [(0, entry) for entry in page.part], page.attributes


def _entries(search: _Search, target: FolderTarget) -> list[Entry]:
    if search.traversal != "Shallow":
        return []
    saved, table = target.folder.search, target.folder.items
    if saved is not None:
        items: Iterable[Item] = saved.items(target.owner.folders)
    else:
        items = table if search.pinned is None else table.stamped(*search.pinned)
    entries = (entry_of(item) if isinstance(item, CalendarItem) else Entry(item) for item in items)
    visible = (entry for entry in entries if not is_hidden(entry, target.rights))
    matches = search.matches
    return list(visible) if matches is None else [entry for entry in visible if matches(entry)]
