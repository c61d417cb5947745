"""Draws the pictures of the README: the running program against the simulated Exchange.

Run by `make screenshots`. The time of day stands still in most of them, so that only a change of the program
changes a picture; the seconds that a search took are real.
"""

import asyncio
import json
import re
import tempfile
import time
import urllib.request
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from oncetui.cli.compose import Composition, GlobalOptions
from oncetui.cli.demo_server import demo_mailboxes, demo_route
from oncetui.cli.system_clock import SystemClock
from oncetui.simulator import RunningSimulator, default_scenario, start
from oncetui.ui.app import OncetuiApp
from oncetui.ui.services import UiServices

FOLDER = Path(__file__).parent
SIZE = (80, 24)
MONDAY = datetime(2026, 11, 23, 7, 41, 12, tzinfo=UTC)
PATIENCE = 40.0


class StillClock(SystemClock):
    """A clock on which it is always the same Monday morning."""

    def now(self) -> datetime:
        """Return that moment."""
        return MONDAY


class GoingClock(SystemClock):
    """A clock that starts on that morning and goes on, for waits that have to come to their end."""

    def __init__(self) -> None:
        self._started = self.monotonic()

    def now(self) -> datetime:
        """Return the moment."""
        return MONDAY + timedelta(seconds=self.monotonic() - self._started)


@contextmanager
def program(clock: SystemClock) -> Iterator[tuple[OncetuiApp, RunningSimulator]]:
    """Run the program's app in a throw-away home beside a simulated Exchange."""
    with tempfile.TemporaryDirectory() as home, start(default_scenario(clock.now)) as simulator:
        options = GlobalOptions(home=Path(home) / "home", route=demo_route(simulator.ready), keyring=False)
        composition = Composition(options)
        composition.clock = clock
        try:
            profile = replace(
                composition.profile,
                time_zone="Europe/Berlin",
                settings_path="~/.config/oncetui/default.toml",
            )
            demo = replace(demo_mailboxes(simulator.ready), mailboxes=())
            # The server tells this computer's time, so that no picture warns of a clock that is wrong.
            break_it(simulator, "clock-skew", seconds=int((datetime.now(UTC) - clock.now()).total_seconds()))
            yield OncetuiApp(UiServices(profile, "setup", demo=demo)), simulator
        finally:
            composition.close()


class Draughtsman:
    """Presses keys, waits for what they bring, and keeps pictures."""

    def __init__(self, app: Any, pilot: Any) -> None:
        self._app = app
        self._pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys by name."""
        await self._pilot.press(*keys)

    async def play(self, label: str) -> None:
        """Break or mend the simulated server, as the command palette of the demo does."""
        action = next(one for one in self._app.services.demo.actions if one.label.startswith(label))
        await asyncio.to_thread(action.run)

    async def type(self, text: str) -> None:
        """Put a text into the focused field at once, as a paste does."""
        self._app.focused.value = text
        await self._pilot.pause()

    async def until(self, text: str) -> None:
        """Wait for a text on the screen."""
        deadline = time.monotonic() + PATIENCE
        while text not in self._text():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{text!r} never came; the screen was:\n{self._text()}")
            await asyncio.sleep(0.02)
        await self._pilot.pause(0.1)

    def keep(self, name: str) -> None:
        """Write the screen to a picture."""
        drawn = self._app.export_screenshot(title="oncetui")
        (FOLDER / f"{name}.svg").write_text(portable(drawn), "utf-8")

    def _text(self) -> str:
        return "\n".join(strip.text for strip in self._app.screen._compositor.render_strips())


def portable(svg: str) -> str:
    """Return the picture with its blanks kept, and without fonts from the web or what only this run has."""
    svg = svg.replace("<svg ", '<svg xml:space="preserve" ', 1)
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code", "DejaVu Sans Mono, Menlo, Consolas")
    svg = re.sub(r"/[^<]*/oncetui-simulator-\w+/ca\.pem", _company_file, svg)
    for number, found in enumerate(dict.fromkeys(re.findall(r"terminal-\d{3,}", svg))):
        svg = svg.replace(found, f"oncetui-{number}")
    return svg


def _company_file(found: re.Match[str]) -> str:
    """Stand in for the file of the simulator's authority, in the same width."""
    return "~/company-ca.pem".ljust(len(found.group()), "\N{NO-BREAK SPACE}")


Scene = Callable[[Draughtsman, RunningSimulator], Coroutine[Any, Any, None]]


async def connected(draw: Draughtsman, simulator: RunningSimulator, email: str, *, pictures: bool) -> None:
    """Take the wizard to the console with a mailbox that needs nothing else."""
    mailbox = next(one for one in simulator.ready["mailboxes"] if one["email"] == email)
    await draw.until("Connect your Exchange calendar")
    await draw.type(email)
    await draw.press("tab")
    await draw.until("Found mail.contoso.example")
    await draw.type(mailbox["password"])
    if pictures:
        draw.keep("wizard-account")
    await draw.press("enter")
    await draw.until("Which calendars?")
    if pictures:
        draw.keep("wizard-calendars")
    await draw.press("enter")
    await draw.until("Where is the password kept?")
    await draw.press("enter")
    await draw.until("next event")
    if pictures:
        draw.keep("wizard-summary")
    await draw.press("enter")
    await draw.until("Connected to mail.contoso.example")


async def from_wizard_to_console(draw: Draughtsman, simulator: RunningSimulator) -> None:
    """Draw the usual way, and what the console shows of a changed password and of a server that is gone."""
    await connected(draw, simulator, "anna@contoso.example", pictures=True)
    await draw.until("Sync        Real-time")
    draw.keep("console-connected")
    await draw.press("c")
    await draw.until("make busy")
    draw.keep("console-calendars")
    await draw.press("escape")
    await draw.until("Connected to mail.contoso.example")
    await draw.press("d")
    await draw.until("double bookings possible")
    draw.keep("console-disconnect")
    await draw.press("escape")
    await draw.until("Connected to mail.contoso.example")
    await draw.play("Password of anna@contoso.example")
    await draw.press("f")
    await draw.until("refuses your password")
    await draw.until("closed")
    draw.keep("console-failed")
    await draw.press("r")
    await draw.until("Reconnect")
    draw.keep("console-reconnect")


async def ews_url(draw: Draughtsman, _: RunningSimulator) -> None:
    """Draw the EWS URL being revealed."""
    await draw.until("Connect your Exchange calendar")
    await draw.type("ben@fabrikam.example")
    await draw.press("tab")
    await draw.until("EWS URL")
    await draw.type("an-example")
    await draw.press("tab")
    await draw.type("owa.fabrikam.example/owa")
    await draw.press("tab", "shift+tab")
    await draw.until("EWS/Exchange.asmx")
    draw.keep("wizard-ews-url")


async def user_name(draw: Draughtsman, simulator: RunningSimulator) -> None:
    r"""Draw Domain\UserName being revealed."""
    mailbox = next(one for one in simulator.ready["mailboxes"] if one["email"] == "carla@contoso.example")
    await draw.until("Connect your Exchange calendar")
    await draw.type(mailbox["email"])
    await draw.press("tab")
    await draw.until("Found mail.contoso.example")
    await draw.type(mailbox["password"])
    await draw.press("enter")
    await draw.until("Domain\\UserName")
    draw.keep("wizard-user-name")


async def server_gone(draw: Draughtsman, simulator: RunningSimulator) -> None:
    """Draw a server that refuses connections."""
    await connected(draw, simulator, "anna@contoso.example", pictures=False)
    await draw.until("Sync        Real-time")
    await draw.play("Server: gone")
    await draw.press("f")
    await draw.until("closed and")
    draw.keep("console-interrupted")


async def certificate(draw: Draughtsman, simulator: RunningSimulator) -> None:
    """Draw a certificate that nobody here trusts; its fingerprints are other ones each time."""
    mailbox = next(one for one in simulator.ready["mailboxes"] if one["email"] == "anna@contoso.example")
    break_it(simulator, "certificate-self-signed")
    await draw.until("Connect your Exchange calendar")
    await draw.type(mailbox["email"])
    await draw.press("tab")
    await draw.until("Decide about that first")
    await draw.type(mailbox["password"])
    await draw.press("enter")
    await draw.until("Trust it")
    draw.keep("wizard-certificate")


async def troubleshoot(draw: Draughtsman, simulator: RunningSimulator) -> None:
    """Draw a check of every stage that finds an expired certificate."""
    await connected(draw, simulator, "anna@contoso.example", pictures=False)
    await draw.until("Sync        Real-time")
    break_it(simulator, "certificate-expired")
    await draw.press("t")
    await draw.until("f check")
    await draw.press("f")
    await draw.until("Not tried")
    draw.keep("console-troubleshoot")


def break_it(simulator: RunningSimulator, fault: str, **values: int) -> None:
    """Switch a fault of the simulated server on."""
    request = urllib.request.Request(  # its own control address, on this machine
        f"{simulator.ready['control']}/faults/{fault}",
        data=json.dumps(values).encode(),
        method="PUT",
        headers={"Authorization": f"Bearer {simulator.ready['token']}", "Content-Type": "application/json"},
    )
    urllib.request.urlopen(request, timeout=PATIENCE).close()  # as above


def draw_one(scene: Scene, clock: SystemClock) -> None:
    """Run one scene from an empty home."""

    async def run() -> None:
        with program(clock) as (app, simulator):
            async with app.run_test(size=SIZE) as pilot:
                await scene(Draughtsman(app, pilot), simulator)

    asyncio.run(run())


def main() -> None:
    """Draw them all."""
    for scene in (from_wizard_to_console, ews_url, user_name, certificate, troubleshoot):
        draw_one(scene, StillClock())
    draw_one(server_gone, GoingClock())
    print(f"drawn into {FOLDER.name}/")


if __name__ == "__main__":
    main()
