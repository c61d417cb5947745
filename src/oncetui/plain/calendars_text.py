"""The calendars of a mailbox, in plain text and as objects."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from oncetui.model.calendars import Calendar
from oncetui.model.pages import BookingPage
from oncetui.model.schedule import is_fresh
from oncetui.plain.table import columns

NO_CALENDARS = "No calendars are known. To connect one, run: oncetui setup"


def calendars_text(calendars: Iterable[Calendar], pages: Iterable[BookingPage]) -> str:
    """Return a line a calendar: its id, name, rights, and the pages that use it."""
    used = tuple(pages)
    rows = [
        (calendar.id, calendar.name, _rights(calendar), calendar.owner or "", _used_by(calendar, used))
        for calendar in calendars
    ]
    return "\n".join(columns(rows, indent="")) if rows else NO_CALENDARS


def calendars_object(calendars: Iterable[Calendar], now: datetime) -> dict[str, Any]:
    """Return the calendars as the object that `--json` prints."""
    return {
        "calendars": [
            {
                "id": calendar.id,
                "name": calendar.name,
                "writable": calendar.writable,
                "default": calendar.default,
                "owner": calendar.owner,
                "fresh": calendar.unreadable is None and is_fresh(calendar.read_at, now),
                "unreadable": calendar.unreadable,
            }
            for calendar in calendars
        ]
    }


def _rights(calendar: Calendar) -> str:
    if calendar.unreadable is not None:
        return "can't be read"
    return "writable" if calendar.writable else "read-only"


def _used_by(calendar: Calendar, pages: tuple[BookingPage, ...]) -> str:
    names = [
        f"{page.name}{' (main)' if page.associated.main == calendar.id else ''}"
        for page in pages
        if calendar.id in page.associated.in_use
    ]
    return ", ".join(names)
