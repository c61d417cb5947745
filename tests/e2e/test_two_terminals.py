"""A console in one terminal, `run` in another, commands in a third: what one does, the others see."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from oncetui.simulator.serve import start
from tests.e2e.program import Program, environment_of
from tests.e2e.server import Server
from tests.e2e.terminal import Terminal, terminal

ANNA = "anna@contoso.example"
NEW_PASSWORD = "Changed-Willow-5"

pytestmark = [
    pytest.mark.timeout(240),
    pytest.mark.skipif(sys.platform == "win32", reason="terminals of Unix"),
]


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    with start() as simulator:
        made = Program(tmp_path, Server(simulator.ready))
        password = made.server.mailbox(ANNA)["password"]
        asked = ("setup", "--yes", "--json", f"--email={ANNA}", "--password-stdin")
        assert made(*asked, typed=f"{password}\n").code == 0
        yield made


@pytest.fixture
def connector(program: Program) -> Iterator[int]:
    """A connector without a screen, by its process number."""
    with program.running() as running:
        yield running.pid


@pytest.fixture
def console(program: Program, connector: int) -> Iterator[Terminal]:
    with terminal(program.command(), environment_of(program.folder), 100, 30) as shown:
        shown.wait_for(f"process {connector} since", 60)
        yield shown


def test_a_console_beside_a_running_connector_watches_and_commands_it(
    program: Program, console: Terminal, connector: int
) -> None:
    program("settings", "sync", "auto")
    console.wait_for("Auto-sync, every 60 s")
    program("settings", "sync", "real-time")
    console.wait_until_gone("Auto-sync")
    console.press("f")
    console.wait_for("Checked at")

    program.server.change_password(ANNA, NEW_PASSWORD)
    console.press("f")
    console.wait_for("1 booking page is closed. Press r and enter the password.")
    assert program.status()["problem"]["code"] == "password-changed"
    assert program.server.refused(ANNA) == 1

    done = program("reconnect", "--password-stdin", typed=f"{NEW_PASSWORD}\n")
    assert done.code == 0, done
    console.wait_for("1 booking page is open.")
    assert program.server.refused(ANNA) == 1
    assert program.status()["connector"]["pid"] == connector


def test_what_the_console_does_the_running_connector_takes_up(
    program: Program, console: Terminal, connector: int
) -> None:
    program.server.change_password(ANNA, NEW_PASSWORD)
    console.press("f")
    console.wait_for("Press r and enter the password.")
    console.press("r")
    console.wait_for("Kept        every setting")
    console.press(NEW_PASSWORD, "enter")
    console.wait_for("1 booking page is open.")
    assert program("refresh").code == 0
    assert program.status()["connector"]["pid"] == connector
    assert program.server.refused(ANNA) == 1

    console.press("d")
    console.wait_for(f"Disconnect {ANNA}?")
    console.press("right", "enter")
    program.until(lambda status: (status["state"], status["mailbox"]) == ("disconnected", None))
    console.wait_for("Disconnected since")
    console.press("q")
    # Another process keeps the connection: there is nothing to ask before leaving.
    assert console.exit_code() == 0
    assert NEW_PASSWORD.encode() not in console.drawn
