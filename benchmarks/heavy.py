"""A calendar with 100,000 items over ten years, read from the same server with us and by exchangelib itself.

Both ask over real TLS connections; the server's own time is in the seconds of both, not in their CPU.
"""

import json
import subprocess
import time
from pathlib import Path
from typing import Any

from benchmarks.machine import PYTHON, ROOT, environment
from benchmarks.table import Row, at_most, compared

ITEMS, YEARS = 100_000, 10
TITLE = f"A calendar with {ITEMS:,} items over {YEARS} years"
EMAIL = "frida@northwind.example"
TENTH = 0.1
FILLED_WITHIN = READ_WITHIN = 1800.0
PHASES = ("first sync", "horizon read", "idle poll", "re-read")


def measure(folder: Path, items: int = ITEMS) -> list[Row]:
    """Fill a mailbox, read it both ways, and compare what each costs."""
    ready = folder / "full.json"
    fill = [PYTHON, "-m", "benchmarks.full_mailbox", str(ready), EMAIL, str(items), str(YEARS)]
    with subprocess.Popen(
        fill, env=environment(folder), cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    ) as server:
        try:
            _wait_for(ready, server)
            theirs, own = _read("stock", ready, folder), _read("ours", ready, folder)
        finally:
            server.terminate()
    if own["horizon read"][2] != theirs["horizon read"][2]:
        raise SystemExit(f"read {own['horizon read'][2]} and {theirs['horizon read'][2]} events")
    return [row for phase in PHASES for row in _rows(phase, own[phase], theirs[phase])]


def _rows(phase: str, own: list[float], theirs: list[float]) -> list[Row]:
    seconds, cpu, _ = own
    stock, stock_cpu, _ = theirs
    ratio = cpu / stock_cpu
    told = f"{phase}: CPU, × exchangelib's"
    polled = phase == "idle poll"
    return [
        compared(f"{phase}: exchangelib itself ({stock_cpu:.2f} s of CPU)", stock, "s"),
        compared(f"{phase}: ours ({cpu:.2f} s of CPU)", seconds, "s"),
        compared(told, ratio, "×", decimals=3) if polled else at_most(told, ratio, TENTH, "×", decimals=3),
    ]


def _read(way: str, ready: Path, folder: Path) -> Any:
    ended = subprocess.run(
        [PYTHON, "-m", "benchmarks.full_reading", way, str(ready), EMAIL],
        env=environment(folder),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=READ_WITHIN,
        check=False,
    )
    if ended.returncode != 0:
        raise SystemExit(f"the full calendar could not be read by {way}: {ended.stderr}")
    return json.loads(ended.stdout)


def _wait_for(ready: Path, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + FILLED_WITHIN
    while not ready.exists():
        if server.poll() is not None or time.monotonic() > deadline:
            raise SystemExit("the full mailbox did not come up")
        time.sleep(0.1)
