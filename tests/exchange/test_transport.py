"""The way to a server: trust, pins, detours, proxy, limits, and the end of all waiting."""

import hashlib
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import requests

from oncetui.exchange.discovery.discovering import ExchangeDiscovery
from oncetui.exchange.transport.failures import AnswerTooLargeError, ProxyRefusalError
from oncetui.exchange.transport.transport import USER_AGENT, Transport
from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.connection import Detour, NetworkRoute, ServerFacts
from oncetui.model.discovering import ServerProbe
from oncetui.model.problem import ProblemError
from oncetui.model.secret import Secret
from tests.exchange.servers import Proxy, Speech, saying, serving, silent
from tests.exchange.site import CONTOSO, Site

HOST = "mail.contoso.example"


def probe(route: NetworkRoute, url: str = CONTOSO) -> ServerProbe:
    return ExchangeDiscovery().probe(url, route, Cancellation())


def problem_code(route: NetworkRoute, url: str = CONTOSO) -> str:
    with pytest.raises(ProblemError) as caught:
        probe(route, url)
    return caught.value.problem.code


def certificate_of(site: Site) -> str:
    port = next(detour.to_port for detour in site.detours if detour.host == HOST)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection(("127.0.0.1", port)) as raw, context.wrap_socket(raw) as secured:
        shown = secured.getpeercert(binary_form=True)
    assert shown is not None
    return hashlib.sha256(shown).hexdigest()


def test_a_ca_file_is_trusted_beside_the_system(site: Site) -> None:
    assert probe(site.route).server == ServerFacts(build="15.2.1544.11")


def test_an_unknown_authority_is_not_trusted_and_nothing_is_sent(site: Site) -> None:
    assert problem_code(replace(site.route, ca_file=None)) == "certificate-untrusted"
    assert site.seen == []


def test_environment_variables_have_no_say_in_trust(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(site.ca_file))
    monkeypatch.setenv("CURL_CA_BUNDLE", str(site.ca_file))
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    assert problem_code(replace(site.route, ca_file=None)) == "certificate-untrusted"


def test_a_certificate_for_another_name_is_refused(site: Site) -> None:
    route = replace(site.route, detours=(Detour("other.contoso.example", 443, "127.0.0.1", _https(site)),))
    assert problem_code(route, "https://other.contoso.example/EWS/Exchange.asmx") == "certificate-name"


@pytest.mark.parametrize(
    "spelling", [str.lower, str.upper, lambda pin: ":".join(pin[i : i + 2] for i in range(0, 64, 2))]
)
def test_a_pin_replaces_the_chain_check_for_its_host(site: Site, spelling: object) -> None:
    assert callable(spelling)
    pin = spelling(certificate_of(site))
    assert probe(replace(site.route, ca_file=None, pins=((HOST, pin),))).status == 401


def test_a_changed_certificate_fails_the_pin_before_anything_is_sent(site: Site) -> None:
    site.forget()
    assert problem_code(replace(site.route, pins=((HOST, "0" * 64),))) == "certificate-changed"
    assert site.seen == []


def test_a_pin_says_nothing_about_other_hosts(site: Site) -> None:
    route = replace(site.route, ca_file=None, pins=(("owa.fabrikam.example", certificate_of(site)),))
    assert problem_code(route) == "certificate-untrusted"


def test_a_missing_ca_file_is_told_by_its_path(site: Site, tmp_path: Path) -> None:
    assert problem_code(replace(site.route, ca_file=tmp_path / "none.pem")) == "ca-file-unreadable"


def test_a_ca_file_without_certificates_is_told(site: Site, tmp_path: Path) -> None:
    (tmp_path / "empty.pem").write_text("no certificate")
    assert problem_code(replace(site.route, ca_file=tmp_path / "empty.pem")) == "ca-file-unreadable"


def test_a_refused_connection_is_not_told_as_a_time_out(site: Site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert problem_code(site.route_to(HOST, port)) == "connection-refused"


def test_another_service_on_the_port_is_not_https(site: Site) -> None:
    plain = next(detour.to_port for detour in site.detours if detour.host == HOST and detour.port == 80)
    assert problem_code(site.route_to(HOST, plain)) == "not-https"


def test_a_connection_cut_in_the_handshake_is_told_apart_from_certificates(site: Site) -> None:
    with serving(lambda connection: None) as port:
        assert problem_code(site.route_to(HOST, port)) == "handshake-cut"


def test_names_that_cannot_be_names_are_not_found() -> None:
    long_label = "x" * 70
    assert problem_code(NetworkRoute(), f"https://{long_label}.invalid/EWS/Exchange.asmx") == "host-not-found"


@pytest.fixture
def cancelling() -> Iterator[Cancellation]:
    cancellation = Cancellation()
    yield cancellation
    cancellation.cancel()


def _cancelled_after(arrived: threading.Event, cancellation: Cancellation) -> list[float]:
    times: list[float] = []

    def cancel() -> None:
        arrived.wait(10)
        times.append(time.monotonic())
        cancellation.cancel()

    threading.Thread(target=cancel, daemon=True).start()
    return times


def test_cancelling_ends_a_handshake_with_a_silent_host_at_once(site: Site, cancelling: Cancellation) -> None:
    arrived = threading.Event()
    times = _cancelled_after(arrived, cancelling)
    with serving(silent(arrived)) as port, pytest.raises(CancelledByUserError):
        ExchangeDiscovery().probe(CONTOSO, site.route_to(HOST, port), cancelling)
    assert time.monotonic() - times[0] < 2


def test_cancelling_ends_the_wait_for_a_slow_answer(site: Site, cancelling: Cancellation) -> None:
    site.control("PUT", "/faults/slow", seconds=20)
    arrived = threading.Event()

    def look() -> None:
        while not site.seen:
            time.sleep(0.005)
        arrived.set()

    threading.Thread(target=look, daemon=True).start()
    times = _cancelled_after(arrived, cancelling)
    with pytest.raises(CancelledByUserError):
        ExchangeDiscovery().probe(CONTOSO, site.route, cancelling)
    assert time.monotonic() - times[0] < 2


def test_work_that_was_cancelled_before_begins_nothing(site: Site) -> None:
    cancellation = Cancellation()
    cancellation.cancel()
    with pytest.raises(CancelledByUserError):
        ExchangeDiscovery().probe(CONTOSO, site.route, cancellation)
    assert site.seen == []


def test_an_answer_without_end_is_cut_at_a_sane_size() -> None:
    body = b"x" * 70_000
    head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body)
    with serving(saying(head + body)) as port:
        session = Transport(NetworkRoute()).session()
        session.get_adapter("http://").largest_answer = 65_536  # type: ignore[attr-defined]  # our adapter's
        with session, pytest.raises(AnswerTooLargeError):
            session.get(f"http://127.0.0.1:{port}/")


def test_a_dripping_answer_ends_with_the_limit_for_the_whole() -> None:
    def drip(connection: socket.socket) -> None:
        connection.recv(4096)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        while True:
            connection.sendall(b".")
            time.sleep(0.02)

    with serving(drip) as port:
        session = Transport(NetworkRoute()).session()
        session.get_adapter("http://").whole_request_seconds = 0.2  # type: ignore[attr-defined]  # our adapter's
        with session, pytest.raises(TimeoutError):
            session.get(f"http://127.0.0.1:{port}/")


def dripping(start: bytes, drop: bytes) -> Speech:
    """Begin an answer, and go on with a drop at a time for as long as somebody listens."""

    def speech(connection: socket.socket) -> None:
        connection.recv(4096)
        connection.sendall(start)
        while True:
            connection.sendall(drop)
            time.sleep(0.01)

    return speech


@pytest.mark.parametrize("proxied", [False, True])
def test_neither_a_handshake_nor_a_tunnel_that_drips_lasts_for_ever(proxied: bool) -> None:
    speech = dripping(b"HTTP/1.1 200 ", b"o") if proxied else dripping(b"\x16\x03\x03\x3f\xff", b"\x00")
    with serving(speech) as port:
        detour = Detour("mail.contoso.example", 443, "127.0.0.1", port)
        route = NetworkRoute(proxy=f"http://127.0.0.1:{port}") if proxied else NetworkRoute(detours=(detour,))
        with pytest.raises((OSError, http.client.HTTPException)):
            Transport(route).reach("mail.contoso.example", 443, seconds=0.3)


def test_a_redirect_is_never_followed() -> None:
    answer = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n"
    with serving(saying(answer)) as port, Transport(NetworkRoute()).session() as session:
        assert session.get(f"http://127.0.0.1:{port}/").status_code == 302


def test_requests_name_the_program_and_nothing_of_the_environment() -> None:
    heads: list[bytes] = []

    def listen(connection: socket.socket) -> None:
        heads.append(connection.recv(4096))
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    with serving(listen) as port, Transport(NetworkRoute()).session() as session:
        session.get(f"http://127.0.0.1:{port}/")
    assert f"User-Agent: {USER_AGENT}".encode() in heads[0]


def test_a_proxy_is_asked_for_a_tunnel_with_its_own_password_in_utf_8(site: Site) -> None:
    proxy = Proxy()
    with serving(proxy) as port:
        route = replace(
            site.route,
            proxy=f"http://127.0.0.1:{port}",
            proxy_user="anna",
            proxy_password=Secret("5 € für den Proxy"),
        )
        assert probe(route).status == 401
    assert proxy.heads[0].startswith(f"CONNECT 127.0.0.1:{_https(site)} HTTP/1.1".encode())
    assert b"Proxy-Authorization: Basic YW5uYTo1IOKCrCBmw7xyIGRlbiBQcm94eQ==" in proxy.heads[0]
    assert b"Proxy" not in b"".join(proxy.heads[1:])


def test_a_proxy_that_wants_a_sign_in_is_named(site: Site) -> None:
    refusal = b"HTTP/1.1 407 No\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n"
    with serving(Proxy(refusal)) as port:
        route = replace(site.route, proxy=f"http://127.0.0.1:{port}")
        assert problem_code(route) == "proxy-sign-in"
    assert site.seen == []


def test_a_proxy_that_refuses_the_host_is_told_apart(site: Site) -> None:
    with serving(Proxy(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")) as port:
        assert problem_code(replace(site.route, proxy=f"http://127.0.0.1:{port}")) == "proxy-refuses"


def test_a_proxy_that_is_not_there_is_not_told_as_the_server(site: Site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert problem_code(replace(site.route, proxy=f"http://127.0.0.1:{port}")) == "proxy-unreachable"


def test_the_error_of_a_refused_request_holds_no_credentials(site: Site) -> None:
    class Signed:
        def send(self, request: requests.PreparedRequest, wire: object) -> requests.Response:
            forwarded: requests.Response = wire.forward(request, "Basic c2VjcmV0")  # type: ignore[attr-defined]  # our adapter's
            return forwarded

    with serving(lambda connection: None) as port:
        transport = Transport(site.route_to(HOST, port))
        with transport.session(Signed()) as session, pytest.raises(requests.RequestException) as caught:
            session.post(CONTOSO, data=b"")
    assert caught.value.request is not None
    assert "Authorization" not in caught.value.request.headers


def test_a_refusal_by_a_proxy_knows_its_status() -> None:
    assert ProxyRefusalError(502).status == 502


def _https(site: Site) -> int:
    return next(detour.to_port for detour in site.detours if detour.host == HOST and detour.port == 443)
