"""A process that dies in the middle of a sign-in: what the server said to it nobody knows."""

import contextlib
from collections.abc import Iterator
from datetime import timedelta

import pytest

from oncetui.connector.connector import Connector
from oncetui.connector.reconnecting import reconnect
from oncetui.model.problem import ProblemError
from oncetui.model.problems.local import DISK_FULL
from oncetui.model.problems.network import NO_ANSWER
from oncetui.model.problems.sign_in import NO_SCHEME
from oncetui.model.secret import Secret
from oncetui.model.sign_in_guard import OBSERVED_FOR
from oncetui.model.state import State
from tests.connector.world import ANNA, World
from tests.fakes.exchange import refusal


class KilledError(BaseException):
    """The process ends here, and nothing after this point is done."""


class Dying:
    """Password changed on the server: the sign-in is refused, and the process dies at a point of it."""

    def __init__(self, at: str) -> None:
        self.world = World().connected()
        self.world.opener.accepts.clear()
        if at == "the first write":
            self.dies_in(self.world.store.connection, "change")
        else:
            self.dies_in(self.world.discovery.probe_gate, "pass_through")

    def dies_in(self, port: object, call: str) -> None:
        alive = getattr(port, call)

        def dies(*_: object) -> None:
            setattr(port, call, alive)
            raise KilledError

        setattr(port, call, dies)

    def starts_and_dies(self) -> None:
        self.world.restarted()
        with pytest.raises(KilledError):
            self.world.run_for(60)

    def goes_on(self, by: timedelta) -> State:
        self.world.restarted()
        return self.world.run_for(by.total_seconds()).state


def test_a_refusal_is_kept_before_anybody_is_asked_what_it_means() -> None:
    dying = Dying("the question")
    dying.starts_and_dies()

    assert dying.goes_on(timedelta(hours=1)) is State.FAILED_USER
    assert dying.world.opener.refused == 1


def test_a_refusal_that_died_before_it_was_written_is_followed_by_one_more_and_no_third() -> None:
    dying = Dying("the first write")
    dying.starts_and_dies()
    dying.dies_in(dying.world.store.connection, "change")
    dying.starts_and_dies()
    assert dying.world.opener.refused == 2

    assert dying.goes_on(OBSERVED_FOR - timedelta(minutes=1)) is State.INTERRUPTED
    assert dying.world.opener.refused == 2
    problem = dying.world.record.problem
    assert problem is not None
    assert problem.code == "sign-in-unanswered"

    # The server has forgotten them by now, and one that is heard ends it.
    assert dying.goes_on(timedelta(hours=2)) is State.FAILED_USER
    assert dying.world.opener.refused == 3


def test_a_sign_in_that_died_with_a_good_password_closes_nothing() -> None:
    world = World().connected()
    alive, world.opener.open = world.opener.open, _killed  # type: ignore[method-assign, assignment]  # a fake, for this test
    with pytest.raises(KilledError):
        world.step()
    world.opener.open = alive  # type: ignore[method-assign]  # a fake, for this test

    world.restarted()

    assert world.run_for(60).state is State.CONNECTED
    assert world.open_pages == {"one", "two"}
    assert not any(one.counts for one in world.store.guard.refusals(ANNA))


@pytest.mark.parametrize("fails", ["answered", "refused", "unreachable"])
def test_a_sign_in_that_ended_is_no_unanswered_one(fails: str) -> None:
    world = World().connected()
    if fails == "refused":
        world.opener.accepts.clear()
    if fails == "unreachable":
        world.opener.problems = [ProblemError(NO_ANSWER.problem(host="mail.contoso.example"))]

    world.step()

    left = [one.problem.code for one in world.store.guard.refusals(ANNA)]
    assert left == (["password-changed"] if fails == "refused" else [])


def test_a_secret_is_not_sent_where_what_comes_of_it_could_not_be_written() -> None:
    world = World().connected()
    world.opener.accepts.clear()
    world.store.guard.begin = _full_disk  # type: ignore[method-assign, assignment]  # a fake, for this test

    for _ in range(5):
        with pytest.raises(ProblemError, match="folder-not-writable"):
            Connector(world.profile).step(world.cancellation)

    assert world.opener.refused == 0


@pytest.fixture
def doubted() -> Iterator[World]:
    """A stream whose secret was refused asks what that means; its answer is held up."""
    world = World().connected().listening()
    world.mailbox.no_stream = refusal(ANNA)
    world.step()
    gate = world.opener.gateways[0].stream_gate.shut()
    world.step()
    assert gate.arrived.wait(20)
    with contextlib.closing(world.connector):
        yield world


def test_what_is_refused_to_a_stream_is_kept_before_anybody_is_asked_what_it_means(doubted: World) -> None:
    assert doubted.run_for(10).state is State.CONNECTED
    assert doubted.record.refused_version == "v1"
    doubted.opener.accepts.clear()
    doubted.forget_calls()

    doubted.restarted()

    assert doubted.run_for(600).state is State.FAILED_USER
    assert doubted.opener.sign_ins == []


def test_a_refusal_of_a_stream_that_says_nothing_of_the_secret_is_taken_back(doubted: World) -> None:
    doubted.mailbox.no_stream = ProblemError(NO_SCHEME.problem(host="mail.contoso.example"))
    listening = doubted.connector._real_time._stream
    assert listening is not None
    doubted.opener.gateways[0].stream_gate.open()
    listening._thread.join(20)

    record = doubted.run_for(70)

    assert (record.state, record.refused_version) == (State.CONNECTED, None)
    assert doubted.open_pages == {"one", "two"}


def test_a_person_who_types_the_password_waits_for_nothing() -> None:
    dying = Dying("the first write")
    dying.starts_and_dies()
    dying.dies_in(dying.world.store.connection, "change")
    dying.starts_and_dies()
    dying.goes_on(timedelta(minutes=1))
    dying.world.opener.accepts.add((ANNA, "new"))

    assert reconnect(dying.world.profile, Secret("new")).state is State.CONNECTED


def _killed(*_: object) -> None:
    raise KilledError


def _full_disk(*_: object) -> None:
    raise ProblemError(DISK_FULL.problem(path="/state", reason="the disk is full"))
