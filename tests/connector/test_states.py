from dataclasses import replace
from datetime import timedelta

import pytest

from oncetui.connector.disconnecting import disconnect
from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import NetworkRoute
from oncetui.model.discovering import ServerProbe
from oncetui.model.problem import Cause
from oncetui.model.problems.exchange import THROTTLED
from oncetui.model.problems.local import KEYRING_LOCKED, SETTINGS_UNREADABLE
from oncetui.model.problems.network import CONNECTION_REFUSED, NO_ANSWER
from oncetui.model.problems.policy import EWS_SWITCHED_OFF
from oncetui.model.problems.sign_in import MODERN_SIGN_IN_ONLY, PASSWORD_CHANGED
from oncetui.model.secret import Secret
from oncetui.model.state import By, State, Succeeded, advance
from tests.connector.world import ANNA, World, trouble
from tests.fakes.exchange import refusal


def test_nothing_is_asked_where_nothing_is_connected() -> None:
    world = World()

    world.run_for(120)

    assert (world.calls, world.opener.sign_ins, world.opener.reached) == ([], [], [])


def test_the_first_fault_is_tried_again_within_ten_seconds_and_closes_nothing() -> None:
    world = World().connected()
    world.step()
    world.mailbox.trouble = trouble(NO_ANSWER)
    world.run_for(61)
    assert world.record.state is State.CONNECTED
    assert world.open_pages == {"one", "two"}

    world.mailbox.trouble = None
    record = world.run_for(10)

    assert record.state is State.CONNECTED
    assert record.wobble is None


def test_the_second_fault_in_a_row_closes_every_page() -> None:
    world = World().connected()
    world.step()
    world.mailbox.trouble = trouble(NO_ANSWER)

    record = world.run_for(70)

    assert record.state is State.INTERRUPTED
    assert world.open_pages == set()


def test_while_interrupted_the_server_is_reached_every_4_s_for_ten_minutes_without_the_secret() -> None:
    world = World().connected().faulted(NO_ANSWER)
    world.opener.unreachable = trouble(CONNECTION_REFUSED)

    world.run_for(600)

    assert 148 <= len(world.opener.reached) <= 151
    assert world.opener.sign_ins == []


def test_after_ten_minutes_the_waits_grow_up_to_a_minute() -> None:
    world = World().connected().faulted(NO_ANSWER)
    world.opener.unreachable = trouble(CONNECTION_REFUSED)
    world.run_for(3600)
    world.forget_calls()

    world.run_for(600)

    assert 9 <= len(world.opener.reached) <= 11


def test_a_server_that_is_back_opens_the_pages_within_5_s() -> None:
    world = World().connected().faulted(NO_ANSWER)
    world.opener.unreachable = trouble(CONNECTION_REFUSED)
    world.run_for(300)
    world.opener.unreachable = None

    record = world.run_for(5)

    assert record.state is State.CONNECTED
    assert world.open_pages == {"one", "two"}
    assert world.opener.sign_ins == [ANNA]


@pytest.mark.parametrize("asked_for", [30, 100, 3600])
def test_the_servers_own_wait_is_obeyed_in_full(asked_for: int) -> None:
    world = World().connected()
    world.step()
    world.mailbox.trouble = trouble(THROTTLED, retry_after=asked_for)
    world.run_for(61)
    assert world.record.state is State.INTERRUPTED
    world.mailbox.trouble = None
    world.forget_calls()

    world.run_for(asked_for - 5)
    assert (world.opener.reached, world.opener.sign_ins, world.calls) == ([], [], [])

    assert world.run_for(7).state is State.CONNECTED


def test_neither_a_restart_nor_a_refresh_shortens_the_servers_own_wait() -> None:
    world = World().connected()
    world.step()
    world.mailbox.trouble = trouble(THROTTLED, retry_after=7200)
    world.run_for(61)
    world.forget_calls()

    world.restarted()
    world.store.commands.ask("refresh", world.clock.now() + timedelta(minutes=1))
    world.run_for(7000)

    assert (world.opener.reached, world.opener.sign_ins) == ([], [])


def test_a_refused_password_is_never_sent_again() -> None:
    world = World().connected()
    world.step()
    world.opener.accepts.clear()
    world.mailbox.trouble = trouble(NO_ANSWER)
    world.run_for(61)
    world.mailbox.trouble = None
    world.run_for(60)

    assert world.record.state is State.FAILED_USER
    assert world.record.problem is not None
    assert world.record.problem.code == PASSWORD_CHANGED.code
    assert world.opener.refused == 1

    world.run_for(600)
    world.restarted()
    world.run_for(600)
    world.store.commands.ask("refresh", world.clock.now() + timedelta(minutes=1))
    world.run_for(60)

    assert world.opener.refused == 1
    assert world.open_pages == set()


def test_an_open_session_that_is_refused_costs_no_other_sign_in() -> None:
    world = World().connected()
    world.step()
    world.forget_calls()
    world.mailbox.trouble = world.opener.refuses_with(ANNA)

    record = world.run_for(120)

    assert record.state is State.FAILED_USER
    assert world.opener.sign_ins == []
    assert world.discovery.probed == [world.opener.opened[0].ews_url]


def test_a_401_that_names_no_scheme_is_a_temporary_fault() -> None:
    world = World().connected()
    world.step()
    world.mailbox.trouble = world.opener.refuses_with(ANNA)
    world.names_no_scheme()
    world.run_for(61)
    assert world.record.state is State.CONNECTED
    world.forget_calls()

    assert world.run_for(10).state is State.INTERRUPTED
    world.run_for(300)
    assert world.opener.sign_ins == []

    world.mailbox.trouble = None
    world.serves()
    assert world.run_for(5).state is State.CONNECTED
    assert world.opener.sign_ins == [ANNA]


def test_a_401_with_a_proxys_marks_is_a_temporary_fault() -> None:
    world = World().connected()
    world.step()
    world.mailbox.trouble = world.opener.refuses_with(ANNA)
    world.serves(via_proxy=True)

    world.run_for(61)

    assert world.record.state is State.CONNECTED
    assert world.record.refused_version is None


def test_a_password_that_was_changed_behind_a_proxy_is_sent_twice_at_most() -> None:
    world = World().connected()
    world.opener.accepts.clear()
    world.serves(via_proxy=True)

    assert world.run_for(700).state is State.FAILED_USER

    assert world.opener.refused == 2
    assert world.record.refused_version == "v1"


def test_behind_a_proxy_that_was_set_a_changed_password_is_sent_once() -> None:
    world = World().connected()
    settings = world.store.settings.load()
    assert settings is not None
    route = replace(settings.route, proxy="http://proxy.contoso.example:3128")
    world.store.settings.save(replace(settings, route=route))
    world.opener.accepts.clear()
    world.serves(via_proxy=True)

    assert world.run_for(60).state is State.FAILED_USER

    assert world.opener.refused == 1


def test_a_server_that_names_its_schemes_now_and_then_does_not_get_a_changed_password_for_ever() -> None:
    world = World().connected()
    world.opener.accepts.clear()
    for _ in range(60):
        world.names_no_scheme()
        world.run_for(5)
        world.serves()
        world.run_for(5)

    assert world.record.state is State.FAILED_USER
    assert world.opener.refused <= 2


def test_a_refusal_stands_where_nothing_answers_the_question_what_it_means() -> None:
    world = World().connected()
    world.step()
    world.mailbox.trouble = world.opener.refuses_with(ANNA)
    world.discovery.probes.clear()

    assert world.run_for(61).state is State.FAILED_USER


def test_failed_it_probes_without_credentials_and_signs_in_once_it_is_mended() -> None:
    world = World().connected().faulted(MODERN_SIGN_IN_ONLY)
    assert world.record.state is State.FAILED_IT
    world.discovery.probes.clear()

    world.run_for(3600)
    assert world.opener.sign_ins == []
    probes = len(world.discovery.probed)
    assert 5 <= probes <= 10

    world.serves()
    assert world.run_for(16 * 60).state is State.CONNECTED
    assert world.opener.sign_ins == [ANNA]


def test_failed_it_sends_no_secret_to_a_server_that_does_not_offer_its_scheme() -> None:
    world = World().connected().faulted(EWS_SWITCHED_OFF)
    world.names_no_scheme()

    record = world.run_for(3600)

    assert record.state is State.FAILED_IT
    assert world.opener.sign_ins == []


def test_failed_it_becomes_failed_user_where_the_secret_is_refused() -> None:
    world = World().connected().faulted(EWS_SWITCHED_OFF)
    world.opener.accepts.clear()

    record = world.run_for(120)

    assert record.state is State.FAILED_USER
    assert world.opener.refused == 1


def test_a_new_secret_of_another_process_is_taken_up_within_a_second() -> None:
    world = World().connected().faulted(PASSWORD_CHANGED, refused=True)
    world.run_for(60)
    assert world.opener.sign_ins == []
    settings = world.store.settings.load()
    assert settings is not None
    world.opener.accepts = {(ANNA, "new")}

    world.place.save(Secret("new"))
    world.store.settings.save(replace(settings, secret_version="v2"))
    at = world.clock.now()
    world.store.connection.change(lambda it: advance(it, Succeeded(at, By.PERSON, "v2")))
    world.run_for(1)

    assert world.opener.sign_ins == [ANNA]
    assert world.open_pages == {"one", "two"}


def test_what_befell_an_older_secret_says_nothing_of_the_one_that_took_its_place() -> None:
    world = World().connected()
    world.step()
    world.mailbox.trouble = world.opener.refuses_with(ANNA)
    probe = world.discovery.probe

    def reconnected_meanwhile(ews_url: str, route: NetworkRoute, cancellation: Cancellation) -> ServerProbe:
        at = world.clock.now()
        world.store.connection.change(lambda it: advance(it, Succeeded(at, By.PERSON, "v2")))
        return probe(ews_url, route, cancellation)

    world.discovery.probe = reconnected_meanwhile  # type: ignore[method-assign]  # a fake, for this test

    record = world.run_for(61)

    assert record.state is State.CONNECTED
    assert record.refused_version is None


def test_a_refresh_checks_at_once() -> None:
    world = World().connected()
    world.step()
    world.forget_calls()

    world.store.commands.ask("refresh", world.clock.now() + timedelta(minutes=1))
    world.run_for(1)

    assert world.calls == ["changes", "changes"]


def test_a_refresh_while_interrupted_tries_at_once() -> None:
    world = World().connected().faulted(NO_ANSWER)
    world.opener.unreachable = trouble(CONNECTION_REFUSED)
    world.run_for(3600)
    world.opener.unreachable = None

    world.store.commands.ask("refresh", world.clock.now() + timedelta(minutes=1))

    assert world.run_for(1).state is State.CONNECTED


def test_a_disconnect_drops_the_session_within_a_second() -> None:
    world = World().connected()
    world.step()

    disconnect(world.profile)
    world.run_for(1)

    assert all(gateway.closed for gateway in world.opener.gateways)


@pytest.mark.parametrize("cause", [NO_ANSWER, EWS_SWITCHED_OFF])
def test_a_restart_goes_on_where_the_last_one_stopped(cause: Cause) -> None:
    world = World().connected().faulted(cause)
    before = world.record

    world.restarted()
    after = world.step()

    assert (after.state, after.since, after.problem) == (before.state, before.since, before.problem)


def test_a_clock_put_back_delays_no_check() -> None:
    world = World().connected()
    world.step()
    world.clock.put_to(world.clock.now() - timedelta(hours=3))
    world.forget_calls()

    world.run_for(61)

    assert world.calls[:2] == ["changes", "changes"]
    assert world.open_pages == {"one", "two"}


def test_settings_that_became_unreadable_leave_the_connection_as_it_is() -> None:
    world = World().connected()
    world.step()
    world.store.settings.unreadable = SETTINGS_UNREADABLE.problem()

    assert world.run_for(120).state is State.CONNECTED
    assert world.status.settings is None
    assert [problem.code for problem in world.status.warnings] == ["settings-unreadable"]


def test_a_kept_secret_that_cant_be_read_is_told_and_nothing_is_sent() -> None:
    world = World().connected()
    world.place.fails_with = KEYRING_LOCKED.problem()

    record = world.step()

    assert record.state is State.FAILED_USER
    assert world.opener.sign_ins == []


def test_a_process_that_dies_while_it_asks_what_a_refusal_means_does_not_send_the_secret_again() -> None:
    world = World().connected()
    world.step()
    world.opener.accepts.clear()
    world.mailbox.trouble = refusal(ANNA)

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    world.discovery.probe_gate.pass_through = dies  # type: ignore[method-assign, assignment]  # a fake, for this test
    with pytest.raises(KeyboardInterrupt):
        world.run_for(61)
    world.forget_calls()

    world.restarted()
    record = world.run_for(600)

    assert record.state is State.FAILED_USER
    assert world.opener.sign_ins == []


def test_a_refusal_that_proves_to_be_none_of_the_secret_bars_it_not() -> None:
    world = World().connected()
    world.step()
    world.names_no_scheme()
    world.mailbox.trouble = refusal(ANNA)
    world.run_for(70)
    assert world.record.state is State.INTERRUPTED
    assert world.record.refused_version is None

    world.serves()
    world.mailbox.trouble = None

    assert world.run_for(10).state is State.CONNECTED


@pytest.mark.parametrize("lost", [False, True])
def test_a_password_kept_by_a_reconnect_that_died_before_it_could_say_so_is_taken_up(*, lost: bool) -> None:
    world = World().connected()
    world.step()
    if lost:
        world.faulted(NO_ANSWER)
    settings = world.store.settings.load()
    assert settings is not None
    world.opener.accepts = {(ANNA, "new")}
    world.place.save(Secret("new"))
    world.store.settings.save(replace(settings, secret_version="v2"))
    world.forget_calls()

    world.restarted()
    record = world.run_for(10)

    assert (record.state, record.secret_version) == (State.CONNECTED, "v2")
    assert world.open_pages == {"one", "two"}
    assert world.opener.refused == 0


def test_a_password_that_is_just_being_kept_is_left_to_whoever_keeps_it() -> None:
    world = World().connected()
    settings = world.store.settings.load()
    assert settings is not None
    world.store.settings.save(replace(settings, secret_version="v2"))
    held = world.store.guard.turn()
    assert held is not None
    with held:
        world.step()

    assert world.record.secret_version == "v1"
    assert world.opener.sign_ins == []


def test_a_clock_put_back_before_a_restart_makes_the_servers_own_wait_no_longer_than_it_was() -> None:
    world = World().connected()
    world.step()
    world.mailbox.trouble = trouble(THROTTLED, retry_after=3600)
    world.run_for(61)
    world.mailbox.trouble = None

    world.clock.put_to(world.clock.now() - timedelta(days=400))
    world.restarted()
    world.forget_calls()
    world.run_for(3500)
    assert (world.opener.reached, world.opener.sign_ins) == ([], [])

    assert world.run_for(200).state is State.CONNECTED
