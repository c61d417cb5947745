"""The password's last day: asked for once a day, kept with the connection, told two weeks ahead, once."""

from datetime import datetime, timedelta

import pytest

from oncetui.connector.checkup.checking_up import check_up
from oncetui.connector.reconnecting import reconnect
from oncetui.connector.telling import Teller
from oncetui.model.checkup import Outcome, Stage
from oncetui.model.problem import ProblemError
from oncetui.model.problems.exchange import THROTTLED
from oncetui.model.problems.network import NO_ANSWER
from oncetui.model.problems.sign_in import PASSWORD_CHANGED
from oncetui.model.problems.unknown import UNKNOWN
from oncetui.model.secret import Secret
from oncetui.model.state import State
from oncetui.plain.status_text import status_text
from tests.connector.world import ANNA, World, trouble

SOON = "password-expires-soon"


def ending_in(days: float) -> World:
    world = World().connected()
    world.mailbox.password_expires = world.clock.now() + timedelta(days=days)
    world.step()
    return world


def warned(world: World) -> list[str]:
    return [one.code for one in world.status.warnings if one.code == SOON]


def expires(world: World) -> datetime | None:
    return world.record.password_expires


def test_the_connector_keeps_the_day_and_status_warns_from_two_weeks_ahead() -> None:
    world = ending_in(14.5)
    assert expires(world) == world.mailbox.password_expires
    assert warned(world) == []
    world.clock.advance(timedelta(days=1))
    assert warned(world) == [SOON]


def test_the_warning_stands_in_words_and_json_with_its_next_step() -> None:
    status = ending_in(3).status
    text = status_text(status, "Europe/Berlin")
    assert "! Your Exchange password runs out in 3 days, on Thu 5 Mar at 10:00. Change it" in text
    (told,) = (one for one in status.as_json()["warnings"] if one["code"] == SOON)
    assert (told["who"], told["fields"]) == ("user", ["password"])
    assert told["evidence"]["expires"] == "2026-03-05T09:00:00Z"
    assert "reconnect" in told["next"]


def test_it_is_asked_once_a_day() -> None:
    world = ending_in(40)
    world.forget_calls()
    world.run_for(600)
    assert "password_expires" not in world.calls
    world.mailbox.password_expires = None
    world.clock.advance(timedelta(hours=24))
    world.step()
    assert world.calls.count("password_expires") == 1
    assert expires(world) is None


def test_a_warning_while_it_is_interrupted_and_none_once_it_failed() -> None:
    world = ending_in(3)
    world.faulted(NO_ANSWER)
    assert warned(world) == [SOON]
    world.faulted(PASSWORD_CHANGED, refused=True)
    assert warned(world) == []


def test_a_new_password_is_good_until_the_server_says_otherwise() -> None:
    world = ending_in(3)
    world.opener.accepts = {(ANNA, "new")}
    world.mailbox.password_expires = trouble(UNKNOWN)
    reconnect(world.profile, Secret("new"))
    assert expires(world) is None
    assert warned(world) == []


def test_reconnect_asks_at_once_for_the_new_passwords_day() -> None:
    world = ending_in(3)
    world.opener.accepts = {(ANNA, "new")}
    world.mailbox.password_expires = world.clock.now() + timedelta(days=5)
    reconnect(world.profile, Secret("new"))
    assert expires(world) == world.mailbox.password_expires


def test_trying_again_with_the_same_password_keeps_its_day() -> None:
    world = ending_in(3)
    before = expires(world)
    world.faulted(NO_ANSWER)
    world.mailbox.password_expires = trouble(UNKNOWN)
    reconnect(world.profile)
    assert world.record.state is State.CONNECTED
    assert expires(world) == before


@pytest.mark.parametrize("cause", [UNKNOWN, NO_ANSWER])
def test_what_keeps_it_from_asking_is_no_fault_of_the_connection(cause: object) -> None:
    world = World().connected()
    world.mailbox.password_expires = trouble(cause)  # type: ignore[arg-type]
    world.step()
    assert world.record.wobble is None
    assert world.open_pages == {"one", "two"}
    world.forget_calls()
    world.run_for(120)
    assert "password_expires" not in world.calls


def test_a_server_that_asks_to_wait_is_left_alone() -> None:
    world = World().connected()
    world.mailbox.password_expires = trouble(THROTTLED, retry_after=60)
    world.step()
    assert world.record.asked_to_wait(world.clock.now())


def test_somebody_who_watches_no_screen_is_told_once() -> None:
    world = ending_in(14.5)
    world.store.on_change.keep_command(("mail-us",))
    teller = Teller(world.profile)
    for _ in range(4):
        teller.look(world.cancellation)
        world.clock.advance(timedelta(hours=12))
        world.step()
    assert [words["ONCETUI_CHANGE"] for words, _ in world.store.programs.runs] == ["warning"]


def test_check_tells_it_with_the_sign_in_and_nowhere_else() -> None:
    checkup = check_up(ending_in(3).profile)
    sign_in, booking = checkup.of(Stage.SIGN_IN), dict(checkup.of(Stage.BOOKING).evidence)
    assert sign_in.outcome is Outcome.WARNING
    assert dict(sign_in.evidence)["password_good_until"] == "2026-03-05T09:00:00Z"
    assert "runs out in 3 days" in dict(sign_in.evidence)["warning"]
    assert "runs out" not in booking.get("warning", "")


def test_a_check_goes_on_where_the_server_does_not_tell() -> None:
    world = World().connected()
    world.mailbox.password_expires = trouble(UNKNOWN)
    assert check_up(world.profile).of(Stage.SIGN_IN).outcome is Outcome.OK


def ran_out() -> World:
    """Return a connection whose password ran out, and is refused since, without a word why."""
    world = ending_in(0.5)
    world.opener.accepts = set()
    world.clock.advance(timedelta(days=1))
    return world


def test_a_refusal_after_that_day_is_told_as_an_expired_password() -> None:
    world = ran_out()
    world.restarted()
    record = world.step()
    assert (record.state, record.may_sign_in) == (State.FAILED_USER, False)
    assert record.problem is not None
    assert record.problem.code == "password-expired"
    assert world.opener.refused == 1


def test_check_and_reconnect_without_a_new_password_say_the_same() -> None:
    checkup = check_up(ran_out().profile)
    assert checkup.problem is not None
    with pytest.raises(ProblemError) as told:
        reconnect(ran_out().profile)
    assert checkup.problem.code == told.value.problem.code == "password-expired"


def test_a_new_password_that_is_refused_has_not_expired() -> None:
    with pytest.raises(ProblemError) as told:
        reconnect(ran_out().profile, Secret("new"))
    assert told.value.problem.code == "password-refused"


def test_a_refusal_before_that_day_is_a_changed_password() -> None:
    world = ending_in(3)
    world.opener.accepts = set()
    world.restarted()
    problem = world.step().problem
    assert problem is not None
    assert problem.code == "password-changed"
