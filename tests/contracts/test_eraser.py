from dataclasses import replace

import pytest

from oncetui.model.associations import AssociatedCalendars
from oncetui.model.bookings import Booking, BookingStatus
from oncetui.model.event_links import links_for
from oncetui.model.pages import BookingPage
from oncetui.model.ports import Erased
from oncetui.model.state import ConnectionRecord, State
from tests.contracts.conftest import Ports, UnderTest
from tests.contracts.values import CALENDAR, DAY, HOUR, NINE, TEAM, busy, reading

PAGE = BookingPage.named("30 minutes", 30, "Europe/Berlin")
EVENTS = tuple(link.written(f"i-{link.calendar}", 1) for link in links_for("c1", {"c2"}))
LINKED = Booking(
    "1", PAGE.id, BookingStatus.SCHEDULED, NINE, NINE + HOUR, "Ada", "ada@fabrikam.example", events=EVENTS
)


@pytest.fixture
def filled(under_test: UnderTest) -> Ports:
    store = under_test.ports
    store.busy.note_calendars([CALENDAR, TEAM], 1)
    store.busy.take_reading("c1", reading(busy("1", NINE), busy("2", NINE)), 1)
    store.pages.save(replace(PAGE, associated=AssociatedCalendars("c1", busy=frozenset({"c1", "c2"}))))
    under_test.keep_booking(LINKED)
    under_test.keep_booking(replace(LINKED, id="2", start=NINE - HOUR))
    under_test.keep_booking(replace(LINKED, id="3", status=BookingStatus.CANCELED))
    under_test.keep_booking(replace(LINKED, id="4", events=()))
    return store


class TestEraser:
    def test_it_counts_what_it_would_take(self, filled: Ports) -> None:
        counted = filled.eraser.count(NINE)

        assert counted == Erased(busy_blocks=2, calendars=2, sync_states=1, booking_links=1)

    def test_counting_erases_nothing(self, filled: Ports) -> None:
        filled.eraser.count(NINE)

        assert len(filled.busy.calendars()) == 2

    def test_it_takes_what_tells_of_the_mailbox(self, filled: Ports) -> None:
        assert filled.eraser.erase(NINE)

        assert filled.busy.calendars() == ()
        assert filled.busy.blocks(["c1"], DAY) == ()
        assert filled.busy.cursor("c1") is None
        assert filled.eraser.count(NINE) == Erased(0, 0, 0, 0)

    def test_pages_and_bookings_stay_without_their_calendars(self, filled: Ports) -> None:
        filled.eraser.erase(NINE)

        assert filled.pages.pages() == (PAGE,)
        assert filled.bookings.upcoming(NINE) == (
            replace(LINKED, events=()),
            replace(LINKED, id="4", events=()),
        )

    def test_what_was_erased_settles_where_nobody_reads(self, filled: Ports) -> None:
        filled.eraser.erase(NINE)

        assert filled.eraser.settle()

    def test_the_log_keeps_its_times_and_loses_what_may_name_the_server(self, filled: Ports) -> None:
        for state, sentence in (
            (State.INTERRUPTED, "mail.contoso.example doesn't answer."),
            (State.DISCONNECTED, "Disconnected by you."),
        ):
            filled.connection.change(lambda _, state=state: ConnectionRecord(state, NINE), sentence)  # type: ignore[misc]  # mypy can't infer it with a default

        filled.eraser.erase(NINE)

        lines = [(line.state, line.sentence) for line in filled.connection.history()]
        assert lines == [("disconnected", "Disconnected by you."), ("interrupted", "")]
