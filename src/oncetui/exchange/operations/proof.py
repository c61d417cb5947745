"""One real event with its subject, to be shown once and never kept."""

from exchangelib.util import TNS

from oncetui.exchange.operations.payloads import shown_text
from oncetui.exchange.operations.read_view import CalendarView, moment, showing_of
from oncetui.model.calendars import Proof, Window

_FIELDS = ("item:Subject", "calendar:Start", "calendar:End", "calendar:LegacyFreeBusyStatus")
_LOOKED_AT = 20


def first_event(view: CalendarView, key: str, window: Window) -> Proof | None:
    """Return the first event that starts in the window, None where there is none."""
    page = view.page(key, window, *_FIELDS, most=_LOOKED_AT)
    events = [
        Proof(
            subject=shown_text(item, f"{{{TNS}}}Subject"),
            start=moment(item.findtext(f"{{{TNS}}}Start")),
            end=moment(item.findtext(f"{{{TNS}}}End")),
            showing=showing_of(item.findtext(f"{{{TNS}}}LegacyFreeBusyStatus")),
        )
        for item in page.items
    ]
    inside = [event for event in events if window.start <= event.start < window.end]
    return min(inside, key=lambda event: (event.start, event.end), default=None)
