"""The associated calendars on the screen: rules as one toggles, saved with Enter, nothing lost by Esc."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.pilot import Pilot

from oncetui.model.associations import AssociatedCalendars
from oncetui.model.calendars import FoundCalendar
from oncetui.model.problem import ProblemError
from oncetui.model.problems.exchange import CALENDAR_MISSING
from oncetui.ui.add_calendar import AddCalendarScreen
from oncetui.ui.console.calendars import CalendarsScreen
from oncetui.ui.widgets.field import Field
from tests.ui.console.examples import PAGES, Office, office
from tests.ui.console.opened import console_of, drawn_as_stored, opened
from tests.ui.drawn import LARGE, SMALL, screen_text, until, until_text

# The rows are Calendar, Holidays (read-only), Private, Team Sales.


@asynccontextmanager
async def asked(made: Office, size: tuple[int, int] = SMALL) -> AsyncIterator[Pilot[Any]]:
    async with opened(made, size) as pilot:
        await pilot.press("c")
        await until(pilot, lambda: isinstance(pilot.app.screen, CalendarsScreen))
        yield pilot


def kept(made: Office, page: int = 0) -> AssociatedCalendars:
    return {one.id: one.associated for one in made.store.pages.pages()}[PAGES[page].id]


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
async def test_the_matrix_shows_the_first_page_and_what_its_choice_means(size: tuple[int, int]) -> None:
    async with asked(office().connect(), size) as pilot:
        await drawn_as_stored(pilot, "console-calendars")


async def test_a_choice_is_saved_with_enter_and_the_connector_reads_at_once() -> None:
    made = office().connect()
    async with asked(made) as pilot:
        await pilot.press("down", "down", "space", "enter")
        await until(pilot, lambda: pilot.app.screen is console_of(pilot))
        await until_text(pilot, "The calendars of 1 booking page are saved.")
    assert kept(made) == AssociatedCalendars("c2", frozenset({"c3"}), frozenset({"c1", "c2", "c3"}))
    assert [one.kind for one in made.store.commands.waiting(made.clock.now())] == ["refresh"]


async def test_what_the_rules_refuse_is_told_and_changes_nothing() -> None:
    made = office().connect()
    async with asked(made) as pilot:
        await pilot.press("down", "space")
        assert "Holidays is read-only, so bookings can't go into it." in screen_text(pilot.app)
        await pilot.press("enter")
        await until_text(pilot, "Nothing was changed.")
    assert kept(made) == PAGES[0].associated


async def test_a_page_that_would_close_is_told_before_it_is_saved() -> None:
    made = office().connect()
    async with asked(made) as pilot:
        await pilot.press("space", "enter")
        await until_text(pilot, "will accept no bookings without a main booking")
        assert kept(made).main == "c1"
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen is console_of(pilot))
        await until_text(pilot, "1 of 2 booking pages is closed")
    assert kept(made).main is None


async def test_moving_the_main_calendar_says_first_what_becomes_of_upcoming_bookings() -> None:
    made = office().connect().book()
    async with asked(made) as pilot:
        await pilot.press("down", "down", "space", "enter")
        await until_text(pilot, "2 upcoming bookings stay in Calendar.")
        assert kept(made).main == "c1"
        await pilot.press("enter")
        await until_text(pilot, "The calendars of 1 booking page are saved.")
    assert kept(made).main == "c2"


async def test_upcoming_bookings_can_be_moved_along_with_the_main_calendar() -> None:
    made = office().connect().book()
    async with asked(made) as pilot:
        await pilot.press("down", "down", "space", "enter")
        await until_text(pilot, "m moves them along")
        await drawn_as_stored(pilot, "console-calendars-moving")
        await pilot.press("m")
        await until_text(pilot, "2 bookings move along.")
    assert kept(made).main == "c2"
    mains = [one.main_event for one in made.store.bookings.since()]
    assert [None if link is None else link.calendar for link in mains] == ["c2", "c2"]


async def test_tab_goes_from_page_to_page_and_keeps_what_was_chosen() -> None:
    made = office().connect()
    async with asked(made) as pilot:
        await pilot.press("down", "down", "space", "tab")
        assert "Bookings of “Sales demo” …" in screen_text(pilot.app)
        assert "page 2 of 2" in screen_text(pilot.app)
        await pilot.press("space", "enter")
        await until_text(pilot, "The calendars of 2 booking pages are saved.")
    assert (kept(made, 0).main, kept(made, 1).main) == ("c2", "c2")


async def test_esc_says_what_is_not_saved_before_it_leaves() -> None:
    made = office().connect()
    async with asked(made) as pilot:
        await pilot.press("down", "down", "space", "escape")
        assert "1 booking page is changed and not saved." in screen_text(pilot.app)
        await pilot.press("escape")
        await until_text(pilot, "Left without saving; nothing was changed.")
    assert kept(made) == PAGES[0].associated


async def test_esc_leaves_at_once_where_nothing_was_changed() -> None:
    async with asked(office().connect()) as pilot:
        await pilot.press("escape")
        assert pilot.app.screen is console_of(pilot)


def with_shared(made: Office) -> Office:
    """Let a room and a colleague of whom only free/busy may be read share their calendars."""
    room = FoundCalendar("k5", "Room 4", writable=True, owner="room4@contoso.example")
    lea = "lea@contoso.example"
    briefly = FoundCalendar(f"free-busy:{lea}", lea, writable=False, owner=lea, full_read=False)
    missing = ProblemError(CALENDAR_MISSING.problem())
    made.opener.mailbox.shared |= {
        "room4@contoso.example": room,
        lea: briefly,
        "kim@contoso.example": missing,
    }
    return made


async def add(pilot: Pilot[Any], address: str) -> None:
    await pilot.press("a")
    await until(pilot, lambda: isinstance(pilot.app.screen, AddCalendarScreen))
    pilot.app.screen.query_one(Field).value = address
    await pilot.press("enter")


async def test_a_shared_calendar_is_added_by_address_and_makes_busy_once_it_is_saved() -> None:
    made = with_shared(office().connect())
    async with asked(made) as pilot:
        await add(pilot, "room4@contoso.example")
        await until_text(pilot, "Room 4 of room4@contoso.example is in the list, and nothing uses it yet.")
        assert kept(made) == PAGES[0].associated
        await pilot.press("right", "right", "space")
        await until_text(pilot, "Events in Room 4 make busy.")
        await pilot.press("enter")
        await until_text(pilot, "The calendars of 1 booking page are saved.")
    assert kept(made).busy == PAGES[0].associated.busy | {"c5"}


async def test_a_calendar_of_which_only_free_busy_may_be_read_is_said_to_be_so() -> None:
    made = with_shared(office().connect())
    async with asked(made) as pilot:
        await add(pilot, "lea@contoso.example")
        await until_text(pilot, "Of lea@contoso.example only free/busy may be read")
        await drawn_as_stored(pilot, "console-calendars-free-busy")


async def test_what_cannot_be_added_is_refused_in_words_and_the_address_stays() -> None:
    made = with_shared(office().connect())
    async with asked(made) as pilot:
        await add(pilot, "kim@contoso.example")
        await until_text(pilot, "There is no calendar of kim@contoso.example")
        await drawn_as_stored(pilot, "console-add-calendar")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, CalendarsScreen))
    assert len(made.store.busy.calendars()) == 4


async def test_an_added_calendar_is_taken_off_the_list_again_and_others_are_not() -> None:
    made = with_shared(office().connect())
    async with asked(made) as pilot:
        await pilot.press("x")
        await until_text(pilot, "Calendar is the mailbox's own; only shared calendars")
        await pilot.press("end", "x")
        await until_text(pilot, "use Team Sales; save without it")
        await add(pilot, "room4@contoso.example")
        await until_text(pilot, "nothing uses it yet")
        await pilot.press("x")
        await until_text(pilot, "Room 4 is off the list.")
    assert len(made.store.busy.calendars()) == 4


async def test_a_page_deleted_meanwhile_ends_in_a_sentence() -> None:
    made = office().connect()
    async with asked(made) as pilot:
        made.store.pages.delete(PAGES[0].id)
        await pilot.press("down", "down", "space", "enter")
        await until_text(pilot, "was deleted meanwhile")
