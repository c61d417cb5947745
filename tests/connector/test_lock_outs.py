"""Reconnect near a lock-out: what a person agreed to is sent, nothing else; a command is agreement enough."""

from datetime import timedelta

import pytest

from oncetui.connector.reconnecting import ReconnectChanges, reconnect
from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import NetworkRoute
from oncetui.model.lock_outs import UNASKED, Insistence, risk_line, risk_of
from oncetui.model.problem import ProblemError
from oncetui.model.problems.network import NO_ANSWER
from oncetui.model.problems.sign_in import ACCOUNT_LOCKED, USER_NAME_FORM
from oncetui.model.secret import Secret
from oncetui.model.state import State
from tests.connector.world import ANNA, World, trouble


def refused(world: World, typed: str, insistence: Insistence = UNASKED) -> str:
    """Reconnect with a password that doesn't lead in, and return the code of what was told."""
    with pytest.raises(ProblemError) as told:
        reconnect(world.profile, Secret(typed), insistence=insistence)
    return told.value.problem.code


def refused_twice() -> World:
    world = World().connected()
    assert [refused(world, "one"), refused(world, "two")] == ["password-refused"] * 2
    return world


def test_a_third_refusal_is_told_of_before_anything_is_sent() -> None:
    world = refused_twice()

    assert refused(world, "three") == "lock-out-near"

    assert world.opener.refused == 2


def test_what_was_agreed_to_goes_and_the_next_one_is_told_of_anew() -> None:
    world = refused_twice()

    assert refused(world, "three", Insistence(warned=2)) == "password-refused"
    assert refused(world, "four", Insistence(warned=2)) == "lock-out-near"

    assert world.opener.refused == 3


def test_half_an_hour_later_it_is_safe_again() -> None:
    world = refused_twice()
    world.clock.advance(timedelta(minutes=30))

    assert refused(world, "three") == "password-refused"


def test_a_command_is_not_asked_a_second_time() -> None:
    world = refused_twice()

    with pytest.raises(ProblemError):
        reconnect(world.profile, Secret("three"))

    assert world.opener.refused == 3


def test_a_kept_password_that_is_held_back_near_a_lock_out_says_nothing_of_the_connection() -> None:
    world = refused_twice().faulted(NO_ANSWER)
    before = world.record

    with pytest.raises(ProblemError) as told:
        reconnect(world.profile, insistence=UNASKED)

    assert told.value.problem.code == "lock-out-near"
    assert world.record == before


def test_the_kept_password_that_was_refused_goes_again_where_a_person_insists() -> None:
    world = World().connected()
    world.opener.accepts.clear()
    with pytest.raises(ProblemError):
        reconnect(world.profile)
    assert world.record.state is State.FAILED_USER
    world.opener.accepts = {(ANNA, "right")}

    assert reconnect(world.profile, insistence=Insistence(again=True)).state is State.CONNECTED


def test_a_name_that_worked_before_is_not_blamed_where_only_the_way_changes() -> None:
    world = World().connected()
    told = USER_NAME_FORM.problem(username=ANNA, windows_domain="CONTOSO")
    world.opener.problems = [ProblemError(told, secret_refused=True)]

    with pytest.raises(ProblemError) as refusal:
        reconnect(world.profile, Secret("new"), ReconnectChanges(route=NetworkRoute(proxy="none")))

    assert refusal.value.problem.code == "password-refused"


def test_each_wait_is_told_as_it_comes() -> None:
    world = World().connected()
    heard: list[str] = []

    reconnect(world.profile, Secret("right"), cancellation=Cancellation(), told=heard.append)

    assert heard == [
        "Asking mail.contoso.example how to sign in",
        f"Signing in to mail.contoso.example as {ANNA}",
        "Reading the calendars",
    ]


def test_the_line_under_the_password_counts_refusals_and_says_when_it_is_safe_again() -> None:
    world = World().connected()
    assert risk_line(risk_of(world.profile, ANNA), world.profile) == ""

    refused(world, "one")
    assert risk_line(risk_of(world.profile, ANNA), world.profile).startswith("One refused sign-in lately.")

    world.opener.problems = [trouble(ACCOUNT_LOCKED)]
    refused(world, "two")
    line = risk_line(risk_of(world.profile, ANNA), world.profile)
    assert line.startswith("2 refused sign-ins lately; one more could lock the account. It is safe again at ")
    world.clock.advance(timedelta(minutes=30))
    assert risk_line(risk_of(world.profile, ANNA), world.profile) == ""
