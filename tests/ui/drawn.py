"""A screen as plain text, and the stored texts that it is compared with.

`ONCETUI_UPDATE_GOLDENS=1` rewrites the stored texts instead of comparing; read the difference before it is
committed.
"""

import asyncio
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual.app import App
from textual.pilot import Pilot

GOLDENS = Path(__file__).parent / "goldens"
SMALL = (80, 24)
LARGE = (120, 40)
PATIENCE = 15.0


def screen_text(app: App[Any]) -> str:
    """Return what stands on the screen, without trailing blanks."""
    strips = app.screen._compositor.render_strips()
    return "".join(f"{strip.text.rstrip()}\n" for strip in strips)


def check_golden(app: App[Any], name: str) -> None:
    """Compare the screen with the stored text of that name and the screen's size."""
    width, height = app.size
    path = GOLDENS / f"{name}-{width}x{height}.txt"
    drawn = screen_text(app)
    if os.environ.get("ONCETUI_UPDATE_GOLDENS"):
        path.write_text(drawn, encoding="utf-8")
        return
    assert path.exists(), f"{path.name} is not stored yet; ONCETUI_UPDATE_GOLDENS=1 stores it"
    assert drawn == path.read_text(encoding="utf-8"), f"{path.name} differs:\n{drawn}"


async def until(pilot: Pilot[Any], holds: Callable[[], object]) -> None:
    """Let the app work until something holds; fail, with the screen, where it never does."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        if pilot.app._exception is not None:
            raise pilot.app._exception
        assert time.monotonic() < deadline, f"it never came to be:\n{screen_text(pilot.app)}"
        await pilot.pause()
        await asyncio.sleep(0.005)
    await pilot.pause()


async def until_text(pilot: Pilot[Any], text: str) -> None:
    """Let the app work until a text stands on the screen."""
    await until(pilot, lambda: text in screen_text(pilot.app))
