"""What the DNS tells, asked of a name server on this machine."""

import pytest

from oncetui.exchange.discovery.findings import Elsewhere, Finding, InTheCloud, Nothing
from oncetui.exchange.discovery.records import RecordsUnknownError, asked_of
from oncetui.exchange.discovery.service_records import alias, mail_host, service_record
from tests.exchange.name_server import NO_SUCH_NAME, SILENCE, TROUBLE, Zone, name_server

ALIAS, SERVICE, DOMAIN = (
    "autodiscover.contoso.example",
    "_autodiscover._tcp.contoso.example",
    "contoso.example",
)
POX = "/autodiscover/autodiscover.xml"


def told(zone: Zone) -> tuple[Finding, Finding, Finding]:
    """Return what alias, service record and mail host of the domain tell."""
    with name_server(zone) as resolver:
        answers = asked_of(resolver, seconds=0.3)
        return alias(DOMAIN, answers), service_record(DOMAIN, answers), mail_host(DOMAIN, answers)


def test_a_domain_without_records_tells_nothing() -> None:
    assert told({}) == (Nothing("none"), Nothing("none"), Nothing("takes no mail"))


def test_a_name_that_has_other_records_only_tells_nothing() -> None:
    zone: Zone = {ALIAS: {"A": ["192.0.2.1"]}, SERVICE: {}, DOMAIN: {"A": ["192.0.2.2"]}}
    assert told(zone) == (Nothing("none"), Nothing("none"), Nothing("takes no mail"))


@pytest.mark.parametrize(
    ("fault", "reason"),
    [(SILENCE, "the name server does not answer"), (TROUBLE, "the name server has trouble")],
)
def test_a_name_server_in_trouble_is_no_proof_that_there_is_nothing(fault: str, reason: str) -> None:
    zone = dict.fromkeys((ALIAS, SERVICE, DOMAIN), fault)
    assert told(zone) == (Nothing(reason),) * 3


def test_trouble_of_the_name_server_is_raised_to_whoever_asks() -> None:
    with name_server({DOMAIN: TROUBLE}) as resolver, pytest.raises(RecordsUnknownError):
        asked_of(resolver)(DOMAIN, "MX")


def test_an_alias_of_microsoft_365_is_certain_even_behind_another_alias() -> None:
    chain: Zone = {
        ALIAS: {"CNAME": ["autodiscover.contoso-group.example."]},
        "autodiscover.contoso-group.example": {"CNAME": ["Autodiscover.Outlook.com."]},
        "autodiscover.outlook.com": {"A": ["192.0.2.1"]},
    }
    assert told(chain)[0] == InTheCloud()


def test_an_alias_whose_end_does_not_exist_is_an_alias_all_the_same() -> None:
    dangling: Zone = {
        ALIAS: {"CNAME": ["autodiscover.outlook.com."]},
        "autodiscover.outlook.com": NO_SUCH_NAME,
    }
    assert told(dangling)[0] == InTheCloud()


def test_an_alias_of_a_hoster_is_named() -> None:
    zone: Zone = {
        ALIAS: {"CNAME": ["mail.hoster.example."]},
        "mail.hoster.example": {"A": ["192.0.2.1"]},
    }
    assert told(zone)[0] == Nothing("another name for mail.hoster.example")


def test_service_records_are_followed_by_priority_and_weight() -> None:
    records = [
        "10 5 443 third.contoso.example.",
        "0 1 443 second.contoso.example.",
        "0 9 8443 first.contoso.example.",
    ]
    hosts = ("first.contoso.example:8443", "second.contoso.example:443", "third.contoso.example:443")
    first, *others = (f"https://{host}{POX}" for host in hosts)
    assert told({SERVICE: {"SRV": records}})[1] == Elsewhere(first, tuple(others))


@pytest.mark.parametrize("record", ["0 0 0 .", "0 0 443 ."])
def test_a_service_record_that_says_there_is_none_is_believed(record: str) -> None:
    assert told({SERVICE: {"SRV": [record]}})[1] == Nothing("none")


def test_a_service_record_never_leads_to_a_top_level_domains_autodiscover() -> None:
    zone: Zone = {SERVICE: {"SRV": ["0 0 443 autodiscover.example."]}}
    assert told(zone)[1] == Nothing("names a host that isn't asked")


def test_a_service_record_of_microsoft_365_is_certain() -> None:
    assert told({SERVICE: {"SRV": ["0 0 443 autodiscover-s.outlook.com."]}})[1] == InTheCloud()


def test_mail_that_goes_to_microsoft_is_a_hint_and_elsewhere_is_evidence() -> None:
    filtered: Zone = {DOMAIN: {"MX": ["0 contoso-example.mail.protection.outlook.com."]}}
    assert told(filtered)[2] == InTheCloud(certain=False)
    own: Zone = {DOMAIN: {"MX": ["20 b.contoso.example.", "10 a.contoso.example."]}}
    assert told(own)[2] == Nothing("mail goes to a.contoso.example")
