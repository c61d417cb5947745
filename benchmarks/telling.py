"""How soon a change on the server is in the store in Real-time."""

import contextlib
import sqlite3
import statistics
import time
from datetime import UTC, datetime, timedelta

from benchmarks.machine import PATIENCE, Machine
from benchmarks.table import Row, at_most, compared

TITLE = "Real-time"
EMAIL = "anna@contoso.example"
HOME = "told"
CHANGES = 100
LOOK_EVERY = 0.005


def measure(machine: Machine) -> list[Row]:
    """Add events while the connector listens, each once the one before it is in the store."""
    machine.connect(HOME, EMAIL)
    first = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=3)
    with machine.connector(HOME):
        machine.until_real_time(HOME)
        store = machine.folder / HOME / "state" / "default.sqlite3"
        with contextlib.closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as kept:
            took = [_seconds_until_kept(machine, kept, first + timedelta(hours=n)) for n in range(CHANGES)]
    return [
        at_most(f"change on the server → in the store, median of {CHANGES}", statistics.median(took), 1, "s"),
        compared("the slowest of them", max(took), "s"),
    ]


def _seconds_until_kept(machine: Machine, kept: sqlite3.Connection, start: datetime) -> float:
    before = _count(kept)
    began = time.perf_counter()
    machine.server.call(
        "POST",
        f"/mailboxes/{EMAIL}/events",
        {"subject": "New", "start": start.isoformat(), "end": (start + timedelta(minutes=30)).isoformat()},
    )
    while _count(kept) == before:
        if time.perf_counter() - began > PATIENCE:
            raise SystemExit(f"waited {PATIENCE:.0f} s for an event to be in the store")
        time.sleep(LOOK_EVERY)
    return time.perf_counter() - began


def _count(kept: sqlite3.Connection) -> int:
    count: int = kept.execute("SELECT count(*) FROM busy_blocks").fetchone()[0]
    return count
