"""HTTP as Exchange speaks it: compression, methods, headers by version, cookies, failures of our own."""

import contextlib
import gzip
import logging
import socket
import ssl
from collections.abc import Callable, Iterator
from threading import Event

import pytest
import requests

from oncetui.simulator.ews import EwsAnswer
from oncetui.simulator.flaws import flaws_on_standard_error
from oncetui.simulator.serve import RunningSimulator, start
from oncetui.simulator.web.compression import accepts_gzip
from oncetui.simulator.web.generations import GenerationName
from oncetui.simulator.world import Exchange, Mailbox
from tests.simulator.routed import RoutedAdapter
from tests.simulator.wire import (
    ANNA,
    EWS,
    GET_FOLDER,
    HOST,
    SUBSCRIBE,
    XML,
    https_port,
    is_cut,
    tls_connection,
)

Client = Callable[[RunningSimulator], requests.Session]


def post(session: requests.Session, body: str | bytes, **headers: str) -> requests.Response:
    return session.post(EWS, data=body, auth=ANNA, headers={**XML, **headers}, timeout=10)


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [
        (None, False),
        ("gzip", True),
        ("deflate, gzip;q=0.5", True),
        ("gzip;q=0", False),
        ("identity", False),
        ("*", True),
        ("*;q=0, br", False),
        ("br, GZIP ; Q=1.0", True),
    ],
)
def test_gzip_is_sent_to_whoever_accepts_it(accepted: str | None, packed: bool) -> None:
    assert accepts_gzip(accepted) is packed


def test_answers_are_compressed_on_demand_only(small: RunningSimulator, client: Client) -> None:
    session = client(small)
    plain = post(session, GET_FOLDER, **{"Accept-Encoding": "identity"})
    packed = post(session, GET_FOLDER, **{"Accept-Encoding": "gzip, deflate"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert int(packed.headers["Content-Length"]) < int(plain.headers["Content-Length"])
    assert packed.content == plain.content


@pytest.mark.parametrize(
    "sent",
    [
        "text/xml",
        "text/xml; charset=utf-8",
        'TEXT/XML;charset="UTF-8"',
        "text/xml; charset=utf-16",
        'text/xml; charset=utf-8; action="GetFolder"',
    ],
)
def test_xml_in_an_encoding_of_unicode_is_read(small: RunningSimulator, client: Client, sent: str) -> None:
    body = GET_FOLDER.encode("utf-16" if sent.endswith("16") else "utf-8")
    answer = post(client(small), body, **{"Content-Type": sent})
    assert (answer.status_code, "NoError" in answer.text) == (200, True)


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "application/soap+xml; charset=utf-8",
        "application/xml",
        "application/x-www-form-urlencoded",
        "text/plain; charset=utf-8",
        "text/xml; charset=iso-8859-1",
    ],
)
@pytest.mark.parametrize("path", ["/EWS/Exchange.asmx", "/autodiscover/autodiscover.svc"])
def test_another_type_of_body_is_unsupported_once_the_user_has_signed_in(
    small: RunningSimulator, client: Client, sent: str | None, path: str
) -> None:
    session, headers = client(small), {"Content-Type": sent}  # None takes the session's own away
    url = f"https://{HOST}{path}"
    assert session.post(url, data=GET_FOLDER, headers=headers, timeout=10).status_code == 401
    answer = session.post(url, data=GET_FOLDER, auth=ANNA, headers=headers, timeout=10)
    assert (answer.status_code, answer.content) == (415, b"")
    assert small.log.all()[-1].operation is None


def test_a_compressed_request_is_read(small: RunningSimulator, client: Client) -> None:
    answer = post(client(small), gzip.compress(GET_FOLDER.encode()), **{"Content-Encoding": "gzip"})
    assert "NoError" in answer.text
    assert small.log.all()[-1].operation == "GetFolder"


@pytest.mark.parametrize("body", [b"", b"no gzip", gzip.compress(b"x" * 1000, mtime=0)[:-9]])
def test_a_compressed_request_that_is_none_is_a_bad_request(
    small: RunningSimulator, client: Client, body: bytes
) -> None:
    answer = post(client(small), body, **{"Content-Encoding": "gzip"})
    assert answer.status_code == 400
    assert "gzip" in answer.text


def test_a_chunked_request_is_read(small: RunningSimulator, client: Client) -> None:
    def chunks() -> Iterator[bytes]:
        body = GET_FOLDER.encode()
        for begin in range(0, len(body), 100):
            yield body[begin : begin + 100]

    answer = client(small).post(EWS, data=chunks(), auth=ANNA, headers=XML, timeout=10)
    assert "NoError" in answer.text


def test_a_client_that_expects_100_continue_gets_its_answer(small: RunningSimulator) -> None:
    body = GET_FOLDER.encode()
    with tls_connection(small) as connection:
        head = (
            f"POST /ews/exchange.asmx HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: {len(body)}\r\n"
            "Authorization: Basic YW5uYUBjb250b3NvLmV4YW1wbGU6U8O8w58gJiA1IOKCrA==\r\n"
            "Content-Type: text/xml\r\nConnection: close\r\nExpect: 100-continue\r\n\r\n"
        )
        connection.sendall(head.encode())
        assert connection.recv(1000).startswith(b"HTTP/1.1 100 ")
        connection.sendall(body)
        received = b""
        while more := connection.recv(4096):
            received += more
    assert received.startswith(b"HTTP/1.1 200 ")
    assert b"NoError" in received


def test_a_tls_client_that_speaks_byte_by_byte_is_understood(small: RunningSimulator) -> None:
    context = ssl.create_default_context(cafile=small.ready["ca_file"])
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    tls = context.wrap_bio(incoming, outgoing, server_hostname=HOST)
    with socket.create_connection(("127.0.0.1", https_port(small)), 5) as plain:
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while True:
            try:
                tls.do_handshake()
                break
            except ssl.SSLWantReadError:
                for byte in outgoing.read():
                    plain.sendall(bytes([byte]))
                incoming.write(received(plain))
        tls.write(f"GET /EWS/Exchange.asmx HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
        plain.sendall(outgoing.read())  # the handshake's end and the request arrive together
        answer = b""
        while b"HTTP/1.1 401" not in answer:
            incoming.write(received(plain))
            with contextlib.suppress(ssl.SSLWantReadError):
                answer += tls.read()


def received(connection: socket.socket) -> bytes:
    piece = connection.recv(4096)
    assert piece, "the server hung up"
    return piece


@pytest.mark.parametrize(
    ("method", "status"), [("GET", 200), ("HEAD", 200), ("POST", 500), ("PUT", 405), ("DELETE", 405)]
)
def test_ews_is_asked_by_post(small: RunningSimulator, client: Client, method: str, status: int) -> None:
    session = client(small)
    answer = session.request(method, EWS, auth=ANNA, timeout=10)
    assert answer.status_code == status
    assert session.request(method, EWS, timeout=10).status_code == 401, "nobody learns it unsigned"
    if method == "HEAD":
        assert not answer.content
        assert int(answer.headers["Content-Length"]) > 0
    if status == 405:
        assert "POST" in answer.headers["Allow"]


def test_the_form_of_outlook_on_the_web_lets_nobody_in(small: RunningSimulator, client: Client) -> None:
    answer = client(small).post(
        f"https://{HOST}/owa/auth.owa", data={"username": "anna"}, allow_redirects=False, timeout=10
    )
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("/owa/auth/logon.aspx?reason=2")


NAMED = {"X-FEServer", "request-id", "X-BEServer", "X-OWA-Version"}


@pytest.mark.parametrize(
    ("generation", "server", "version", "names"),
    [
        ("2010", "Microsoft-IIS/7.5", "14.3", set()),
        ("2013", "Microsoft-IIS/8.5", "15.0", NAMED - {"X-OWA-Version"}),
        ("2016", "Microsoft-IIS/10.0", "15.1", NAMED - {"X-OWA-Version"}),
        ("2019", "Microsoft-IIS/10.0", "15.2", NAMED),
    ],
)
def test_answers_are_those_of_the_version_that_is_simulated(
    small_exchange: Exchange, generation: GenerationName, server: str, version: str, names: set[str]
) -> None:
    with start(small_exchange, generation=generation) as simulator, requests.Session() as session:
        session.mount("https://", RoutedAdapter(simulator.ready))
        request = GET_FOLDER.replace("Exchange2013_SP1", "Exchange2010_SP2")
        refused, accepted = session.post(EWS, timeout=10), post(session, request)
    assert refused.headers["Server"] == accepted.headers["Server"] == server
    assert NAMED & set(refused.headers) == names - {"X-BEServer"}
    assert NAMED & set(accepted.headers) == names
    major, minor = version.split(".")
    assert f'MajorVersion="{major}" MinorVersion="{minor}"' in accepted.text


def test_the_clients_number_of_a_request_comes_back(small: RunningSimulator, client: Client) -> None:
    session = client(small)
    told = {"client-request-id": "e4e9b4f0", "return-client-request-id": "true"}
    assert post(session, GET_FOLDER, **told).headers["client-request-id"] == "e4e9b4f0"
    assert "client-request-id" not in post(session, GET_FOLDER).headers
    unwanted = {**told, "return-client-request-id": "false"}
    assert "client-request-id" not in post(session, GET_FOLDER, **unwanted).headers


def test_the_affinity_cookie_comes_with_a_subscription_on_demand(
    small: RunningSimulator, client: Client
) -> None:
    session = client(small)
    post(session, SUBSCRIBE)
    assert "X-BackEndOverrideCookie" not in session.cookies
    post(session, GET_FOLDER, **{"X-PreferServerAffinity": "True"})
    assert "X-BackEndOverrideCookie" not in session.cookies
    first = post(session, SUBSCRIBE, **{"X-PreferServerAffinity": "True"})
    assert "X-BackEndOverrideCookie=" in first.headers["Set-Cookie"]
    again = post(session, SUBSCRIBE, **{"X-PreferServerAffinity": "True"})
    assert "Set-Cookie" not in again.headers, "what the client brings is not set again"


def _broken(_exchange: Exchange, _mailbox: Mailbox, _body: bytes) -> EwsAnswer:
    raise ZeroDivisionError("a flaw")


def _broken_stream(_exchange: Exchange, _mailbox: Mailbox, _body: bytes) -> EwsAnswer:
    def pieces(_ended: Event) -> Iterator[bytes]:
        yield b"<first/>"
        raise ZeroDivisionError("a flaw")

    return EwsAnswer(200, b"", {}, "GetStreamingEvents", pieces)


def test_a_flaw_of_the_simulator_is_an_internal_server_error_with_its_cause_in_the_log(
    small_exchange: Exchange, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR), start(small_exchange, answer_ews=_broken) as simulator:
        answer = post(client(simulator), GET_FOLDER)
        assert answer.status_code == 500
        assert "ErrorInternalServerError" in answer.text
        assert "flaw" not in answer.text
        [seen] = simulator.log.all()
        assert (seen.operation, seen.status, seen.error) == ("GetFolder", 500, "ZeroDivisionError: a flaw")
    assert [record.name for record in caplog.records] == ["oncetui.simulator"]


def test_a_flaw_is_on_standard_error_while_the_simulator_runs_as_a_command(
    small_exchange: Exchange, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    with flaws_on_standard_error(), start(small_exchange, answer_ews=_broken) as simulator:
        post(client(simulator), GET_FOLDER)
    told = capsys.readouterr().err
    assert "failed to answer GetFolder" in told
    assert "ZeroDivisionError: a flaw" in told


def test_a_flaw_in_the_middle_of_a_stream_cuts_it(
    small_exchange: Exchange, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR), start(small_exchange, answer_ews=_broken_stream) as simulator:
        with pytest.raises(requests.RequestException):
            post(client(simulator), GET_FOLDER)
        assert post(client(simulator), "", **{"Content-Encoding": "gzip"}).status_code == 400
    assert [record.name for record in caplog.records] == ["oncetui.simulator"]


def test_what_is_no_http_is_refused_without_a_word_on_the_screen(
    small: RunningSimulator, caplog: pytest.LogCaptureFixture
) -> None:
    with tls_connection(small) as connection:
        connection.sendall(b"nonsense\r\n\r\n")
        assert connection.recv(1000).startswith(b"HTTP/1.1 400 ")
        assert is_cut(connection)
    assert caplog.records == []
