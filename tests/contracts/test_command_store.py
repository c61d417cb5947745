import os
from datetime import timedelta

from oncetui.model.status import Heartbeat
from tests.contracts.conftest import Ports
from tests.contracts.values import HOUR, NINE
from tests.fakes.clock import FakeClock

BEAT = Heartbeat(os.getpid(), started=NINE - HOUR, seen=NINE)


class TestCommandStore:
    def test_requests_wait_in_their_order_until_they_are_answered(self, store: Ports) -> None:
        check = store.commands.ask("check", NINE + HOUR)
        stop = store.commands.ask("stop", NINE + HOUR)

        assert store.commands.waiting(NINE) == (check, stop)
        store.commands.answered([check])
        assert store.commands.waiting(NINE) == (stop,)
        store.commands.answered([check, stop])
        assert store.commands.waiting(NINE) == ()

    def test_a_request_that_lapsed_no_longer_waits(self, store: Ports) -> None:
        store.commands.ask("check", NINE + HOUR)

        assert store.commands.waiting(NINE + HOUR) == ()

    def test_nobody_beats_at_first(self, store: Ports) -> None:
        assert store.commands.heartbeat() is None

    def test_the_last_heartbeat_shows(self, store: Ports) -> None:
        store.commands.beat(Heartbeat(os.getpid(), NINE - HOUR, NINE - HOUR))
        store.commands.beat(BEAT)

        assert store.commands.heartbeat() == BEAT

    def test_a_heartbeat_is_over_after_ten_seconds(self, store: Ports, clock: FakeClock) -> None:
        store.commands.beat(BEAT)
        clock.advance(10)
        assert store.commands.heartbeat() == BEAT

        clock.advance(timedelta(milliseconds=1))

        assert store.commands.heartbeat() is None

    def test_a_heartbeat_from_the_future_counts_for_nothing(self, store: Ports, clock: FakeClock) -> None:
        store.commands.beat(BEAT)
        clock.put_to(NINE - HOUR)

        assert store.commands.heartbeat() is None

    def test_a_connector_that_stopped_beats_no_more(self, store: Ports) -> None:
        store.commands.beat(BEAT)
        store.commands.stopped()

        assert store.commands.heartbeat() is None

    def test_a_connector_that_lives_and_beats_no_more_is_silent(self, store: Ports, clock: FakeClock) -> None:
        assert store.commands.silent() is None
        store.commands.beat(BEAT)
        assert store.commands.silent() is None

        clock.advance(timedelta(seconds=11))

        assert store.commands.silent() == BEAT
        store.commands.stopped()
        assert store.commands.silent() is None
