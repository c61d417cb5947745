"""The server as a network sees it: hosts, paths, headers, going away and coming back."""

import json
import socket
import ssl
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import requests
from requests.auth import HTTPBasicAuth

from oncetui.simulator.serve import RunningSimulator, start
from oncetui.simulator.world import Exchange

Client = Callable[[RunningSimulator], requests.Session]
Control = Callable[..., requests.Response]
MAIL = "https://mail.contoso.example"
ANNA = HTTPBasicAuth(b"anna@contoso.example", "Süß & 5 €".encode())


def https_port(simulator: RunningSimulator) -> int:
    return int(simulator.ready["https"].rpartition(":")[2])


def tls_connection(simulator: RunningSimulator) -> ssl.SSLSocket:
    context = ssl.create_default_context(cafile=simulator.ready["ca_file"])
    plain = socket.create_connection(("127.0.0.1", https_port(simulator)), 5)
    return context.wrap_socket(plain, server_hostname="mail.contoso.example")


def is_cut(connection: socket.socket) -> bool:
    """Whether the other side has closed; waits up to the socket's timeout."""
    try:
        return connection.recv(1) == b""
    except ConnectionError:
        return True


def test_the_ready_line_has_exactly_the_agreed_keys(small: RunningSimulator) -> None:
    assert set(small.ready) == {
        "ready",
        "https",
        "ews_url",
        "ca_file",
        "connect_to",
        "control",
        "token",
        "mailboxes",
    }
    assert small.ready["ready"] is True
    assert json.loads(json.dumps(small.ready)) == small.ready
    assert [box["email"] for box in small.ready["mailboxes"]] == list(small.exchange.mailboxes)
    assert small.ready["mailboxes"][1] == {
        "email": "ben@contoso.example",
        "username": "CONTOSO\\bmeyer",
        "password": "ben's password",
        "ews_url": "https://mail.contoso.example/EWS/Exchange.asmx",
        "needs": ["username"],
    }


def test_every_host_of_the_scenario_is_routed_to_this_machine(small: RunningSimulator) -> None:
    routed = {tuple(route.split(":")[:2]) for route in small.ready["connect_to"]}
    for domain in small.exchange.domains.values():
        for host in (domain.name, domain.autodiscover_host, domain.ews_host):
            assert {(host, "443"), (host, "80")} <= routed
    assert {route.split(":")[2] for route in small.ready["connect_to"]} == {"127.0.0.1"}
    assert len(routed) == len(small.ready["connect_to"]), "one route for each host and port"


@pytest.mark.parametrize("path", ["/EWS/Exchange.asmx", "/ews/exchange.asmx", "/eWs/ExChAnGe.AsMx"])
def test_paths_are_compared_without_regard_to_case(
    small: RunningSimulator, client: Client, path: str
) -> None:
    answer = client(small).get(MAIL + path, auth=ANNA)
    assert answer.status_code == 200
    assert "You have created a service" in answer.text


@pytest.mark.parametrize(
    ("url", "status"),
    [
        (f"{MAIL}/nothing/here", 404),
        (f"{MAIL}/owa/auth/logon.aspx", 200),
        ("https://contoso.example/", 200),
        ("https://contoso.example/EWS/Exchange.asmx", 404),
        ("https://contoso.example/autodiscover/autodiscover.xml", 404),
        ("http://mail.contoso.example/EWS/Exchange.asmx", 403),
    ],
)
def test_what_is_not_exchange_answers_as_a_web_server(
    small: RunningSimulator, client: Client, url: str, status: int
) -> None:
    answer = client(small).get(url, allow_redirects=False)
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("text/html")
    assert answer.headers["Server"] == "Microsoft-IIS/10.0"


@pytest.mark.parametrize("path", ["/", "/owa", "/owa/", "/ecp"])
def test_a_browser_is_sent_to_the_sign_in_form(small: RunningSimulator, client: Client, path: str) -> None:
    answer = client(small).get(MAIL + path, allow_redirects=False)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(f"{MAIL}/owa/auth/logon.aspx?")


def test_a_web_site_has_no_marks_of_exchange(small: RunningSimulator, client: Client) -> None:
    site = client(small).get("https://contoso.example/").headers
    assert not {"X-FEServer", "X-OWA-Version", "request-id"} & set(site)


def test_a_refusal_carries_the_headers_of_a_real_one(small: RunningSimulator, client: Client) -> None:
    answer = client(small).post(f"{MAIL}/EWS/Exchange.asmx")
    names = [name for name, _ in answer.raw.headers.items()]
    for name in (
        "Server",
        "request-id",
        "X-OWA-Version",
        "X-Powered-By",
        "X-FEServer",
        "Date",
        "WWW-Authenticate",
    ):
        assert name in names, "spelled as real servers spell it"
    assert names.count("Date") == 1
    assert answer.headers["Content-Length"] == "0"


def test_the_address_of_loopback_reaches_exchange_too(small: RunningSimulator, client: Client) -> None:
    assert client(small).get(small.ready["https"] + "/EWS/Exchange.asmx", auth=ANNA).status_code == 200


def test_requests_in_a_row_use_one_connection(small: RunningSimulator, client: Client) -> None:
    session = client(small)
    for _ in range(5):
        session.get(f"{MAIL}/EWS/Exchange.asmx", auth=ANNA)
    assert len({seen.connection for seen in small.log.all()}) == 1


def test_a_client_that_expects_100_continue_is_told_to_go_on(small: RunningSimulator) -> None:
    with tls_connection(small) as connection:
        connection.sendall(
            b"POST /EWS/Exchange.asmx HTTP/1.1\r\nHost: mail.contoso.example\r\n"
            b"Content-Length: 4\r\nExpect: 100-continue\r\n\r\n"
        )
        assert connection.recv(1000).startswith(b"HTTP/1.1 100 ")
        connection.sendall(b"<a/>")
        assert connection.recv(1000).startswith(b"HTTP/1.1 401 ")


def test_going_down_cuts_and_refuses_and_coming_back_answers_on_the_same_port(
    small: RunningSimulator, client: Client, control: Control
) -> None:
    with tls_connection(small) as open_connection:
        assert control(small, "PUT", "/down").status_code == 204
        assert is_cut(open_connection)
    for port in (https_port(small), int(small.ready["connect_to"][1].rpartition(":")[2])):
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), 5)
    assert control(small, "PUT", "/down").status_code == 204, "again is no error"
    assert control(small, "DELETE", "/down").status_code == 204
    assert client(small).get(f"{MAIL}/EWS/Exchange.asmx", auth=ANNA).status_code == 200
    assert control(small, "DELETE", "/down").status_code == 204


def test_a_handshake_under_way_does_not_outlive_going_down(small: RunningSimulator, control: Control) -> None:
    context = ssl.create_default_context(cafile=small.ready["ca_file"])
    with socket.create_connection(("127.0.0.1", https_port(small)), 5) as plain:
        control(small, "GET", "/requests")  # a round trip, by which the connection has been taken
        control(small, "PUT", "/down")
        try:
            with context.wrap_socket(plain, server_hostname="mail.contoso.example") as late:
                assert is_cut(late)
        except (ConnectionError, ssl.SSLError):
            pass
    assert len(small.connections) == 0


def test_it_goes_down_and_up_many_times(small: RunningSimulator, client: Client, control: Control) -> None:
    for _ in range(10):
        session = client(small)
        assert session.get(f"{MAIL}/EWS/Exchange.asmx").status_code == 401
        control(small, "PUT", "/down")
        control(small, "DELETE", "/down")


def test_silent_domains_refuse_at_once(small: RunningSimulator, client: Client) -> None:
    for host in ("fabrikam.example", "autodiscover.fabrikam.example"):
        for scheme in ("https", "http"):
            with pytest.raises(requests.ConnectionError) as refused:
                client(small).get(f"{scheme}://{host}/autodiscover/autodiscover.xml", timeout=20)
            assert not isinstance(refused.value, requests.Timeout)


def test_one_slow_answer_holds_up_nobody_else(
    small: RunningSimulator, client: Client, control: Control
) -> None:
    control(small, "PUT", "/faults/slow", {"seconds": 30, "times": 1})
    with tls_connection(small) as waiting:
        waiting.sendall(b"GET /slow HTTP/1.1\r\nHost: mail.contoso.example\r\n\r\n")
        while not small.log.all():
            time.sleep(0.01)
        assert client(small).get(f"{MAIL}/EWS/Exchange.asmx", auth=ANNA).status_code == 200


def test_stopping_frees_the_ports_and_removes_the_authority(small_exchange: Exchange) -> None:
    simulator = start(small_exchange)
    connection = tls_connection(simulator)
    simulator.stop()
    with connection:
        assert is_cut(connection)
    assert not Path(simulator.ready["ca_file"]).parent.exists()
    with start(small_exchange, port=https_port(simulator)) as again:
        assert https_port(again) == https_port(simulator)
    simulator.stop()


def test_a_port_that_is_taken_is_an_error_and_leaves_no_thread_behind(
    small: RunningSimulator, small_exchange: Exchange
) -> None:
    before = set(threading.enumerate())
    with pytest.raises(OSError, match="in use"):
        start(small_exchange, port=https_port(small))
    for thread in set(threading.enumerate()) - before:
        thread.join(5)
        assert not thread.is_alive()


def test_an_unknown_scenario_is_named_with_those_there_are() -> None:
    with pytest.raises(LookupError, match="default"):
        start("nonsense")


def test_the_authority_file_is_private(small: RunningSimulator) -> None:
    ca_file = Path(small.ready["ca_file"])
    assert ca_file.stat().st_mode & 0o777 == 0o600
    assert ca_file.parent.stat().st_mode & 0o777 == 0o700
    assert "PRIVATE KEY" not in ca_file.read_text()
    assert list(ca_file.parent.iterdir()) == [ca_file]
