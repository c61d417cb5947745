import os
from datetime import datetime, timedelta

from oncetui.connector.watching import current_status, watch
from oncetui.model.associations import NO_CALENDARS
from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import SyncMode
from oncetui.model.problems.network import NO_ANSWER
from oncetui.model.state import State
from oncetui.model.status import Heartbeat, Status
from oncetui.model.sync import NO_CONNECTOR, REAL_TIME, SyncInEffect, partly_watched
from tests.connector.world import World


def beat(world: World, started: datetime, sync: SyncInEffect | None = None) -> None:
    world.store.commands.beat(Heartbeat(os.getpid(), started, world.clock.now(), sync))


def watched(world: World, seconds: float) -> list[Status]:
    cancellation = Cancellation()
    told: list[Status] = []
    world.clock.at(world.clock.now() + timedelta(seconds=seconds), cancellation.cancel)
    watch(world.profile, cancellation, told.append)
    return told


def test_the_status_of_a_new_profile_is_not_connected() -> None:
    status = current_status(World().profile)

    assert (status.record.state, status.settings, status.exit_code) == (State.NOT_CONNECTED, None, 6)


def test_a_watcher_hears_at_once_and_then_only_of_changes() -> None:
    assert len(watched(World().connected(), 50)) == 1


def test_a_heartbeat_is_nothing_to_hear_of() -> None:
    world = World().connected()
    started = world.clock.now()
    beat(world, started)
    for seconds in range(2, 50, 2):
        world.clock.at(started + timedelta(seconds=seconds), lambda: beat(world, started))

    assert len(watched(world, 50)) == 1


def test_a_change_by_anybody_is_heard_within_a_second() -> None:
    world = World().connected()
    heard = world.clock.now() + timedelta(seconds=10)

    def goes_away() -> None:
        world.faulted(NO_ANSWER)

    world.clock.at(heard, goes_away)

    told = watched(world, 11)

    assert [status.record.state for status in told] == [State.CONNECTED, State.INTERRUPTED]
    assert told[-1].now - heard <= timedelta(seconds=1)


def test_time_alone_closes_pages_before_a_watchers_eyes() -> None:
    world = World().connected()
    world.step()

    told = watched(world, 17 * 60)

    assert told[0].closed_pages == 0
    assert told[-1].closed_pages == 2


def test_a_page_without_a_main_calendar_is_warned_of() -> None:
    world = World().connected()
    world.add_page("three", NO_CALENDARS)
    world.step()

    assert [problem.code for problem in world.status.warnings] == ["no-main-calendar"]


def test_without_a_connector_real_time_is_not_in_effect() -> None:
    status = World().connected().status

    assert (status.effective_mode, status.mode_reason) == (SyncMode.AUTO, NO_CONNECTOR)


def test_the_mode_in_effect_is_what_the_running_connector_tells() -> None:
    world = World().connected()
    world.step()
    beat(world, world.clock.now(), REAL_TIME)
    assert (world.status.effective_mode, world.status.mode_reason) == (SyncMode.REAL_TIME, None)
    assert world.status.next_check == world.clock.now() + timedelta(minutes=5)

    beat(world, world.clock.now(), partly_watched(1))
    assert world.status.effective_mode is SyncMode.REAL_TIME
    assert world.status.next_check == world.clock.now() + timedelta(seconds=60)

    world.clock.advance(60)
    world.store.commands.stopped()
    assert world.status.mode_reason == NO_CONNECTOR


def test_a_change_of_the_mode_in_effect_is_told_to_whoever_watches() -> None:
    world = World().connected()
    started = world.clock.now()
    beat(world, started)
    world.clock.at(started + timedelta(seconds=2), lambda: beat(world, started, REAL_TIME))

    assert [status.effective_mode for status in watched(world, 5)] == [SyncMode.AUTO, SyncMode.REAL_TIME]


def test_the_next_check_is_told_only_while_a_connector_runs() -> None:
    world = World().connected()
    world.step()
    assert world.status.next_check is None

    beat(world, world.clock.now())

    assert world.status.next_check == world.clock.now() + timedelta(seconds=60)


def test_the_first_free_time_of_an_open_page_is_told_and_none_of_a_closed_one() -> None:
    world = World().connected()
    world.step()
    (one, _) = world.status.pages
    assert one.next_free == world.clock.now() + timedelta(hours=4)

    world.faulted(NO_ANSWER)

    assert [page.next_free for page in world.status.pages] == [None, None]
