"""Servers that offer Negotiate alone: NTLM goes inside it."""

from urllib.parse import urlsplit

import pytest

from oncetui.exchange.discovery.discovering import ExchangeDiscovery
from oncetui.exchange.opening import ExchangeOpener
from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import Scheme
from oncetui.model.problem import ProblemError
from oncetui.model.secret import Secret
from tests.exchange.site import CONTOSO, Site

ANNA = "anna@contoso.example"


@pytest.fixture
def negotiating(site: Site) -> Site:
    site.control("PUT", "/faults/schemes", schemes=["negotiate"], host=urlsplit(CONTOSO).hostname)
    return site


def test_negotiate_alone_is_a_scheme_of_ours_and_names_the_windows_domain(negotiating: Site) -> None:
    probe = ExchangeDiscovery().probe(CONTOSO, negotiating.route, Cancellation())
    assert probe.schemes == (Scheme.NEGOTIATE,)
    assert probe.windows_domain == "CONTOSO"


def test_a_password_signs_in_by_negotiate(negotiating: Site) -> None:
    access = negotiating.access(ANNA, Scheme.NEGOTIATE)
    gateway = ExchangeOpener().open(access, negotiating.secret(ANNA), Cancellation())
    gateway.close()
    assert negotiating.count("refused") == 0


def test_extended_protection_takes_the_sign_in_that_is_bound_to_its_channel(negotiating: Site) -> None:
    negotiating.control("PUT", "/faults/extended-protection", mode="require")
    access = negotiating.access(ANNA, Scheme.NEGOTIATE)
    ExchangeOpener().open(access, negotiating.secret(ANNA), Cancellation()).close()
    assert negotiating.count("refused") == 0


def test_a_wrong_password_costs_one_refused_sign_in_by_negotiate(negotiating: Site) -> None:
    access = negotiating.access(ANNA, Scheme.NEGOTIATE)
    with pytest.raises(ProblemError) as told:
        ExchangeOpener().open(access, Secret("wrong"), Cancellation())
    assert told.value.secret_refused
    assert negotiating.count("refused") == 1
