"""The trace: what it keeps of a request, and that a password is in none of it."""

import base64
from urllib.parse import quote

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from oncetui.exchange.discovery.discovering import ExchangeDiscovery
from oncetui.exchange.opening import ExchangeOpener
from oncetui.exchange.transport.tracing import answered
from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import Scheme
from oncetui.model.problem import ProblemError
from oncetui.model.secret import Secret
from oncetui.model.tracing import RequestTrace, TracedRequest
from tests.exchange.site import CANARY, Site

ANNA = "anna@contoso.example"


def forms_of(password: str) -> list[str]:
    """The spellings in which a password could leak."""
    utf16 = password.encode("utf-16-le")
    pairs = (f"{ANNA}:{password}".encode(), password.encode(), utf16)
    return [password, quote(password), utf16.hex(), *(base64.b64encode(one).decode() for one in pairs)]


@pytest.mark.parametrize("scheme", list(Scheme))
def test_a_refused_password_is_in_no_trace(site: Site, scheme: Scheme) -> None:
    if str(scheme) not in ("basic", "ntlm"):
        pytest.skip("takes no password")
    trace = RequestTrace()
    with pytest.raises(ProblemError):
        ExchangeOpener(trace).open(site.access(ANNA, scheme), Secret(CANARY), Cancellation())
    told = repr(trace.recent())
    assert trace.recent()
    assert not [form for form in forms_of(CANARY) if form in told]
    assert "TlRMTVNTUA" not in told


def test_operation_status_and_request_id_are_kept(site: Site) -> None:
    trace = RequestTrace()
    gateway = ExchangeOpener(trace).open(site.access(ANNA), site.secret(ANNA), Cancellation())
    gateway.close()
    last = trace.recent()[-1]
    assert (last.method, last.host, last.operation, last.status) == (
        "POST",
        "mail.contoso.example",
        "FindFolder",
        200,
    )
    assert last.path == "/EWS/Exchange.asmx"
    assert last.header("request-id")
    assert last.header("x-feserver")


def test_what_is_not_answered_keeps_the_kind_of_its_failure(site: Site) -> None:
    trace = RequestTrace()
    site.control("PUT", "/faults/certificate-self-signed")
    with pytest.raises(ProblemError):
        ExchangeDiscovery(trace=trace).probe(
            "https://mail.contoso.example/EWS/Exchange.asmx", site.route, Cancellation()
        )
    (only,) = trace.recent()
    assert only.status is None
    assert only.failure == "SSLCertVerificationError"


def test_queries_never_get_into_the_trace(site: Site) -> None:
    trace = RequestTrace()
    ExchangeDiscovery(lambda _name, _kind: [], trace=trace).search(
        ANNA, site.route, lambda _step: None, Cancellation()
    )
    assert trace.recent()
    assert not [one for one in trace.recent() if "?" in one.path or ANNA in repr(one)]


class _Raw:
    class headers:  # noqa: N801  # urllib3's name
        @staticmethod
        def getlist(_name: str) -> list[str]:
            return []


@given(st.sampled_from(["X-DiagInfo", "Server", "Location", "X-FEServer"]), st.text(max_size=40))
def test_a_header_that_sends_credentials_back_is_redacted(name: str, around: str) -> None:
    token = base64.b64encode(f"{ANNA}:{CANARY}".encode()).decode()
    response = requests.Response()
    response.status_code = 401
    response.raw = _Raw()
    response.headers[name] = f"{around} Basic {token} {token}"
    request = requests.Request("POST", "https://mail.contoso.example/EWS/Exchange.asmx").prepare()
    traced = answered(request, response, 0.1)
    assert token not in repr(traced)
    assert all(value.isprintable() for _, value in traced.told)


def test_only_the_newest_requests_are_kept() -> None:
    trace = RequestTrace(at_most=2)
    site = [TracedRequest(at=None, method="GET", host=str(n), path="/") for n in range(3)]  # type: ignore[arg-type]  # no time is needed
    for request in site:
        trace.note(request)
    assert [request.host for request in trace.recent()] == ["1", "2"]
