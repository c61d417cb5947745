"""Events marked Free, by name: read live to be shown and never kept."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from oncetui.model.calendars import Calendar
from oncetui.model.event_times import span_text


@dataclass(frozen=True)
class FreeEvent:
    """An event marked Free in working hours; times in UTC, the subject empty where it isn't known."""

    calendar: Calendar
    start: datetime
    end: datetime
    subject: str

    def when(self, zone: ZoneInfo) -> str:
        """Return its time in a zone, as in `Wed 25 Nov 09:00 to 10:00`; whole days as such."""
        return span_text(self.start, self.end, zone)
