"""Booking pages, in plain text and as objects."""

from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any

from oncetui.model.calendars import Calendar
from oncetui.model.pages import Hours
from oncetui.model.status import PageStatus
from oncetui.plain.table import columns

NO_PAGES = "There are no booking pages. To make one, run: oncetui pages create NAME"
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


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
        ("Duration", f"{page.duration_minutes} min"),
        ("Time zone", page.time_zone),
        ("Working hours", _week(page.working_hours)),
        ("Minimum notice", f"{page.minimum_notice_minutes} min"),
        ("Horizon", f"{page.horizon_days} days"),
        ("Buffers", f"{page.buffer_before_minutes} min before, {page.buffer_after_minutes} min after"),
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
        "duration_minutes": page.duration_minutes,
        "time_zone": page.time_zone,
        "working_hours": [[[_hour(start), _hour(end)] for start, end in day] for day in page.working_hours],
        "minimum_notice_minutes": page.minimum_notice_minutes,
        "horizon_days": page.horizon_days,
        "buffer_before_minutes": page.buffer_before_minutes,
        "buffer_after_minutes": page.buffer_after_minutes,
        "main": associated.main,
        "additional": sorted(associated.additional),
        "busy": sorted(associated.makes_busy),
    }


def _state(status: PageStatus) -> str:
    return "open" if status.closed is None else f"closed: {status.closed.text}"


def _names(ids: Iterable[str], calendars: Mapping[str, Calendar]) -> str:
    names = [f"{calendars[one].name} ({one})" if one in calendars else f"{one} (gone)" for one in sorted(ids)]
    return ", ".join(names) or "none"


def _week(hours: tuple[Hours, ...]) -> str:
    """Return the working week with equal days in a row put together, as in `Mon-Fri 09:00-17:00`."""
    spans: list[tuple[int, int, Hours]] = []
    for day, worked in enumerate(hours):
        if spans and spans[-1][2] == worked:
            spans[-1] = (spans[-1][0], day, worked)
        else:
            spans.append((day, day, worked))
    return ", ".join(_span(*span) for span in spans if span[2]) or "none"


def _span(first: int, last: int, worked: Hours) -> str:
    days = WEEKDAYS[first] if first == last else f"{WEEKDAYS[first]}-{WEEKDAYS[last]}"
    return f"{days} " + " ".join(f"{_hour(start)}-{_hour(end)}" for start, end in worked)


def _hour(moment: time) -> str:
    return f"{moment:%H:%M}"
