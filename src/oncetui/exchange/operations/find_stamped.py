"""Events that bear a stamp of ours."""

from datetime import datetime

from exchangelib.util import TNS

from oncetui.exchange.faults.answer_errors import NotUnderstoodError
from oncetui.exchange.operations.find_items import FindItem
from oncetui.exchange.operations.payloads import Element, element, field_uri, utc_text
from oncetui.exchange.operations.read_view import moment, showing_of
from oncetui.exchange.operations.stamping import stamp_begins_with, stamp_field
from oncetui.model.booked_events import StampedEvent
from oncetui.model.stamps import Stamp

_FIELDS = ("calendar:Start", "calendar:End", "calendar:LegacyFreeBusyStatus", "item:DisplayTo")
_WANTED = (*map(field_uri, _FIELDS), stamp_field())


def stamped_events(find: FindItem, key: str, prefix: str, since: datetime | None) -> tuple[StampedEvent, ...]:
    """Return the events whose stamp begins with the prefix, by start; with `since` those that end later."""
    restriction = stamp_begins_with(prefix)
    if since is not None:
        restriction = element("t:And", restriction, _ends_after(since))
    events = (_event(item) for item in find.items(key, restriction, *_WANTED))
    return tuple(sorted((event for event in events if event is not None), key=lambda e: (e.start, e.key)))


def _ends_after(time: datetime) -> Element:
    constant = element("t:FieldURIOrConstant", element("t:Constant", Value=utc_text(time)))
    return element("t:IsGreaterThan", element("t:FieldURI", FieldURI="calendar:End"), constant)


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
