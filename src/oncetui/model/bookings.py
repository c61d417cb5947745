"""A customer's booking."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class BookingStatus(StrEnum):
    """What became of a booking."""

    REQUESTED = "requested"
    SCHEDULED = "scheduled"
    RESCHEDULED = "rescheduled"
    CANCELED = "canceled"
    COMPLETED = "completed"
    NO_SHOW = "no-show"

    @property
    def stands(self) -> bool:
        """Whether the booking still holds its time."""
        return self in (BookingStatus.REQUESTED, BookingStatus.SCHEDULED, BookingStatus.RESCHEDULED)


@dataclass(frozen=True)
class Booking:
    """One booking on a page; times in UTC; `calendar_events` counts the calendars that hold it."""

    id: str
    page: str
    status: BookingStatus
    start: datetime
    end: datetime
    customer: str
    email: str
    calendar_events: int = 0
