"""The main job by keyboard in a real terminal: wizard, console, a changed password, Disconnect, quit."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.terminal import Terminal, terminal

EMAIL = "carla@contoso.example"
PASSWORD = "sieben%Äpfel-29"
CHANGED = "sieben%Äpfel-29-2"
DEMO = (sys.executable, "-m", "oncetui", "demo")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An environment with nothing in it but folders of its own: no keyring, no desktop, no proxy."""
    for folder in ("home", "tmp"):
        (tmp_path / folder).mkdir(mode=0o700)
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path / "home"),
        "TMPDIR": str(tmp_path / "tmp"),
        "LANG": "C.UTF-8",
    }


@pytest.fixture
def demo(environment: dict[str, str]) -> Iterator[Terminal]:
    with terminal(DEMO, environment) as opened:
        yield opened


def connect(demo: Terminal) -> None:
    """Take the wizard from the first screen to the console, by way of Domain\\UserName."""
    demo.wait_for("Connect your Exchange calendar")
    demo.press(EMAIL, "tab")
    demo.wait_for("Found mail.contoso.example")
    demo.press(PASSWORD, "enter")
    revealed = demo.wait_for("empty tries the email")
    assert "CONTOSO\\carla" in revealed
    assert EMAIL in revealed
    demo.press("enter")
    demo.wait_for("Which calendars?")
    demo.press("enter")
    demo.wait_for("Where is the password kept?")
    demo.press("enter")
    summary = demo.wait_for("next event")
    assert "NTLM as CONTOSO\\carla" in summary
    demo.press("enter")
    demo.wait_for("✓ Connected to mail.contoso.example")


def choose_in_palette(demo: Terminal, typed: str, label: str) -> None:
    demo.press("ctrl+p")
    demo.wait_for("Search for commands")
    demo.press(typed)
    demo.wait_for(label)
    demo.wait_until_gone("Choose the calendars")
    demo.press("enter")
    demo.wait_until_gone(label)


@pytest.mark.timeout(120)
def test_from_the_wizard_to_the_console_and_out_again(demo: Terminal, environment: dict[str, str]) -> None:
    connect(demo)

    choose_in_palette(demo, "of carla", "Password of carla")
    demo.wait_for(f"{CHANGED} now")
    demo.press("f")
    failed = demo.wait_for("✗ The server refuses your password")
    assert "1 booking page is closed" in failed

    demo.press("r")
    demo.wait_for("oncetui · Reconnect")
    demo.press("not this one", "enter")
    demo.wait_for("Nothing was changed")
    demo.press("ctrl+u", CHANGED, "enter")
    demo.wait_for("Enter sends it now")
    demo.press("enter")
    demo.wait_for("✓ Connected to mail.contoso.example")

    demo.press("d")
    asked = demo.wait_for("double bookings possible")
    assert "Then Reconnect (r) is what you want" in asked
    demo.press("tab", "enter")
    demo.wait_until_gone("[ Disconnect ]")
    demo.wait_for("! Disconnected since")
    demo.wait_until_gone(EMAIL)

    demo.press("q")
    assert demo.exit_code() == 0
    assert demo.restored
    assert list(Path(environment["TMPDIR"]).iterdir()) == []
    assert list(Path(environment["HOME"]).iterdir()) == []


@pytest.mark.timeout(120)
def test_a_server_that_goes_away_closes_the_pages_and_opens_them_when_it_is_back(demo: Terminal) -> None:
    connect(demo)
    choose_in_palette(demo, "server gone", "Server: gone")
    demo.press("f")
    demo.wait_for("1 booking page is closed", 40)
    choose_in_palette(demo, "server back", "Server: back")
    demo.wait_for("✓ Connected to mail.contoso.example", 40)


def test_a_closed_line_ends_the_program_and_leaves_no_secret_behind(
    demo: Terminal, environment: dict[str, str]
) -> None:
    demo.wait_for("Connect your Exchange calendar")
    demo.press(EMAIL, "tab", PASSWORD)
    demo.wait_for("•" * len(PASSWORD))
    demo.hang_up()
    demo.exit_code()
    left = [path for path in Path(environment["TMPDIR"]).rglob("*") if path.is_file()]
    assert not [path for path in left if PASSWORD.encode() in path.read_bytes()]


@pytest.mark.parametrize("before", [(), ("sh", "-c", 'trap "" HUP; exec "$0" "$@"')], ids=["plain", "nohup"])
def test_a_line_that_closes_without_a_signal_ends_the_program_too(
    environment: dict[str, str], before: tuple[str, ...]
) -> None:
    ours, theirs = os.openpty()
    program = subprocess.Popen(
        [*before, *DEMO],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**environment, "TERM": "xterm-256color"},
        start_new_session=True,
    )
    os.close(theirs)
    drawn = b""
    while b"Mailboxes to try" not in drawn:
        drawn += os.read(ours, 65536)

    os.close(ours)

    assert program.wait(20) < 0
    assert list(Path(environment["TMPDIR"]).iterdir()) == []


@pytest.mark.parametrize("command", [(), ("demo",), ("setup",)])
def test_without_a_terminal_one_line_says_what_to_run_instead(
    command: tuple[str, ...], environment: dict[str, str]
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "oncetui", *command],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "oncetui " in done.stderr
