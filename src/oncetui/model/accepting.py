"""Whether a booking page takes bookings, worked out when it is asked and never stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from oncetui.model.calendars import Calendar
from oncetui.model.pages import BookingPage
from oncetui.model.schedule import is_fresh
from oncetui.model.state import ConnectionRecord, State


@dataclass(frozen=True)
class ClosedReason:
    """Why a page is closed: a code for programs and a sentence for people."""

    code: str
    text: str


def closed_reason(
    page: BookingPage, record: ConnectionRecord, calendars: Mapping[str, Calendar], now: datetime
) -> ClosedReason | None:
    """Return why the page takes no bookings, None where it takes them.

    Pages fail closed: while the connection is interrupted or failed, and wherever a calendar that the
    page relies on is missing, unreadable or was read more than 15 minutes ago. Without a connection
    pages are open and consult no calendar.
    """
    match record.state:
        case State.NOT_CONNECTED | State.DISCONNECTED:
            return None
        case State.INTERRUPTED:
            return ClosedReason(
                "interrupted", "The calendar can't be reached; the page opens again by itself."
            )
        case State.FAILED_USER:
            return ClosedReason(
                "failed-user", "The connection needs you: press r, or run “oncetui reconnect”."
            )
        case State.FAILED_IT:
            return ClosedReason("failed-it", "The connection needs your IT support.")
        case State.CONNECTED:
            return _calendars_reason(page, calendars, now)


def _calendars_reason(
    page: BookingPage, calendars: Mapping[str, Calendar], now: datetime
) -> ClosedReason | None:
    associated = page.associated
    if associated.main is None:
        return ClosedReason(
            "no-main-calendar", "No main booking calendar is chosen: bookings would go nowhere."
        )
    main = calendars.get(associated.main)
    if main is not None and not main.writable:
        return ClosedReason("main-calendar-read-only", f"{main.name} has become read-only; choose another.")
    for key in sorted(associated.makes_busy):
        calendar = calendars.get(key)
        if calendar is None:
            return ClosedReason(
                "calendar-missing", "A calendar of this page is no longer there; choose again."
            )
        if calendar.unreadable is not None:
            return ClosedReason("calendar-unreadable", f"{calendar.name}: {calendar.unreadable}")
        if not is_fresh(calendar.read_at, now):
            return ClosedReason("calendar-stale", f"{calendar.name} was not read in the last 15 minutes.")
    return None
