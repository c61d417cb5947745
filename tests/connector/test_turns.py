import threading

import pytest

from oncetui.connector.reconnecting import reconnect
from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.lock_outs import Insistence
from oncetui.model.problem import ProblemError
from oncetui.model.problems.network import NO_ANSWER
from oncetui.model.problems.sign_in import ACCOUNT_LOCKED
from oncetui.model.secret import Secret
from oncetui.model.state import State
from oncetui.model.turns import turn_to_sign_in
from tests.connector.world import ANNA, World, trouble


def changed_password(world: World) -> None:
    world.opener.accepts = {(ANNA, "new")}


def test_a_reconnect_while_the_connector_signs_in_waits_and_sends_nothing_after_a_refusal() -> None:
    world = World().connected().faulted(NO_ANSWER)
    changed_password(world)
    world.opener.gate.shut()
    connector = threading.Thread(target=world.run_for, args=(10,))
    connector.start()
    assert world.opener.gate.arrived.wait(20)

    def let_the_connector_end() -> None:
        world.opener.gate.open()
        connector.join()

    world.clock.at(world.clock.now(), let_the_connector_end)
    with pytest.raises(ProblemError) as told:
        reconnect(world.profile)

    assert told.value.problem.code == "refused-before"
    assert world.opener.refused == 1
    assert world.record.state is State.FAILED_USER


def test_the_connector_leaves_a_check_to_the_next_step_while_another_signs_in() -> None:
    world = World().connected()
    held = world.store.guard.turn()
    assert held is not None
    with held:
        world.step()
        assert world.opener.sign_ins == []

    world.step()

    assert world.opener.sign_ins == [ANNA]


def test_a_check_that_was_asked_for_is_answered_only_once_it_was_done() -> None:
    world = World().connected()
    world.step()
    asked = world.store.commands.ask("refresh", world.clock.now().replace(hour=23))
    held = world.store.guard.turn()
    assert held is not None
    with held:
        world.step()
        assert asked in world.store.commands.waiting(world.clock.now())

    world.step()

    assert asked not in world.store.commands.waiting(world.clock.now())


def test_what_the_connector_saw_refused_is_known_to_everybody() -> None:
    world = World().connected().faulted(NO_ANSWER)
    changed_password(world)
    world.run_for(10)
    world.forget_calls()
    world.place.erase()

    with pytest.raises(ProblemError) as told:
        reconnect(world.profile, Secret("right"))

    assert told.value.problem.code == "refused-before"
    assert world.opener.sign_ins == []


def test_a_refused_password_goes_again_where_a_person_insists() -> None:
    world = World().connected().faulted(NO_ANSWER)
    changed_password(world)
    world.run_for(10)
    world.opener.accepts = {(ANNA, "right")}

    assert (
        reconnect(world.profile, Secret("right"), insistence=Insistence(again=True)).state is State.CONNECTED
    )


def test_a_typed_password_that_was_refused_is_not_sent_by_the_next_reconnect() -> None:
    world = World().connected()
    for _ in range(2):
        with pytest.raises(ProblemError):
            reconnect(world.profile, Secret("wrong"))

    assert world.opener.refused == 1


def test_a_locked_account_counts_without_blaming_the_password() -> None:
    world = World().connected()
    world.opener.problems = [trouble(ACCOUNT_LOCKED)]
    with pytest.raises(ProblemError):
        reconnect(world.profile, Secret("right"))
    assert len(world.store.guard.refusals(ANNA)) == 1

    assert reconnect(world.profile, Secret("right")).state is State.CONNECTED


def test_a_turn_that_never_ends_is_waited_for_half_a_minute() -> None:
    world = World()
    held = world.store.guard.turn()
    assert held is not None
    began = world.clock.monotonic()

    with held, pytest.raises(ProblemError) as told, turn_to_sign_in(world.profile, Cancellation()):
        raise AssertionError("the turn was another's")

    assert told.value.problem.code == "sign-in-under-way"
    assert 30 <= world.clock.monotonic() - began < 31


def test_waiting_for_a_turn_is_cancelled_at_once() -> None:
    world = World()
    held = world.store.guard.turn()
    assert held is not None
    cancellation = Cancellation()
    cancellation.cancel()

    with held, pytest.raises(CancelledByUserError), turn_to_sign_in(world.profile, cancellation):
        raise AssertionError("the turn was another's")
