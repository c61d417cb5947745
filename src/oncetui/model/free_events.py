"""Events marked Free, by name: read live to be shown and never kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from oncetui.model.calendars import Calendar


@dataclass(frozen=True)
class FreeEvent:
    """An event marked Free in working hours; times in UTC, the subject empty where it isn't known."""

    calendar: Calendar
    start: datetime
    end: datetime
    subject: str

    def when(self, zone: ZoneInfo) -> str:
        """Return its time in a zone, as in `Wed 25 Nov 09:00 to 10:00`; whole days as such."""
        start, end = self.start.astimezone(zone), self.end.astimezone(zone)
        day = f"{start:%a} {start.day:>2} {start:%b}"
        whole_days = start.time() == end.time() == start.min.time() and end > start
        if whole_days and end.date() - start.date() == timedelta(days=1):
            return f"{day}, all day"
        if whole_days:
            last = end - timedelta(days=1)
            return f"{day} to {last:%a} {last.day} {last:%b}"
        until = "" if start.date() == end.date() else f"{end:%a} {end.day} "
        return f"{day} {start:%H:%M} to {until}{end:%H:%M}"
