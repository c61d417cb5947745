"""The slow, obvious way to find free slots: look at the wall clock of each minute, and at every event.

It shares no step with the product: no merged spans, no search, no arithmetic with offsets.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from oncetui.model.bookings import Booking
from oncetui.model.calendars import BusyBlock, Showing
from oncetui.model.pages import BookingPage

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Diary:
    """What is known when the slots are looked for; all bookings are the page's own."""

    now: datetime
    blocks: tuple[BusyBlock, ...]
    bookings: tuple[Booking, ...]


def slots_by_hand(
    page: BookingPage, first: date, last: date, diary: Diary
) -> list[tuple[datetime, datetime]]:
    """Return the free slots of a page on some dates."""
    now = diary.now
    zone = ZoneInfo(page.time_zone)
    last = min(last, now.astimezone(zone).date() + timedelta(days=page.horizon_days))
    opened = open_spans(page, wall_clock(zone, first, last + timedelta(days=3)))
    open_minutes = {at for at, spans in opened if spans}
    found = []
    for start in candidates(page, opened):
        end = start + page.duration_minutes * MINUTE
        if not first <= start.astimezone(zone).date() <= last:
            continue
        minutes = [start + number * MINUTE for number in range(page.duration_minutes)]
        if all(one in open_minutes for one in minutes) and is_free(page, start, end, diary):
            found.append((start, end))
    return sorted(found)


def wall_clock(zone: ZoneInfo, first: date, last: date) -> list[tuple[datetime, datetime]]:
    """Return each minute around some days and what the wall clock shows at it."""
    at = datetime.combine(first, time(0), UTC) - timedelta(hours=26)
    end = datetime.combine(last, time(0), UTC) + timedelta(hours=50)
    minutes = []
    while at < end:
        minutes.append((at, at.astimezone(zone).replace(tzinfo=None)))
        at += MINUTE
    return minutes


def hours(page: BookingPage, shown: datetime) -> list[tuple[time, time]]:
    """Return the spans of the day that the wall clock shows."""
    single = dict(page.date_hours)
    return list(single.get(shown.date(), page.working_hours[shown.weekday()]))


def shows(page: BookingPage, shown: datetime, span: tuple[time, time]) -> bool:
    """Tell whether the wall clock stands within a span."""
    start, end = span
    return start <= shown.time() and (end == time(0) or shown.time() < end)


Span = tuple[date, tuple[time, time]]


def open_spans(
    page: BookingPage, wall: list[tuple[datetime, datetime]]
) -> list[tuple[datetime, frozenset[Span]]]:
    """Return each minute and the spans that it lies in."""
    return [
        (at, frozenset((shown.date(), span) for span in hours(page, shown) if shows(page, shown, span)))
        for at, shown in wall
    ]


def candidates(page: BookingPage, opened: list[tuple[datetime, frozenset[Span]]]) -> list[datetime]:
    """Return every start that the step allows, counted from the start of each unbroken span."""
    found: list[datetime] = []
    running: dict[Span, datetime] = {}
    for at, now_open in opened:
        running = {key: began for key, began in running.items() if key in now_open}
        for key in now_open:
            began = running.setdefault(key, at)
            if (at - began) % (page.step_minutes * MINUTE) == timedelta(0):
                found.append(at)
    return found


def is_free(page: BookingPage, start: datetime, end: datetime, diary: Diary) -> bool:
    """Tell whether nothing speaks against a time."""
    zone = ZoneInfo(page.time_zone)
    before, after = page.buffer_before_minutes * MINUTE, page.buffer_after_minutes * MINUTE
    free = {Showing.FREE, *page.counts_as_free}
    busy = [(one.start, one.end) for one in diary.blocks if one.showing not in free and one.start < one.end]
    if any(start - before < ends and begins < end + after for begins, ends in busy):
        return False
    for one in diary.bookings:
        if start - before < one.end and one.start < end + after:
            return False
        if start < one.end + after and one.start - before < end:
            return False
    day = start.astimezone(zone).date()
    booked = sum(one.start.astimezone(zone).date() == day for one in diary.bookings)
    if page.limit_per_day is not None and booked >= page.limit_per_day:
        return False
    return start >= diary.now + page.minimum_notice_minutes * MINUTE
