"""What reaches the terminal while nothing happens, and while little does."""

import time
from collections.abc import Callable

from tests.e2e.terminal import Terminal, terminal

from benchmarks.machine import Machine
from benchmarks.table import Row, at_most

TITLE = "Bytes to the terminal"
SETTLED_AFTER, WATCHED_FOR = 2.0, 5.0


def measure(machine: Machine, connected: str) -> list[Row]:
    """Watch the wizard left alone, and the console left alone and beside a check."""
    with (
        machine.connector(connected),
        terminal(machine.oncetui(connected), machine.environment) as console,
        terminal(machine.oncetui("empty"), machine.environment) as wizard,
    ):
        console.wait_for("Connected to")
        wizard.wait_for("Email")
        time.sleep(SETTLED_AFTER)
        idle = _bytes_a_second(wizard, console)
        (live,) = _bytes_a_second(console, happening=lambda: _check(machine, connected))
    return [
        at_most("wizard, nobody types, a second", idle[0], 0, "B", decimals=0),
        at_most("console, connected, nothing happens, a second", idle[1], 0, "B", decimals=0),
        at_most(f"console, one check in {WATCHED_FOR:.0f} s, a second", live, 200, "B", decimals=0),
    ]


def _check(machine: Machine, home: str) -> None:
    machine.run(machine.oncetui(home, "refresh", "--json"))


def _bytes_a_second(*watched: Terminal, happening: Callable[[], None] = lambda: None) -> list[float]:
    before, until = [len(one.drawn) for one in watched], time.monotonic() + WATCHED_FOR
    happening()
    time.sleep(max(0.0, until - time.monotonic()))
    return [(len(one.drawn) - drawn) / WATCHED_FOR for one, drawn in zip(watched, before, strict=True)]
