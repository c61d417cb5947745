"""Reconnect is cancelled whatever it waits for; before it is kept nothing changes, after that it stands."""

import contextlib
import threading
from collections.abc import Callable

import pytest

from oncetui.connector.reconnecting import reconnect
from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.secret import Secret
from oncetui.model.state import State
from tests.connector.world import ANNA, World
from tests.fakes.exchange import PATIENCE, Gate

Waits = Callable[[World], threading.Event]


def for_the_probe(world: World) -> threading.Event:
    return world.discovery.probe_gate.shut().arrived


def for_the_sign_in(world: World) -> threading.Event:
    return world.opener.gate.shut().arrived


def for_the_calendars(world: World) -> threading.Event:
    world.opener.reading = Gate().shut()
    return world.opener.reading.arrived


def cancelled(world: World, waits: Waits) -> bool:
    """Reconnect with a new password, cancel it once it waits, and tell whether it ended as cancelled."""
    world.opener.accepts.add((ANNA, "new"))
    arrived, cancellation, told = waits(world), Cancellation(), []

    def sign_in() -> None:
        try:
            reconnect(world.profile, Secret("new"), cancellation=cancellation)
        except CancelledByUserError:
            told.append(True)
        else:
            told.append(False)

    thread = threading.Thread(target=sign_in)
    thread.start()
    assert arrived.wait(PATIENCE)
    cancellation.cancel()
    thread.join(PATIENCE)
    (was_cancelled,) = told
    return was_cancelled


@pytest.mark.parametrize("waits", [for_the_probe, for_the_sign_in])
def test_what_is_cancelled_before_it_is_kept_changes_nothing(waits: Waits) -> None:
    world = World().connected()
    before, settings = world.record, world.store.settings.load()

    assert cancelled(world, waits)

    assert (world.record, world.store.settings.load()) == (before, settings)
    assert world.place.load() == Secret("right")
    assert not world.status.attempt


def test_what_is_cancelled_while_calendars_are_read_is_kept_and_read_by_the_connector() -> None:
    world = World().connected()

    assert not cancelled(world, for_the_calendars)

    assert world.record.state is State.CONNECTED
    assert world.place.load() == Secret("new")
    assert all(gateway.closed for gateway in world.opener.gateways)


def test_a_cancelled_one_gives_its_turn_back() -> None:
    world = World().connected()
    assert cancelled(world, for_the_sign_in)

    held = world.store.guard.turn()

    assert held is not None
    with contextlib.ExitStack() as turn:
        turn.enter_context(held)
