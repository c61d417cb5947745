"""Free slots and why a time is free, worked out at this moment from what is kept of a profile."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from oncetui.model.accepting import ClosedReason, closed_reason
from oncetui.model.availability.explaining import (
    Circumstances,
    Explanation,
    explained,
    possible_starts,
)
from oncetui.model.availability.slots import Days, Slot, bookable_days, free_slots, local_date
from oncetui.model.availability.taken import held_for, taken_by
from oncetui.model.bookings import Booking
from oncetui.model.calendars import Calendar
from oncetui.model.oversights import Fortnight, coming_fortnight
from oncetui.model.pages import BookingPage
from oncetui.model.profile import Profile
from oncetui.model.state import ConnectionRecord
from oncetui.model.status import PageStatus

WEEK_DAYS = 7


@dataclass(frozen=True)
class Known:
    """What is kept of a profile at one moment, read once for all its pages."""

    profile: Profile
    now: datetime
    record: ConnectionRecord
    pages: tuple[BookingPage, ...]
    calendars: Mapping[str, Calendar]

    @classmethod
    def of(cls, profile: Profile) -> "Known":
        """Read it."""
        return cls(
            profile,
            profile.clock.now(),
            profile.connection.load(),
            profile.pages.pages(),
            {calendar.id: calendar for calendar in profile.busy.calendars()},
        )

    def closed(self, page: BookingPage) -> ClosedReason | None:
        """Return why a page takes no bookings, None where it takes them."""
        return closed_reason(page, self.record, self.calendars, self.now)

    def slots(self, page: BookingPage, days: Days) -> Iterator[Slot]:
        """Yield the free slots of a page that begin on some dates; a closed page has none."""
        bookable = bookable_days(page, days, self.now)
        if bookable is None or self.closed(page) is not None:
            return iter(())
        window = bookable.window(page)
        blocks = self.profile.busy.blocks(page.associated.makes_busy, window)
        held = held_for(page, self.pages, self.profile.bookings.holding(window))
        return free_slots(page, bookable, taken_by(page, blocks, held), self.now)

    def next_free(self, page: BookingPage) -> Slot | None:
        """Return the first free slot of a page, looked for week by week; None where there is none."""
        first = local_date(page, self.now)
        for passed in range(0, page.horizon_days + 1, WEEK_DAYS):
            week = days_from(first + timedelta(days=passed), WEEK_DAYS)
            slot = next(self.slots(page, week), None)
            if slot is not None:
                return slot
        return None

    def page_status(self, page: BookingPage) -> PageStatus:
        """Return whether a page is open, and its first free time."""
        free = self.next_free(page)
        return PageStatus(page, self.closed(page), None if free is None else free.start)

    def coming_fortnight(self) -> Fortnight:
        """Return the events of the coming two weeks."""
        window = coming_fortnight(self.now)
        blocks = {calendar: self.profile.busy.blocks([calendar], window) for calendar in self.calendars}
        return Fortnight(self.now, blocks)

    def explanation(
        self, page: BookingPage, start: datetime, *, besides: Booking | None = None
    ) -> Explanation:
        """Return every verdict on a booking that would begin at a moment in UTC.

        `besides` is a booking that does not stand in its own way.
        """
        day = local_date(page, start)
        return explained(page, start, self._circumstances(page, Days(day, day), besides))

    def day_explained(self, page: BookingPage, day: date) -> tuple[Explanation, ...]:
        """Return the verdicts on each time of a date at which a booking might begin."""
        circumstances = self._circumstances(page, Days(day, day))
        return tuple(explained(page, start, circumstances) for start in possible_starts(page, day))

    def _circumstances(self, page: BookingPage, days: Days, besides: Booking | None = None) -> Circumstances:
        window = days.window(page)
        own = () if besides is None else tuple(link.item for link in besides.events)
        events = tuple(
            (calendar, block)
            for calendar in self.calendars.values()
            for block in self.profile.busy.blocks([calendar.id], window)
            if block.item not in own
        )
        others = [
            one for one in self.profile.bookings.holding(window) if besides is None or one.id != besides.id
        ]
        held = held_for(page, self.pages, others)
        return Circumstances(
            now=self.now,
            closed=self.closed(page),
            events=events,
            held=held,
            taken=taken_by(page, (), held),
        )


def days_from(first: date, number: int) -> Days:
    """Return so many dates from one on."""
    return Days(first, first + timedelta(days=number - 1))
