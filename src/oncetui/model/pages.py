"""What a customer books on."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from oncetui.model.associations import NO_CALENDARS, AssociatedCalendars
from oncetui.model.calendars import Showing
from oncetui.model.event_texts import USUAL_TEXTS, EventTexts
from oncetui.model.working_hours import WORKING_WEEK, DateHours, Hours, Week, hours_on

SHORTEST_MINUTES = 5
LONGEST_MINUTES = 24 * 60
USUAL_STEP_MINUTES = 30
LONGEST_HORIZON_DAYS = 365
LONGEST_LOCATION = 255
MAY_COUNT_AS_FREE = (Showing.TENTATIVE, Showing.AWAY, Showing.ELSEWHERE)
"""What a page may take for free; Free always is, and no data never."""


@dataclass(frozen=True)
class BookingPage:
    """A booking page; `id` is its link name, hours are meant by the wall clock of its own zone.

    Bookings may begin every `step_minutes` from the start of each span of working hours, up to the end of
    the day that lies `horizon_days` ahead. The buffers are kept free of busy time around each booking.
    `limit_per_day` bounds the bookings that begin on one date. `counts_as_free` holds what its calendars
    show that can be booked all the same. With `follows_calendar` a booking moves and ends with its event in
    the calendar; without, a person settles it.
    """

    id: str
    name: str
    duration_minutes: int
    time_zone: str
    working_hours: Week = WORKING_WEEK
    minimum_notice_minutes: int = 240
    horizon_days: int = 60
    buffer_before_minutes: int = 0
    buffer_after_minutes: int = 0
    associated: AssociatedCalendars = NO_CALENDARS
    step_minutes: int = USUAL_STEP_MINUTES
    date_hours: DateHours = ()
    location: str = ""
    limit_per_day: int | None = None
    counts_as_free: frozenset[Showing] = frozenset()
    event_texts: EventTexts = USUAL_TEXTS
    follows_calendar: bool = False

    @classmethod
    def named(cls, name: str, duration_minutes: int, time_zone: str, *, link: str | None = None) -> Self:
        """Return a new page; its link name is made from its name where none is given.

        Raises ValueError with one sentence for a person where a value can't stand.
        """
        name = checked_name(name)
        duration = checked_duration(duration_minutes)
        zone = checked_zone(time_zone)
        chosen = checked_link(link_name(name) if link is None else link)
        return cls(chosen, name, duration, zone, step_minutes=min(USUAL_STEP_MINUTES, duration))

    def blocks(self, showing: Showing) -> bool:
        """Tell whether what a calendar shows as this can't be booked."""
        return showing.blocks and showing not in self.counts_as_free

    def hours_on(self, day: date) -> Hours:
        """Return the working hours of a date."""
        return hours_on(self.working_hours, self.date_hours, day)


def link_name(name: str) -> str:
    """Return the link name for a page's name: lower-case ASCII letters and digits with hyphens between."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def checked_name(name: str) -> str:
    """Return a page's name without blanks around it; raise ValueError where it can't be one."""
    if not name.strip():
        raise ValueError("A booking page needs a name, such as “30 minutes”.")
    if not name.strip().isprintable():
        raise ValueError("A name is one line without control characters, such as “30 minutes”.")
    return name.strip()


def checked_duration(minutes: int) -> int:
    """Return the length of a booking in minutes; raise ValueError where it is too short or too long."""
    if not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES:
        raise ValueError("A booking lasts between 5 and 1440 minutes, such as 30.")
    return minutes


def checked_zone(name: str) -> str:
    """Return the IANA name of a time zone; raise ValueError where there is none of this name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"“{name}” is no time zone; one is written Europe/Berlin.") from None
    return name


def checked_link(link: str) -> str:
    """Return a link name; raise ValueError where it can't be one."""
    if not link or link != link_name(link):
        raise ValueError(f"“{link}” can't be a link name; use letters, digits and hyphens, as in sales-demo.")
    return link
