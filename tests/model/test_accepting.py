from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from oncetui.model.accepting import closed_reason
from oncetui.model.associations import NO_CALENDARS, AssociatedCalendars
from oncetui.model.calendars import Calendar
from oncetui.model.pages import BookingPage
from oncetui.model.state import ConnectionRecord, State
from tests.fakes.clock import MONDAY_MORNING as NOW

MAIN = Calendar("c1", "k1", "Calendar", writable=True, read_at=NOW)
TEAM = Calendar("c2", "k2", "Team Sales", writable=False, read_at=NOW)
PAGE = BookingPage(
    "one",
    "One",
    30,
    "Europe/Berlin",
    associated=AssociatedCalendars(main="c1", additional=frozenset({"c9"}), busy=frozenset({"c2"})),
)
CONNECTED = ConnectionRecord(State.CONNECTED, NOW)


def code(
    *calendars: Calendar,
    page: BookingPage = PAGE,
    state: State = State.CONNECTED,
    now: datetime = NOW,
) -> str | None:
    reason = closed_reason(
        page, replace(CONNECTED, state=state), {calendar.id: calendar for calendar in calendars}, now
    )
    return None if reason is None else reason.code


def test_a_page_whose_calendars_are_read_and_fresh_is_open() -> None:
    assert code(MAIN, TEAM) is None


@pytest.mark.parametrize("state", [State.NOT_CONNECTED, State.DISCONNECTED])
def test_a_page_without_a_connection_is_open_and_consults_no_calendar(state: State) -> None:
    assert code(page=replace(PAGE, associated=NO_CALENDARS), state=state) is None


@pytest.mark.parametrize("state", [State.INTERRUPTED, State.FAILED_USER, State.FAILED_IT])
def test_a_page_is_closed_while_the_connection_is_down_however_fresh_its_calendars(state: State) -> None:
    assert code(MAIN, TEAM, state=state) == str(state)


def test_a_connected_page_without_a_main_calendar_is_closed() -> None:
    assert code(MAIN, page=replace(PAGE, associated=NO_CALENDARS)) == "no-main-calendar"


def test_a_main_calendar_that_became_read_only_closes_its_page() -> None:
    assert code(replace(MAIN, writable=False), TEAM) == "main-calendar-read-only"


def test_a_calendar_that_went_away_closes_its_page() -> None:
    assert code(MAIN) == "calendar-missing"


def test_a_calendar_that_cant_be_read_closes_its_page_and_says_why() -> None:
    unreadable = replace(TEAM, unreadable="It was deleted.")
    reason = closed_reason(PAGE, CONNECTED, {"c1": MAIN, "c2": unreadable}, NOW)

    assert reason is not None
    assert (reason.code, reason.text) == ("calendar-unreadable", "Team Sales: It was deleted.")


@pytest.mark.parametrize("age", [timedelta(minutes=15, seconds=1), timedelta(seconds=-1)])
def test_a_calendar_that_is_not_fresh_closes_its_page(age: timedelta) -> None:
    assert code(MAIN, replace(TEAM, read_at=NOW - age)) == "calendar-stale"


def test_a_calendar_that_was_never_read_closes_its_page() -> None:
    assert code(replace(MAIN, read_at=None), TEAM) == "calendar-stale"


def test_a_calendar_that_only_takes_copies_of_bookings_closes_nothing() -> None:
    assert code(MAIN, TEAM, replace(MAIN, id="c9", read_at=None)) is None
