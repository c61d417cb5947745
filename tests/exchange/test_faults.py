"""Classification: the whole chain, what is certain first, and always an answer."""

import http.client
import itertools
import socket
import ssl
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
import requests
import urllib3
from hypothesis import given
from hypothesis import strategies as st

from oncetui.exchange.faults.answer_errors import (
    NotUnderstoodError,
    ResponseCodeError,
    UnexpectedAnswerError,
)
from oncetui.exchange.faults.answer_facts import AnswerFacts
from oncetui.exchange.faults.circumstances import Circumstances
from oncetui.exchange.faults.classifying import problem_of
from oncetui.exchange.faults.retry_after import seconds_to_wait
from oncetui.exchange.signing_in.latch import SecretRefusedError
from oncetui.exchange.transport.failures import (
    AnswerTooSlowError,
    HandshakeCutError,
    InsideAddressError,
    NotKeptAliveError,
    ProxyRefusalError,
)
from oncetui.model.problem import ProblemError, Who
from oncetui.model.problems import causes
from oncetui.model.problems.network import NO_ANSWER

AT = Circumstances("mail.contoso.example", mailbox="anna@contoso.example", username="anna@contoso.example")
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CODES = {cause.code for cause in causes()}


def certificate_error(code: int) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code, error.verify_message = code, "certificate has expired"
    return error


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (socket.gaierror(socket.EAI_NONAME, "no"), "host-not-found"),
        (socket.gaierror(socket.EAI_AGAIN, "later"), "names-unavailable"),
        (ConnectionRefusedError(111, "refused"), "connection-refused"),
        (TimeoutError(110, "timed out"), "no-answer"),
        (InsideAddressError("10.1.2.3"), "inside-address"),
        (OSError(113, "no route to host"), "no-answer"),
        (ConnectionResetError(104, "reset"), "connection-lost"),
        (BrokenPipeError(32, "pipe"), "connection-lost"),
        (http.client.RemoteDisconnected("gone"), "connection-lost"),
        (AnswerTooSlowError("dripping"), "no-answer"),
        (certificate_error(9), "certificate-not-yet-valid"),
        (certificate_error(10), "certificate-expired"),
        (certificate_error(18), "certificate-untrusted"),
        (certificate_error(19), "certificate-untrusted"),
        (certificate_error(20), "certificate-untrusted"),
        (certificate_error(21), "certificate-chain"),
        (certificate_error(62), "certificate-name"),
        (certificate_error(999), "unknown"),
        (ssl.SSLEOFError(8, "EOF occurred in violation of protocol"), "connection-lost"),
        (HandshakeCutError("reset"), "handshake-cut"),
        (ProxyRefusalError(407), "proxy-sign-in"),
        (ProxyRefusalError(403), "proxy-refuses"),
        (ProxyRefusalError(503), "proxy-cannot-reach"),
        (urllib3.exceptions.ReadTimeoutError(None, "", "read"), "no-answer"),  # type: ignore[arg-type]  # no pool is needed
        (urllib3.exceptions.IncompleteRead(3, 5), "connection-lost"),
        (NotUnderstoodError("The answer is cut off."), "answer-not-understood"),
        (UnexpectedAnswerError(AnswerFacts(503)), "gateway-down"),
        (ResponseCodeError("ErrorMailboxMoveInProgress"), "mailbox-unavailable"),
        (ResponseCodeError("ErrorNonExistentMailbox"), "mailbox-unknown"),
        (ResponseCodeError("ErrorAccessDenied"), "mailbox-denied"),
        (ResponseCodeError("ErrorPasswordExpired"), "password-expired"),
        (ResponseCodeError("ErrorAccountDisabled"), "account-disabled"),
        (ResponseCodeError("ErrorNobodyKnowsThis"), "unknown"),
        (NotKeptAliveError("closed in the middle"), "sign-in-cut-in-two"),
        (RuntimeError("what"), "unknown"),
    ],
)
def test_each_signal_has_its_problem_also_deep_in_a_chain(error: Exception, code: str) -> None:
    wrapped = requests.ConnectionError("wrapped")
    wrapped.__context__ = urllib3.exceptions.ProtocolError("aborted", error)
    for outer in (error, wrapped):
        assert problem_of(outer, AT).problem.code == code


def test_a_refusal_counts_before_the_time_out_that_is_derived_from_it() -> None:
    outer = urllib3.exceptions.ConnectTimeoutError("derived")
    outer.__context__ = ConnectionRefusedError(111, "refused")
    assert problem_of(outer, AT).problem.code == "connection-refused"


def test_a_problem_that_is_ready_stays_as_it_is() -> None:
    ready = ProblemError(NO_ANSWER.problem(host="x"), retry_after=7)
    outer = RuntimeError("around it")
    outer.__cause__ = ready
    assert problem_of(outer, AT) is ready


def test_a_refused_secret_is_marked() -> None:
    error = problem_of(SecretRefusedError(AnswerFacts(401, offered=("NTLM",))), AT)
    assert error.problem.code == "password-refused"
    assert error.secret_refused


def test_nothing_but_a_refused_secret_is_marked_as_one() -> None:
    assert not problem_of(UnexpectedAnswerError(AnswerFacts(401)), AT).secret_refused


def test_the_wait_of_a_throttling_server_is_kept_to_the_millisecond() -> None:
    error = problem_of(ResponseCodeError("ErrorServerBusy", 297.749), AT)
    assert error.retry_after == 297.749
    assert error.problem.who is Who.RETRY


def test_denied_access_to_one_calendar_is_about_that_calendar() -> None:
    at = Circumstances("mail.contoso.example", calendar="Team Sales")
    assert problem_of(ResponseCodeError("ErrorAccessDenied"), at).problem.code == "calendar-missing"


def test_an_unknown_error_is_named_by_its_classes_and_never_by_its_text() -> None:
    error = RuntimeError("Authorization: Basic c2VjcmV0")
    error.__cause__ = ValueError("secret")
    problem = problem_of(error, AT).problem
    assert "RuntimeError ← ValueError" in problem.what
    assert "secret" not in str(problem).lower().replace("secret_refused", "")
    assert "c2VjcmV0" not in str(problem)


def test_a_chain_that_bites_its_tail_ends() -> None:
    first, second = ValueError(), KeyError()
    first.__context__, second.__context__ = second, first
    assert problem_of(first, AT).problem.code == "unknown"


exceptions = st.one_of(
    st.builds(OSError, st.integers(-10, 200), st.text()),
    st.builds(socket.gaierror, st.integers(-20, 20), st.text()),
    st.builds(ResponseCodeError, st.text(), st.none() | st.floats(0, 1e6)),
    st.builds(ProxyRefusalError, st.integers(100, 600)),
    st.builds(ssl.SSLError, st.integers(0, 10), st.text()),
    st.builds(certificate_error, st.integers(0, 100)),
    st.builds(ValueError, st.text()),
    st.builds(
        UnexpectedAnswerError,
        st.builds(
            AnswerFacts,
            st.integers(100, 599),
            offered=st.tuples(st.sampled_from(["NTLM", "Basic", "Bearer", "Negotiate", "X"])),
            location=st.none() | st.text(),
            content=st.text(),
        ),
    ),
)


@given(st.lists(exceptions, min_size=1, max_size=4))
def test_every_chain_of_errors_has_a_problem_of_the_catalogue(links: list[Exception]) -> None:
    for outer, inner in itertools.pairwise(links):
        outer.__context__ = inner
    error = problem_of(links[0], AT)
    assert error.problem.code in CODES
    assert error.retry_after is None or error.retry_after >= 0


@given(st.text())
def test_any_retry_after_is_a_bounded_wait_or_none(value: str) -> None:
    wait = seconds_to_wait(value, NOW)
    assert wait is None or 0 <= wait <= 86_400


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("120", 120.0),
        (" 5 ", 5.0),
        (format_datetime(NOW + timedelta(seconds=90), usegmt=True), 90.0),
        (format_datetime(NOW - timedelta(hours=1), usegmt=True), 0.0),
        ("99999999999999999999", 86_400.0),
        ("soon", None),
        ("-5", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_read_as_seconds_and_as_a_date(value: str | None, wait: float | None) -> None:
    assert seconds_to_wait(value, NOW) == wait
