"""Taking a time for a customer on the console."""

from dataclasses import replace
from typing import Any

import pytest
from textual.pilot import Pilot

from oncetui.model.bookings import BookingStatus
from oncetui.ui.console.activity.booking import BookScreen
from oncetui.ui.console.activity.free_times import FreeTimes
from oncetui.ui.widgets.field import Field
from tests.ui.console.examples import PAGES, Office, office
from tests.ui.console.opened import console_of, drawn_as_stored, opened
from tests.ui.drawn import LARGE, SMALL, screen_text, until, until_text

SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])


async def begin(pilot: Pilot[Any]) -> None:
    await pilot.press("b")
    await until(pilot, lambda: isinstance(pilot.app.screen, BookScreen))
    await until(pilot, lambda: pilot.app.screen.query_one(FreeTimes).day is not None)


async def enter_customer(pilot: Pilot[Any], email: str = "dana@customer.example") -> None:
    await pilot.press("tab", *"Dana Reyes", "tab", *email)


@SIZES
async def test_free_times_and_the_customer_stand_on_one_screen(size: tuple[int, int]) -> None:
    async with opened(office().connect(), size) as pilot:
        await begin(pilot)
        await pilot.press("right", "down")
        await until_text(pilot, "Tuesday 24 Nov 2026")
        await drawn_as_stored(pilot, "book")


async def test_a_time_is_booked_where_no_calendar_is_connected() -> None:
    made = office().connect().disconnect()
    async with opened(made) as pilot:
        await begin(pilot)
        await enter_customer(pilot)
        await pilot.press("enter")
        await until_text(pilot, "Dana Reyes is booked for Mon 23 Nov 16:30, in no calendar")
        assert pilot.app.screen is console_of(pilot)
    (booking,) = made.store.bookings.since()
    assert (booking.status, booking.email) == (BookingStatus.SCHEDULED, "dana@customer.example")


async def test_a_booking_goes_through_the_calendar_where_this_console_keeps_it() -> None:
    made = office(alone=True).connect()
    for page in PAGES:
        made.store.pages.save(replace(page, minimum_notice_minutes=0))
    async with opened(made) as pilot:
        await begin(pilot)
        await enter_customer(pilot)
        await pilot.press("enter")
        await until_text(pilot, "Dana Reyes is booked for Mon 23 Nov 12:30, in Calendar and Team Sales.")
    assert made.store.bookings.since()[0].calendar_events == 2


async def test_an_email_is_checked_as_one_leaves_it() -> None:
    async with opened(office().connect()) as pilot:
        await begin(pilot)
        await enter_customer(pilot, "dana at customer")
        await pilot.press("shift+tab")
        await until(pilot, lambda: "has no spaces, as in" in screen_text(pilot.app))
        await drawn_as_stored(pilot, "book-wrong-email")


async def test_enter_on_the_times_goes_on_to_the_customer() -> None:
    async with opened(office().connect()) as pilot:
        await begin(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.focused is pilot.app.screen.query_one("#name Input"))


async def test_a_closed_page_says_why_and_who_must_act() -> None:
    made: Office = office().connect().change_password()
    async with opened(made) as pilot:
        await begin(pilot)
        await until_text(pilot, "takes no bookings: The connection needs you")


async def test_a_page_that_closed_meanwhile_refuses_with_the_reason() -> None:
    made = office().connect()
    async with opened(made) as pilot:
        await begin(pilot)
        await enter_customer(pilot)
        made.change_password()
        await pilot.press("enter")
        await until_text(pilot, "It needs you: see the first line of the console.")
    assert made.store.bookings.since() == ()


async def test_other_pages_are_looked_at_by_a_key() -> None:
    async with opened(office().connect()) as pilot:
        await begin(pilot)
        await until_text(pilot, "Book · 30 minutes with Anna")
        await pilot.press("ctrl+n")
        await until_text(pilot, "Book · Sales demo")


async def test_esc_leaves_without_booking() -> None:
    made = office().connect()
    async with opened(made) as pilot:
        await begin(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is console_of(pilot))
    assert made.store.bookings.since() == ()


async def test_esc_says_that_a_typed_customer_is_not_booked_before_it_leaves() -> None:
    async with opened(office().connect()) as pilot:
        await begin(pilot)
        pilot.app.screen.query_one("#name", Field).value = "Dana Reyes"
        await pilot.press("escape")
        await until_text(pilot, "Dana Reyes is not booked yet. Enter books, esc again leaves without.")
        assert pilot.app.screen.query_one("#name", Field).value == "Dana Reyes"
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is console_of(pilot))
