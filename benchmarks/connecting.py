"""What a first connect asks of the server, beside exchangelib used directly."""

import time
from typing import Any

from benchmarks.machine import PYTHON, Machine
from benchmarks.table import Row, at_most, compared

TITLE = "First connect, server known, until calendars and busy time are read"
ROUNDS = 3
BASIC, NTLM = "frida@northwind.example", "emil@contoso.example"
AT_MOST = {BASIC: ("Basic", 4), NTLM: ("NTLM", 6)}


def measure(machine: Machine) -> list[Row]:
    """Connect a mailbox of each sign-in some times, each in a new home, with us and without."""
    rows = []
    for email, (scheme, limit) in AT_MOST.items():
        ours, theirs = [], []
        for number in range(ROUNDS):
            machine.server.call("DELETE", "/requests")
            ours.append(machine.connect(f"{scheme}-{number}", email))
            seen = _seen(machine)
            theirs.append(_stock(machine, email))
            stock = _seen(machine)
        rows += [
            at_most(f"{scheme}: requests", len(seen), limit, "", decimals=0),
            at_most(f"{scheme}: TCP connections signed in on", _signed_in(seen), 1, "", decimals=0),
            compared(
                f"{scheme}: TCP connections, the look without credentials included",
                _opened(seen),
                "",
                decimals=0,
            ),
            compared(f"{scheme}: requests by exchangelib itself", len(stock), "", decimals=0),
            compared(f"{scheme}: the whole command", min(ours), "s"),
            compared(f"{scheme}: the same script with exchangelib itself", min(theirs), "s"),
        ]
    return rows


def _seen(machine: Machine) -> list[dict[str, Any]]:
    seen: list[dict[str, Any]] = machine.server.call("GET", "/requests")
    machine.server.call("DELETE", "/requests")
    return seen


def _signed_in(seen: list[dict[str, Any]]) -> int:
    return len({request["connection"] for request in seen if request["sign_in"] == "accepted"})


def _opened(seen: list[dict[str, Any]]) -> int:
    return len({request["connection"] for request in seen})


def _stock(machine: Machine, email: str) -> float:
    began = time.perf_counter()
    ended = machine.run([PYTHON, "-m", "benchmarks.stock_connect", str(machine.folder / "ready.json"), email])
    if ended.returncode != 0:
        raise SystemExit(f"exchangelib could not read {email}: {ended.stderr}")
    return time.perf_counter() - began
