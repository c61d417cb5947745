"""What a customer books on."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import time
from typing import Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from oncetui.model.associations import NO_CALENDARS, AssociatedCalendars

Hours = tuple[tuple[time, time], ...]
WORKDAY: Hours = ((time(9), time(17)),)
WORKING_WEEK: tuple[Hours, ...] = (WORKDAY,) * 5 + ((), ())


@dataclass(frozen=True)
class BookingPage:
    """A booking page; `id` is its link name, `working_hours` start with Monday, in the page's own zone."""

    id: str
    name: str
    duration_minutes: int
    time_zone: str
    working_hours: tuple[Hours, ...] = WORKING_WEEK
    minimum_notice_minutes: int = 240
    horizon_days: int = 60
    buffer_before_minutes: int = 0
    buffer_after_minutes: int = 0
    associated: AssociatedCalendars = NO_CALENDARS

    @classmethod
    def named(cls, name: str, duration_minutes: int, time_zone: str, *, link: str | None = None) -> Self:
        """Return a new page; its link name is made from its name where none is given.

        Raises ValueError with one sentence for a person where a value can't stand.
        """
        if not name.strip():
            raise ValueError("A booking page needs a name, such as “30 minutes”.")
        if not 5 <= duration_minutes <= 24 * 60:
            raise ValueError("A booking lasts between 5 and 1440 minutes, such as 30.")
        try:
            ZoneInfo(time_zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(f"“{time_zone}” is no time zone; one is written Europe/Berlin.") from None
        chosen = link_name(name) if link is None else link
        if not chosen or chosen != link_name(chosen):
            raise ValueError(
                f"“{chosen}” can't be a link name; use letters, digits and hyphens, as in sales-demo."
            )
        return cls(chosen, name.strip(), duration_minutes, time_zone)


def link_name(name: str) -> str:
    """Return the link name for a page's name: lower-case ASCII letters and digits with hyphens between."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
