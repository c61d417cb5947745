"""What a wrong password costs wherever it is typed, by the server's own count: one refused sign-in."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from oncetui.simulator.serve import start
from tests.e2e.program import Program, environment_of
from tests.e2e.server import Server
from tests.e2e.terminal import Terminal, terminal

ANNA = "anna@contoso.example"
CARLA = "carla@contoso.example"
EMIL = "emil@contoso.example"
WRONG = "not-the-Password-9"

pytestmark = [
    pytest.mark.timeout(240),
    pytest.mark.skipif(sys.platform == "win32", reason="there is no pty"),
]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with start() as simulator:
        yield Server(simulator.ready)


@pytest.fixture
def program(tmp_path: Path, server: Server) -> Program:
    return Program(tmp_path, server)


@pytest.fixture
def screen(program: Program) -> Iterator[Terminal]:
    command = [sys.executable, "-m", "oncetui", f"--home={program.home}", *program.server.route]
    with terminal(command, environment_of(program.folder)) as opened:
        yield opened


def connected(program: Program, email: str = ANNA) -> Program:
    """Set a mailbox up, and forget what the server has seen so far."""
    password = program.server.mailbox(email)["password"]
    done = program("setup", "--yes", "--json", f"--email={email}", "--password-stdin", typed=f"{password}\n")
    assert done.code == 0, done
    program.server.call("DELETE", "/requests")
    return program


def test_the_right_password_in_the_wrong_form_gets_in_by_the_windows_name(
    screen: Terminal, server: Server
) -> None:
    before = server.refused(CARLA)
    screen.wait_for("Connect your Exchange calendar")
    screen.press(CARLA, "tab")
    screen.wait_for("Found mail.contoso.example")
    screen.press(server.mailbox(CARLA)["password"], "enter")
    revealed = screen.wait_for("empty tries the email")
    assert "CONTOSO\\carla" in revealed
    assert server.refused(CARLA) == before + 1

    screen.press("enter")
    screen.wait_for("Which calendars?")
    assert server.refused(CARLA) == before + 1


def test_a_wrong_password_in_the_wizard_is_refused_once_and_one_typed_blind_is_not_seen(
    screen: Terminal, server: Server
) -> None:
    before = server.refused(ANNA)
    screen.wait_for("Connect your Exchange calendar")
    screen.press(ANNA, "tab")
    screen.wait_for("Found mail.contoso.example")
    screen.press(WRONG, "enter")
    screen.wait_for("One refused sign-in so far")
    screen.press("blind-again")
    screen.wait_for("•" * len("blind-again"))
    assert "blind" not in screen.text
    assert server.refused(ANNA) == before + 1


def test_a_wrong_password_on_the_reconnect_screen_is_refused_once_however_often_enter_is_pressed(
    program: Program, screen: Terminal
) -> None:
    screen.close()
    connected(program)
    command = [sys.executable, "-m", "oncetui", f"--home={program.home}", *program.server.route]
    with terminal(command, environment_of(program.folder)) as console:
        console.wait_for("✓ Connected to mail.contoso.example")
        console.press("r")
        console.wait_for("leave it empty to sign in with the kept one")
        console.press(WRONG, "enter")
        console.wait_for("The server refuses the password for")
        console.press("enter")
        console.wait_for("This password was refused before and is not sent again.")
        assert "ctrl+o send it again" in console.wait_for("One refused sign-in lately")
        assert program.server.refused(ANNA) == 1
        console.press("esc")
        console.wait_for("✓ Connected to mail.contoso.example")


def test_a_wrong_password_for_reconnect_and_for_check_is_refused_once_each(program: Program) -> None:
    connected(program)
    for _ in range(2):
        assert program("reconnect", "--password-stdin", "--json", typed=f"{WRONG}\n").code == 4
    assert program.server.refused(ANNA) == 1

    other = f"{WRONG}-too\n"
    for _ in range(2):
        assert program("check", ANNA, "--password-stdin", "--json", typed=other).code == 4
    assert program.server.refused(ANNA) == 2
    assert program.status()["state"] == "connected"


def test_another_address_of_the_mailbox_sets_the_same_connection_up_anew(program: Program) -> None:
    connected(program, EMIL)
    password = program.server.mailbox(EMIL)["password"]
    again = ("setup", "--yes", "--json", "--password-stdin", "--sync=auto")

    done = program(*again, "--email=team@contoso.example", typed=f"{password}\n")

    assert done.code == 0, done
    assert (done.told["mailbox"], done.told["sync"]["mode"]) == (EMIL, "auto")
    other = program(*again, f"--email={ANNA}", typed=f"{password}\n")
    assert (other.code, other.told["problem"]["code"]) == (2, "other-mailbox")
    assert program.server.refused(EMIL) == program.server.refused(ANNA) == 0


def test_processes_that_race_send_a_refused_password_once_and_end(program: Program) -> None:
    connected(program)
    server, old = program.server, program.server.mailbox(ANNA)["password"]
    new = "Changed-Spruce-7"
    try:
        with program.running():
            server.change_password(ANNA, new)
            racing = [program.start("reconnect", "--password-stdin", "--json") for _ in range(4)]
            for process, typed in zip(racing, (old, WRONG, WRONG, new), strict=True):
                assert process.stdin is not None
                process.stdin.write(f"{typed}\n")
                process.stdin.flush()
            told = [ended(process) for process in racing]
            program.until(lambda status: status["state"] == "connected" and not status["attempt"])
            # One for the old password, whoever sent it; one for the wrong one that two people typed.
            assert server.refused(ANNA) <= 2
            assert told[3] == (0, "connected")
            assert {code for code, _ in told[:3]} == {4}
            assert program("refresh").code == 0
            assert server.refused(ANNA) <= 2
    finally:
        server.change_password(ANNA, old)


def ended(process: "subprocess.Popen[str]") -> tuple[int, str]:
    """Wait for a command, and return its exit code and the state that it told."""
    out, err = process.communicate(timeout=60)
    assert "state" in json.loads(out), (out, err)
    return process.returncode, json.loads(out)["state"]
