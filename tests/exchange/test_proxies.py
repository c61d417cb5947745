"""Proxies: a real squid, and small ones of the tests' own for what squid does not do."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from oncetui.exchange.discovery.discovering import ExchangeDiscovery
from oncetui.exchange.opening import ExchangeOpener
from oncetui.exchange.transport.proxies import proxy_towards
from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import BY_ENVIRONMENT, NO_PROXY, Detour, NetworkRoute, Scheme
from oncetui.model.discovering import SearchResult, ServerProbe
from oncetui.model.problem import Problem, ProblemError
from oncetui.model.secret import Secret
from oncetui.simulator.web.authority import Issued, Validity, root, server
from tests.exchange.servers import Proxy, Speech, read_head, serving
from tests.exchange.site import CONTOSO, Site
from tests.exchange.squid import PROXY_PASSWORD, PROXY_USER, Squid, squid

ANNA = "anna@contoso.example"
HOST = "mail.contoso.example"


@pytest.fixture(scope="module")
def open_squid() -> Iterator[Squid]:
    with squid() as running:
        yield running


@pytest.fixture(scope="module")
def asking_squid() -> Iterator[Squid]:
    """A squid that wants a sign-in."""
    with squid(sign_in=True) as running:
        yield running


def by(site: Site, proxy: str, password: str | None = None) -> NetworkRoute:
    route = replace(site.route, proxy=proxy)
    if password is None:
        return route
    return replace(route, proxy_user=PROXY_USER, proxy_password=Secret(password))


def probe(route: NetworkRoute) -> ServerProbe:
    return ExchangeDiscovery().probe(CONTOSO, route, Cancellation())


def problem(route: NetworkRoute) -> Problem:
    with pytest.raises(ProblemError) as caught:
        probe(route)
    return caught.value.problem


def search(route: NetworkRoute) -> SearchResult:
    return ExchangeDiscovery(lambda *_: []).search(ANNA, route, lambda _: None, Cancellation())


def test_squid_leads_to_the_server_and_ntlm_goes_through_it(site: Site, open_squid: Squid) -> None:
    access = site.access(ANNA, Scheme.NTLM, route=by(site, open_squid.url))
    gateway = ExchangeOpener().open(access, site.secret(ANNA), Cancellation())
    with contextlib.closing(gateway):
        assert gateway.calendars()
    assert site.count("refused") == 0


def test_a_squid_that_wants_a_sign_in_is_named_with_both_fields(site: Site, asking_squid: Squid) -> None:
    told = problem(by(site, asking_squid.url))
    assert told.code == "proxy-sign-in"
    assert told.fields == ("proxy_user", "proxy_password")
    assert dict(told.evidence)["proxy"] == asking_squid.url
    assert site.seen == []


def test_squid_takes_user_and_password_in_utf_8(site: Site, asking_squid: Squid) -> None:
    assert probe(by(site, asking_squid.url, PROXY_PASSWORD)).status == 401


def test_a_refused_proxy_password_is_told_apart_from_one_that_is_missing(
    site: Site, asking_squid: Squid
) -> None:
    mark = asking_squid.mark()
    told = problem(by(site, asking_squid.url, "Canary-7"))
    assert told.code == "proxy-password-refused"
    assert "Canary-7" not in repr(told)
    assert asking_squid.refusals_since(mark) == 1


def test_a_search_costs_one_refused_sign_in_at_the_proxy(site: Site, asking_squid: Squid) -> None:
    mark = asking_squid.mark()
    found = search(by(site, asking_squid.url, "Canary-7"))
    assert found.problem is not None
    assert found.problem.code == "proxy-password-refused"
    assert asking_squid.refusals_since(mark) == 1


def test_a_search_goes_through_a_proxy_that_wants_a_sign_in(site: Site, asking_squid: Squid) -> None:
    mark = asking_squid.mark()
    assert search(by(site, asking_squid.url, PROXY_PASSWORD)).servers
    assert asking_squid.refusals_since(mark) == 0


def test_a_proxy_that_takes_ntlm_alone_is_for_it(site: Site) -> None:
    with squid(ntlm_alone=True) as running:
        told = problem(by(site, running.url, PROXY_PASSWORD))
    assert (told.code, told.who) == ("proxy-sign-in-unsupported", "it")
    assert "NTLM" in told.what


def test_a_server_that_squid_cannot_reach_is_no_fault_of_the_proxys_sign_in(
    site: Site, open_squid: Squid
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    told = problem(replace(site.route_to(HOST, port), proxy=open_squid.url))
    assert (told.code, told.who) == ("proxy-cannot-reach", "retry")
    assert dict(told.evidence)["reason"] == "ERR_CONNECT_FAIL"


@pytest.fixture(scope="module")
def authority() -> Issued:
    return root(["contoso.example"], datetime.now(UTC), "Proxy CA")


def own_certificate(authority: Issued) -> Issued:
    return server(["proxy.contoso.example"], Validity.around(datetime.now(UTC)), authority)


def trusting_both(site: Site, authority: Issued, folder: Path) -> Path:
    path = folder / "both.pem"
    path.write_bytes(site.ca_file.read_bytes() + authority.pem)
    return path


def test_an_https_proxy_is_spoken_to_in_tls(site: Site, authority: Issued, tmp_path: Path) -> None:
    with squid(sign_in=True, certificate=own_certificate(authority)) as running:
        assert running.url.startswith("https://")
        route = replace(
            by(site, running.url, PROXY_PASSWORD), ca_file=trusting_both(site, authority, tmp_path)
        )
        assert probe(route).status == 401
        access = site.access(ANNA, Scheme.NTLM, route=route)
        with contextlib.closing(ExchangeOpener().open(access, site.secret(ANNA), Cancellation())) as gateway:
            assert gateway.calendars()


@pytest.mark.parametrize("certified", [True, False])
def test_an_https_proxy_that_cannot_prove_itself_gets_no_password(
    site: Site, authority: Issued, tmp_path: Path, certified: bool
) -> None:
    said: list[bytes] = []

    def speech(connection: socket.socket) -> None:
        if certified:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            issued = own_certificate(authority)
            (tmp_path / "own.pem").write_bytes(issued.pem + issued.key_pem)
            context.load_cert_chain(tmp_path / "own.pem")
            connection = context.wrap_socket(connection, server_side=True)
        with connection:
            said.append(connection.recv(4096))

    with serving(speech) as port:
        told = problem(by(site, f"https://127.0.0.1:{port}", PROXY_PASSWORD))
    assert told.code == ("proxy-certificate" if certified else "proxy-unreachable")
    assert b"CONNECT" not in b"".join(said)


def test_a_pin_holds_through_an_https_proxy_too(site: Site, authority: Issued, tmp_path: Path) -> None:
    def speech(connection: socket.socket) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tmp_path / "own.pem")
        with context.wrap_socket(connection, server_side=True) as secured:
            Proxy()(secured)

    issued = own_certificate(authority)
    (tmp_path / "own.pem").write_bytes(issued.pem + issued.key_pem)
    with serving(speech) as port:
        route = replace(
            by(site, f"https://127.0.0.1:{port}"),
            ca_file=trusting_both(site, authority, tmp_path),
            pins=((HOST, "0" * 64),),
        )
        told = problem(route)
        assert told.code == "certificate-changed"
        shown = dict(told.evidence)["sha256"]
        assert probe(replace(route, pins=((HOST, shown),))).status == 401
    assert site.count("none") > 0


def cutting(head: list[bytes]) -> Speech:
    def speech(connection: socket.socket) -> None:
        head.append(read_head(connection))

    return speech


def test_a_proxy_that_cuts_is_not_told_as_the_server(site: Site) -> None:
    heads: list[bytes] = []
    with serving(cutting(heads)) as port:
        told = problem(by(site, f"http://127.0.0.1:{port}"))
    assert (told.code, told.who) == ("proxy-cuts", "retry")
    assert heads[0].startswith(b"CONNECT ")


def test_a_proxy_whose_name_nobody_knows_is_not_told_as_the_server(site: Site) -> None:
    told = problem(by(site, f"http://{'x' * 70}.invalid:3128"))
    assert told.code == "proxy-unreachable"


def test_many_connections_at_once_cost_one_refused_sign_in(site: Site) -> None:
    refusal = b'HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm="p"\r\nContent-Length: 0\r\n\r\n'
    proxy = Proxy(refusal)
    with serving(proxy) as port:
        search(by(site, f"http://127.0.0.1:{port}", "Canary-7"))
    assert sum(b"Proxy-Authorization" in head for head in proxy.heads) == 1


def test_plain_requests_go_to_the_proxy_as_whole_urls_with_its_password(site: Site) -> None:
    heads: list[bytes] = []
    arrived = threading.Event()

    def speech(connection: socket.socket) -> None:
        heads.append(read_head(connection))
        if heads[-1].startswith(b"GET http://autodiscover."):
            arrived.set()
        connection.sendall(b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n")

    with serving(speech) as port:
        search(by(site, f"http://127.0.0.1:{port}", PROXY_PASSWORD))
    assert arrived.is_set()
    (plain,) = [head for head in heads if head.startswith(b"GET http:")]
    assert b"Proxy-Authorization: Basic" in plain


def test_the_environment_names_the_proxy_only_where_that_was_chosen(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = Proxy()
    with serving(proxy) as port:
        monkeypatch.setenv("https_proxy", f"http://proxy-anna:{'s%40cret'}@127.0.0.1:{port}")
        monkeypatch.setenv("no_proxy", "")
        assert probe(site.route).status == 401
        assert proxy.heads == []
        assert probe(by(site, BY_ENVIRONMENT)).status == 401
    assert b"Proxy-Authorization: Basic cHJveHktYW5uYTpzQGNyZXQ=" in proxy.heads[0]


def test_hosts_of_no_proxy_are_reached_straight(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "contoso.example")
    assert probe(by(site, BY_ENVIRONMENT)).status == 401
    monkeypatch.setenv("no_proxy", "")
    told = problem(by(site, BY_ENVIRONMENT))
    assert dict(told.evidence)["proxy"] == "http://127.0.0.1:9"


@pytest.mark.parametrize("proxy", [None, NO_PROXY])
def test_without_a_proxy_the_way_is_straight(proxy: str | None) -> None:
    assert proxy_towards(NetworkRoute(proxy=proxy), "https", HOST) is None


def test_a_proxy_shows_its_address_without_its_user_and_password() -> None:
    route = NetworkRoute(proxy="https://[::1]", proxy_user="anna", proxy_password=Secret("geheim"))
    found = proxy_towards(route, "https", HOST)
    assert found is not None
    assert found.url == "https://[::1]:443"
    assert "geheim" not in repr(found)


def test_a_tunnel_to_an_ipv6_address_is_asked_for_in_brackets(site: Site) -> None:
    proxy = Proxy(b"HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n")
    with serving(proxy) as port:
        detours = (Detour(HOST, 443, "::1", 8443),)
        told = problem(replace(site.route, proxy=f"http://127.0.0.1:{port}", detours=detours))
    assert told.code == "proxy-refuses"
    assert proxy.heads[0].startswith(b"CONNECT [::1]:8443 HTTP/1.1\r\nHost: [::1]:8443\r\n")
