"""The booking pages on the console: the list, the settings of one, and why its times are free or busy."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from textual.pilot import Pilot

from oncetui.model.calendars import BusyBlock, Showing, Window
from oncetui.model.pages import BookingPage
from oncetui.model.problem import ProblemError
from oncetui.model.problems.network import NO_ANSWER
from oncetui.ui.console.activity.booking import BookScreen
from oncetui.ui.console.calendars import CalendarsScreen
from oncetui.ui.console.explaining import ExplainScreen
from oncetui.ui.console.new_page import NewPageScreen
from oncetui.ui.console.page_editor import PageEditorScreen
from oncetui.ui.console.pages import PagesScreen
from oncetui.ui.widgets.field import Field
from tests.ui.console.examples import PAGES, Office, office
from tests.ui.console.opened import console_of, drawn_as_stored, opened
from tests.ui.drawn import LARGE, SMALL, screen_text, until, until_text

SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])


async def press(pilot: Pilot[Any], key: str, screen: type[object]) -> None:
    await pilot.press(key)
    await until(pilot, lambda: isinstance(pilot.app.screen, screen))


async def edit(pilot: Pilot[Any]) -> None:
    await press(pilot, "p", PagesScreen)
    await press(pilot, "enter", PageEditorScreen)


def put(pilot: Pilot[Any], name: str, value: str) -> None:
    pilot.app.screen.query_one(f"#{name}", Field).value = value


def kept(made: Office) -> BookingPage:
    return {page.id: page for page in made.store.pages.pages()}[PAGES[0].id]


def with_events() -> Office:
    """A week ahead with an event, a Free day and one in a calendar that isn't ticked."""
    made = office().connect()

    def event(day: int, start: int, end: int, showing: Showing) -> BusyBlock:
        return BusyBlock(
            f"i{day}{start}",
            datetime(2026, 11, day, start, tzinfo=UTC),
            datetime(2026, 11, day, end, tzinfo=UTC),
            showing,
        )

    made.store.busy.held["c1"] = {event(24, 9, 11, Showing.BUSY), event(24, 0, 23, Showing.FREE)}
    made.store.busy.held["c4"] = {event(24, 12, 13, Showing.BUSY)}
    return made.book()


@SIZES
async def test_the_pages_are_listed(size: tuple[int, int]) -> None:
    async with opened(office().connect(), size) as pilot:
        await press(pilot, "p", PagesScreen)
        await drawn_as_stored(pilot, "console-pages")


@SIZES
async def test_the_settings_of_a_page_stand_a_line_each(size: tuple[int, int]) -> None:
    async with opened(office().connect(), size) as pilot:
        await edit(pilot)
        await drawn_as_stored(pilot, "console-page-editor")


async def test_changed_settings_are_saved_with_enter() -> None:
    made = office().connect()
    async with opened(made) as pilot:
        await edit(pilot)
        put(pilot, "working_hours", "Mon-Thu 9-12 13-17")
        put(pilot, "date_hours", "2026-12-24 closed")
        put(pilot, "minimum_notice_minutes", "2 days")
        put(pilot, "counts_as_free", "tentative")
        await pilot.press("enter")
        await until_text(pilot, "“30 minutes with Anna” is saved.")
    page = kept(made)
    assert page.working_hours[4] == ()
    assert (page.minimum_notice_minutes, page.counts_as_free) == (2880, frozenset({Showing.TENTATIVE}))
    assert page.associated == PAGES[0].associated


async def test_what_cannot_stand_is_told_as_one_leaves_the_field() -> None:
    made = office().connect()
    async with opened(made) as pilot:
        await edit(pilot)
        put(pilot, "duration_minutes", "3")
        await pilot.press("tab", "tab")
        field = pilot.app.screen.query_one("#duration_minutes", Field)
        assert field.has_class("has-error")
        await pilot.press("enter")
        await until_text(pilot, "A booking lasts between 5 and 1440 minutes, such as 30.")
        assert pilot.app.focused is field.input
    assert kept(made) == PAGES[0]


async def test_esc_says_what_is_not_saved_before_it_leaves() -> None:
    made = office().connect()
    async with opened(made) as pilot:
        await edit(pilot)
        put(pilot, "location", "Room 4")
        await pilot.press("escape")
        await until_text(pilot, "changed and not saved")
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is console_of(pilot))
    assert kept(made) == PAGES[0]


async def test_a_page_deleted_meanwhile_is_not_made_again() -> None:
    made = office().connect()
    async with opened(made) as pilot:
        await edit(pilot)
        made.store.pages.delete(PAGES[0].id)
        put(pilot, "location", "Room 4")
        await pilot.press("enter")
        await until_text(pilot, "was deleted meanwhile")
    assert [page.id for page in made.store.pages.pages()] == [PAGES[1].id]


async def test_a_new_page_can_be_made_from_the_list() -> None:
    async with opened(office().connect()) as pilot:
        await press(pilot, "p", PagesScreen)
        await press(pilot, "n", NewPageScreen)


async def test_without_pages_the_key_says_how_to_make_one() -> None:
    async with opened(office().come_to_noon()) as pilot:
        await pilot.press("p")
        await until_text(pilot, "There is no booking page yet. Press n to make one.")


@SIZES
async def test_a_day_is_shown_with_every_verdict_on_the_chosen_time(size: tuple[int, int]) -> None:
    async with opened(with_events(), size) as pilot:
        await press(pilot, "p", PagesScreen)
        await press(pilot, "w", ExplainScreen)
        await pilot.press("right")
        await until_text(pilot, "Tuesday 24 Nov 2026")
        await until_text(pilot, "already booked")
        await pilot.press("down", "down", "down")
        await until_text(pilot, "marked Free: won't block")
        await drawn_as_stored(pilot, "console-why")


async def test_days_and_times_are_gone_through_by_arrows_up_to_the_ends() -> None:
    async with opened(with_events()) as pilot:
        await press(pilot, "p", PagesScreen)
        await press(pilot, "w", ExplainScreen)
        await pilot.press("left")
        await until_text(pilot, "Closed all day by the working hours.")
        await pilot.press("right", "right", "up")
        await until_text(pilot, "▌09:00")
        await pilot.press(*["down"] * 30)
        await until_text(pilot, "▌16:30")


async def test_calendars_can_be_chosen_from_there() -> None:
    async with opened(office().connect()) as pilot:
        await press(pilot, "p", PagesScreen)
        await press(pilot, "w", ExplainScreen)
        await press(pilot, "c", CalendarsScreen)


async def test_subjects_are_read_live_where_this_console_keeps_the_connection() -> None:
    made = office(alone=True).connect()
    start = datetime(2026, 11, 24, 9, tzinfo=UTC)
    made.opener.mailbox.add_event("k1", Window(start, start + timedelta(hours=1)), subject="Team meeting")
    async with opened(made) as pilot:
        await until(pilot, lambda: made.store.busy.held.get("c1"))
        await press(pilot, "p", PagesScreen)
        await press(pilot, "w", ExplainScreen)
        await pilot.press("right")
        await until_text(pilot, "Team meeting · Calendar: shows Busy")
    assert "Team meeting" not in repr(made.store.busy.held)


async def test_subjects_are_read_by_a_key_where_another_process_keeps_the_connection() -> None:
    made = office().connect()
    start = datetime(2026, 11, 24, 9, tzinfo=UTC)
    window = Window(start, start + timedelta(hours=1))
    item = made.opener.mailbox.add_event("k1", window, subject="Team meeting")
    made.store.busy.held["c1"] = {BusyBlock(item, window.start, window.end, Showing.BUSY)}
    async with opened(made) as pilot:
        await press(pilot, "p", PagesScreen)
        await press(pilot, "w", ExplainScreen)
        await pilot.press("right")
        await until_text(pilot, "Calendar: shows Busy")
        await until_text(pilot, "s subjects")
        assert made.opener.sign_ins == []
        await pilot.press("s")
        await until_text(pilot, "Team meeting · Calendar: shows Busy")
        assert len(made.opener.sign_ins) == 1
        made.opener.problems.append(ProblemError(NO_ANSWER.problem(host="mail.contoso.example")))
        await pilot.press("s")
        await until_text(pilot, "No answer from mail.contoso.example.")
    assert "Team meeting" not in repr(made.store.busy.held)


async def test_a_time_can_be_booked_from_the_day() -> None:
    async with opened(office().connect()) as pilot:
        await press(pilot, "p", PagesScreen)
        await press(pilot, "w", ExplainScreen)
        await press(pilot, "b", BookScreen)


async def test_a_calendar_that_blocks_nothing_is_told_on_the_console() -> None:
    made = office().connect()
    for page in made.store.pages.pages():
        associated = replace(page.associated, busy=page.associated.busy - {"c2"})
        made.store.pages.associate(page.id, associated)
    event = BusyBlock(
        "i1", datetime(2026, 11, 25, 9, tzinfo=UTC), datetime(2026, 11, 25, 10, tzinfo=UTC), Showing.BUSY
    )
    made.store.busy.held["c2"] = {event}
    async with opened(made) as pilot:
        assert "Private has events in the coming fortnight" in screen_text(pilot.app)
        await pilot.press("c", "tab", "shift+tab", "down", "down", "right", "right", "space", "enter")
        await until_text(pilot, "The calendars of 1 booking page are saved.")
        await until(pilot, lambda: "coming fortnight" not in screen_text(pilot.app))
