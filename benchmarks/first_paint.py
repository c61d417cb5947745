"""How soon something can be read on the screen, beside an empty Textual app."""

import os
import select
import signal
import time
from collections.abc import Mapping, Sequence

import pexpect

from benchmarks import empty_app
from benchmarks.machine import PATIENCE, PYTHON, Machine, program
from benchmarks.table import Row, at_most, compared

TITLE = "First paint, from start to the first text on a terminal"
ROUNDS = 5
ENDS_WITHIN = 5.0
TIMES_EMPTY = 1.3
FIRST_LINE, ACCOUNT, CONSOLE = b"oncetui", b"Email", b"Connected to"


def measure(machine: Machine, connected: str) -> list[Row]:
    """Measure the empty app, wizard, console and demo in turns, so that a busy moment hits all of them."""
    (machine.folder / "empty").mkdir(mode=0o700, exist_ok=True)
    demo = [*program(), "demo"]
    screens: dict[str, tuple[list[str], tuple[bytes, ...]]] = {
        "empty": ([PYTHON, "-m", "benchmarks.empty_app"], (empty_app.TEXT.encode(),)),
        "wizard": (machine.oncetui("empty"), (FIRST_LINE, ACCOUNT)),
        "console": (machine.oncetui(connected), (FIRST_LINE, CONSOLE)),
        "demo": (demo, (FIRST_LINE, ACCOUNT)),
    }
    times: dict[str, list[tuple[float, ...]]] = {name: [] for name in screens}
    for turn in range(ROUNDS + 1):
        for name, (command, texts) in screens.items():
            seconds = painted(command, machine.environment, texts)
            if turn:  # the first turn compiles
                times[name].append(seconds)
    (empty,), wizard, console, demo_times = (_least(times[name]) for name in screens)
    return [
        compared("an empty Textual app", empty, "s"),
        *_rows("oncetui, wizard", wizard, empty, "its first field"),
        *_rows("oncetui, console", console, empty, "its sentence"),
        *_rows("oncetui demo", demo_times, empty, "its first field"),
    ]


def painted(
    command: Sequence[str], environment: Mapping[str, str], texts: Sequence[bytes]
) -> tuple[float, ...]:
    """Start a command in a terminal and return after how many seconds each text was there, in this order."""
    began = time.perf_counter()
    process = pexpect.spawn(
        command[0],
        list(command[1:]),
        env={**environment, "TERM": "xterm-256color"},
        dimensions=(24, 80),
        timeout=None,
    )
    try:
        seen = b""
        times: list[float] = []
        while len(times) < len(texts):
            seen += _some(process.child_fd, command)
            now = time.perf_counter() - began
            while len(times) < len(texts) and texts[len(times)] in seen:
                times.append(now)
        return tuple(times)
    finally:
        _hang_up(process)


def _hang_up(process: "pexpect.spawn[str]") -> None:
    """Close the line, and wait until the program has cleaned up."""
    process.kill(signal.SIGHUP)
    deadline = time.monotonic() + ENDS_WITHIN
    while process.isalive() and time.monotonic() < deadline:
        time.sleep(0.01)
    process.close(force=True)


def _some(descriptor: int, command: Sequence[str]) -> bytes:
    readable, _, _ = select.select([descriptor], [], [], PATIENCE)
    if not readable:
        raise SystemExit(f"nothing was painted by {' '.join(command)}")
    return os.read(descriptor, 65536)


def _least(times: list[tuple[float, ...]]) -> tuple[float, ...]:
    # The least of each, since other work on the machine only ever adds to it.
    return tuple(min(column) for column in zip(*times, strict=True))


def _rows(what: str, seconds: tuple[float, ...], empty: float, then: str) -> list[Row]:
    first, second = seconds
    return [
        at_most(f"{what}: first text ({first:.2f} s), × empty app", first / empty, TIMES_EMPTY, "×"),
        compared(f"{what}: {then}", second, "s"),
    ]
