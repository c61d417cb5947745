"""What a server tells without credentials, and what else may answer in its place."""

import pytest

from oncetui.exchange.discovery.discovering import ExchangeDiscovery
from oncetui.exchange.faults.answer_facts import AnswerFacts, schemes_in
from oncetui.exchange.faults.answers import problem_of_answer
from oncetui.exchange.faults.circumstances import Circumstances
from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import NetworkRoute, Scheme
from oncetui.model.problem import ProblemError, Who
from tests.exchange.site import CONTOSO, Site

AT = Circumstances("mail.contoso.example")


def probed_code(site: Site, url: str) -> str:
    with pytest.raises(ProblemError) as caught:
        ExchangeDiscovery().probe(url, site.route, Cancellation())
    assert not caught.value.secret_refused
    return caught.value.problem.code


def test_two_requests_without_credentials_tell_schemes_and_windows_domain(site: Site) -> None:
    probe = ExchangeDiscovery().probe(CONTOSO, site.route, Cancellation())
    assert probe.schemes == (Scheme.NTLM, Scheme.BASIC)
    assert probe.offered == ("Negotiate", "NTLM", "Basic")
    assert probe.windows_domain == "CONTOSO"
    assert probe.server.product == "Exchange 2019"
    assert not probe.via_proxy
    assert [request["sign_in"] for request in site.seen] == ["none", "challenge"]
    assert len({request.connection for request in site.simulator.log.all()}) == 1


def test_without_ntlm_one_request_is_enough(site: Site) -> None:
    site.control("PUT", "/faults/schemes", schemes=["basic"])
    probe = ExchangeDiscovery().probe(CONTOSO, site.route, Cancellation())
    assert probe.schemes == (Scheme.BASIC,)
    assert probe.windows_domain is None
    assert len(site.seen) == 1


def test_a_web_site_is_not_exchange(site: Site) -> None:
    assert probed_code(site, "https://contoso.example/EWS/Exchange.asmx") == "not-exchange"


def test_a_wrong_path_is_not_exchange(site: Site) -> None:
    assert probed_code(site, "https://mail.contoso.example/exchange/service.asmx") == "not-exchange"


def test_outlook_on_the_web_is_a_login_page(site: Site) -> None:
    assert probed_code(site, "https://mail.contoso.example/owa/") == "login-page"


def test_a_host_of_microsoft_365_is_told_before_it_is_asked() -> None:
    with pytest.raises(ProblemError) as caught:
        ExchangeDiscovery().probe(
            "https://outlook.office365.com/EWS/Exchange.asmx", NetworkRoute(), Cancellation()
        )
    assert caught.value.problem.code == "microsoft-365"


@pytest.mark.parametrize(
    ("facts", "code", "who"),
    [
        (AnswerFacts(401, offered=("Bearer",), from_exchange=True), "modern-sign-in-only", Who.IT),
        (AnswerFacts(401, offered=("Negotiate",)), "modern-sign-in-only", Who.IT),
        (AnswerFacts(401), "no-sign-in-offered", Who.RETRY),
        (AnswerFacts(302, location="https://sso.contoso.example/adfs/ls/"), "company-sign-in-page", Who.IT),
        (AnswerFacts(302, location="https://m.example/owa/auth/logon.aspx"), "login-page", Who.IT),
        (
            AnswerFacts(302, location="https://m.example/ews/genericerrorpage.htm"),
            "exchange-error-page",
            Who.RETRY,
        ),
        (
            AnswerFacts(302, location="https://m.example/internalsite/internalerror.asp"),
            "gateway-fault",
            Who.IT,
        ),
        (AnswerFacts(302, location="https://www.contoso.example/"), "not-exchange", Who.USER),
        (AnswerFacts(200, content="text/html"), "not-exchange", Who.USER),
        (AnswerFacts(200, content="text/html", says=frozenset({"login-form"})), "login-page", Who.IT),
        (AnswerFacts(200, content="text/xml"), "answer-not-understood", Who.RETRY),
        (AnswerFacts(403), "rejected-in-front", Who.IT),
        (AnswerFacts(403, policy_reason="EWS is disabled"), "ews-switched-off", Who.IT),
        (AnswerFacts(403, policy_reason="blocked by policy"), "program-not-allowed", Who.IT),
        (AnswerFacts(403, policy_reason="not one that is known"), "forbidden", Who.IT),
        (AnswerFacts(403, says=frozenset({"client-certificate"})), "client-certificate-wanted", Who.IT),
        (
            AnswerFacts(401, offered=("NTLM",), says=frozenset({"legacy-blocked"})),
            "scheme-switched-off",
            Who.IT,
        ),
        (AnswerFacts(400, says=frozenset({"request-too-long"})), "request-too-large", Who.IT),
        (AnswerFacts(456), "sign-in-on-the-web", Who.USER),
        (AnswerFacts(511), "captive-portal", Who.RETRY),
        (AnswerFacts(500, says=frozenset({"application-error"})), "exchange-error-page", Who.RETRY),
        (AnswerFacts(503, retry_after=30, from_exchange=True), "throttled", Who.RETRY),
        (AnswerFacts(404), "not-exchange", Who.USER),
        (AnswerFacts(405), "rejected-in-front", Who.IT),
        (AnswerFacts(407), "proxy-sign-in", Who.USER),
        (AnswerFacts(413), "request-too-large", Who.IT),
        (AnswerFacts(429, retry_after=30), "throttled", Who.RETRY),
        (AnswerFacts(440), "login-page", Who.IT),
        (AnswerFacts(502), "gateway-down", Who.RETRY),
        (AnswerFacts(418), "unknown", Who.IT),
    ],
)
def test_what_else_may_answer_is_told_apart(facts: AnswerFacts, code: str, who: Who) -> None:
    error = problem_of_answer(facts, AT, signed_in=False)
    assert (error.problem.code, error.problem.who) == (code, who)
    assert error.retry_after == facts.retry_after
    assert not error.secret_refused


def test_a_403_after_the_sign_in_does_not_pretend_to_know_why() -> None:
    assert (
        problem_of_answer(AnswerFacts(403, from_exchange=True), AT, signed_in=True).problem.code
        == "forbidden"
    )


def test_a_token_that_is_turned_down_is_told_by_its_number() -> None:
    facts = AnswerFacts(401, offered=("Bearer",), diagnostics="2000001")
    problem = problem_of_answer(facts, AT, signed_in=True).problem
    assert problem.code == "token-not-accepted"
    assert "2000001" in problem.what


@pytest.mark.parametrize(
    ("values", "schemes"),
    [
        (["Negotiate", "NTLM", 'Basic realm="mail.contoso.example"'], ("Negotiate", "NTLM", "Basic")),
        (['Basic realm="a, NTLM b"'], ("Basic",)),
        (["Negotiate, NTLM"], ("Negotiate", "NTLM")),
        (["NTLM TlRMTVNTUAACAAAA=="], ("NTLM",)),
        (['Bearer client_id="00000002", trusted_issuers="x@*", authorization_uri="https://y"'], ("Bearer",)),
        (['Basic realm="x", Bearer realm="y"'], ("Basic", "Bearer")),
        (["", "   "], ()),
        ([], ()),
    ],
)
def test_schemes_are_read_from_any_spelling_of_the_header(
    values: list[str], schemes: tuple[str, ...]
) -> None:
    assert schemes_in(values) == schemes
