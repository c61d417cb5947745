"""The way to the server with the proxy's kept password in it."""

from dataclasses import replace

import pytest

from oncetui.model.connection import KeptIn, NetworkRoute, SecretOf
from oncetui.model.problem import ProblemError
from oncetui.model.problems.proxies import PROXY_PASSWORD_REFUSED
from oncetui.model.profile import Profile
from oncetui.model.routes import route_to_server
from oncetui.model.secret import Secret
from oncetui.model.state import By, Faulted, Succeeded, advance
from tests.contracts.values import SETTINGS
from tests.fakes.clock import FakeClock
from tests.fakes.exchange import FakeDiscovery, FakeMailbox, FakeOpener
from tests.fakes.profile import faked_profile
from tests.fakes.secrets import InMemorySecretPlaces
from tests.fakes.stores import InMemoryStore

SAVED = replace(
    SETTINGS,
    kept_in=KeptIn.FILE,
    secret_version="v1",  # the name of a version
    route=NetworkRoute(proxy="http://proxy.example:3128", proxy_user="proxy-anna"),
)
KEPT = Secret("of the proxy")


def profile(told: NetworkRoute | None = None) -> Profile:
    clock = FakeClock()
    made = faked_profile(
        InMemoryStore(clock),
        clock,
        FakeDiscovery(),
        FakeOpener(FakeMailbox(), set()),
        InMemorySecretPlaces(),
        route=told or NetworkRoute(),
    )
    made.secret_places.place(KeptIn.FILE, SecretOf.PROXY).save(KEPT)
    return made


def refused_by_the_proxy(made: Profile) -> Profile:
    now = made.clock.now()
    problem = PROXY_PASSWORD_REFUSED.problem(proxy="http://proxy.example:3128", proxy_user="proxy-anna")
    made.connection.change(lambda record: advance(record, Succeeded(now, By.PERSON, "v1")))
    made.connection.change(lambda record: advance(record, Faulted(now, problem, secret_version="v1")))
    return made


def test_the_kept_password_goes_with_the_saved_proxy() -> None:
    assert route_to_server(profile(), SAVED).proxy_password == KEPT


@pytest.mark.parametrize("told", [NetworkRoute(proxy="http://other:1"), NetworkRoute(proxy_user="ben")])
def test_it_goes_to_no_other_proxy_and_with_no_other_user(told: NetworkRoute) -> None:
    assert route_to_server(profile(told), SAVED).proxy_password is None
    assert route_to_server(profile(), SAVED, told).proxy_password is None


def test_a_told_password_goes_before_the_kept_one() -> None:
    told = NetworkRoute(proxy_password=Secret("new"))
    assert route_to_server(profile(), SAVED, told).proxy_password == Secret("new")


def test_one_that_cannot_be_read_is_the_proxys_problem() -> None:
    made = profile()
    made.secret_places.place(KeptIn.FILE, SecretOf.PROXY).erase()
    with pytest.raises(ProblemError) as caught:
        route_to_server(made, SAVED)
    assert caught.value.problem.code == "proxy-password-unreadable"
    assert caught.value.problem.fields == ("proxy_password",)


@pytest.mark.parametrize("typed", [None, KEPT])
def test_a_password_that_the_proxy_refused_is_not_handed_out_again(typed: Secret | None) -> None:
    made = refused_by_the_proxy(profile())
    with pytest.raises(ProblemError) as caught:
        route_to_server(made, SAVED, NetworkRoute(proxy_password=typed))
    assert caught.value.problem.code == "proxy-password-refused"


def test_another_password_is_handed_out_after_a_refusal() -> None:
    made = refused_by_the_proxy(profile())
    told = NetworkRoute(proxy_password=Secret("new"))
    assert route_to_server(made, SAVED, told).proxy_password == Secret("new")


def test_a_password_taken_away_after_a_refusal_comes_back_from_nowhere() -> None:
    given_to_the_run = NetworkRoute(
        proxy="http://proxy.example:3128", proxy_user="proxy-anna", proxy_password=Secret("wrong")
    )
    taken_away = NetworkRoute(proxy_password=Secret(""))
    made = refused_by_the_proxy(profile(given_to_the_run))
    assert not route_to_server(made, SAVED, taken_away).proxy_password
    assert not route_to_server(made, None, taken_away).proxy_password
