"""The overlay of an attempt: shown while it lasts, and whatever becomes of it the state is as it was."""

from datetime import timedelta

import pytest

from oncetui.model.problem import Cause
from oncetui.model.problems.network import NO_ANSWER
from oncetui.model.problems.policy import EWS_SWITCHED_OFF
from oncetui.model.problems.sign_in import PASSWORD_CHANGED
from oncetui.model.schedule import ATTEMPT_AT_MOST
from oncetui.model.state import State
from tests.connector.world import World

KEPT = (None, NO_ANSWER, PASSWORD_CHANGED, EWS_SWITCHED_OFF)


def in_state_after(cause: Cause | None) -> World:
    world = World().connected()
    world.step()
    return world if cause is None else world.faulted(cause)


def shows_an_attempt(world: World) -> bool:
    return world.status.attempt


@pytest.mark.parametrize("cause", KEPT)
def test_an_attempt_is_shown_and_changes_neither_state_nor_pages(cause: Cause | None) -> None:
    world = in_state_after(cause)
    before, pages = world.record, world.open_pages

    with world.profile.shown_as_attempt():
        assert shows_an_attempt(world)
        assert (world.record, world.open_pages) == (before, pages)

    assert not shows_an_attempt(world)
    assert world.record == before


@pytest.mark.parametrize("cause", KEPT)
def test_an_attempt_whose_process_died_is_over_with_its_deadline(cause: Cause | None) -> None:
    world = in_state_after(cause)
    before = world.record
    world.store.connection.begin_attempt(world.clock.now() + ATTEMPT_AT_MOST)

    world.clock.advance(ATTEMPT_AT_MOST - timedelta(seconds=1))
    assert shows_an_attempt(world)
    world.clock.advance(1)

    assert not shows_an_attempt(world)
    assert world.record == before


def test_an_attempt_that_died_keeps_nobody_from_restoring() -> None:
    world = in_state_after(NO_ANSWER)
    world.store.connection.begin_attempt(world.clock.now() + ATTEMPT_AT_MOST)

    assert world.run_for(5).state is State.CONNECTED
