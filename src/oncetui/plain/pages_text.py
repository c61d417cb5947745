"""Booking pages, in plain text and as objects."""

from collections.abc import Iterable, Mapping
from typing import Any

from oncetui.model.calendars import Calendar
from oncetui.model.page_settings import SETTINGS
from oncetui.model.pages import MAY_COUNT_AS_FREE
from oncetui.model.status import PageStatus, utc_text
from oncetui.model.working_hours import Hours, end_text
from oncetui.plain.table import columns

NO_PAGES = "There are no booking pages. To make one, run: oncetui pages create NAME"

_SHOWN = tuple(setting for setting in SETTINGS.values() if setting.name != "name")
_WHO_TELLS = {
    "yes": "yes: Exchange sends the customer invitation, changes and cancellation",
    "no": "no: Exchange tells the customer nothing, so somebody else has to",
}
_IN_MINUTES = ("duration_minutes", "step_minutes", "buffer_before_minutes", "buffer_after_minutes")


def pages_text(pages: Iterable[PageStatus]) -> str:
    """Return a line a page: its link name, its name, and whether it is open."""
    rows = [(status.page.id, status.page.name, _state(status)) for status in pages]
    return "\n".join(columns(rows, indent="")) if rows else NO_PAGES


def page_text(status: PageStatus, calendars: Mapping[str, Calendar]) -> str:
    """Return everything about one page."""
    page, associated = status.page, status.page.associated
    rows = [
        ("Link name", page.id),
        ("State", _state(status)),
        *((setting.label, _told(setting.name, setting.shown(page))) for setting in _SHOWN),
        ("Main booking calendar", _names([associated.main] if associated.main else [], calendars)),
        ("Additional calendars", _names(associated.additional, calendars)),
        ("Busy time from", _names(associated.makes_busy, calendars)),
    ]
    return "\n".join([page.name, *columns(rows)])


def page_object(status: PageStatus) -> dict[str, Any]:
    """Return one page as an object."""
    page, associated, closed = status.page, status.page.associated, status.closed
    return {
        "page": page.id,
        "name": page.name,
        "accepting": status.accepting,
        "closed_reason": None if closed is None else {"code": closed.code, "text": closed.text},
        "next_free": utc_text(status.next_free),
        "duration_minutes": page.duration_minutes,
        "step_minutes": page.step_minutes,
        "time_zone": page.time_zone,
        "working_hours": [_spans(hours) for hours in page.working_hours],
        "date_hours": {day.isoformat(): _spans(hours) for day, hours in page.date_hours},
        "minimum_notice_minutes": page.minimum_notice_minutes,
        "horizon_days": page.horizon_days,
        "buffer_before_minutes": page.buffer_before_minutes,
        "buffer_after_minutes": page.buffer_after_minutes,
        "limit_per_day": page.limit_per_day,
        "location": page.location,
        "status_mapping": {
            showing.name.lower(): "free" if showing in page.counts_as_free else "busy"
            for showing in MAY_COUNT_AS_FREE
        },
        "subject": page.event_texts.subject,
        "body": page.event_texts.body,
        "reminder_minutes": page.event_texts.reminder_minutes,
        "category": page.event_texts.category,
        "invite_customer": page.event_texts.invite_customer,
        "follows_calendar": page.follows_calendar,
        "main": associated.main,
        "additional": sorted(associated.additional),
        "busy": sorted(associated.makes_busy),
    }


def _state(status: PageStatus) -> str:
    return "open" if status.closed is None else f"closed: {status.closed.text}"


def _names(ids: Iterable[str], calendars: Mapping[str, Calendar]) -> str:
    names = [f"{calendars[one].name} ({one})" if one in calendars else f"{one} (gone)" for one in sorted(ids)]
    return ", ".join(names) or "none"


def _told(name: str, shown: str) -> str:
    if name == "invite":
        return _WHO_TELLS[shown]
    return f"{shown} min" if name in _IN_MINUTES else f"{shown} days" if name == "horizon_days" else shown


def _spans(hours: Hours) -> list[list[str]]:
    return [[f"{start:%H:%M}", end_text(end)] for start, end in hours]
