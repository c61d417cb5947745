"""Colours and weights of a few steps, as SVG; `--snapshot-update` stores them anew, after a look at them."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from oncetui.setup.fields import FieldName
from oncetui.ui.appearance import TERMINAL_THEME
from oncetui.ui.wizard.calendars import CalendarsScreen
from oncetui.ui.wizard.summary import SummaryScreen
from tests.ui.drawn import SMALL, until, until_text
from tests.ui.wizard.examples import DEMO, EMAIL, World, enter, nothing_found, on_account, sign_in

Steps = Callable[[Pilot[Any]], Awaitable[None]]
Compare = Callable[..., bool]


async def keyring_told(pilot: Pilot[Any]) -> None:
    await until_text(pilot, "system keyring")


async def to_search(pilot: Pilot[Any]) -> None:
    enter(await on_account(pilot), FieldName.EMAIL, EMAIL)
    await pilot.press("tab")
    await until_text(pilot, "Found mail.contoso.example")
    await keyring_told(pilot)


async def to_ews_url(pilot: Pilot[Any]) -> None:
    screen = await sign_in(pilot, "ben@fabrikam.example")
    await until(pilot, lambda: screen.state.ews_url is not None)
    enter(screen, FieldName.EWS_URL, "mail.contoso.example/owa")
    await pilot.press("tab", "shift+tab")
    await keyring_told(pilot)


async def to_user_name(pilot: Pilot[Any]) -> None:
    await sign_in(pilot, password="wrong")
    await until_text(pilot, "One refused sign-in")
    await keyring_told(pilot)


async def to_calendars(pilot: Pilot[Any]) -> None:
    await sign_in(pilot)
    await until(pilot, lambda: isinstance(pilot.app.screen, CalendarsScreen))
    await pilot.press("down", "down", "right", "space")
    await until_text(pilot, "Team Sales.")


async def to_summary(pilot: Pilot[Any]) -> None:
    await to_calendars(pilot)
    await pilot.press("enter")
    await until_text(pilot, "Where is the password kept?")
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, SummaryScreen))


@pytest.mark.parametrize("steps", [to_search, to_user_name, to_calendars, to_summary])
def test_in_256_colours(snap_compare: Compare, steps: Steps) -> None:
    assert snap_compare(World().app(), terminal_size=SMALL, run_before=steps)


def test_the_ews_url_in_256_colours(snap_compare: Compare) -> None:
    world = World(discovery=nothing_found())
    assert snap_compare(world.app(demo=DEMO), terminal_size=SMALL, run_before=to_ews_url)


def test_without_colour(snap_compare: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = World().app(theme=TERMINAL_THEME)
    assert snap_compare(app, terminal_size=SMALL, run_before=to_calendars)
