"""Real-time: what wakes the reader, what the polls become, and what happens without a stream."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from oncetui.connector.connector import Connector
from oncetui.connector.hosting import ConnectorHost
from oncetui.model.associations import AssociatedCalendars
from oncetui.model.connection import SyncMode
from oncetui.model.problem import Cause, ProblemError
from oncetui.model.problems.exchange import CHANGES_LOST, THROTTLED
from oncetui.model.problems.network import CONNECTION_LOST
from oncetui.model.problems.real_time import REAL_TIME_LIMITED, REAL_TIME_REFUSED, REAL_TIME_SILENT
from oncetui.model.problems.sign_in import PASSWORD_CHANGED
from oncetui.model.state import State
from oncetui.model.sync import NO_CONNECTOR
from tests.connector.world import World, trouble

PATIENCE = 10.0


@pytest.fixture
def world() -> Iterator[World]:
    """A connected world whose server tells of changes; page `two` isn't there, all calendars are own."""
    world = World().connected().listening()
    world.store.pages.delete("two")
    yield world
    world.connector.close()


def shared(world: World) -> World:
    """Let a page rely on a calendar that another person shared, too."""
    ids = {calendar.name: calendar.id for calendar in world.store.busy.calendars()}
    world.add_page("two", AssociatedCalendars(main=ids["Calendar"], busy=frozenset({ids["Team Sales"]})))
    return world


def step_until(world: World, holds: Callable[[], bool]) -> None:
    """Let the connector look, while no time passes, until its thread has got somewhere."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, world.connector.sync
        world.step()
        # Whatever a real store's heartbeat does: it makes the connector look at what changed.
        world.store.commands.stopped()
        threading.Event().wait(0.002)


def in_effect(world: World) -> tuple[SyncMode | None, str | None]:
    sync = world.connector.sync
    return (None, None) if sync is None else (sync.mode, sync.reason)


def stands(world: World) -> Callable[[], bool]:
    return lambda: in_effect(world)[0] is SyncMode.REAL_TIME


def standing(world: World) -> World:
    step_until(world, stands(world))
    world.step()
    world.forget_calls()
    return world


def ended(world: World, problem: ProblemError) -> None:
    """End the stream and wait until its thread has posted that."""
    bell = world.connector._real_time.bell
    bell.clear()
    world.mailbox.end_streams(problem)
    assert bell.wait(PATIENCE)


def kept(world: World) -> int:
    (calendar, *_) = world.store.busy.calendars()
    return len(world.store.busy.blocks([calendar.id], world.hour(0)))


def test_a_change_is_read_as_soon_as_it_is_told(world: World) -> None:
    standing(world)
    world.clock.advance(10)

    world.mailbox.add_event("k-own", world.hour(0))
    world.step()

    assert kept(world) == 1
    assert world.calls == ["changes", "busy_time"]


def test_what_changed_before_the_first_sign_of_life_is_read_too(world: World) -> None:
    world.step()
    world.mailbox.add_event("k-own", world.hour(0))

    step_until(world, lambda: kept(world) == 1)
    step_until(world, stands(world))


def test_the_changes_of_a_burst_are_gathered(world: World) -> None:
    standing(world)
    world.clock.advance(10)
    for _ in range(20):
        world.mailbox.add_event("k-own", world.hour(0))
        world.step()
        world.clock.advance(0.2)
    read_meanwhile = world.calls.count("changes")
    world.run_for(3)

    assert kept(world) == 20
    assert read_meanwhile <= 3
    assert world.calls.count("changes") <= 4


def test_a_single_change_soon_after_another_waits_for_no_burst(world: World) -> None:
    standing(world)
    world.clock.advance(10)
    world.mailbox.add_event("k-own", world.hour(0))
    world.step()
    world.clock.advance(0.5)
    world.mailbox.add_event("k-own", world.hour(0))
    world.step()
    assert kept(world) == 1
    world.clock.advance(0.31)

    world.step()

    assert kept(world) == 2


def test_while_the_server_tells_it_is_asked_every_five_minutes(world: World) -> None:
    standing(world)

    world.run_for(3600)

    assert 10 <= world.calls.count("changes") <= 13
    assert world.open_pages == {"one"}


def test_calendars_that_nobody_tells_of_are_asked_every_minute(world: World) -> None:
    shared(world)
    step_until(world, stands(world))
    world.forget_calls()

    world.run_for(600)

    assert "1 calendar" in str(in_effect(world)[1])
    assert 11 <= world.calls.count("changes") <= 14
    assert world.status.calendars[1].read_at is None  # Private is on no page


WITHOUT_A_STREAM = pytest.mark.parametrize("cause", [REAL_TIME_REFUSED, REAL_TIME_LIMITED, REAL_TIME_SILENT])


@WITHOUT_A_STREAM
def test_a_refused_stream_means_auto_sync_with_the_reason(world: World, cause: Cause) -> None:
    world.mailbox.no_stream = trouble(cause)

    step_until(world, lambda: in_effect(world) == (SyncMode.AUTO, cause.title))
    world.forget_calls()
    for _ in range(6):
        world.run_for(10)

    assert world.record.state is State.CONNECTED
    assert 1 <= world.calls.count("changes") <= 2


def test_a_refused_stream_is_tried_again_with_growing_waits(world: World) -> None:
    world.mailbox.no_stream = trouble(REAL_TIME_LIMITED)
    tries: list[float] = []
    begun = world.clock.monotonic()
    step_until(world, lambda: watches(world) == 1 and in_effect(world)[1] == REAL_TIME_LIMITED.title)
    while world.clock.monotonic() - begun < 2 * 3600:
        before = watches(world)
        world.clock.advance(30)
        world.step()
        world.store.commands.stopped()
        world.step()
        if watches(world) > before or world.connector._real_time._stream is not None:
            tries.append(world.clock.monotonic() - begun)
            step_until(world, lambda: world.connector._real_time._stream is None)

    waits = [later - earlier for earlier, later in zip([0.0, *tries], tries, strict=False)]
    assert waits[:4] == pytest.approx([60, 120, 240, 480], abs=61)
    assert max(waits) <= 1860


@WITHOUT_A_STREAM
def test_it_goes_back_to_real_time_by_itself(world: World, cause: Cause) -> None:
    world.mailbox.no_stream = trouble(cause)
    step_until(world, lambda: in_effect(world)[1] == cause.title)
    world.mailbox.no_stream = None
    world.clock.advance(61)

    step_until(world, stands(world))


def test_a_wait_that_the_server_asks_for_is_kept(world: World) -> None:
    world.mailbox.no_stream = trouble(THROTTLED, retry_after=600)
    step_until(world, lambda: in_effect(world)[1] == THROTTLED.title)
    before = watches(world)
    world.run_for(590)
    assert watches(world) == before
    world.clock.advance(20)

    step_until(world, lambda: watches(world) == before + 1)


@pytest.mark.parametrize("cause", [CHANGES_LOST, CONNECTION_LOST])
def test_a_lost_stream_is_begun_anew_and_what_it_missed_is_read(world: World, cause: Cause) -> None:
    standing(world)
    ended(world, trouble(cause))
    world.mailbox.add_event("k-own", world.hour(0))

    world.step()
    assert kept(world) == 1
    world.store.commands.stopped()

    step_until(world, lambda: watches(world) == 2 and stands(world)())


def test_a_stream_that_keeps_breaking_is_left_alone_for_a_while(world: World) -> None:
    standing(world)
    ended(world, trouble(CONNECTION_LOST))
    step_until(world, lambda: watches(world) == 2 and stands(world)())
    ended(world, trouble(CONNECTION_LOST))
    world.run_for(50)

    assert watches(world) == 2
    assert in_effect(world) == (SyncMode.AUTO, CONNECTION_LOST.title)


def test_a_secret_that_is_refused_to_the_stream_is_refused(world: World) -> None:
    standing(world)
    ended(world, ProblemError(PASSWORD_CHANGED.problem(), secret_refused=True))

    assert world.step().state is State.FAILED_USER
    assert world.record.refused_version == "v1"
    world.run_for(600)
    assert world.opener.sign_ins == []


def test_while_the_connection_is_interrupted_nobody_listens(world: World) -> None:
    standing(world)
    world.faulted(CONNECTION_LOST)
    world.opener.unreachable = trouble(CONNECTION_LOST)
    world.run_for(30)

    assert world.mailbox.listeners == []
    assert in_effect(world)[0] is SyncMode.AUTO

    world.opener.unreachable = None
    world.clock.advance(60)
    step_until(world, stands(world))


def test_the_mode_is_changed_without_another_sign_in(world: World) -> None:
    standing(world)
    settings = world.store.settings.load()
    assert settings is not None
    world.store.settings.save(replace(settings, sync_mode=SyncMode.AUTO))
    step_until(world, lambda: in_effect(world) == (SyncMode.AUTO, None))
    assert world.mailbox.listeners == []

    world.store.settings.save(settings)
    step_until(world, stands(world))

    assert world.opener.sign_ins == []


def test_another_calendar_on_a_page_is_listened_to_as_well(world: World) -> None:
    standing(world)
    ids = {calendar.name: calendar.id for calendar in world.store.busy.calendars()}
    private = AssociatedCalendars(main=ids["Calendar"], busy=frozenset({ids["Private"]}))
    world.store.pages.associate("one", private)
    step_until(world, lambda: watches(world) == 2 and stands(world)())
    world.step()
    world.clock.advance(10)
    world.mailbox.add_event("k-private", world.hour(0))
    world.step()

    assert len(world.store.busy.blocks([ids["Private"]], world.hour(0))) == 1


def test_a_connector_that_only_steps_does_not_listen() -> None:
    world = World().connected()
    world.mailbox.no_stream = None
    world.run_for(10)
    assert watches(world) == 0


def test_closing_ends_the_listening(world: World) -> None:
    standing(world)
    world.connector.close()
    assert world.mailbox.listeners == []
    assert not any(thread.name == "changes" and thread.is_alive() for thread in threading.enumerate())


def test_a_connector_that_runs_tells_of_real_time_and_ends_at_once() -> None:
    world = World().connected()
    world.mailbox.no_stream = None
    host = ConnectorHost(world.profile)
    host.start()
    told = threading.Event()
    deadline = time.monotonic() + PATIENCE
    while world.status.effective_mode is not SyncMode.REAL_TIME:
        assert time.monotonic() < deadline, world.status
        told.wait(0.01)

    assert host.stop()
    assert world.mailbox.listeners == []
    assert world.status.mode_reason == NO_CONNECTOR


def watches(world: World) -> int:
    return sum(gateway.watches for gateway in world.opener.gateways)


def test_a_steady_stream_that_breaks_is_no_failure(world: World) -> None:
    for number in range(1, 4):
        step_until(world, lambda number=number: watches(world) == number and stands(world)())  # type: ignore[misc]  # mypy can't infer it with a default
        world.clock.advance(timedelta(minutes=2))
        ended(world, trouble(CONNECTION_LOST))
        world.step()
    step_until(world, lambda: watches(world) == 4 and stands(world)())


def test_a_new_connector_is_told_nothing_before_it_looks() -> None:
    assert Connector(World().profile).sync is None
