"""Disconnect: told first, asked once, erased then."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.pilot import Pilot

from oncetui.connector.disconnecting import COPY_LEFT
from oncetui.model.state import State
from oncetui.ui.console.disconnect import DisconnectScreen
from oncetui.ui.console.reconnect import ReconnectScreen
from tests.ui.console.examples import Office, hold_busy_time, office
from tests.ui.console.opened import console_of, drawn_as_stored, opened
from tests.ui.drawn import LARGE, SMALL, screen_text, until, until_text


def held() -> Office:
    made = office().connect().book()
    hold_busy_time(made, 1204)
    return made


@asynccontextmanager
async def asked(made: Office, size: tuple[int, int] = SMALL) -> AsyncIterator[Pilot[Any]]:
    async with opened(made, size) as pilot:
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, DisconnectScreen))
        await until_text(pilot, "1,204 busy times")
        yield pilot


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
async def test_it_says_what_goes_what_stays_and_that_a_changed_password_wants_reconnect(
    size: tuple[int, int],
) -> None:
    async with asked(held(), size) as pilot:
        await drawn_as_stored(pilot, "console-disconnect")


@pytest.mark.parametrize("keys", [["enter"], ["space"], ["escape"]], ids=["enter", "space", "esc"])
async def test_the_first_answer_keeps_the_connection(keys: list[str]) -> None:
    made = held()
    async with asked(made) as pilot:
        await pilot.press(*keys)
        await until(pilot, lambda: pilot.app.screen is console_of(pilot))
    assert made.record.state is State.CONNECTED
    assert made.secrets.secret is not None


@pytest.mark.parametrize("keys", [["right", "enter"], ["tab", "space"]], ids=["enter", "space"])
async def test_the_second_answer_erases_and_says_so(keys: list[str]) -> None:
    made = held()
    async with asked(made) as pilot:
        await pilot.press(*keys)
        await until_text(pilot, "Disconnected: everything known of the mailbox is erased.")
        await until_text(pilot, "! Disconnected since 12:03")
        assert "anna@contoso.example" not in screen_text(pilot.app)
    assert made.record.state is State.DISCONNECTED
    assert made.secrets.secret is None
    assert made.store.settings.load() is None
    assert len(made.store.pages.pages()) == 2


async def test_what_could_not_be_erased_stays_on_the_screen_until_it_is_read() -> None:
    made = held()
    made.store.eraser.copy_kept = True
    async with asked(made, LARGE) as pilot:
        await pilot.press("right", "enter")
        await until_text(pilot, COPY_LEFT[:60])
        assert isinstance(pilot.app.screen, DisconnectScreen)
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is console_of(pilot))


async def test_r_leads_to_reconnect_and_erases_nothing() -> None:
    made = held().change_password()
    async with asked(made) as pilot:
        await pilot.press("r")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReconnectScreen))
    assert made.secrets.secret is not None
