"""Under NO_COLOR the steps that sign somebody in read word for word and mark for mark as in colour."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest
from textual.pilot import Pilot

from oncetui.model.checkup import Stage
from oncetui.model.problem import ProblemError
from oncetui.model.problems.certificates import EXPIRED_CERTIFICATE
from oncetui.model.problems.proxies import PROXY_SIGN_IN
from oncetui.ui.app import OncetuiApp
from oncetui.ui.appearance import TERMINAL_THEME, Appearance
from oncetui.ui.console.console import ConsoleScreen
from oncetui.ui.console.reconnect import ReconnectScreen
from oncetui.ui.troubleshoot.screen import TroubleshootScreen
from oncetui.ui.widgets.field import Field
from oncetui.ui.wizard.certificate import CertificateScreen
from oncetui.ui.wizard.proxy import ProxyScreen
from tests.ui.console.examples import office
from tests.ui.console.opened import console_app, drawn_as_stored
from tests.ui.drawn import LARGE, SMALL, until, until_text
from tests.ui.troubleshoot.test_screen import examiner_of
from tests.ui.wizard.examples import World, sign_in
from tests.ui.wizard.test_way_on import HOST, PROXY, met_by, untrusted


@dataclass(frozen=True)
class Drawn:
    """A stored drawing, the program that it is of, and the keys that lead there."""

    name: str
    app: Callable[[], OncetuiApp]
    steps: Callable[[Pilot[Any]], Awaitable[None]]


async def to_user_name(pilot: Pilot[Any]) -> None:
    await sign_in(pilot, password="wrong")
    await until_text(pilot, "One refused sign-in")
    await until_text(pilot, "system keyring")


async def to_certificate(pilot: Pilot[Any]) -> None:
    await sign_in(pilot)
    await until(pilot, lambda: isinstance(pilot.app.screen, CertificateScreen))
    await until_text(pilot, "Trust it")


async def to_proxy(pilot: Pilot[Any]) -> None:
    await sign_in(pilot)
    await until(pilot, lambda: isinstance(pilot.app.screen, ProxyScreen))
    await until_text(pilot, "CA file")


async def on_console(pilot: Pilot[Any]) -> None:
    await until(
        pilot, lambda: isinstance(pilot.app.screen, ConsoleScreen) and pilot.app.screen.status is not None
    )


async def to_refused(pilot: Pilot[Any]) -> None:
    await on_console(pilot)
    await pilot.press("r")
    await until(pilot, lambda: isinstance(pilot.app.screen, ReconnectScreen))
    pilot.app.screen.query_one("#password", Field).input.value = "mistyped"
    await pilot.press("enter")
    await until_text(pilot, "The server refuses the password for CONTOSO\\anna.")
    await until_text(pilot, "One refused sign-in lately")


async def to_checked(pilot: Pilot[Any]) -> None:
    await on_console(pilot)
    await pilot.press("t")
    await until(pilot, lambda: isinstance(pilot.app.screen, TroubleshootScreen))
    await pilot.press("f")
    await until_text(pilot, "Not tried")


def without_colour() -> Appearance:
    return Appearance(TERMINAL_THEME)


def expired() -> OncetuiApp:
    made = office().connect()
    problem = EXPIRED_CERTIFICATE.problem(host=HOST, reason="It ended on 2026-11-20.")
    examiner_of(made).fails = {Stage.TLS: ProblemError(problem)}
    return console_app(made.fault(problem), appearance=without_colour())


DRAWN = (
    Drawn("account-username", lambda: World().app(theme=TERMINAL_THEME), to_user_name),
    Drawn("certificate", lambda: met_by(untrusted()).app(theme=TERMINAL_THEME), to_certificate),
    Drawn(
        "proxy",
        lambda: met_by(PROXY_SIGN_IN.problem(proxy=PROXY, host=HOST)).app(theme=TERMINAL_THEME),
        to_proxy,
    ),
    Drawn(
        "console-reconnect-refused",
        lambda: console_app(office().connect().change_password(), appearance=without_colour()),
        to_refused,
    ),
    Drawn("troubleshoot-failed", expired, to_checked),
)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
@pytest.mark.parametrize("drawn", DRAWN, ids=lambda drawn: drawn.name)
async def test_what_is_drawn_without_colour_is_what_is_drawn_in_colour(
    monkeypatch: pytest.MonkeyPatch, drawn: Drawn, size: tuple[int, int]
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = drawn.app()
    async with app.run_test(size=size) as pilot:
        await drawn.steps(pilot)
        await drawn_as_stored(pilot, drawn.name)
