"""How long the search for a server takes: found, nothing there, all silent, and cancelled."""

import threading
import time

from benchmarks.machine import Machine
from benchmarks.table import Row, at_most, compared
from oncetui.cli.demo_server import demo_route
from oncetui.exchange.discovery.discovering import ExchangeDiscovery
from oncetui.model.cancellation import Cancellation, CancelledByUserError

TITLE = "The search for a server"
FOUND, REDIRECTED, NOWHERE = "anna@contoso.example", "frida@northwind.example", "ben@fabrikam.example"
DEADLINE, CANCELLED_WITHIN = 8.0, 0.1


def measure(machine: Machine) -> list[Row]:
    """Search by the simulator's routes; hosts keep silent by its fault."""
    rows = [
        compared("found by the mail domain's own server", _search(machine, FOUND), "s"),
        compared("found by a redirect", _search(machine, REDIRECTED), "s"),
        compared("no host answers, connections are refused", _search(machine, NOWHERE), "s"),
    ]
    machine.server.call("PUT", "/faults/silent-discovery", {})
    try:
        silent = _search(machine, NOWHERE)
        cancelled = _cancelled(machine)
    finally:
        machine.server.call("DELETE", "/faults")
    return [
        *rows,
        at_most("all hosts silent, to a tenth of a second", round(silent, 1), DEADLINE, "s", decimals=1),
        at_most("cancelled while all are silent", cancelled, CANCELLED_WITHIN, "s", decimals=3),
    ]


def _search(machine: Machine, email: str) -> float:
    began = time.perf_counter()
    ExchangeDiscovery().search(email, demo_route(machine.server.ready), lambda _step: None, Cancellation())
    return time.perf_counter() - began


def _cancelled(machine: Machine) -> float:
    cancellation = Cancellation()
    pressed: list[float] = []

    def press() -> None:
        pressed.append(time.perf_counter())
        cancellation.cancel()

    timer = threading.Timer(0.5, press)
    timer.start()
    try:
        ExchangeDiscovery().search(
            NOWHERE, demo_route(machine.server.ready), lambda _step: None, cancellation
        )
    except CancelledByUserError:
        return time.perf_counter() - pressed[0]
    raise SystemExit("the search ended before it was cancelled")
