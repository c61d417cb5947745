"""The wizard's one sign-in against the simulated Exchange, over TLS on loopback."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from oncetui.exchange.discovery.discovering import ExchangeDiscovery
from oncetui.exchange.opening import ExchangeOpener
from oncetui.model.cancellation import Cancellation
from oncetui.model.problem import ProblemError
from oncetui.model.profile import Profile
from oncetui.model.secret import Secret
from oncetui.model.state import State
from oncetui.setup.answers import Answers
from oncetui.setup.signing_in import find_server, sign_in_once
from oncetui.setup.unattended import Wishes, connect
from oncetui.simulator import start
from tests.exchange.site import Site
from tests.fakes.clock import FakeClock
from tests.setup.wizard import Wizard

ANNA = "anna@contoso.example"
BEN = "ben@fabrikam.example"
CARLA = "carla@contoso.example"


@pytest.fixture(scope="module")
def running() -> Iterator[Site]:
    with start() as simulator:
        yield Site(simulator)


@pytest.fixture
def site(running: Site) -> Site:
    running.forget()
    return running


def profile_at(site: Site, wizard: Wizard) -> Profile:
    discovery = ExchangeDiscovery(records=lambda _name, _kind: [])
    return replace(wizard.profile, discovery=discovery, opener=ExchangeOpener(), route=site.route)


def set_up(site: Site, answers: Answers, password: Secret) -> Wizard:
    wizard = Wizard(clock=FakeClock(datetime.now(UTC)))
    profile = profile_at(site, wizard)
    connect(answers, password, Wishes(), profile=profile, cancellation=Cancellation())
    return wizard


def test_email_and_password_end_connected_with_an_open_page(site: Site) -> None:
    wizard = set_up(site, Answers(ANNA), site.secret(ANNA))
    assert wizard.store.connection.load().state is State.CONNECTED
    (page,) = wizard.store.pages.pages()
    assert page.associated.main is not None
    assert sum(map(len, wizard.store.busy.held.values())) > 5
    assert site.count("refused") == 0


def test_a_mailbox_that_wants_its_windows_name_says_so_after_one_refusal(site: Site) -> None:
    with pytest.raises(ProblemError) as caught:
        set_up(site, Answers(CARLA), site.secret(CARLA))
    assert caught.value.problem.fields[0] == "username"
    assert dict(caught.value.problem.evidence)["windows_domain"] == "CONTOSO"
    assert site.count("refused") == 1
    wizard = set_up(site, Answers(CARLA, username="CONTOSO\\carla"), site.secret(CARLA))
    assert wizard.store.connection.load().state is State.CONNECTED
    assert site.count("refused") == 1


def test_a_domain_that_announces_nothing_asks_for_the_ews_url_and_sends_no_password(site: Site) -> None:
    with pytest.raises(ProblemError) as caught:
        set_up(site, Answers(BEN), site.secret(BEN))
    assert caught.value.problem.fields == ("ews_url",)
    assert site.count("accepted") == site.count("refused") == 0
    url = site.mailboxes[BEN]["ews_url"]
    assert set_up(site, Answers(BEN, ews_url=url), site.secret(BEN)).store.settings.load() is not None


def test_a_wrong_password_pressed_twice_is_refused_once(site: Site) -> None:
    wizard = Wizard()
    profile = profile_at(site, wizard)
    search = find_server(ANNA, profile, lambda _step: None, Cancellation())
    for _press in range(2):
        with pytest.raises(ProblemError):
            sign_in_once(
                Answers(ANNA),
                Secret("not the one"),
                search,
                profile=profile,
                cancellation=Cancellation(),
            )
    assert site.count("refused") == 1
