"""The classifier is total: whatever comes back has a problem, and nothing that a server echoes is in it."""

import io
import itertools
import socket
import ssl

import requests
import urllib3
from hypothesis import given, settings
from hypothesis import strategies as st
from requests.adapters import HTTPAdapter

from oncetui.exchange.faults.answer_errors import ResponseCodeError, UnexpectedAnswerError
from oncetui.exchange.faults.answer_facts import facts_of
from oncetui.exchange.faults.answers import problem_of_answer
from oncetui.exchange.faults.circumstances import Circumstances, asking
from oncetui.exchange.faults.classifying import problem_of
from oncetui.exchange.signing_in.latch import SecretRefusedError
from oncetui.exchange.transport.failures import ProxyRefusalError
from oncetui.model.connection import NetworkRoute
from oncetui.model.problem import ProblemError
from oncetui.model.problems import causes

CANARY = "Canary8secret"
AT = Circumstances("mail.contoso.example", mailbox="anna@contoso.example", username="anna@contoso.example")
CODES = {cause.code for cause in causes()}

around = st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), max_size=12)
canary_within = st.builds(lambda before, after: f"{before}{CANARY}{after}", around, around)
shapes = st.sampled_from(
    (
        "{}",
        "Basic {}",
        "NTLM {}",
        '"{}"',
        "{}, NTLM",
        "https://{}/owa",
        "https://m.example/{}",
        "https://{}@m.example/",
        "/{}",
        '2000001;reason="{}"',
        "EWS is disabled {}",
        "blocked by policy {}",
        "Microsoft-IIS/{}",
        "nginx {}",
        "15.2.1.{}",
        "text/html; {}",
        "120 {}",
        "{}; expires=0",
    )
)
values = st.builds(str.format, shapes, st.just(CANARY)) | canary_within | st.text(max_size=20).map(repr)
names = st.sampled_from(
    (
        "WWW-Authenticate",
        "Proxy-Authenticate",
        "Location",
        "Server",
        "Via",
        "X-EWS-Policy-Reason",
        "Retry-After",
        "x-ms-diagnostics",
        "request-id",
        "X-FEServer",
        "X-OWA-Version",
        "X-CasErrorCode",
        "Content-Type",
        "Set-Cookie",
        "Date",
        "X-Debug",
        "Authorization",
    )
)
bodies = st.sampled_from(
    (
        b"",
        b'<input type="password" value="%s">',
        b"The referenced account is currently locked out %s",
        b"Server Error in '/EWS' Application %s",
        b"Request Too Long %s",
        b"client certificate %s",
        b"<html>%s</html>",
        b"BlockLegacyAuth %s",
        b"%s",
    )
).map(lambda body: body.replace(b"%s", CANARY.encode()))


def answer(status: int, headers: dict[str, str], body: bytes) -> requests.Response:
    body = b"" if status < 200 or status in (204, 304) else body  # they have none (RFC 9110, 6.4.1)
    raw = urllib3.HTTPResponse(io.BytesIO(body), headers=headers, status=status, preload_content=False)
    request = requests.Request("POST", f"https://mail.contoso.example/{CANARY}").prepare()
    response: requests.Response = HTTPAdapter().build_response(request, raw)
    return response


def holds_no_secret(error: ProblemError) -> None:
    problem = error.problem
    assert problem.code in CODES
    assert CANARY not in repr(problem)
    assert CANARY not in str(problem.as_json())
    assert CANARY not in f"{error} {error.args}"
    for text in (problem.title, problem.what, problem.why, problem.next):
        assert text.isprintable()


@settings(max_examples=300)
@given(
    status=st.integers(100, 599) | st.sampled_from((200, 302, 400, 401, 403, 407, 440, 456, 500, 503, 511)),
    headers=st.dictionaries(names, values, max_size=6),
    body=bodies,
    signed_in=st.booleans(),
)
def test_whatever_a_server_answers_is_told_without_what_it_echoes(
    status: int, headers: dict[str, str], body: bytes, signed_in: bool
) -> None:
    facts = facts_of(answer(status, headers, body))
    holds_no_secret(problem_of_answer(facts, AT, signed_in=signed_in))
    holds_no_secret(problem_of(UnexpectedAnswerError(facts), AT))
    holds_no_secret(problem_of(SecretRefusedError(facts), AT))


def certificate_error(code: int) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, CANARY)
    error.verify_code, error.verify_message = code, CANARY
    return error


def tls_error(number: int, reason: str) -> ssl.SSLError:
    error = ssl.SSLError(number, reason)
    error.reason = reason
    return error


errors = st.one_of(
    st.builds(OSError, st.integers(-5, 140), st.just(CANARY)),
    st.builds(socket.gaierror, st.integers(-12, 5), st.just(CANARY)),
    st.builds(certificate_error, st.integers(0, 100)),
    st.builds(tls_error, st.integers(0, 10), st.just(CANARY)),
    st.builds(ResponseCodeError, st.sampled_from((CANARY, "", "Error", f"<{CANARY}>", "ErrorServerBusy"))),
    st.builds(ProxyRefusalError, st.integers(100, 599)),
    st.builds(ValueError, canary_within),
    st.builds(requests.ConnectionError, canary_within),
    st.builds(urllib3.exceptions.LocationParseError, canary_within),
)


@given(st.lists(errors, min_size=1, max_size=5))
def test_whatever_is_raised_is_told_without_its_texts(links: list[Exception]) -> None:
    for outer, inner in itertools.pairwise(links):
        outer.__context__ = inner
    holds_no_secret(problem_of(links[0], AT))


@given(st.text(max_size=40) | canary_within)
def test_an_address_that_cannot_be_one_is_never_shown(url: str) -> None:
    at = asking(f"https://anna:{CANARY}@mail.contoso.example:{url}", NetworkRoute())
    assert CANARY not in repr(at)
