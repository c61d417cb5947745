"""Looking at a server stage by stage, over real sockets: what is told, and where it ends."""

import socket
import threading
from contextlib import closing, suppress
from dataclasses import replace

import pytest

from oncetui.exchange.examining import ExchangeExaminer
from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.checkup import Checkup, Outcome, Stage, StageResult
from oncetui.model.connection import NetworkRoute, Scheme
from oncetui.model.course import Course
from oncetui.model.problem import ProblemError
from oncetui.model.tracing import RequestTrace
from tests.exchange.servers import Proxy, serving, silent
from tests.exchange.site import CONTOSO, Site

HOST = "mail.contoso.example"


def examined(route: NetworkRoute, url: str = CONTOSO, trace: RequestTrace | None = None) -> Checkup:
    course = Course(lambda: 0.0)
    with suppress(ProblemError):
        ExchangeExaminer(trace).examine(url, route, course, Cancellation())
    return course.finished()


def failed(checkup: Checkup) -> tuple[str, str]:
    (stage,) = [one.stage for one in checkup.stages if one.outcome is Outcome.FAILED]
    assert checkup.problem is not None
    return str(stage), checkup.problem.code


def test_a_server_tells_addresses_tls_certificate_schemes_and_version(site: Site) -> None:
    checkup = examined(site.route)
    assert dict(checkup.of(Stage.DNS).evidence)["ipv4"] == "127.0.0.1"
    tls = dict(checkup.of(Stage.TLS).evidence)
    assert tls["version"] in ("TLSv1.2", "TLSv1.3")
    assert tls["subject"] == "mail.contoso.example"
    assert HOST in tls["names"]
    assert len(tls["sha256"]) == 95
    assert tls["valid_until"].endswith("Z")
    http = dict(checkup.of(Stage.HTTP).evidence)
    assert http["sign_in_offered"] == "Negotiate, NTLM, Basic"
    assert http["windows_domain"] == "CONTOSO"
    assert http["build"] == "15.2.1544.11"
    assert http["clock_difference"] == "under 2 s"
    assert http["request_id"]


def test_it_costs_two_requests_without_credentials_which_are_traced(site: Site) -> None:
    trace = RequestTrace()
    examined(site.route, trace=trace)
    assert [request["sign_in"] for request in site.seen] == ["none", "challenge"]
    assert [request.status for request in trace.recent()] == [401, 401]


@pytest.mark.parametrize(
    ("fault", "stage", "code"),
    [
        ("certificate-expired", "tls", "certificate-expired"),
        ("certificate-self-signed", "tls", "certificate-untrusted"),
        ("certificate-wrong-name", "tls", "certificate-name"),
        ("plain-http", "tls", "not-https"),
        ("handshake-reset", "tls", None),
        ("not-found", "http", "not-exchange"),
        ("bad-gateway", "http", "gateway-down"),
        ("login-page", "http", "login-page"),
        ("firewall", "http", "rejected-in-front"),
        ("bearer", "sign-in", "modern-sign-in-only"),
    ],
)
def test_a_fault_fails_its_stage(site: Site, fault: str, stage: str, code: str | None) -> None:
    site.control("PUT", f"/faults/{fault}")
    told = failed(examined(site.route))
    assert told[0] == stage
    assert code in (None, told[1])


def test_a_certificate_that_is_turned_down_is_shown_all_the_same(site: Site) -> None:
    site.control("PUT", "/faults/certificate-self-signed")
    tls = dict(examined(site.route).of(Stage.TLS).evidence)
    assert tls["issuer"] == tls["subject"]
    assert len(tls["sha256"]) == 95
    assert site.seen == []


def test_a_clock_that_is_off_is_a_warning(site: Site) -> None:
    site.control("PUT", "/faults/clock-skew", seconds=900)
    result = examined(site.route).of(Stage.HTTP)
    assert result.outcome is Outcome.WARNING
    assert "15 minutes" in dict(result.evidence)["warning"]


def test_a_shut_port_fails_at_tcp(site: Site) -> None:
    with closing(socket.socket()) as unused:
        unused.bind(("127.0.0.1", 0))
        route = site.route_to(HOST, unused.getsockname()[1])
        assert failed(examined(route)) == ("tcp", "connection-refused")


def test_a_name_that_does_not_exist_fails_at_dns(site: Site) -> None:
    url = "https://localhost.invalid/EWS/Exchange.asmx"
    stage, code = failed(examined(site.route, url))
    assert stage == "dns"
    assert code in ("host-not-found", "names-unavailable")


def test_through_a_proxy_the_proxy_is_a_stage_of_its_own(site: Site) -> None:
    with serving(Proxy()) as port:
        checkup = examined(replace(site.route, proxy=f"http://127.0.0.1:{port}"))
    assert checkup.of(Stage.HTTP).outcome is Outcome.OK
    assert dict(checkup.of(Stage.TCP).evidence) == {"connected": "by the proxy"}


def test_a_proxy_that_is_not_there_fails_its_own_stage(site: Site) -> None:
    with closing(socket.socket()) as unused:
        unused.bind(("127.0.0.1", 0))
        proxy = f"http://127.0.0.1:{unused.getsockname()[1]}"
        assert failed(examined(replace(site.route, proxy=proxy))) == ("proxy", "proxy-unreachable")


@pytest.mark.parametrize("waits_in", [Stage.TLS])
def test_a_cancellation_ends_a_silent_stage_at_once(site: Site, waits_in: Stage) -> None:
    cancellation = Cancellation()

    def told(result: StageResult) -> None:
        if result.stage is waits_in and result.outcome is Outcome.UNDER_WAY:
            cancellation.cancel()

    with serving(silent(threading.Event())) as port, pytest.raises(CancelledByUserError):
        ExchangeExaminer().examine(
            CONTOSO, site.route_to(HOST, port), Course(lambda: 0.0, told), cancellation
        )


def test_only_schemes_that_we_know_are_used_and_all_are_told(site: Site) -> None:
    probe = ExchangeExaminer().examine(CONTOSO, site.route, Course(lambda: 0.0), Cancellation())
    assert probe.schemes == (Scheme.NTLM, Scheme.BASIC)
