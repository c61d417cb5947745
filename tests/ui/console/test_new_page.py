"""A new booking page from the console."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.pilot import Pilot

from oncetui.model.associations import AssociatedCalendars
from oncetui.ui.console.new_page import NewPageScreen, field_error
from oncetui.ui.widgets.field import Field
from tests.ui.console.examples import Office, office
from tests.ui.console.opened import console_of, drawn_as_stored, opened
from tests.ui.drawn import SMALL, screen_text, until, until_text


@asynccontextmanager
async def asked(made: Office, size: tuple[int, int] = SMALL) -> AsyncIterator[Pilot[Any]]:
    async with opened(made, size) as pilot:
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, NewPageScreen))
        yield pilot


def put(pilot: Pilot[Any], name: str, value: str) -> None:
    pilot.app.screen.query_one(f"#{name}", Field).value = value


async def test_it_asks_for_name_duration_and_time_zone() -> None:
    async with asked(office().connect()) as pilot:
        await drawn_as_stored(pilot, "console-new-page")


async def test_a_page_is_made_with_the_usual_calendars() -> None:
    made = office().connect()
    async with asked(made) as pilot:
        put(pilot, "name", "Product tour")
        put(pilot, "duration", "45")
        await pilot.press("enter")
        await until_text(pilot, "“Product tour” is made. Its bookings go into Calendar; c on the console")
        await until_text(pilot, "Product tour          ✓ open")
    page = next(one for one in made.store.pages.pages() if one.id == "product-tour")
    assert (page.duration_minutes, page.time_zone) == (45, "Europe/Berlin")
    assert page.associated == AssociatedCalendars("c1", frozenset(), frozenset({"c1", "c2"}))


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("name", "", "A booking page needs a name, such as “30 minutes”."),
        ("duration", "half an hour", "A booking lasts between 5 and 1440 minutes, such as 30."),
        ("duration", "4", "A booking lasts between 5 and 1440 minutes, such as 30."),
        ("time_zone", "Berlin", "“Berlin” is no time zone; one is written Europe/Berlin."),
    ],
    ids=["no-name", "words", "too-short", "no-zone"],
)
async def test_what_cannot_stand_is_told_at_its_field(name: str, typed: str, sentence: str) -> None:
    made = office().connect()
    async with asked(made) as pilot:
        put(pilot, "name", "Product tour")
        put(pilot, name, typed)
        await pilot.press("enter")
        assert sentence in screen_text(pilot.app)
        assert pilot.app.focused is pilot.app.screen.query_one(f"#{name}", Field).input
    assert len(made.store.pages.pages()) == 2
    assert field_error(name, typed) == sentence


async def test_a_name_may_hold_a_question_mark() -> None:
    async with asked(office().connect()) as pilot:
        await pilot.press("question_mark")
        assert isinstance(pilot.app.screen, NewPageScreen)
        assert pilot.app.screen.query_one("#name", Field).value == "?"
        assert "ctrl+g help" in screen_text(pilot.app)


async def test_a_name_that_is_taken_replaces_no_page() -> None:
    made = office().connect()
    before = made.store.pages.pages()
    async with asked(made) as pilot:
        put(pilot, "name", "Sales  Demo!")
        await pilot.press("enter")
        await until_text(pilot, "“Sales demo” has the link sales-demo already; please choose another name.")
    assert made.store.pages.pages() == before


async def test_a_page_may_be_made_before_a_mailbox_is_connected() -> None:
    made = office().come_to_noon()
    async with asked(made) as pilot:
        put(pilot, "name", "Product tour")
        await pilot.press("enter")
        await until_text(pilot, "It checks no calendar until one is chosen: c")
    assert [page.id for page in made.store.pages.pages()] == ["product-tour"]


async def test_esc_says_that_a_named_page_is_not_made_before_it_leaves() -> None:
    made = office().connect()
    async with opened(made) as pilot:
        await pilot.press("n")
        await until_text(pilot, "A new booking page")
        pilot.app.screen.query_one("#name", Field).value = "Product tour"
        await pilot.press("escape")
        await until_text(pilot, "“Product tour” is not made yet.")
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is console_of(pilot))
    assert len(made.store.pages.pages()) == 2
