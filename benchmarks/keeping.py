"""What a kept connection costs, and how soon it tells of a changed password and of a server that is back."""

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.machine import Machine
from benchmarks.table import Row, at_most, compared

TITLE = "The running connector"
EMAIL = "dora@fabrikam.example"
HOME = "kept"
SERIES = 25
"""Daily series of half an hour: over the horizon of 407 days they come to 10,000 events."""
MEGABYTE = 1024
SETTLED_AFTER = 2.0
GONE_SECONDS = (0.5, 3.0)
"""How long the server stays away after that is known; two, so that the next try is near once and far once."""


def measure(machine: Machine) -> list[Row]:
    """Run the connector over a full calendar; then break and mend the server."""
    machine.connect(HOME, EMAIL)
    _fill(machine)
    with machine.connector(HOME) as process:
        _check(machine)
        machine.until_real_time(HOME)
        polled = _requests_of_a_check(machine)
        memory = _megabytes(process.pid)
        back = max(_seconds_until_back(machine, gone) for gone in GONE_SECONDS)
        told = _seconds_until_a_refusal_is_told(machine)
    with machine.connector(HOME):
        _check(machine)
        _check(machine)
    return [
        at_most("nothing changed: requests a calendar and poll", polled, 1, "", decimals=0),
        *(
            at_most(
                f"most memory of oncetui run, {_blocks(machine):,} events, listening",
                used,
                120,
                "MB",
                decimals=0,
            )
            for used in memory
        ),
        at_most("server back after an outage: connected, pages open (worst of 2)", back, 5, "s"),
        compared("password changed on the server: told by refresh and status", told, "s"),
        at_most(
            "wrong password: refused sign-ins, connector restarted and asked again",
            machine.server.refused(EMAIL),
            1,
            "",
            decimals=0,
        ),
    ]


def _fill(machine: Machine) -> None:
    first = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=7)
    for number in range(SERIES):
        start = first + timedelta(minutes=40 * number)
        machine.server.call(
            "POST",
            f"/mailboxes/{EMAIL}/events",
            {
                "subject": f"Series {number}",
                "start": start.isoformat(),
                "end": (start + timedelta(minutes=30)).isoformat(),
                "recurrence": {"pattern": "daily"},
            },
        )


def _check(machine: Machine) -> None:
    machine.run(machine.oncetui(HOME, "refresh", "--json"))


def _requests_of_a_check(machine: Machine) -> int:
    # A check that is asked for while another is under way comes after it, and is not to be counted.
    time.sleep(SETTLED_AFTER)
    machine.server.call("DELETE", "/requests")
    _check(machine)
    time.sleep(SETTLED_AFTER)
    return len(machine.server.call("GET", "/requests"))


def _megabytes(pid: int) -> list[float]:
    """Return the most memory that a process has held, nothing where the system has no `/proc`."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return []
    lines = status.read_text(encoding="ascii").splitlines()
    return [int(line.split()[1]) / MEGABYTE for line in lines if line.startswith("VmHWM:")]


def _blocks(machine: Machine) -> int:
    erased = machine.run(machine.oncetui(HOME, "disconnect", "--dry-run", "--json")).stdout
    return int(json.loads(erased)["erases"]["busy_blocks"])


def _seconds_until_back(machine: Machine, gone: float) -> float:
    machine.server.call("PUT", "/down")
    _check(machine)
    machine.until(HOME, "interrupted")
    time.sleep(gone)
    machine.server.call("DELETE", "/down")
    began = time.perf_counter()
    machine.until(HOME, "connected")
    seconds = time.perf_counter() - began
    if not all(page["accepting"] for page in machine.status(HOME)["pages"]):
        raise SystemExit("the connection is back, and a booking page isn't open")
    return seconds


def _seconds_until_a_refusal_is_told(machine: Machine) -> float:
    machine.server.change_password(EMAIL, "another-Word-77")
    machine.server.call("DELETE", "/requests")
    began = time.perf_counter()
    _check(machine)
    machine.until(HOME, "failed")
    return time.perf_counter() - began
