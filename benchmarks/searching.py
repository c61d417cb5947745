"""How long the search for a server takes: found, nothing there, all silent, known, and cancelled."""

import threading
import time
from typing import Any

from benchmarks.machine import Machine
from benchmarks.table import Row, at_most, compared
from oncetui.cli.demo_server import demo_route
from oncetui.exchange.discovery.discovering import ExchangeDiscovery
from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.connection import STRAIGHT, NetworkRoute

TITLE = "The search for a server"
FOUND, REDIRECTED, NOWHERE = "anna@contoso.example", "frida@northwind.example", "ben@fabrikam.example"
KNOWN = ("https://owa.fabrikam.example",)
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
        known = _search(machine, NOWHERE, KNOWN)
        cancelled = _cancelled(demo_route(machine.server.ready))
    finally:
        machine.server.call("DELETE", "/faults")
    looking_up = _cancelled(STRAIGHT, ExchangeDiscovery(_no_records, look_up=_never))
    asking_dns = _cancelled(STRAIGHT, ExchangeDiscovery(_never))
    return [
        *rows,
        compared("all hosts of the domain silent, a colleague's server known", known, "s"),
        at_most("all hosts silent, to a tenth of a second", round(silent, 1), DEADLINE, "s", decimals=1),
        at_most("cancelled while all are silent", cancelled, CANCELLED_WITHIN, "s", decimals=3),
        at_most("cancelled while names are looked up", looking_up, CANCELLED_WITHIN, "s", decimals=3),
        at_most("cancelled while the DNS is silent", asking_dns, CANCELLED_WITHIN, "s", decimals=3),
    ]


def _search(machine: Machine, email: str, known: tuple[str, ...] = ()) -> float:
    route = demo_route(machine.server.ready)
    began = time.perf_counter()
    ExchangeDiscovery().search(email, route, lambda _step: None, Cancellation(), known)
    return time.perf_counter() - began


def _no_records(_name: str, _kind: str) -> list[str]:
    return []


def _never(_name: str, _kind: object) -> list[Any]:
    time.sleep(20)
    return []


def _cancelled(route: NetworkRoute, discovery: ExchangeDiscovery | None = None) -> float:
    cancellation = Cancellation()
    pressed: list[float] = []

    def press() -> None:
        pressed.append(time.perf_counter())
        cancellation.cancel()

    timer = threading.Timer(0.5, press)
    timer.start()
    try:
        (discovery or ExchangeDiscovery()).search(NOWHERE, route, lambda _step: None, cancellation)
    except CancelledByUserError:
        return time.perf_counter() - pressed[0]
    raise SystemExit("the search ended before it was cancelled")
