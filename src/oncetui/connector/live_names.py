"""Subjects of events, read live to be shown and never kept."""

from collections.abc import Iterable, Mapping

from oncetui.model.calendars import Calendar, Window
from oncetui.model.cancellation import CancelledByUserError
from oncetui.model.ports import CalendarGateway
from oncetui.model.problem import ProblemError


def subjects(
    gateway: CalendarGateway | None, calendars: Iterable[Calendar], window: Window
) -> Mapping[str, str]:
    """Return the subjects of a window's events by the ids under which busy time knows them; it blocks.

    Without a gateway, and for a calendar that can't be read now, there are none.
    """
    found: dict[str, str] = {}
    if gateway is None:
        return found
    for calendar in calendars:
        try:
            found |= {event.key: event.subject for event in gateway.named_events(calendar, window)}
        except (ProblemError, CancelledByUserError):
            continue
    return found
