"""Quitting while the connector waits for a server that keeps silent, whatever it is waiting for."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from oncetui.connector.bookings.taking import take
from oncetui.connector.connector import BOOKINGS, REFRESH, Connector
from oncetui.exchange.opening import ExchangeOpener
from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import NetworkRoute, SyncMode
from oncetui.model.state import State
from tests.connector.bookings.bad_line import DANA, BadLine, bad_line
from tests.exchange.servers import serving, silent
from tests.fakes.clock import FakeClock

PATIENCE = 20.0
BEFORE_ANY_LIMIT = 8.0
"""Seconds; the shortest wait for a silent server is 10 s, so what ends sooner did not end by itself."""


class PassingClock(FakeClock):
    """Lets real time pass."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    def wait(self, flag: threading.Event, seconds: float) -> bool:
        return flag.wait(seconds)


@pytest.fixture(scope="module")
def shared() -> Iterator[BadLine]:
    with bad_line(PassingClock()) as opened:
        yield opened


@pytest.fixture
def line(shared: BadLine) -> Iterator[BadLine]:
    """A connected line whose connector has nothing to do."""
    settings = shared.store.settings.load()
    assert settings is not None
    shared.store.settings.save(replace(settings, sync_mode=SyncMode.AUTO))
    shared.connector = Connector(shared.profile)
    shared.connector.step(Cancellation())
    assert shared.store.connection.load().state is State.CONNECTED
    yield shared
    shared.connector.close()
    shared.proxy.heal()
    shared.site.control("DELETE", "/faults")
    shared.cleared()


Waiting = Callable[[BadLine], contextlib.AbstractContextManager[Callable[[], bool]]]


def asked(line: BadLine, kind: str) -> None:
    line.profile.commands.ask(kind, line.clock.now() + timedelta(minutes=1))


@contextlib.contextmanager
def idle(line: BadLine) -> Iterator[Callable[[], bool]]:
    yield lambda: line.store.commands.heartbeat() is not None


@contextlib.contextmanager
def backing_off(line: BadLine) -> Iterator[Callable[[], bool]]:
    line.site.control("PUT", "/down")
    asked(line, REFRESH)
    try:
        yield lambda: line.store.connection.load().wobble is not None
    finally:
        line.site.control("DELETE", "/down")


@contextlib.contextmanager
def reading(line: BadLine) -> Iterator[Callable[[], bool]]:
    yield falls_silent(line, "changes", REFRESH)


@contextlib.contextmanager
def writing(line: BadLine) -> Iterator[Callable[[], bool]]:
    take(line.profile, line.page, next(line.starts), DANA)
    yield falls_silent(line, "create_event", BOOKINGS)


@contextlib.contextmanager
def listening(line: BadLine) -> Iterator[Callable[[], bool]]:
    settings = line.store.settings.load()
    assert settings is not None
    line.store.settings.save(replace(settings, sync_mode=SyncMode.REAL_TIME))
    yield lambda: line.connector.sync is not None and line.connector.sync.mode is SyncMode.REAL_TIME


@contextlib.contextmanager
def signing_in(line: BadLine) -> Iterator[Callable[[], bool]]:
    line.site.control("PUT", "/faults/slow", seconds=40)
    line.site.forget()
    line.connector = Connector(line.profile)
    yield lambda: bool(line.site.seen)


@contextlib.contextmanager
def agreeing_on_tls(line: BadLine) -> Iterator[Callable[[], bool]]:
    arrived = threading.Event()
    with serving(silent(arrived)) as port:
        line.connector = by(line, line.site.route_to("mail.contoso.example", port))
        yield arrived.is_set


@contextlib.contextmanager
def connecting(line: BadLine) -> Iterator[Callable[[], bool]]:
    """Let nobody be let in: the door's queue is full."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as door, contextlib.ExitStack() as queue:
        for _ in range(4):
            waiting = queue.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(door.getsockname())
        line.connector = by(line, line.site.route_to("mail.contoso.example", door.getsockname()[1]))
        yield lambda: line.store.commands.heartbeat() is not None


@contextlib.contextmanager
def resolving(line: BadLine) -> Iterator[Callable[[], bool]]:
    arrived, over = threading.Event(), threading.Event()

    def nobody_knows(_host: str, _port: int) -> list[object]:
        arrived.set()
        over.wait(PATIENCE)
        return []

    route = replace(line.site.route, detours=())
    line.connector = by(line, route, ExchangeOpener(look_up=nobody_knows))  # type: ignore[arg-type]  # says nothing
    try:
        yield arrived.is_set
    finally:
        over.set()


def by(line: BadLine, route: NetworkRoute, opener: ExchangeOpener | None = None) -> Connector:
    return Connector(replace(line.profile, route=route, opener=opener or ExchangeOpener()))


def falls_silent(line: BadLine, call: str, kind: str) -> Callable[[], bool]:
    arrived = threading.Event()

    def spoil() -> None:
        line.proxy.silence()
        arrived.set()

    line.spoiled(call, spoil)
    asked(line, kind)
    return arrived.is_set


PHASES = (
    idle,
    resolving,
    connecting,
    agreeing_on_tls,
    signing_in,
    reading,
    listening,
    writing,
    backing_off,
)


@pytest.mark.parametrize("waiting", PHASES, ids=lambda phase: phase.__name__)
def test_quitting_ends_the_connector_whatever_it_waits_for(line: BadLine, waiting: Waiting) -> None:
    cancellation = Cancellation()
    failures: list[BaseException] = []

    def work() -> None:
        try:
            line.connector.run(cancellation)
        except BaseException as error:  # noqa: BLE001  # told by the test
            failures.append(error)

    with waiting(line) as has_arrived:
        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        until = time.monotonic() + PATIENCE
        while not has_arrived():
            assert time.monotonic() < until, line.store.connection.load()
            assert not failures
            time.sleep(0.005)
        before = line.store.connection.load()

        cancellation.cancel()
        thread.join(BEFORE_ANY_LIMIT)

        assert not thread.is_alive()
        assert failures == []
        # What ends by its limit is a fault, and noted as one.
        assert line.store.connection.load() == before
        assert line.store.commands.heartbeat() is None
        turn = line.store.guard.turn()
        assert turn is not None
        with turn:
            pass
