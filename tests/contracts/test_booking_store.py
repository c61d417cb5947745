from dataclasses import replace
from datetime import datetime

from oncetui.model.bookings import Booking, BookingStatus, canceled
from oncetui.model.calendars import FoundCalendar, Window
from oncetui.model.event_links import EventLink, EventState, links_for
from tests.contracts.conftest import UnderTest
from tests.contracts.values import HOUR, NINE

WRITTEN = tuple(link.written(f"i-{link.calendar}", 1) for link in links_for("c2", {"c1", "c3"}))
NOON = NINE + 3 * HOUR


def found(name: str) -> FoundCalendar:
    return FoundCalendar(f"key-{name}", name, writable=True)


def booking(
    name: str,
    start: datetime,
    status: BookingStatus = BookingStatus.SCHEDULED,
    events: tuple[EventLink, ...] = (),
) -> Booking:
    one = Booking(name, "sales-demo", status, start, start + HOUR, "Ada", "ada@fabrikam.example")
    return replace(one, taken_at=start - 24 * HOUR, events=events)


class TestBookingStore:
    def test_the_next_bookings_come_by_start(self, under_test: UnderTest) -> None:
        late, soon = booking("late", NINE + 5 * HOUR, events=WRITTEN), booking("soon", NINE + HOUR)
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

    def test_a_booking_comes_back_as_it_was_kept(self, under_test: UnderTest) -> None:
        moving = Window(NOON, NOON + HOUR)
        seen = replace(WRITTEN[1], state=EventState.CHANGED, seen_start=NINE, seen_end=NOON)
        kept = replace(
            booking("b1", NINE, events=(WRITTEN[0], seen)), moving_to=moving, revision=3, reason="Taken."
        )
        under_test.keep_booking(kept)

        assert under_test.ports.bookings.booking("b1") == kept
        assert under_test.ports.bookings.booking("b2") is None

    def test_the_stream_begins_where_it_is_asked_to(self, under_test: UnderTest) -> None:
        past, coming = booking("past", NINE), booking("coming", NOON, BookingStatus.CANCELED)
        for one in (coming, past):
            under_test.keep_booking(one)

        assert under_test.ports.bookings.since() == (past, coming)
        assert under_test.ports.bookings.since(NINE + HOUR) == (coming,)

    def test_a_time_is_held_by_what_stands_and_by_what_is_to_move_there(self, under_test: UnderTest) -> None:
        stands = booking("stands", NINE)
        moving = replace(booking("moving", NINE + 8 * HOUR), moving_to=Window(NINE, NINE + HOUR))
        for one in (stands, moving, booking("over", NINE, BookingStatus.CANCELED)):
            under_test.keep_booking(one)
        bookings = under_test.ports.bookings

        assert bookings.holding(Window(NINE, NINE + HOUR)) == (stands, moving)
        assert bookings.holding(Window(NINE - HOUR, NINE)) == ()
        assert bookings.holding(Window(NINE + 8 * HOUR, NINE + 9 * HOUR)) == (moving,)

    def test_a_time_that_does_not_fit_is_not_taken(self, under_test: UnderTest) -> None:
        bookings, near = under_test.ports.bookings, Window(NINE, NINE + HOUR)
        first, second = booking("first", NINE), booking("second", NINE)

        assert bookings.take(first, near, lambda others: not others)
        assert not bookings.take(second, near, lambda others: not others)
        assert bookings.since() == (first,)

    def test_a_booking_does_not_stand_in_its_own_way(self, under_test: UnderTest) -> None:
        first = booking("first", NINE)
        under_test.keep_booking(first)
        moving = replace(first, moving_to=Window(NINE, NINE + HOUR))

        assert under_test.ports.bookings.take(moving, Window(NINE, NINE + HOUR), lambda others: not others)

    def test_the_outbox_is_what_the_calendars_still_lack(self, under_test: UnderTest) -> None:
        requested = booking("requested", NINE, BookingStatus.REQUESTED, links_for("c1", ()))
        written = booking("written", NINE + HOUR, events=WRITTEN)
        for one in (requested, written):
            under_test.keep_booking(one)
        assert under_test.ports.bookings.outbox() == (requested,)

        under_test.ports.bookings.change("written", canceled)

        assert [one.id for one in under_test.ports.bookings.outbox()] == ["requested", "written"]

    def test_calendars_hold_the_events_of_bookings_to_come_until_they_are_removed(
        self, under_test: UnderTest
    ) -> None:
        bookings = under_test.ports.bookings
        under_test.keep_booking(booking("past", NINE, events=(WRITTEN[0],)))
        under_test.keep_booking(booking("over", NOON, BookingStatus.CANCELED, (WRITTEN[1],)))
        kept = booking("coming", NOON, events=(WRITTEN[2], EventLink("c9", main=False).removed()))
        under_test.keep_booking(kept)

        assert bookings.calendars_holding(NINE + HOUR) == {"c3"}
        assert bookings.calendars_holding(NINE) == {"c2", "c3"}

    def test_the_id_of_a_calendar_that_holds_an_event_is_given_to_no_other(
        self, under_test: UnderTest
    ) -> None:
        store = under_test.ports
        generation = store.connection.load().generation
        store.busy.note_calendars([found("a"), found("b")], generation)
        under_test.keep_booking(booking("b1", NINE, events=(EventLink("c2", main=True),)))

        store.busy.note_calendars([found("a")], generation)
        known = store.busy.note_calendars([found("a"), found("new")], generation)
        assert {one.name: one.id for one in known} == {"a": "c1", "new": "c3"}
        back = store.busy.note_calendars([found("b")], generation)
        assert {one.name: one.id for one in back} == {"b": "c2"}

    def test_a_change_is_made_to_what_is_kept(self, under_test: UnderTest) -> None:
        under_test.keep_booking(booking("b1", NINE))

        changed = under_test.ports.bookings.change("b1", canceled)

        assert changed is not None
        assert changed == under_test.ports.bookings.booking("b1")
        assert changed.status is BookingStatus.CANCELED
        assert under_test.ports.bookings.change("b2", canceled) is None

    def test_a_change_of_a_generation_that_is_over_is_not_made(self, under_test: UnderTest) -> None:
        kept = booking("b1", NINE)
        under_test.keep_booking(kept)
        generation = under_test.ports.connection.load().generation

        assert under_test.ports.bookings.change("b1", canceled, generation + 1) is None
        assert under_test.ports.bookings.booking("b1") == kept
