from dataclasses import replace

from oncetui.model.status import Heartbeat
from oncetui.store.commands import Commands
from oncetui.store.opening import Store
from tests.contracts.values import NINE
from tests.fakes.clock import FakeClock

BEAT = Heartbeat(4711, started=NINE, seen=NINE)


def test_a_heartbeat_whose_process_ended_counts_for_nothing(store: Store, clock: FakeClock) -> None:
    living = {4711: "100"}
    commands = Commands(store.database, clock, living.get)
    commands.beat(BEAT)
    assert commands.heartbeat() == BEAT

    living.clear()

    assert commands.heartbeat() is None
    clock.advance(11)
    assert commands.silent() is None


def test_a_later_process_with_the_same_number_is_not_the_connector(store: Store, clock: FakeClock) -> None:
    living = {4711: "100"}
    commands = Commands(store.database, clock, living.get)
    commands.beat(BEAT)

    living[4711] = "200"

    assert commands.heartbeat() is None


def test_a_heartbeat_of_a_process_that_never_was_counts_for_nothing(store: Store, clock: FakeClock) -> None:
    commands = Commands(store.database, clock, lambda _: None)
    commands.beat(replace(BEAT, pid=4712))

    assert commands.heartbeat() is None


def test_looking_for_requests_writes_nothing(store: Store) -> None:
    before = store.connection.version()

    store.commands.waiting(NINE)

    assert store.connection.version() == before
