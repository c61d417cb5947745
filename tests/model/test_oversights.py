"""What slips through the settings is found from what is kept, and told once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from oncetui.model.associations import NO_CALENDARS, AssociatedCalendars
from oncetui.model.calendars import BusyBlock, Calendar, Showing
from oncetui.model.oversights import Fortnight, oversights
from oncetui.model.pages import BookingPage

MONDAY = datetime(2026, 11, 23, 7, tzinfo=UTC)
HOUR = timedelta(hours=1)
MAIN = Calendar("c1", "k1", "Calendar", writable=True, default=True)
PRIVATE = Calendar("c2", "k2", "Private", writable=True)
TEAM = Calendar("c3", "k3", "Team", writable=True, owner="team@contoso.example")
CALENDARS = {one.id: one for one in (MAIN, PRIVATE, TEAM)}
PAGE = BookingPage("call", "Call", 30, "Europe/Berlin", associated=AssociatedCalendars("c1"))


def event(hours: float = 3, showing: Showing = Showing.BUSY, lasting: float = 1) -> BusyBlock:
    start = MONDAY + hours * HOUR
    return BusyBlock("item", start, start + lasting * HOUR, showing)


def told(
    *pages: BookingPage, calendars: dict[str, Calendar] = CALENDARS, **blocks: tuple[BusyBlock, ...]
) -> list[tuple[str, str]]:
    found = oversights(pages or (PAGE,), calendars, Fortnight(MONDAY, blocks))
    return [(problem.code, problem.what) for problem in found]


def test_settings_that_let_nothing_slip_are_passed_over() -> None:
    assert told(c1=(event(),)) == []


def test_bookings_that_go_nowhere_are_told() -> None:
    without = replace(PAGE, associated=NO_CALENDARS)
    read_only = {**CALENDARS, "c1": replace(MAIN, writable=False)}

    assert [code for code, _ in told(without)] == ["no-main-calendar"]
    assert [code for code, _ in told(calendars=read_only)] == ["main-calendar-read-only"]


def test_a_calendar_with_events_on_which_no_page_looks_is_told() -> None:
    busy = (event(),)

    assert told(c2=busy) == [
        (
            "calendar-does-not-block",
            "Private has events in the coming fortnight, and no booking page looks at it.",
        )
    ]
    ticked = replace(PAGE, id="other", associated=AssociatedCalendars("c1", busy=frozenset({"c2"})))
    assert told(PAGE, ticked, c2=busy) == []


def test_shared_calendars_and_free_events_are_no_reason_to_tick_a_calendar() -> None:
    assert told(c2=(event(showing=Showing.FREE), event(lasting=0)), c3=(event(),)) == []


def test_free_events_in_working_hours_are_counted() -> None:
    all_day = event(-8, Showing.FREE, lasting=24)
    at_night = event(15, Showing.FREE)
    weekend = event(-8 + 5 * 24, Showing.FREE, lasting=48)

    assert told(c1=(all_day, at_night, weekend)) == [
        ("events-do-not-block", "1 event of the coming fortnight in Calendar won't block: marked Free.")
    ]
    assert told(c2=(all_day,)) == []
    assert told(c1=(all_day, event(26, Showing.FREE)))[0][1].startswith("2 events of")
