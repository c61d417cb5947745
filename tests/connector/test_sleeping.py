"""A computer that slept, and a clock that jumps: what is due is done at once, and only once."""

import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oncetui.model.connection import SyncMode
from oncetui.model.problems.exchange import THROTTLED
from oncetui.model.problems.network import NO_ANSWER
from oncetui.model.state import State
from tests.connector.world import World, trouble

PATIENCE = 10.0
NIGHT = timedelta(hours=8)


@pytest.fixture
def streaming() -> Iterator[World]:
    """A world that listens to its own calendar, the stream standing."""
    world = World().connected().listening()
    world.store.pages.delete("two")
    until_it_stands(world, watches=1)
    yield world
    world.connector.close()


def until_it_stands(world: World, watches: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while not (
        sum(gateway.watches for gateway in world.opener.gateways) == watches
        and world.connector.sync is not None
        and world.connector.sync.mode is SyncMode.REAL_TIME
    ):
        assert time.monotonic() < deadline, world.connector.sync
        world.step()
        world.store.commands.stopped()  # a real store's heartbeat makes the connector look, too
        threading.Event().wait(0.002)


def test_the_first_look_after_a_night_reads_everything_and_opens_the_pages() -> None:
    world = World().connected()
    world.step()
    world.forget_calls()
    world.clock.sleep(NIGHT)
    assert world.open_pages == set()

    world.step()

    assert world.calls == ["changes", "changes"]
    assert world.open_pages == {"one", "two"}
    world.forget_calls()
    world.run_for(59)
    assert world.calls == []


def test_a_night_that_leads_to_another_day_reads_the_whole_horizon_once() -> None:
    world = World().connected()
    world.step()
    world.forget_calls()
    world.clock.sleep(NIGHT * 2)

    world.run_for(30)

    assert world.calls[:6] == ["calendars", *["changes", "busy_time"] * 2, "busy_time"]
    assert world.calls.count("changes") == 2


@pytest.mark.parametrize("retry_after", [None, 1800.0])
def test_a_next_try_that_came_in_the_sleep_is_made_at_once(retry_after: float | None) -> None:
    world = World().connected()
    world.step()
    world.mailbox.trouble = trouble(NO_ANSWER if retry_after is None else THROTTLED, retry_after)
    world.run_for(90)
    assert world.record.state is State.INTERRUPTED
    world.mailbox.trouble = None

    world.clock.sleep(NIGHT)

    assert world.step().state is State.CONNECTED
    assert world.open_pages == {"one", "two"}


def test_the_event_stream_of_before_a_long_sleep_is_given_up_and_what_it_missed_is_read(
    streaming: World,
) -> None:
    streaming.clock.sleep(NIGHT)
    streaming.mailbox.listeners.clear()
    streaming.mailbox.add_event("k-own", streaming.hour(0))
    streaming.forget_calls()

    streaming.step()
    streaming.step()

    assert streaming.calls[:2] == ["changes", "busy_time"]
    until_it_stands(streaming, watches=2)


def test_a_nap_leaves_the_event_stream_as_it_is(streaming: World) -> None:
    streaming.clock.sleep(timedelta(seconds=90))
    for _ in range(5):
        streaming.step()

    assert [gateway.watches for gateway in streaming.opener.gateways] == [1]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.timedeltas(timedelta(hours=-3), timedelta(hours=3)), min_size=1, max_size=15))
def test_a_clock_that_jumps_neither_blocks_the_checks_nor_makes_them_a_storm(jumps: list[timedelta]) -> None:
    world = World().connected()
    world.step()
    for jump in jumps:
        world.clock.put_to(world.clock.now() + jump)
        world.forget_calls()
        world.run_for(60)
        # One round for the jump and one for the minute, a whole one where the jump leads to another day.
        assert 1 <= world.calls.count("changes") // 2 <= 2
        assert world.calls.count("busy_time") <= 3
        assert world.record.state is State.CONNECTED
        assert world.open_pages == {"one", "two"}
