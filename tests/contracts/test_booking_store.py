from datetime import datetime

from oncetui.model.bookings import Booking, BookingStatus
from tests.contracts.conftest import UnderTest
from tests.contracts.values import HOUR, NINE


def booking(
    name: str, start: datetime, status: BookingStatus = BookingStatus.SCHEDULED, events: int = 0
) -> Booking:
    return Booking(name, "sales-demo", status, start, start + HOUR, "Ada", "ada@fabrikam.example", events)


class TestBookingStore:
    def test_the_next_bookings_come_by_start(self, under_test: UnderTest) -> None:
        late, soon = booking("late", NINE + 5 * HOUR, events=2), booking("soon", NINE + HOUR)
        for one in (late, soon, booking("past", NINE - HOUR)):
            under_test.keep_booking(one)

        assert under_test.ports.bookings.upcoming(NINE) == (soon, late)
        assert under_test.ports.bookings.upcoming(NINE, limit=1) == (soon,)
        assert under_test.ports.bookings.count_upcoming(NINE) == 2

    def test_only_bookings_that_stand_are_upcoming(self, under_test: UnderTest) -> None:
        for status in BookingStatus:
            under_test.keep_booking(booking(str(status), NINE, status))

        upcoming = {one.status for one in under_test.ports.bookings.upcoming(NINE, limit=10)}

        assert upcoming == {BookingStatus.REQUESTED, BookingStatus.SCHEDULED, BookingStatus.RESCHEDULED}
        assert under_test.ports.bookings.count_upcoming(NINE) == 3
