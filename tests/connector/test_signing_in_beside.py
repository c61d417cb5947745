"""Subjects read by a process that doesn't keep the connection: one sign-in, and nothing is kept of them."""

import pytest

from oncetui.connector.live_names import subjects_read_beside
from oncetui.connector.reconnecting import NothingToReconnectError
from oncetui.model.problem import ProblemError
from oncetui.model.problems.network import CONNECTION_LOST
from oncetui.model.problems.sign_in import PASSWORD_CHANGED
from tests.connector.world import World, trouble


@pytest.fixture
def world() -> World:
    made = World().connected()
    made.mailbox.add_event("k-own", made.hour(5), subject="Dentist")
    made.step()
    made.store.lock.held_elsewhere = True
    made.forget_calls()
    return made


def read(world: World) -> list[str]:
    named = subjects_read_beside(
        world.profile, world.store.busy.calendars(), world.hour(5), world.cancellation
    )
    return list(named.values())


def test_one_sign_in_reads_them_and_its_connection_is_closed(world: World) -> None:
    assert read(world) == ["Dentist"]
    assert len(world.opener.sign_ins) == 1
    assert world.opener.gateways[-1].closed
    assert "Dentist" not in repr(vars(world.store.busy))


def test_nothing_is_sent_where_there_is_nothing_to_read(world: World) -> None:
    assert subjects_read_beside(world.profile, (), world.hour(5), world.cancellation) == {}
    assert world.opener.sign_ins == []


def test_a_refused_secret_is_not_sent_again(world: World) -> None:
    world.faulted(PASSWORD_CHANGED, refused=True)
    for _ in range(2):
        with pytest.raises(ProblemError):
            read(world)
    assert world.opener.sign_ins == []


def test_a_refusal_is_noted_as_the_connector_would(world: World) -> None:
    world.opener.accepts.clear()
    for _ in range(2):
        with pytest.raises(ProblemError):
            read(world)
    assert len(world.opener.sign_ins) == 1
    assert world.open_pages == set()


def test_a_calendar_that_can_not_be_read_hides_no_other(world: World) -> None:
    world.mailbox.unreadable["k-private"] = trouble(CONNECTION_LOST)
    assert read(world) == ["Dentist"]


def test_without_a_connection_there_is_nothing_to_sign_in_to(world: World) -> None:
    world.store.settings.erase()
    with pytest.raises(NothingToReconnectError):
        read(world)
