"""What is told of a certificate that fails its check, and what a pin accepts."""

import hashlib
from dataclasses import replace
from datetime import datetime

import pytest

from oncetui.exchange.discovery.discovering import ExchangeDiscovery
from oncetui.exchange.opening import ExchangeOpener
from oncetui.exchange.transport.shown_certificate import certificate_of
from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import Detour, NetworkRoute, Scheme
from oncetui.model.pins import fingerprint, pin_of
from oncetui.model.problem import Problem, ProblemError
from tests.exchange.site import CONTOSO, Site

HOST = "mail.contoso.example"
ANNA = "anna@contoso.example"


def problem(route: NetworkRoute, url: str = CONTOSO) -> Problem:
    with pytest.raises(ProblemError) as caught:
        ExchangeDiscovery().probe(url, route, Cancellation())
    return caught.value.problem


def evidence(route: NetworkRoute, url: str = CONTOSO) -> dict[str, str]:
    return dict(problem(route, url).evidence)


def https_port(site: Site) -> int:
    return next(one.to_port for one in site.detours if (one.host, one.port) == (HOST, 443))


def test_an_untrusted_certificate_is_shown_whole_and_nothing_is_sent(site: Site) -> None:
    told = evidence(replace(site.route, ca_file=None))
    assert told["host"] == HOST
    assert told["subject"] == HOST
    assert HOST in told["names"].split(", ")
    assert "CA" in told["issuer"] or told["issuer"]
    assert told["chain"].split(" ← ")[0] == HOST
    assert len(pin_of(told["sha256"])) == 64
    assert len(told["sha1"].replace(":", "")) == 40
    assert datetime.fromisoformat(told["valid_from"]) < datetime.fromisoformat(told["valid_until"])
    assert site.seen == []


def test_the_fingerprint_of_the_evidence_is_the_pin_that_lets_in(site: Site) -> None:
    site.control("PUT", "/faults/certificate-self-signed")
    told = evidence(site.route)
    assert told["subject"] == told["issuer"]
    route = replace(site.route, pins=((HOST, told["sha256"]),))
    gateway = ExchangeOpener().open(
        site.access(ANNA, Scheme.NTLM, route=route), site.secret(ANNA), Cancellation()
    )
    gateway.close()


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("certificate-expired", "certificate-expired"),
        ("certificate-not-yet-valid", "certificate-not-yet-valid"),
        ("certificate-unknown-authority", "certificate-untrusted"),
        ("certificate-self-signed", "certificate-untrusted"),
        ("certificate-wrong-name", "certificate-name"),
        ("certificate-missing-intermediate", "certificate-chain"),
    ],
)
def test_each_refused_certificate_is_told_with_its_dates_and_names(site: Site, fault: str, code: str) -> None:
    site.control("PUT", f"/faults/{fault}")
    told = problem(site.route)
    assert told.code == code
    assert {"sha256", "sha1", "valid_until", "names", "issuer"} <= set(dict(told.evidence))


def test_a_certificate_for_another_name_offers_one_that_can_be_reached(site: Site) -> None:
    detour = Detour("other.contoso.example", 443, "127.0.0.1", https_port(site))
    route = replace(site.route, detours=(*site.detours, detour))
    told = evidence(route, "https://other.contoso.example/EWS/Exchange.asmx")
    assert told["resolves"] in told["names"].split(", ")


def test_a_changed_certificate_is_told_with_both_fingerprints(site: Site) -> None:
    agreed_to = evidence(replace(site.route, ca_file=None))["sha256"]
    site.control("PUT", "/faults/certificate-self-signed")
    told = problem(replace(site.route, pins=((HOST, agreed_to),)))
    assert (told.code, told.who) == ("certificate-changed", "user")
    assert dict(told.evidence)["pinned"] == agreed_to
    assert dict(told.evidence)["sha256"] not in ("", agreed_to)
    assert agreed_to in told.why
    assert site.seen == []


def test_what_is_no_certificate_still_has_its_fingerprints() -> None:
    shown = certificate_of(b"nonsense")
    assert shown.sha256 == fingerprint(hashlib.sha256(b"nonsense").hexdigest())
    assert shown.names == ()


def test_a_search_tells_of_the_certificate_that_is_in_its_way(site: Site) -> None:
    route = replace(site.route, ca_file=None)
    found = ExchangeDiscovery(lambda *_: []).search(ANNA, route, lambda _: None, Cancellation())
    assert found.problem is not None
    assert found.problem.code == "certificate-untrusted"
    assert dict(found.problem.evidence)["host"] == "autodiscover.contoso.example"
