"""The search for a server, and asking a signpost."""

import io
import threading
import time
from collections.abc import Mapping
from dataclasses import replace

import pytest
import requests
import urllib3
from hypothesis import given
from hypothesis import strategies as st
from requests.adapters import HTTPAdapter

from oncetui.exchange.discovery import json_v2, pox, soap
from oncetui.exchange.discovery.asking import server_named_by
from oncetui.exchange.discovery.discovering import ExchangeDiscovery
from oncetui.exchange.discovery.findings import Elsewhere, InTheCloud, Nothing
from oncetui.exchange.discovery.hosts import https_origin, may_be_asked, outside_host, places_for
from oncetui.exchange.discovery.outcome import CLOUD
from oncetui.exchange.discovery.records import Answers
from oncetui.exchange.discovery.service_records import mail_host, service_record
from oncetui.exchange.discovery.told_settings import ToldUrl
from oncetui.exchange.faults.answer_errors import UnexpectedAnswerError
from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.connection import Access, Scheme
from oncetui.model.discovering import FoundServer, SearchResult, SearchStep, ServerProbe, Signpost, StepMark
from oncetui.model.problem import ProblemError
from oncetui.model.secret import Secret
from tests.exchange.site import CONTOSO, Site

ANNA, BEN, FRIDA = "anna@contoso.example", "ben@fabrikam.example", "frida@northwind.example"
GRETA = "greta@tailspin.example"
NORTHWIND = "https://mail.northwind.example/EWS/Exchange.asmx"
# A label this long can't be looked up, so such a domain never leaves this machine.
NOWHERE = f"{'x' * 64}.example"


def no_records(name: str, kind: str) -> list[str]:
    return []


def searched(
    site: Site, email: str, records: Answers = no_records, seconds: float = 8
) -> tuple[SearchResult, list[SearchStep]]:
    steps: list[SearchStep] = []
    discovery = ExchangeDiscovery(records, seconds)
    return discovery.search(email, site.route, steps.append, Cancellation()), steps


def step(result: SearchResult, place: str) -> SearchStep:
    return next(step for step in result.steps if step.place == place)


def test_a_server_is_found_and_probed_without_credentials(site: Site) -> None:
    result, _ = searched(site, ANNA)
    server = result.servers[0]
    assert server.ews_url == CONTOSO
    assert server.outside is None
    assert server.probe is not None
    assert server.probe.windows_domain == "CONTOSO"
    assert result.problem is None
    assert site.count("accepted") == site.count("refused") == 0
    told = step(result, "autodiscover.contoso.example")
    assert (told.mark, told.told) == (StepMark.FOUND, "answers · Exchange 2019")


def test_each_place_is_reported_as_waiting_first_and_keeps_its_key(site: Site) -> None:
    result, steps = searched(site, ANNA)
    first = {report.key: report for report in reversed(steps)}
    assert all(report.mark is StepMark.WAITING for report in first.values())
    assert {report.key for report in steps} == {report.key for report in result.steps}
    last = {report.key: report for report in steps}
    assert tuple(last[report.key] for report in result.steps) == result.steps


def test_the_companys_web_site_is_no_answer(outside: Site) -> None:
    result, _ = searched(outside, GRETA)
    told = step(result, "tailspin.example")
    assert (told.mark, told.told) == (StepMark.NOTHING, "a web site, not Exchange")


def test_a_redirect_within_the_mail_domain_leads_to_its_server(site: Site) -> None:
    result, _ = searched(site, FRIDA)
    assert [(server.ews_url, server.outside) for server in result.servers] == [(NORTHWIND, None)]


def test_a_redirect_to_another_domain_is_found_but_lies_outside(outside: Site) -> None:
    result, _ = searched(outside, GRETA)
    assert [server.ews_url for server in result.servers] == [CONTOSO]
    assert result.servers[0].outside == "mail.contoso.example"
    assert {signpost.outside for signpost in result.signposts} <= {"autodiscover.contoso.example"}
    assert outside.count("accepted") == outside.count("refused") == 0


def test_where_every_door_is_shut_no_server_is_found_at_once(site: Site) -> None:
    result, _ = searched(site, BEN)
    assert not result.found_something
    assert result.problem is not None
    assert result.problem.code == "no-server-found"
    assert result.problem.fields == ("ews_url",)
    assert result.seconds < 4
    assert step(result, "autodiscover.fabrikam.example").told == "refuses connections"


def test_silent_hosts_end_with_the_deadline(site: Site) -> None:
    site.control("PUT", "/faults/silent-discovery")
    result, _ = searched(site, BEN, seconds=0.5)
    assert result.problem is not None
    assert result.problem.code == "no-server-found"
    assert 0.5 <= result.seconds < 4
    told = step(result, "autodiscover.fabrikam.example")
    assert (told.mark, told.told) == (StepMark.FAILED, "no answer")


def test_a_silent_host_does_not_hold_a_found_server_up(site: Site) -> None:
    site.control("PUT", "/faults/silent-discovery")
    result, _ = searched(site, FRIDA)
    assert result.servers
    assert result.seconds < 6


def test_cancelling_ends_a_search_among_silent_hosts_at_once(site: Site) -> None:
    site.control("PUT", "/faults/silent-discovery")
    cancellation = Cancellation()
    times: list[float] = []

    def report(seen: SearchStep) -> None:
        if not times:
            times.append(time.monotonic())
            threading.Timer(0.05, cancellation.cancel).start()

    with pytest.raises(CancelledByUserError):
        ExchangeDiscovery(no_records).search(BEN, site.route, report, cancellation)
    assert time.monotonic() - times[0] < 3


def test_an_address_that_the_server_does_not_know_leaves_its_signposts(site: Site) -> None:
    result, _ = searched(site, "nobody@contoso.example")
    assert not result.servers
    assert {signpost.kind for signpost in result.signposts} == {"pox", "soap"}
    assert result.signposts[0].probe.schemes == (Scheme.NTLM, Scheme.BASIC)


def test_a_service_record_leads_to_a_host_outside(site: Site) -> None:
    def records(name: str, kind: str) -> list[str]:
        return ["0 0 443 mail.contoso.example."] if kind == "SRV" else []

    result, _ = searched(site, f"anna@{NOWHERE}", records)
    assert step(result, "DNS service record").told == "points to mail.contoso.example"
    assert {signpost.outside for signpost in result.signposts} == {"mail.contoso.example"}


def test_a_mailbox_in_microsoft_365_is_told_by_its_alias_before_anything_is_sent(site: Site) -> None:
    def records(name: str, kind: str) -> list[str]:
        return ["autodiscover.outlook.com"] if kind == "CNAME" else []

    result, _ = searched(site, f"anna@{NOWHERE}", records)
    assert result.provider == CLOUD
    assert result.problem is not None
    assert result.problem.code == "microsoft-365"
    assert not result.found_something


def test_mail_filtered_by_microsoft_is_only_a_hint(site: Site) -> None:
    def records(name: str, kind: str) -> list[str]:
        return ["0 contoso-example.mail.protection.outlook.com"] if kind == "MX" else []

    assert mail_host("contoso.example", records) == InTheCloud(certain=False)
    result, _ = searched(site, f"anna@{NOWHERE}", records)
    assert result.provider == CLOUD


def test_a_domain_that_is_reached_by_detours_is_not_asked_for_in_the_dns(site: Site) -> None:
    asked: list[str] = []

    def records(name: str, kind: str) -> list[str]:
        asked.append(name)
        return []

    searched(site, ANNA, records)
    assert asked == []


def test_no_record_is_nothing() -> None:
    assert service_record("contoso.example", no_records) == Nothing("none")


def test_a_record_without_a_host_is_nothing() -> None:
    def records(name: str, kind: str) -> list[str]:
        return ["0 0 0 ."] if kind == "SRV" else []

    assert not isinstance(service_record("contoso.example", records), Elsewhere)


@pytest.mark.parametrize("kind", ["pox", "soap"])
@pytest.mark.parametrize("scheme", [Scheme.BASIC, Scheme.NTLM])
def test_a_signpost_names_the_server_after_one_sign_in(site: Site, kind: str, scheme: Scheme) -> None:
    signpost = _signpost(site, kind)
    site.forget()
    found = ExchangeDiscovery().ask(signpost, site.access(ANNA, scheme), site.secret(ANNA), Cancellation())
    assert found.ews_url == CONTOSO
    assert found.outside is None
    assert site.count("accepted") == 1


def test_a_signpost_refuses_a_wrong_password_once(site: Site) -> None:
    signpost = _signpost(site, "pox")
    site.forget()
    with pytest.raises(ProblemError) as caught:
        ExchangeDiscovery().ask(signpost, site.access(ANNA), Secret("wrong"), Cancellation())
    assert caught.value.secret_refused
    assert site.count("refused") == 1


@pytest.mark.parametrize("kind", ["pox", "soap"])
def test_a_signpost_that_does_not_know_the_address_says_so(site: Site, kind: str) -> None:
    access = replace(site.access(ANNA), mailbox="nobody@contoso.example")
    with pytest.raises(ProblemError) as caught:
        ExchangeDiscovery().ask(_signpost(site, kind), access, site.secret(ANNA), Cancellation())
    assert caught.value.problem.code == "address-unknown"


class Scripted:
    """A signed-in session that answers by URL."""

    def __init__(self, answers: Mapping[str, requests.Response]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def post(self, url: str, **_: object) -> requests.Response:
        self.asked.append(url)
        return self.answers[url]


def answer(status: int, body: bytes = b"", **headers: str) -> requests.Response:
    raw = urllib3.HTTPResponse(body=io.BytesIO(body), headers=headers, status=status, preload_content=False)
    request = requests.Request("POST", "https://asked.example/").prepare()
    return HTTPAdapter().build_response(request, raw)


def pox_answer(action: str, element: str, value: str) -> requests.Response:
    inside = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a"
    outside = "http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"
    text = (
        f'<Autodiscover xmlns="{outside}"><Response xmlns="{inside}"><Account><Action>{action}</Action>'
        f"<{element}>{value}</{element}></Account></Response></Autodiscover>"
    )
    return answer(200, text.encode())


HERE = "https://autodiscover.contoso.example/autodiscover/autodiscover.xml"


def asked_of(answers: Mapping[str, requests.Response], outside: str | None = None) -> FoundServer:
    signpost = Signpost(HERE, "pox", ServerProbe(HERE, 401, (Scheme.BASIC,)), outside)
    return server_named_by(signpost, ANNA, Scripted(answers))  # type: ignore[arg-type]  # a stand-in


def problem_of_asking(answers: Mapping[str, requests.Response], outside: str | None = None) -> ProblemError:
    with pytest.raises(ProblemError) as caught:
        asked_of(answers, outside)
    return caught.value


def test_a_redirect_inside_the_domain_is_followed() -> None:
    there = "https://mail.contoso.example/autodiscover/autodiscover.xml"
    protocol = "<Protocol><Type>EXPR</Type><EwsUrl>https://mail.contoso.example/EWS/Exchange.asmx</EwsUrl></Protocol>"
    answers = {
        HERE: answer(302, Location=there),
        there: answer(200, f"<Autodiscover>{protocol}</Autodiscover>".encode()),
    }
    assert asked_of(answers) == FoundServer(CONTOSO, "autodiscover")


def test_the_password_goes_to_no_host_outside_without_consent() -> None:
    there = "https://mail.elsewhere.example/autodiscover/autodiscover.xml"
    for first in (answer(302, Location=there), pox_answer("redirectUrl", "RedirectUrl", there)):
        problem = problem_of_asking({HERE: first}).problem
        assert problem.code == "host-needs-consent"
        assert ("host", "mail.elsewhere.example") in problem.evidence
        assert ("url", there) in problem.evidence


def test_a_host_that_was_agreed_to_is_asked() -> None:
    there = "https://mail.elsewhere.example/autodiscover/autodiscover.xml"
    answers = {HERE: answer(302, Location=there), there: answer(404)}
    with pytest.raises(UnexpectedAnswerError):
        asked_of(answers, outside="mail.elsewhere.example")


def test_a_redirect_to_plain_http_is_never_followed() -> None:
    there = "http://mail.contoso.example/autodiscover/autodiscover.xml"
    assert problem_of_asking({HERE: answer(302, Location=there)}).problem.code == "host-needs-consent"


def test_a_redirect_to_microsoft_365_is_told_as_that() -> None:
    there = "https://autodiscover-s.outlook.com/autodiscover/autodiscover.xml"
    assert problem_of_asking({HERE: answer(302, Location=there)}).problem.code == "microsoft-365"
    other = pox_answer("redirectAddr", "RedirectAddr", "anna@contoso.onmicrosoft.com")
    assert problem_of_asking({HERE: other}).problem.code == "microsoft-365"


def test_redirects_in_circles_end() -> None:
    there = "https://mail.contoso.example/autodiscover/autodiscover.xml"
    answers = {HERE: answer(302, Location=there), there: answer(302, Location=HERE)}
    assert problem_of_asking(answers).problem.code == "redirect-loop"


def test_redirects_in_circles_are_told_in_the_order_in_which_they_led_on() -> None:
    there = "https://mail.contoso.example/autodiscover/autodiscover.xml"
    answers = {HERE: answer(302, Location=there), there: answer(302, Location=HERE)}
    hops = f"{HERE} for {ANNA} → {there} for {ANNA} → {HERE} for {ANNA}"
    assert ("hops", hops) in problem_of_asking(answers).problem.evidence


def test_a_mailbox_that_is_handed_from_address_to_address_ends_after_two() -> None:
    names = iter("abcdefgh")

    class Handing(Scripted):
        def post(self, url: str, **_: object) -> requests.Response:
            self.asked.append(url)
            return pox_answer("redirectAddr", "RedirectAddr", f"{next(names)}@contoso.example")

    session = Handing({})
    signpost = Signpost(HERE, "pox", ServerProbe(HERE, 401, (Scheme.BASIC,)))
    with pytest.raises(ProblemError) as caught:
        server_named_by(signpost, ANNA, session)  # type: ignore[arg-type]  # a stand-in
    assert caught.value.problem.code == "redirect-loop"
    assert len(session.asked) == 3


def test_a_redirect_to_a_top_level_domains_autodiscover_is_told_and_not_followed() -> None:
    there = "https://autodiscover.example/autodiscover/autodiscover.xml"
    assert problem_of_asking({HERE: answer(302, Location=there)}).problem.code == "top-level-never-asked"


def test_settings_without_an_ews_url_are_a_matter_of_the_licence() -> None:
    told = answer(200, b"<Autodiscover><Response/></Autodiscover>")
    assert problem_of_asking({HERE: told}).problem.code == "no-exchange-licence"


def test_the_address_that_autodiscover_refers_to_is_asked_for_and_told() -> None:
    url = "https://mail.contoso.example/EWS/Exchange.asmx"
    other = pox_answer("redirectAddr", "RedirectAddr", "anna@mail.contoso.example")
    protocol = f"<Protocol><Type>EXPR</Type><EwsUrl>{url}</EwsUrl></Protocol>".encode()
    settings = answer(200, b"<Autodiscover><Response>" + protocol + b"</Response></Autodiscover>")
    answers = [other, settings]

    class InTurn(Scripted):
        def post(self, url: str, **_: object) -> requests.Response:
            self.asked.append(url)
            return answers.pop(0)

    session = InTurn({})
    signpost = Signpost(HERE, "pox", ServerProbe(HERE, 401, (Scheme.BASIC,)))
    found = server_named_by(signpost, ANNA, session)  # type: ignore[arg-type]  # a stand-in
    assert (found.ews_url, found.filed_under) == (url, "anna@mail.contoso.example")


def test_an_address_in_another_domain_needs_consent() -> None:
    other = pox_answer("redirectAddr", "RedirectAddr", "anna@elsewhere.example")
    assert problem_of_asking({HERE: other}).problem.code == "host-needs-consent"


@pytest.mark.parametrize("host", ["autodiscover.com", "autodiscover.example", "com", ""])
def test_a_top_level_domains_autodiscover_is_never_asked(host: str) -> None:
    assert not may_be_asked(host)
    assert https_origin(f"https://{host}/autodiscover/autodiscover.xml") is None


@pytest.mark.parametrize(
    "url",
    [
        "https://stranger.example\\@mail.contoso.example/EWS/Exchange.asmx",
        "https://stranger.example:443\\@mail.contoso.example/EWS/Exchange.asmx",
        "https://stranger.example\\.contoso.example/EWS/Exchange.asmx",
        "https://mail.contoso.example@stranger.example/EWS/Exchange.asmx",
        "https://anna:pass@mail.contoso.example/EWS/Exchange.asmx",
        "https://stranger.example%2f.contoso.example/EWS/Exchange.asmx",
        "https://stranger.example\t.contoso.example/EWS/Exchange.asmx",
        "https://mail.contoso.example/EWS\r\nX: y/Exchange.asmx",
        "https://mail.contoso.example/EWS/\x1b[31m.asmx",
        " https://mail.contoso.example/EWS/Exchange.asmx",
    ],
)
def test_a_url_whose_host_could_be_mistaken_is_never_asked(url: str) -> None:
    assert https_origin(url) is None


@given(st.text(alphabet="aA1.-_:@/\\?#%[]&;\t\n\x00é", max_size=24))
def test_the_host_that_is_checked_is_the_host_that_is_asked(rest: str) -> None:
    url = f"https://{rest}.contoso.example/EWS/Exchange.asmx"
    origin = https_origin(url)
    if origin is None:
        return
    try:
        asked = requests.Request("POST", url).prepare().url or ""
    except requests.RequestException:
        return  # nothing is sent
    assert https_origin(asked) == origin
    assert outside_host(asked, "contoso.example") == outside_host(url, "contoso.example")


def test_a_signpost_cannot_name_a_server_whose_host_could_be_mistaken() -> None:
    for there in (
        "https://stranger.example\\@mail.contoso.example/EWS/Exchange.asmx",
        "https://stranger.example\\.contoso.example/EWS/Exchange.asmx",
    ):
        protocol = f"<Protocol><Type>EXPR</Type><EwsUrl>{there}</EwsUrl></Protocol>"
        named = answer(200, f"<Autodiscover>{protocol}</Autodiscover>".encode())
        assert problem_of_asking({HERE: named}).problem.code == "unknown"
        assert problem_of_asking({HERE: answer(302, Location=there)}).problem.code == "host-needs-consent"


def test_the_likelier_place_comes_first() -> None:
    assert places_for("contoso.example") == ("autodiscover.contoso.example", "contoso.example")


@pytest.mark.parametrize(
    ("host", "outside"),
    [
        ("contoso.example", None),
        ("mail.contoso.example", None),
        ("MAIL.CONTOSO.EXAMPLE", None),
        ("notcontoso.example", "notcontoso.example"),
        ("contoso.example.evil.example", "contoso.example.evil.example"),
        ("mail.fabrikam.example", "mail.fabrikam.example"),
    ],
)
def test_only_the_domain_and_what_is_below_it_is_inside(host: str, outside: str | None) -> None:
    assert outside_host(f"https://{host}/EWS/Exchange.asmx", "contoso.example") == outside


@given(st.binary())
def test_no_answer_of_a_stranger_breaks_the_readers(content: bytes) -> None:
    for reader in (json_v2.settings_in, pox.settings_in, soap.settings_in):
        reader(content)


@pytest.mark.parametrize("content", [b"[]", b"null", b'{"Url": 5}', b'{"Url": ""}', b"{}", b"<html/>"])
def test_json_that_names_no_url_names_none(content: bytes) -> None:
    assert not isinstance(json_v2.settings_in(content), ToldUrl)


def _signpost(site: Site, kind: str) -> Signpost:
    path = {"pox": "autodiscover.xml", "soap": "autodiscover.svc"}[kind]
    url = f"https://autodiscover.contoso.example/autodiscover/{path}"
    return Signpost(url, kind, ServerProbe(url, 401, (Scheme.NTLM, Scheme.BASIC)))


def test_the_ews_url_of_an_access_is_not_looked_at_when_a_signpost_is_asked(site: Site) -> None:
    access: Access = replace(site.access(ANNA), ews_url="")
    found = ExchangeDiscovery().ask(_signpost(site, "pox"), access, site.secret(ANNA), Cancellation())
    assert found.ews_url == CONTOSO
