"""Worlds and who asks in them: directly, or over HTTP at a running simulator, without any look-up."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import requests

from oncetui.simulator.serve import RunningSimulator, start
from oncetui.simulator.world import Exchange, Mailbox, MailDomain
from tests.simulator.asking import Client, small_world
from tests.simulator.routed import RoutedAdapter
from tests.simulator.wire import XML


@pytest.fixture(scope="session")
def simulator() -> Iterator[RunningSimulator]:
    """The default scenario; tests that change it put it back, or start one of their own."""
    with start() as running:
        yield running


@pytest.fixture
def exchange() -> Exchange:
    """A world of two mailboxes that is asked without HTTP, new for each test."""
    return small_world()


@pytest.fixture
def anna(exchange: Exchange) -> Client:
    return Client(exchange)


@pytest.fixture
def ben(exchange: Exchange) -> Client:
    return Client(exchange, "ben@contoso.example")


@pytest.fixture
def small_exchange() -> Exchange:
    """A world with one account for each way of signing in, and one mail domain for each way of discovery."""
    exchange = Exchange("CONTOSO", lambda: datetime.now(UTC))
    exchange.add_domain(
        MailDomain("contoso.example", "works", "mail.contoso.example", "autodiscover.contoso.example")
    )
    exchange.add_domain(
        MailDomain("fabrikam.example", "silent", "mail.fabrikam.example", "autodiscover.fabrikam.example")
    )
    exchange.add_domain(
        MailDomain(
            "tailspin.example",
            "redirect",
            "mail.contoso.example",
            "autodiscover.tailspin.example",
            redirect_to="autodiscover.contoso.example",
        )
    )
    exchange.add_mailbox(
        Mailbox("anna@contoso.example", "Anna", "anna", "CONTOSO", "anna@corp.contoso.example", "Süß & 5 €")
    )
    exchange.add_mailbox(
        Mailbox(
            "ben@contoso.example",
            "Ben",
            "bmeyer",
            "CONTOSO",
            "bmeyer@corp.contoso.example",
            "ben's password",
            schemes=("ntlm",),
            forms=frozenset({"domain"}),
            needs=("username",),
        )
    )
    exchange.add_mailbox(
        Mailbox(
            "carla@fabrikam.example",
            "Carla",
            "carla",
            "FABRIKAM",
            "carla@fabrikam.example",
            "carla:colon",
            schemes=("basic",),
            forms=frozenset({"email", "upn"}),
            needs=("ews_url",),
        )
    )
    exchange.add_mailbox(
        Mailbox(
            "dora@tailspin.example", "Dora", "dora", "CONTOSO", "dora@tailspin.example", "dora's password"
        )
    )
    return exchange


@pytest.fixture
def small(small_exchange: Exchange) -> Iterator[RunningSimulator]:
    """A simulator of the small world, new for each test."""
    with start(small_exchange) as running:
        yield running


@pytest.fixture
def client() -> Iterator[Callable[[RunningSimulator], requests.Session]]:
    """Makes a session of requests that is routed to a simulator and sends XML unless it is told otherwise."""
    sessions: list[requests.Session] = []

    def make(simulator: RunningSimulator) -> requests.Session:
        session = requests.Session()
        session.trust_env = False
        session.headers.update(XML)
        session.mount("https://", RoutedAdapter(simulator.ready))
        session.mount("http://", RoutedAdapter(simulator.ready))
        sessions.append(session)
        return session

    yield make
    for session in sessions:
        session.close()


@pytest.fixture
def control() -> Iterator[Callable[..., requests.Response]]:
    """Calls a simulator's control address: `control(simulator, "PUT", "/down")`."""
    with requests.Session() as session:
        session.trust_env = False

        def call(
            simulator: RunningSimulator, method: str, path: str, values: Any = None
        ) -> requests.Response:
            return session.request(
                method,
                simulator.ready["control"] + path,
                json=values,
                headers={"Authorization": f"Bearer {simulator.token}", "Connection": "close"},
                timeout=10,
            )

        yield call
