"""The console's colours, compared as pictures: our own, and the terminal's sixteen."""

from collections.abc import Callable
from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot

from oncetui.ui.appearance import TERMINAL_THEME, Appearance
from oncetui.ui.console.console import ConsoleScreen
from tests.ui.console.examples import Office, office
from tests.ui.console.opened import console_app
from tests.ui.drawn import SMALL, until, until_text

Compare = Callable[..., bool]

PICTURES: dict[str, tuple[Callable[[], Office], str]] = {
    "connected": (lambda: office().connect().book(), ""),
    "interrupted": (lambda: office().connect().go_silent().pass_time(minutes=12), ""),
    "failed": (lambda: office().connect().change_password(), ""),
    "disconnect": (lambda: office().connect().book(), "d"),
}
APPEARANCES = {"own": Appearance(), "terminal": Appearance(TERMINAL_THEME)}


def settled(key: str) -> Callable[[Pilot[Any]], Any]:
    async def settle(pilot: Pilot[Any]) -> None:
        app: App[Any] = pilot.app
        await until(pilot, lambda: isinstance(app.screen, ConsoleScreen) and app.screen.status is not None)
        if key:
            await pilot.press(key)
            await until_text(pilot, "Erased")

    return settle


@pytest.mark.parametrize("colours", APPEARANCES)
@pytest.mark.parametrize("picture", PICTURES)
def test_a_state_looks_as_stored(picture: str, colours: str, snap_compare: Compare) -> None:
    made, key = PICTURES[picture]
    app = console_app(made(), appearance=APPEARANCES[colours])
    assert snap_compare(app, terminal_size=SMALL, run_before=settled(key))
