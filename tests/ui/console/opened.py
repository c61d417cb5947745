"""The running program on a pretended terminal, opened at the console."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot

from oncetui.ui.app import OncetuiApp
from oncetui.ui.appearance import Appearance
from oncetui.ui.console.console import ConsoleScreen
from oncetui.ui.console.drawn import Drawn
from oncetui.ui.services import DemoMailboxes, UiServices
from tests.ui.console.examples import Office
from tests.ui.drawn import SMALL, check_golden, until


@asynccontextmanager
async def opened(
    made: Office, size: tuple[int, int] = SMALL, demo: DemoMailboxes | None = None
) -> AsyncIterator[Pilot[Any]]:
    """Open the console of a profile, and wait until it has read what is kept."""
    app = console_app(made, demo=demo)
    async with app.run_test(size=size) as running:
        pilot: Pilot[Any] = running
        await until(pilot, lambda: isinstance(app.screen, ConsoleScreen) and app.screen.status is not None)
        await until(pilot, lambda: laid_out(pilot))
        yield pilot


def laid_out(pilot: Pilot[Any]) -> bool:
    """Tell whether each block of the screen has the room that its text takes."""
    blocks = pilot.app.screen.query(Drawn)
    size = pilot.app.screen.size
    return all(
        block.size.height == block.get_content_height(size, size, block.size.width) for block in blocks
    )


def console_app(
    made: Office, *, demo: DemoMailboxes | None = None, appearance: Appearance | None = None
) -> OncetuiApp:
    """Return the program, started in the console of this profile."""
    return OncetuiApp(UiServices(made.profile, "console", demo=demo, appearance=appearance or Appearance()))


def console_of(pilot: Pilot[Any]) -> ConsoleScreen:
    """Return the console, which may lie under another screen."""
    return next(screen for screen in pilot.app.screen_stack if isinstance(screen, ConsoleScreen))


async def drawn_as_stored(pilot: Pilot[Any], name: str) -> None:
    """Compare the screen with its stored text once it has come to rest."""
    await until(pilot, lambda: laid_out(pilot))
    check_golden(pilot.app, name)
