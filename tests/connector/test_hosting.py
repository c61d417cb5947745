import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from oncetui.connector.connector import POLL_SECONDS
from oncetui.connector.hosting import ASK_AGAIN_SECONDS, ConnectorHost
from oncetui.connector.watching import current_status
from oncetui.model.problem import ProblemError
from oncetui.model.problems.local import DISK_FULL
from oncetui.model.state import State
from tests.connector.world import World
from tests.fakes.exchange import FakeGateway


class Settled:
    """A clock that lets a test wait until somebody waits for so many seconds on it."""

    def __init__(self, world: World) -> None:
        self._clock = world.clock
        self._waited = {seconds: threading.Event() for seconds in (POLL_SECONDS, ASK_AGAIN_SECONDS)}

    def sees_a_wait_of(self, seconds: float) -> bool:
        """Wait until somebody waits for that long."""
        return self._waited[seconds].wait(20)

    def now(self) -> datetime:
        return self._clock.now()

    def monotonic(self) -> float:
        return self._clock.monotonic()

    def wait(self, flag: threading.Event, seconds: float) -> bool:
        if seconds in self._waited:
            self._waited[seconds].set()
        return flag.wait(20)


def hosted(world: World) -> tuple[ConnectorHost, Settled]:
    clock = Settled(world)
    return ConnectorHost(replace(world.profile, clock=clock)), clock


def test_the_connector_runs_here_where_nobody_else_runs_it() -> None:
    world = World().connected()
    host, clock = hosted(world)

    host.start()
    assert clock.sees_a_wait_of(POLL_SECONDS)

    assert [host.hosting] == [True]
    assert current_status(world.profile).connector is not None
    assert world.open_pages == {"one", "two"}
    assert host.stop()
    assert [host.hosting] == [False]
    assert world.store.lock.take() is not None
    assert current_status(world.profile).connector is None


def test_it_only_watches_while_another_process_holds_the_lock() -> None:
    world = World().connected()
    world.store.lock.held_elsewhere = True
    host, clock = hosted(world)

    host.start()
    assert clock.sees_a_wait_of(ASK_AGAIN_SECONDS)

    assert not host.hosting
    assert host.stop()
    assert world.opener.sign_ins == []


def test_it_stops_while_a_server_keeps_it_waiting() -> None:
    world = World().connected()
    world.opener.gate.shut()
    host, _ = hosted(world)

    host.start()
    assert world.opener.gate.arrived.wait(20)

    assert host.stop()
    assert host.failure is None


def test_a_fault_of_ours_is_kept_for_whoever_shows_it() -> None:
    world = World().connected()
    broken = RuntimeError("a fault of ours")
    came = threading.Event()

    def fails(*_: object) -> None:
        came.set()
        raise broken

    world.opener.open = fails  # type: ignore[method-assign, assignment]  # a fake, for this test
    host, _ = hosted(world)

    host.start()
    assert came.wait(20)

    assert host.stop(20)
    assert host.failure is broken


def test_other_processes_see_it_alive_while_a_server_keeps_it_waiting() -> None:
    world = World().connected()
    world.opener.gate.shut()
    host, _ = hosted(world)

    host.start()
    assert world.opener.gate.arrived.wait(20)

    assert current_status(world.profile).connector is not None
    assert host.stop()
    assert current_status(world.profile).connector is None


def test_a_problem_of_this_computer_is_told_and_it_starts_anew() -> None:
    world = World().connected()
    full = ProblemError(DISK_FULL.problem())
    world.opener.open = raising(full)  # type: ignore[method-assign]  # a fake, for this test
    host, clock = hosted(world)

    host.start()
    assert clock.sees_a_wait_of(ASK_AGAIN_SECONDS)

    assert host.failure is full
    assert world.record.state is State.CONNECTED
    assert host.stop()


def raising(error: Exception) -> Callable[..., FakeGateway]:
    def fails(*_: object) -> FakeGateway:
        raise error

    return fails


def test_it_stops_before_it_was_started() -> None:
    assert hosted(World())[0].stop()
