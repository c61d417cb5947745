"""The events of a window with their subjects, to be shown and never kept."""

from exchangelib.util import TNS

from oncetui.exchange.operations.payloads import Element, shown_text
from oncetui.exchange.operations.read_view import CalendarView, moment, showing_of
from oncetui.model.booked_events import NamedEvent
from oncetui.model.calendars import Window

_FIELDS = (
    "item:Subject",
    "calendar:Start",
    "calendar:End",
    "calendar:LegacyFreeBusyStatus",
    "calendar:IsAllDayEvent",
)


def named_events(view: CalendarView, key: str, window: Window) -> tuple[NamedEvent, ...]:
    """Return the events that overlap the window, by start; of a window too full the first thousand."""
    events = (_event(item) for item in view.page(key, window, *_FIELDS).items)
    inside = [event for event in events if event.start < window.end and event.end > window.start]
    return tuple(sorted(inside, key=lambda event: (event.start, event.end, event.key)))


def _event(item: Element) -> NamedEvent:
    own = item.find(f"{{{TNS}}}ItemId")
    return NamedEvent(
        key="" if own is None else own.get("Id") or "",
        subject=shown_text(item, f"{{{TNS}}}Subject"),
        start=moment(item.findtext(f"{{{TNS}}}Start")),
        end=moment(item.findtext(f"{{{TNS}}}End")),
        showing=showing_of(item.findtext(f"{{{TNS}}}LegacyFreeBusyStatus")),
        all_day=item.findtext(f"{{{TNS}}}IsAllDayEvent") == "true",
    )
