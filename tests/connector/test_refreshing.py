from dataclasses import replace
from datetime import timedelta

import pytest

from oncetui.connector.asking import NobodyAnsweredError
from oncetui.connector.refreshing import refresh
from oncetui.connector.watching import current_status
from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.problems.exchange import THROTTLED
from oncetui.model.problems.network import NO_ANSWER
from oncetui.model.problems.sign_in import PASSWORD_CHANGED
from oncetui.model.state import By, Faulted, State, Succeeded, advance
from oncetui.model.status import Heartbeat
from tests.connector.world import World, trouble


def test_where_nobody_runs_the_connector_the_check_happens_here() -> None:
    world = World().connected()
    world.clock.advance(1)

    record = refresh(world.profile, Cancellation())

    assert record.last_success == world.clock.now()
    assert world.calls[0] == "calendars"
    assert all(gateway.closed for gateway in world.opener.gateways)
    assert world.store.lock.take() is not None


def test_the_running_connector_is_asked_and_waited_for() -> None:
    world = World().connected()
    world.step()
    world.forget_calls()
    world.store.lock.held_elsewhere = True
    world.clock.advance(1)
    plan(world, 1.2)

    record = refresh(world.profile, Cancellation())

    assert record.last_success is not None
    assert record.last_success > record.since
    assert world.calls == ["changes", "changes"]


def test_a_check_that_was_under_way_before_the_asking_is_not_taken_for_the_answer() -> None:
    world = World().connected()
    world.step()
    world.store.lock.held_elsewhere = True
    fault = Faulted(world.clock.now(), PASSWORD_CHANGED.problem(), secret_refused=True)

    def earlier_check_ends() -> None:
        world.store.connection.change(
            lambda it: advance(it, Succeeded(world.clock.now(), By.CONNECTOR, "v1"))
        )

    def next_check_ends() -> None:
        world.store.connection.change(lambda it: advance(it, fault))
        world.store.commands.answered(world.store.commands.waiting(world.clock.now()))

    world.clock.at(world.clock.now() + timedelta(seconds=1), earlier_check_ends)
    world.clock.at(world.clock.now() + timedelta(seconds=3), next_check_ends)

    assert refresh(world.profile, Cancellation()).state is State.FAILED_USER


def test_a_first_fault_is_waited_out_until_it_is_decided() -> None:
    world = World().connected()
    world.mailbox.trouble = trouble(NO_ANSWER)

    assert refresh(world.profile, Cancellation()).state is State.INTERRUPTED


def test_a_connector_that_does_not_answer_is_told() -> None:
    world = World().connected()
    world.store.lock.held_elsewhere = True

    with pytest.raises(NobodyAnsweredError):
        refresh(world.profile, Cancellation())


def test_a_connector_that_hangs_is_known_in_seconds_and_named() -> None:
    world = World().connected()
    beaten = Heartbeat(4711, world.clock.now(), world.clock.now())
    world.store.commands.beat(beaten)
    world.store.lock.held_elsewhere = True
    world.clock.advance(11)
    began = world.clock.monotonic()

    with pytest.raises(NobodyAnsweredError) as caught:
        refresh(world.profile, Cancellation())

    assert caught.value.problem is not None
    assert caught.value.problem.code == "connector-hangs"
    assert "kill -9 4711" in caught.value.problem.next
    assert world.clock.monotonic() - began < 6
    assert "connector-hangs" in {warning.code for warning in current_status(world.profile).warnings}


def test_one_that_has_just_woken_up_is_waited_for() -> None:
    world = World().connected()
    world.step()
    world.store.commands.beat(Heartbeat(4711, world.clock.now(), world.clock.now()))
    world.store.lock.held_elsewhere = True
    world.clock.advance(3600)

    def beats() -> None:
        world.store.commands.beat(Heartbeat(4711, world.clock.now(), world.clock.now()))

    world.clock.at(world.clock.now() + timedelta(seconds=2), beats)
    plan(world, 8)

    assert refresh(world.profile, Cancellation()).last_success is not None


def test_nothing_is_sent_where_a_person_must_act() -> None:
    world = World().connected().faulted(PASSWORD_CHANGED, refused=True)

    assert refresh(world.profile, Cancellation()) == world.record
    assert world.opener.sign_ins == []


def test_nothing_is_sent_while_the_server_asked_to_be_left_alone() -> None:
    world = World().connected()
    world.mailbox.trouble = trouble(THROTTLED, retry_after=100)
    world.step()
    world.forget_calls()

    assert refresh(world.profile, Cancellation()) == world.record
    assert (world.opener.sign_ins, world.opener.reached) == ([], [])


def test_it_can_be_cancelled() -> None:
    world = World().connected()
    cancellation = Cancellation()
    cancellation.cancel()

    with pytest.raises(CancelledByUserError):
        refresh(world.profile, cancellation)


def plan(world: World, seconds: float) -> None:
    """Let the other process's connector take its turn in a while."""

    def turn() -> None:
        world.step()

    world.clock.at(world.clock.now() + timedelta(seconds=seconds), turn)


def test_a_refusal_that_is_not_decided_on_yet_is_waited_for() -> None:
    world = World().connected()
    world.step()
    world.store.connection.change(lambda it: replace(it, refused_version=it.secret_version))

    assert refresh(world.profile, Cancellation()).state is State.FAILED_USER
