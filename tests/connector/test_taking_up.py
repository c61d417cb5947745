from dataclasses import replace

import pytest

from oncetui.connector.reconnecting import reconnect
from oncetui.connector.taking_up import take_up_changed_secret
from oncetui.model.connection import KeptIn
from oncetui.model.problem import ProblemError
from oncetui.model.problems.local import SECRET_FILLED_ELSEWHERE
from oncetui.model.secret import Secret
from oncetui.model.state import State
from tests.connector.world import ANNA, World
from tests.fakes.secrets import InMemorySecretPlaces, InMemorySecretStore


class FilledElsewhere(InMemorySecretStore):
    """A place that a command or systemd fills."""

    def save(self, secret: Secret) -> None:
        if secret != self.secret:
            raise ProblemError(SECRET_FILLED_ELSEWHERE.problem())


@pytest.fixture(params=[KeptIn.COMMAND, KeptIn.SYSTEMD])
def world(request: pytest.FixtureRequest) -> World:
    """A connected mailbox whose password comes from a place that is only read, and was refused since."""
    world = World().connected()
    place = FilledElsewhere(request.param)
    place.secret = Secret("right")
    world.place = place
    kept = world.store.settings.load()
    assert kept is not None
    world.store.settings.save(replace(kept, kept_in=request.param))
    world.profile = replace(world.profile, secret_places=InMemorySecretPlaces(place, InMemorySecretStore()))
    world.restarted()
    world.step()
    world.opener.accepts = {(ANNA, "changed")}
    world.restarted()
    assert world.step().state is State.FAILED_USER
    world.forget_calls()
    return world


def test_the_refused_password_is_not_sent_by_a_restart(world: World) -> None:
    for _ in range(3):
        take_up_changed_secret(world.profile, world.cancellation)

    assert world.opener.sign_ins == []
    assert world.record.state is State.FAILED_USER


def test_a_password_that_was_changed_there_is_taken_up_at_the_start(world: World) -> None:
    world.place.secret = Secret("changed")

    take_up_changed_secret(world.profile, world.cancellation)

    assert world.record.state is State.CONNECTED
    assert len(world.opener.sign_ins) == 1


def test_one_that_is_wrong_again_costs_one_refusal_over_all_restarts(world: World) -> None:
    world.place.secret = Secret("wrong again")

    for _ in range(3):
        take_up_changed_secret(world.profile, world.cancellation)

    assert len(world.opener.sign_ins) == 1
    assert world.record.state is State.FAILED_USER


def test_reconnect_takes_up_what_was_changed_there(world: World) -> None:
    world.place.secret = Secret("changed")

    assert reconnect(world.profile).state is State.CONNECTED


def test_reconnect_refuses_a_typed_one_and_says_where_it_belongs(world: World) -> None:
    with pytest.raises(ProblemError) as caught:
        reconnect(world.profile, Secret("changed"))

    assert caught.value.problem.code == "secret-filled-elsewhere"
    assert world.opener.sign_ins == []


def test_a_kept_password_is_left_to_reconnect() -> None:
    world = World().connected()
    world.opener.accepts = set()
    world.step()
    world.place.secret = Secret("changed")
    world.forget_calls()

    take_up_changed_secret(world.profile, world.cancellation)

    assert world.opener.sign_ins == []
