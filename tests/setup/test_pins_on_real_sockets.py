"""From an untrusted certificate to a pin and on to a changed one, against the simulated Exchange."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from oncetui.connector.connector import Connector
from oncetui.connector.reconnecting import ReconnectChanges, reconnect
from oncetui.exchange.discovery.discovering import ExchangeDiscovery
from oncetui.exchange.opening import ExchangeOpener
from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import NetworkRoute
from oncetui.model.pins import pin_of
from oncetui.model.problem import Problem, ProblemError
from oncetui.model.profile import Profile
from oncetui.model.state import State
from oncetui.setup.unattended import Wishes, checked_answers, connect
from oncetui.simulator import start
from tests.exchange.site import Site
from tests.fakes.clock import FakeClock
from tests.setup.wizard import Wizard

ANNA = "anna@contoso.example"
BEN = "ben@fabrikam.example"
HOST = "owa.fabrikam.example"


@pytest.fixture
def site() -> Iterator[Site]:
    with start() as simulator:
        yield Site(simulator)


def profile_at(site: Site) -> Profile:
    discovery = ExchangeDiscovery(records=lambda _name, _kind: [])
    wizard = Wizard(clock=FakeClock(datetime.now(UTC)))
    route = NetworkRoute(detours=site.detours)
    return replace(wizard.profile, discovery=discovery, opener=ExchangeOpener(), route=route)


def set_up(site: Site, profile: Profile, email: str, ews_url: str = "", pin: str = "") -> None:
    answers = checked_answers(email, ews_url, pins=(pin,) if pin else ())
    connect(answers, site.secret(email), Wishes(), profile=profile, cancellation=Cancellation())


def refused(site: Site, profile: Profile, email: str, ews_url: str = "", pin: str = "") -> Problem:
    with pytest.raises(ProblemError) as caught:
        set_up(site, profile, email, ews_url, pin)
    return caught.value.problem


def shown(problem: Problem) -> str:
    return pin_of(dict(problem.evidence)["sha256"])


def test_the_evidence_of_an_unattended_setup_holds_the_pin_that_lets_it_through(site: Site) -> None:
    profile, url = profile_at(site), site.mailboxes[BEN]["ews_url"]
    problem = refused(site, profile, BEN, url)
    assert problem.code == "certificate-untrusted"
    assert site.count("accepted") == site.count("refused") == 0
    set_up(site, profile, BEN, url, shown(problem))
    settings = profile.settings.load()
    assert settings is not None
    assert [digits for _, digits in settings.route.pins] == [shown(problem)]


def test_a_pin_met_by_the_search_is_bound_to_the_hosts_that_show_it(site: Site) -> None:
    profile = profile_at(site)
    problem = refused(site, profile, ANNA)
    assert dict(problem.evidence)["host"] == "autodiscover.contoso.example"
    pin = shown(problem)
    set_up(site, profile, ANNA, pin=pin)
    settings = profile.settings.load()
    assert settings is not None
    assert {host for host, _ in settings.route.pins} >= {"autodiscover.contoso.example"}
    assert {digits for _, digits in settings.route.pins} == {pin}
    assert site.count("refused") == 0


def test_another_certificate_than_the_told_pin_gets_no_password(site: Site) -> None:
    profile, url = profile_at(site), site.mailboxes[BEN]["ews_url"]
    assert refused(site, profile, BEN, url, "0" * 64).code == "certificate-changed"
    assert site.seen == []


def test_a_changed_certificate_needs_the_user_and_reconnect_takes_the_new_pin(site: Site) -> None:
    profile, url = profile_at(site), site.mailboxes[BEN]["ews_url"]
    first = shown(refused(site, profile, BEN, url))
    set_up(site, profile, BEN, url, first)
    site.control("PUT", "/faults/certificate-self-signed")
    site.forget()
    connector = Connector(profile)
    connector.step(Cancellation())
    connector.close()
    record = profile.connection.load()
    assert record.state is State.FAILED_USER
    assert record.problem is not None
    assert record.problem.code == "certificate-changed"
    assert site.seen == []

    with pytest.raises(ProblemError) as caught:
        reconnect(profile)
    second = shown(caught.value.problem)
    assert second != first
    host = dict(caught.value.problem.evidence)["host"]
    changes = ReconnectChanges(route=NetworkRoute(pins=((host, second),)))
    assert reconnect(profile, None, changes).state is State.CONNECTED
    settings = profile.settings.load()
    assert settings is not None
    assert settings.route.pins == ((host, second),)
    assert site.count("refused") == 0


def test_an_empty_pin_goes_back_to_the_authorities(site: Site) -> None:
    profile, url = profile_at(site), site.mailboxes[BEN]["ews_url"]
    set_up(site, profile, BEN, url, shown(refused(site, profile, BEN, url)))
    host = url.split("/")[2]
    trusting = replace(profile, route=replace(profile.route, ca_file=site.ca_file))
    record = reconnect(trusting, None, ReconnectChanges(route=NetworkRoute(pins=((host, ""),))))
    settings = profile.settings.load()
    assert record.state is State.CONNECTED
    assert settings is not None
    assert (settings.route.pins, settings.route.ca_file) == ((), site.ca_file)
