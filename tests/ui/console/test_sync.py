"""The sync mode on the console: what was chosen beside what is in effect, and another choice."""

from dataclasses import replace

import pytest
from textual.pilot import Pilot

from oncetui.model.connection import SyncMode
from oncetui.model.status import Heartbeat
from oncetui.model.sync import SyncInEffect, partly_watched
from oncetui.ui.console.sync import SyncScreen
from tests.ui.console.examples import NOON, SETTINGS, Office, office
from tests.ui.console.opened import console_of, drawn_as_stored, opened
from tests.ui.drawn import LARGE, SMALL, screen_text, until, until_text


async def look(pilot: Pilot[None]) -> None:
    await pilot.press("s")
    await until(pilot, lambda: isinstance(pilot.app.screen, SyncScreen))


def in_effect(made: Office, sync: SyncInEffect) -> Office:
    """Let the other process's connector learn of changes like this."""
    made.store.commands.beat(Heartbeat(4711, NOON, made.clock.now(), sync))
    return made


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
async def test_the_mode_in_effect_stands_beside_the_chosen_one_with_the_reason(
    size: tuple[int, int],
) -> None:
    made = in_effect(office().connect(), SyncInEffect(reason="the server allows no more event streams"))
    async with opened(made, size) as pilot:
        await look(pilot)
        await drawn_as_stored(pilot, "console-sync")


async def test_another_mode_is_saved_and_a_connector_elsewhere_told() -> None:
    made = office().connect()
    async with opened(made) as pilot:
        await look(pilot)
        await pilot.press("down", "enter")
        await until_text(pilot, "Auto-sync is chosen. The server is asked for changes every 60 s.")
        await until_text(pilot, "Auto-sync, every 60 s")
    assert made.store.settings.load() == replace(SETTINGS, sync_mode=SyncMode.AUTO)
    assert [one.kind for one in made.store.commands.waiting(made.clock.now())] == ["settings"]


async def test_the_connector_in_this_console_takes_the_mode_over() -> None:
    made = office(alone=True).connect()
    made.opener.mailbox.no_stream = None
    async with opened(made) as pilot:
        await until(pilot, lambda: made.opener.mailbox.listeners)
        await look(pilot)
        await pilot.press("down", "enter")
        await until(pilot, lambda: not made.opener.mailbox.listeners)


async def test_what_real_time_leaves_out_is_said() -> None:
    made = in_effect(office().connect(), partly_watched(1))
    async with opened(made) as pilot:
        await look(pilot)
        await until_text(pilot, "1 calendar is asked every 60 s")
        assert "In effect   Real-time" in screen_text(pilot.app)


async def test_the_screen_follows_what_comes_into_effect() -> None:
    made = in_effect(office().connect(), SyncInEffect(reason="Real-time is being set up"))
    async with opened(made) as pilot:
        await look(pilot)
        await until_text(pilot, "nothing at the moment")
        made.beat()
        await until_text(pilot, "In effect   Real-time")


async def test_esc_says_that_a_mode_is_not_saved_before_it_leaves() -> None:
    made = office().connect()
    async with opened(made) as pilot:
        await look(pilot)
        await pilot.press("down", "escape")
        await until_text(pilot, "Auto-sync is not saved.")
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is console_of(pilot))
    assert made.store.settings.load() == SETTINGS


async def test_without_a_connection_the_key_says_why_it_cannot_act() -> None:
    async with opened(office().come_to_noon()) as pilot:
        await pilot.press("s")
        await until_text(pilot, "no mailbox is connected. Press r to connect one.")
