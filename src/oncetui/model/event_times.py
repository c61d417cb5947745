"""The time of an event as people read it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def span_text(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """Return an event's time in a zone, such as `Tue 24 Nov 10:00 to 11:00`; whole days as such."""
    begins, ends = start.astimezone(zone), end.astimezone(zone)
    day = _day(begins)
    if (begins.hour, begins.minute, ends.hour, ends.minute) == (0, 0, 0, 0) and ends > begins:
        last = ends - timedelta(days=1)
        return f"{day}, all day" if last.date() == begins.date() else f"{day} to {_day(last)}, all day"
    until = f"{ends:%H:%M}" if ends.date() == begins.date() else f"{_day(ends)} {ends:%H:%M}"
    return f"{day} {begins:%H:%M} to {until}"


def _day(moment: datetime) -> str:
    return f"{_DAYS[moment.weekday()]} {moment.day} {_MONTHS[moment.month - 1]}"
