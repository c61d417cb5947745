"""Times as people read them, in one zone."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo


def moment_text(moment: datetime | None, now: datetime, zone: str) -> str:
    """Return a time of today as `09:30`, another as `Tue 24 Nov 09:30`, and `never` for none."""
    if moment is None:
        return "never"
    local, today = moment.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone))
    if local.date() == today.date():
        return f"{local:%H:%M:%S}"
    return f"{local:%a %d %b %H:%M}"


def ago_text(moment: datetime, now: datetime) -> str:
    """Return how long ago a moment was, in the coarsest unit that tells it well."""
    age = max(now - moment, timedelta(0))
    seconds = int(age.total_seconds())
    for unit, length in (("day", 86400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * length or (seconds >= length and unit != "day"):
            count = seconds // length
            return f"{count} {unit}{'s' if unit == 'day' and count != 1 else ''} ago"
    return f"{seconds} s ago"
