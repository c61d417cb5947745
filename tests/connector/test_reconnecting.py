from collections.abc import Callable
from dataclasses import replace

import pytest

from oncetui.connector.disconnecting import disconnect
from oncetui.connector.reconnecting import (
    NothingToReconnectError,
    ReconnectChanges,
    reconnect,
)
from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.connection import NO_PROXY, Access, NetworkRoute, Scheme, UsernameForm
from oncetui.model.discovering import ServerProbe
from oncetui.model.ports import unheard
from oncetui.model.problem import ProblemError
from oncetui.model.problems.exchange import THROTTLED
from oncetui.model.problems.local import DISK_FULL, KEYRING_LOCKED
from oncetui.model.problems.network import CONNECTION_REFUSED, NO_ANSWER
from oncetui.model.problems.proxies import PROXY_PASSWORD_REFUSED
from oncetui.model.problems.sign_in import PASSWORD_CHANGED, USER_NAME_FORM
from oncetui.model.secret import Secret
from oncetui.model.state import State
from tests.connector.world import ANNA, URL, World, trouble
from tests.fakes.exchange import FakeGateway

OTHER_URL = "https://ews.contoso.example/EWS/Exchange.asmx"


def failed() -> World:
    world = World().connected()
    world.step()
    world.opener.accepts = {(ANNA, "new")}
    return world.faulted(PASSWORD_CHANGED, refused=True)


def test_the_new_password_is_signed_in_with_once_kept_and_opens_the_pages() -> None:
    world = failed()
    world.forget_calls()

    record = reconnect(world.profile, Secret("new"))

    assert record.state is State.CONNECTED
    assert world.open_pages == {"one", "two"}
    assert world.opener.sign_ins == [ANNA]
    assert world.place.load().reveal() == "new"
    settings = world.store.settings.load()
    assert settings is not None
    assert settings.secret_version == record.secret_version != "v1"
    assert all(gateway.closed for gateway in world.opener.gateways[1:])


def test_a_wrong_password_changes_nothing_that_is_kept() -> None:
    world = failed()
    before, settings = world.record, world.store.settings.load()

    with pytest.raises(ProblemError) as refused:
        reconnect(world.profile, Secret("wrong"))

    assert refused.value.problem.code == "password-refused"
    assert (world.record, world.store.settings.load()) == (before, settings)
    assert world.place.load().reveal() == "right"
    assert not world.status.attempt


def test_a_refused_kept_password_is_not_tried_again_by_reconnect_either() -> None:
    world = failed()
    world.forget_calls()

    with pytest.raises(ProblemError) as refused:
        reconnect(world.profile)

    assert refused.value.problem.code == "refused-before"
    assert world.opener.sign_ins == []


def test_a_refused_password_that_is_typed_anew_is_not_sent_again() -> None:
    world = failed()
    world.forget_calls()

    with pytest.raises(ProblemError) as refused:
        reconnect(world.profile, Secret("right"))

    assert refused.value.problem.code == "refused-before"
    assert world.opener.sign_ins == []
    assert world.record.state is State.FAILED_USER


def test_a_refused_password_that_is_typed_with_another_user_name_is_something_new() -> None:
    world = failed()
    world.opener.accepts = {("CONTOSO\\anna", "right")}

    record = reconnect(world.profile, Secret("right"), ReconnectChanges(username="CONTOSO\\anna"))

    assert record.state is State.CONNECTED


def test_a_password_is_sent_where_the_refused_one_cant_be_read_to_compare() -> None:
    world = failed()
    world.place.erase()

    assert reconnect(world.profile, Secret("new")).state is State.CONNECTED


def test_while_interrupted_the_kept_password_is_tried_at_once() -> None:
    world = World().connected().faulted(NO_ANSWER)

    assert reconnect(world.profile).state is State.CONNECTED
    assert world.open_pages == {"one", "two"}


def test_a_try_that_finds_no_server_leaves_the_connection_interrupted() -> None:
    world = World().connected().faulted(NO_ANSWER)
    world.discovery.probes[URL] = trouble(CONNECTION_REFUSED)

    with pytest.raises(ProblemError):
        reconnect(world.profile)

    assert world.record.state is State.INTERRUPTED
    assert world.record.problem is not None
    assert world.record.problem.code == "connection-refused"


def test_a_kept_password_that_is_refused_on_the_try_is_latched() -> None:
    world = World().connected().faulted(NO_ANSWER)
    world.opener.accepts.clear()

    with pytest.raises(ProblemError) as refused:
        reconnect(world.profile)

    assert refused.value.problem.code == "password-changed"
    assert world.record.state is State.FAILED_USER
    world.run_for(600)
    assert world.opener.refused == 1


def test_a_kept_password_refused_while_a_person_must_act_is_latched_too() -> None:
    world = World().connected().faulted(KEYRING_LOCKED)
    world.opener.accepts.clear()
    for _ in range(3):
        with pytest.raises(ProblemError):
            reconnect(world.profile)

    assert world.record.state is State.FAILED_USER
    assert world.opener.refused == 1


def test_a_wait_that_the_server_asked_for_is_not_cut_short_by_a_person_without_a_new_password() -> None:
    world = World().connected()
    world.step()
    world.mailbox.trouble = trouble(THROTTLED, retry_after=300)
    world.run_for(61)
    world.forget_calls()

    with pytest.raises(ProblemError) as told:
        reconnect(world.profile)

    assert told.value.problem.code == "throttled"
    assert world.opener.sign_ins == []


def test_another_server_and_user_name_are_kept_with_the_rest() -> None:
    world = failed()
    world.discovery.knows(
        ServerProbe(OTHER_URL, 401, schemes=(Scheme.BASIC,), offered=("Basic",), windows_domain=None)
    )
    world.opener.accepts = {("CONTOSO\\anna", "new")}

    reconnect(world.profile, Secret("new"), ReconnectChanges("ews.contoso.example", "CONTOSO\\anna"))

    settings = world.store.settings.load()
    assert settings is not None
    assert settings.ews_url == OTHER_URL
    assert settings.sign_in.form is UsernameForm.DOMAIN
    assert settings.sign_in.scheme is Scheme.BASIC
    assert settings.mailbox == ANNA


def test_changes_that_fail_say_nothing_of_the_connection_that_stands() -> None:
    world = World().connected()
    world.step()

    with pytest.raises(ProblemError):
        reconnect(world.profile, None, ReconnectChanges(ews_url="ews.contoso.example"))

    assert world.record.state is State.CONNECTED
    assert world.record.wobble is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        (ReconnectChanges(ews_url="anna@contoso.example"), "ews-url-spelling"),
        (ReconnectChanges(username="CONTOSO/anna"), "user-name-spelling"),
    ],
)
def test_misspelt_changes_are_told_before_anything_is_sent(changes: ReconnectChanges, code: str) -> None:
    world = failed()
    world.forget_calls()

    with pytest.raises(ProblemError) as told:
        reconnect(world.profile, Secret("new"), changes)

    assert told.value.problem.code == code
    assert (world.discovery.probed, world.opener.sign_ins) == ([], [])


def test_a_cancelled_attempt_keeps_nothing() -> None:
    world = failed()
    before = world.record
    cancellation = Cancellation()
    cancellation.cancel()

    with pytest.raises(CancelledByUserError):
        reconnect(world.profile, Secret("new"), cancellation=cancellation)

    assert world.record == before
    assert world.place.load().reveal() == "right"


def test_a_password_that_cant_be_kept_leaves_the_state_as_it_was() -> None:
    world = failed()
    before, settings = world.record, world.store.settings.load()
    world.place.fails_with = DISK_FULL.problem()

    with pytest.raises(ProblemError):
        reconnect(world.profile, Secret("new"))

    assert (world.record, world.store.settings.load()) == (before, settings)


def test_settings_that_cant_be_saved_leave_the_kept_password_as_it_was() -> None:
    world = failed()
    before = world.record
    world.store.settings.unwritable = DISK_FULL.problem()

    with pytest.raises(ProblemError):
        reconnect(world.profile, Secret("new"))

    assert world.place.load().reveal() == "right"
    assert world.record == before


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        (ReconnectChanges(), "password-refused"),
        (ReconnectChanges(username="anna@corp.contoso.example"), "user-name-form"),
    ],
)
def test_a_user_name_that_worked_before_is_not_blamed_for_a_wrong_password(
    changes: ReconnectChanges, code: str
) -> None:
    world = failed()
    blamed = USER_NAME_FORM.problem(username=ANNA, windows_domain="CONTOSO")
    world.opener.refuses_with = lambda _username: ProblemError(blamed, secret_refused=True)

    with pytest.raises(ProblemError) as refused:
        reconnect(world.profile, Secret("wrong"), changes)

    assert (refused.value.problem.code, refused.value.secret_refused) == (code, True)


def test_the_old_session_goes_on_while_the_attempt_is_under_way() -> None:
    world = World().connected()
    world.step()
    seen: list[tuple[bool, set[str]]] = []
    sign_in = world.opener.open

    def watched(
        access: Access,
        secret: Secret,
        cancellation: Cancellation,
        refused: Callable[[], None] = unheard,
    ) -> FakeGateway:
        seen.append((world.status.attempt, world.open_pages))
        return sign_in(access, secret, cancellation, refused)

    world.opener.open = watched  # type: ignore[method-assign]  # a fake, for this test
    reconnect(world.profile, Secret("right"))

    assert seen == [(True, {"one", "two"})]
    assert not world.status.attempt


def test_without_a_connection_the_wizard_is_named() -> None:
    with pytest.raises(NothingToReconnectError, match="oncetui setup"):
        reconnect(World().profile, Secret("right"))


def test_a_fault_of_the_first_reading_is_left_to_the_connector() -> None:
    world = failed()
    world.mailbox.trouble = trouble(NO_ANSWER)

    record = reconnect(world.profile, Secret("new"))

    assert record.state is State.CONNECTED
    assert world.place.load().reveal() == "new"


def behind_a_proxy() -> World:
    """Be connected through a proxy whose password is kept."""
    world = World().connected()
    settings = world.store.settings.load()
    assert settings is not None
    route = NetworkRoute(proxy="http://proxy.example:3128", proxy_user="proxy-anna")
    world.store.settings.save(replace(settings, route=route))
    world.proxys.save(Secret("of the proxy"))
    return world


def test_the_kept_password_of_the_proxy_goes_along_and_stays() -> None:
    world = behind_a_proxy()

    reconnect(world.profile)

    assert world.discovery.routes[-1].proxy_password == Secret("of the proxy")
    assert world.proxys.load() == Secret("of the proxy")


def test_a_new_password_of_the_proxy_is_kept_and_opens_the_connection_anew() -> None:
    world = behind_a_proxy()
    changes = ReconnectChanges(route=NetworkRoute(proxy_password=Secret("new")))

    reconnect(world.profile, None, changes)

    settings = world.store.settings.load()
    assert settings is not None
    assert settings.secret_version != "v1"
    assert settings.route.proxy_password is None
    assert world.proxys.load() == Secret("new")
    assert world.place.load() == Secret("right")


def test_a_proxy_password_that_does_not_work_is_not_kept() -> None:
    world = behind_a_proxy()
    world.discovery.probes[URL] = trouble(PROXY_PASSWORD_REFUSED)

    with pytest.raises(ProblemError):
        reconnect(world.profile, None, ReconnectChanges(route=NetworkRoute(proxy_password=Secret("wrong"))))

    assert world.proxys.load() == Secret("of the proxy")


def test_a_proxy_password_that_was_refused_is_not_sent_again() -> None:
    world = behind_a_proxy().faulted(PROXY_PASSWORD_REFUSED)
    world.forget_calls()

    with pytest.raises(ProblemError) as refused:
        reconnect(world.profile)

    assert refused.value.problem.code == "proxy-password-refused"
    assert world.discovery.probed == []


def test_going_straight_again_forgets_proxy_user_and_password() -> None:
    world = behind_a_proxy()

    reconnect(world.profile, None, ReconnectChanges(route=NetworkRoute(proxy=NO_PROXY)))

    settings = world.store.settings.load()
    assert settings is not None
    assert settings.route == NetworkRoute()
    with pytest.raises(ProblemError):
        world.proxys.load()


def test_disconnect_erases_the_password_of_the_proxy_too() -> None:
    world = behind_a_proxy()

    disconnect(world.profile)

    for place in (world.place, world.proxys):
        with pytest.raises(ProblemError):
            place.load()


def test_a_refused_password_is_not_sent_again_with_a_pin_either() -> None:
    world = failed()
    world.forget_calls()
    changes = ReconnectChanges(route=NetworkRoute(pins=(("mail.contoso.example", "3f" * 32),)))

    with pytest.raises(ProblemError) as refused:
        reconnect(world.profile, Secret("right"), changes)

    assert refused.value.problem.code == "refused-before"
    assert world.opener.sign_ins == []
