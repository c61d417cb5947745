"""Times at which a meeting suits its attendees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from oncetui.simulator.calendars.entries import CalendarEntry
from oncetui.simulator.calendars.free_busy import status_of
from oncetui.simulator.calendars.zones import Zone
from oncetui.simulator.mailboxes.settings import WorkingHours

QUALITIES = ("Excellent", "Good", "Fair", "Poor")
_STEP = timedelta(minutes=30)
_TAKEN = ("Tentative", "Busy", "OOF")
_MOST_CONFLICTS = 50


@dataclass(frozen=True, slots=True)
class Attendee:
    """What is known of somebody's time: None where nobody may see it; `needed` times never conflict."""

    entries: Sequence[CalendarEntry] | None
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Wishes:
    """How long the meeting lasts, how many times a day are wanted and how good they have to be.

    `good` is how many attendees in a hundred may be busy at a good time.
    """

    length: timedelta = timedelta(minutes=60)
    most: int = 10
    most_outside: int = 0
    good: int = 25
    worst: str = "Fair"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A meeting's start, whether that is in working hours, and each attendee's status, None if unknown."""

    start: datetime
    at_work: bool
    quality: str
    statuses: tuple[str | None, ...]


def suggestions(
    day: date, zone: Zone, hours: WorkingHours, attendees: Sequence[Attendee], wishes: Wishes
) -> list[Suggestion]:
    """Return the best times of a day, in their order; days and hours are of `zone`."""
    begin = datetime.combine(day, time(), zone.info)
    starts = [begin + n * _STEP for n in range(48)]
    found = [_suggestion(start, hours, attendees, wishes) for start in starts]
    good = [
        each
        for each in found
        if each is not None and QUALITIES.index(each.quality) <= QUALITIES.index(wishes.worst)
    ]
    good.sort(key=lambda each: (QUALITIES.index(each.quality), each.start))
    inside = [each for each in good if each.at_work][: wishes.most]
    outside = [each for each in good if not each.at_work][: wishes.most_outside]
    return sorted([*inside, *outside][: wishes.most], key=lambda each: each.start)


def _suggestion(
    start: datetime, hours: WorkingHours, attendees: Sequence[Attendee], wishes: Wishes
) -> Suggestion | None:
    end = start + wishes.length
    statuses = tuple(_status(attendee.entries, start, end) for attendee in attendees)
    if any(each.needed and status in _TAKEN for each, status in zip(attendees, statuses, strict=True)):
        return None
    minutes = start.hour * 60 + start.minute
    length = wishes.length // timedelta(minutes=1)
    at_work = start.weekday() in hours.days and hours.start <= minutes and minutes + length <= hours.end
    return Suggestion(start, at_work, _quality(statuses, wishes.good), statuses)


def _status(entries: Sequence[CalendarEntry] | None, start: datetime, end: datetime) -> str | None:
    if entries is None:
        return None
    found = {status_of(entry) for entry in entries if entry.start < end and entry.end > start}
    return next((status for status in reversed(_TAKEN) if status in found), "Free")


def _quality(statuses: Sequence[str | None], good: int) -> str:
    conflicts = sum(status in _TAKEN for status in statuses) * 100 / max(1, len(statuses))
    if not conflicts:
        return "Excellent"
    if conflicts <= good:
        return "Good"
    return "Fair" if conflicts < _MOST_CONFLICTS else "Poor"
