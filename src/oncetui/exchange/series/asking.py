"""The series of a calendar, asked for one by one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from exchangelib.util import TNS

from oncetui.exchange.faults.answer_errors import ResponseCodeError
from oncetui.exchange.operations.find_items import FindItem
from oncetui.exchange.operations.get_item import GetItem
from oncetui.exchange.operations.payloads import Element, element, field_uri
from oncetui.exchange.operations.read_view import MASTER, moment, overlaps, showing_of
from oncetui.exchange.series.expanding import Series
from oncetui.exchange.series.rules import rule_of
from oncetui.exchange.series.zones import zone_of
from oncetui.model.calendars import BusyBlock, Showing, Window

_PLAIN = ("calendar:Start", "calendar:End", "calendar:CalendarItemType")
_TIMES = ("calendar:Start", "calendar:End", "calendar:LegacyFreeBusyStatus")
_OF_SERIES = (*_TIMES, "calendar:Recurrence", "calendar:ModifiedOccurrences", "calendar:DeletedOccurrences")
_ZONE, _ZONES_SINCE = "calendar:StartTimeZone", "Exchange2010"
_RECURRING = {
    "DistinguishedPropertySetId": "Appointment",
    "PropertyId": str(0x8223),
    "PropertyType": "Boolean",
}
_NO_SUCH_SEARCH = (
    "ErrorInvalidRestriction",
    "ErrorUnsupportedPathForQuery",
    "ErrorUnsupportedQueryFilter",
    "ErrorUnsupportedTypeForConversion",
    "ErrorInvalidExtendedProperty",
    "ErrorInvalidOperation",
    "ErrorInvalidRequest",
)


@dataclass(frozen=True)
class FoundSeries:
    """A series by its id, with the times in UTC of its first occurrence."""

    item: str
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Changed:
    """An occurrence that was changed: its own id and times in UTC."""

    item: str
    start: datetime
    end: datetime


def find_series(find: FindItem, key: str) -> tuple[FoundSeries, ...]:
    """Return the series of a calendar, in one request as a rule.

    The property that is searched for is the store's own (PidLidRecurring, MS-OXOCAL 2.2.1.12). A server that
    can't search is asked for everything, and one that searches for nothing is not believed either.
    """
    try:
        return tuple(_series_among(find.items(key, _recurring(), *map(field_uri, _PLAIN))))
    except ResponseCodeError as error:
        if error.code not in _NO_SUCH_SEARCH:
            raise
    return tuple(_series_among(find.items(key, None, *map(field_uri, _PLAIN))))


def _recurring() -> Element:
    constant = element("t:FieldURIOrConstant", element("t:Constant", Value="true"))
    return element("t:IsEqualTo", element("t:ExtendedFieldURI", **_RECURRING), constant)


def _series_among(items: Iterator[Element]) -> Iterator[FoundSeries]:
    for item in items:
        if item.findtext(f"{{{TNS}}}CalendarItemType") in (MASTER, None):
            yield FoundSeries(*_id_and_times(item))


def series_and_changes(
    get: GetItem, found: Sequence[FoundSeries], window: Window
) -> tuple[list[Series], list[BusyBlock]]:
    """Return the series as they recur, and the changed occurrences that overlap the window.

    What was deleted since it was found, or is no series after all, is left out.
    """
    zoned = () if get.account.version.api_version < _ZONES_SINCE else (_ZONE,)
    series: list[Series] = []
    changed: list[Changed] = []
    for item in get.items([one.item for one in found], *_OF_SERIES, *zoned):
        recurrence = None if item is None else item.find(f"{{{TNS}}}Recurrence")
        if recurrence is not None:
            own = list(_changed(item))
            series.append(_series(item, recurrence, window))
            changed += own
    return series, _blocks(get, changed, window)


def _series(item: Element, recurrence: Element, window: Window) -> Series:
    key, start, end = _id_and_times(item)
    deleted = item.iterfind(f"{{{TNS}}}DeletedOccurrences/{{{TNS}}}DeletedOccurrence/{{{TNS}}}Start")
    changed = item.iterfind(f"{{{TNS}}}ModifiedOccurrences/{{{TNS}}}Occurrence/{{{TNS}}}OriginalStart")
    return Series(
        item=key,
        start=start,
        end=end,
        showing=showing_of(item.findtext(f"{{{TNS}}}LegacyFreeBusyStatus")),
        rule=rule_of(recurrence),
        zone=zone_of(item.find(f"{{{TNS}}}StartTimeZone"), window.end),
        replaced=tuple(sorted(moment(due.text) for due in (*deleted, *changed))),
    )


def _changed(item: Element) -> Iterator[Changed]:
    for one in item.iterfind(f"{{{TNS}}}ModifiedOccurrences/{{{TNS}}}Occurrence"):
        yield Changed(*_id_and_times(one))


def _blocks(get: GetItem, changed: Sequence[Changed], window: Window) -> list[BusyBlock]:
    """Return the changed occurrences in a window; what one shows its time as stands with itself alone."""
    planned = (BusyBlock(one.item, one.start, one.end, Showing.NO_DATA) for one in changed)
    inside = [block for block in planned if overlaps(block, window)]
    told = get.items([block.item for block in inside], *_TIMES)
    return [block if item is None else _block(item) for block, item in zip(inside, told, strict=True)]


def _block(item: Element) -> BusyBlock:
    key, start, end = _id_and_times(item)
    return BusyBlock(key, start, end, showing_of(item.findtext(f"{{{TNS}}}LegacyFreeBusyStatus")))


def _id_and_times(item: Element) -> tuple[str, datetime, datetime]:
    own = item.find(f"{{{TNS}}}ItemId")
    key = "" if own is None else own.get("Id") or ""
    return key, moment(item.findtext(f"{{{TNS}}}Start")), moment(item.findtext(f"{{{TNS}}}End"))
