"""The calendars as they are at this moment, asked before and after a booking's event is written."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from oncetui.connector.bookings.desk import Desk
from oncetui.model.calendars import BusyBlock, Calendar, Window
from oncetui.model.pages import BookingPage
from oncetui.model.stamps import ANY_STAMP, Stamp


@dataclass(frozen=True)
class InTheWay:
    """Something that holds the time of a booking: which calendar it is in, and when."""

    calendar: Calendar
    block: BusyBlock


def in_the_way(desk: Desk, page: BookingPage, time: Window, own: Collection[str]) -> Iterator[InTheWay]:
    """Yield what holds the time on a page, its buffers included; `own` are the booking's own events.

    Raises `ProblemError` where one of the page's calendars can't be asked: nothing is confirmed unseen.
    """
    kept_free = Window(
        time.start - timedelta(minutes=page.buffer_before_minutes),
        time.end + timedelta(minutes=page.buffer_after_minutes),
    )
    for calendar in desk.profile.busy.calendars():
        if calendar.id not in page.associated.makes_busy:
            continue
        for block in desk.gateway.busy_time(calendar, kept_free):
            if block.item not in own and page.blocks(block.showing) and block.start < block.end:
                yield InTheWay(calendar, block)


def goes_before(desk: Desk, other: InTheWay, ours: Stamp, since: datetime) -> bool:
    """Tell whether what is in the way since we wrote keeps the time.

    An event that a person entered does. So does that of another installation whose stamp is the earlier; a
    later one yields by the same rule on its side, if it isn't confirmed yet.
    """
    stamped = desk.gateway.stamped_events(other.calendar, ANY_STAMP, since)
    stamp = next((event.stamp for event in stamped if event.key == other.block.item), None)
    return stamp is None or _rank(stamp) < _rank(ours)


def _rank(stamp: Stamp) -> tuple[datetime, str, str, str]:
    mark = stamp.mark
    return stamp.taken_at, mark.installation, mark.profile, mark.booking
