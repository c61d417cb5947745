"""The span of time in which busy time is kept."""

from datetime import datetime, timedelta

from oncetui.model.calendars import Window

BACK = timedelta(days=7)
AHEAD = timedelta(days=400)


def horizon(now: datetime) -> Window:
    """Return the window that is kept read: whole days in UTC, from a week ago to 400 days ahead."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return Window(today - BACK, today + AHEAD)


def within(windows: tuple[Window, ...], limits: Window) -> tuple[Window, ...]:
    """Return the windows cut to the limits and joined where they touch, by start."""
    joined: list[Window] = []
    for window in sorted(windows, key=lambda each: each.start):
        start, end = max(window.start, limits.start), min(window.end, limits.end)
        if start > end:
            continue
        if joined and start <= joined[-1].end:
            joined[-1] = Window(joined[-1].start, max(end, joined[-1].end))
        else:
            joined.append(Window(start, end))
    return tuple(joined)
