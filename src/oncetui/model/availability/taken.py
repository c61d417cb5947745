"""What takes a page's time: busy time by the page's mapping, and bookings with the buffers around them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from oncetui.model.availability.spans import NOTHING, MergedSpans, merged
from oncetui.model.bookings import Booking
from oncetui.model.calendars import BusyBlock, Showing, Window
from oncetui.model.pages import BookingPage


@dataclass(frozen=True)
class Taken:
    """What can't be booked any more on one page, in UTC.

    `busy` comes without buffers: a slot keeps its own free of it. `held` are bookings with the buffers that
    lie between two bookings. `per_day` counts the page's bookings by the date on which they begin.
    """

    busy: MergedSpans = NOTHING
    held: MergedSpans = NOTHING
    per_day: Mapping[date, int] = field(default_factory=dict)


def taken_by(page: BookingPage, blocks: Iterable[BusyBlock], bookings: Iterable["HeldBooking"]) -> Taken:
    """Return what is taken on a page; blocks come by start, as the store gives them."""
    held = tuple(bookings)
    zone = ZoneInfo(page.time_zone)
    own = {(one.booking.id, one.start.astimezone(zone).date()) for one in held if one.booking.page == page.id}
    spans = sorted((one.start - one.before, one.end + one.after) for one in held)
    return Taken(busy_time(page, blocks), merged(spans), Counter(day for _, day in own))


def busy_time(page: BookingPage, blocks: Iterable[BusyBlock]) -> MergedSpans:
    """Return the busy time that blocks, sorted by start, make on a page."""
    # A tuple is searched by identity first; hashing an enumeration's member is many times slower.
    free = tuple(showing for showing in Showing if not page.blocks(showing))
    return merged((block.start, block.end) for block in blocks if block.showing not in free)


@dataclass(frozen=True)
class HeldBooking:
    """A time that a booking holds, in UTC, and how long before and after it nothing else may be booked.

    A booking that is about to move holds two.
    """

    booking: Booking
    start: datetime
    end: datetime
    before: timedelta
    after: timedelta


def held_for(
    page: BookingPage, pages: Iterable[BookingPage], bookings: Iterable[Booking]
) -> tuple[HeldBooking, ...]:
    """Return the bookings that hold time on a page.

    Those are its own, and those of other pages that go into a calendar which makes this page busy, so that
    they count before they are read back from it. Between two bookings the longer of the buffers that meet
    there is kept free.
    """
    by_id = {one.id: one for one in pages}
    return tuple(
        _held(page, by_id.get(booking.page, page), booking, window)
        for booking in bookings
        if booking.page == page.id or _share(page, by_id.get(booking.page))
        for window in booking.holds
    )


def _held(page: BookingPage, other: BookingPage, booking: Booking, window: Window) -> HeldBooking:
    before = max(page.buffer_after_minutes, other.buffer_before_minutes)
    after = max(page.buffer_before_minutes, other.buffer_after_minutes)
    return HeldBooking(booking, window.start, window.end, timedelta(minutes=before), timedelta(minutes=after))


def _share(page: BookingPage, other: BookingPage | None) -> bool:
    if other is None:
        return False
    into = other.associated.additional | ({other.associated.main} if other.associated.main else frozenset())
    return bool(into & page.associated.makes_busy)
