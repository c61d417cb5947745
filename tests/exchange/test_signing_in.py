"""What a 401 means that answers credentials, by a server or a proxy that keeps the schemes to itself."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from oncetui.exchange.opening import ExchangeOpener
from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import Access, Detour, NetworkRoute, Scheme, SignIn, UsernameForm
from oncetui.model.problem import ProblemError
from oncetui.model.secret import Secret
from oncetui.simulator.web.certificates import issue
from tests.exchange.servers import letting_through, read_head, serving
from tests.exchange.site import CONTOSO, HORIZON, Site

ANNA, HOST = "anna@contoso.example", "mail.contoso.example"


class Silent401:
    """A server that names its scheme to those who ask without credentials, and to nobody else."""

    def __init__(self, *, names: bool) -> None:
        self.with_credentials = 0
        self._names = names

    def __call__(self, connection: ssl.SSLSocket) -> None:
        while head := read_head(connection):
            signed_in = b"\r\nauthorization:" in head.lower()
            self.with_credentials += signed_in
            named = b"" if signed_in or not self._names else b"WWW-Authenticate: Basic realm=x\r\n"
            length = int(head.lower().partition(b"content-length:")[2].split()[0])
            while length > 0:
                length -= len(connection.recv(length))
            connection.sendall(b"HTTP/1.1 401 Unauthorized\r\n" + named + b"Content-Length: 0\r\n\r\n")


@contextmanager
def reached(server: Silent401, folder: Path) -> Iterator[Access]:
    certificate = issue([HOST], ["contoso.example"], datetime.now(UTC))
    ca_file = folder / "ca.pem"
    ca_file.write_bytes(certificate.authority_pem)
    context = certificate.tls_context()

    def secured(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as tls:
            server(tls)

    with serving(secured) as port:
        route = NetworkRoute(ca_file=ca_file, detours=(Detour(HOST, 443, "127.0.0.1", port),))
        sign_in = SignIn(ANNA, UsernameForm.EMAIL, Scheme.BASIC)
        yield Access(ANNA, CONTOSO, sign_in, route)


def refusal(access: Access) -> ProblemError:
    with pytest.raises(ProblemError) as caught:
        ExchangeOpener().open(access, Secret("wrong"), Cancellation())
    return caught.value


def test_a_401_without_schemes_to_credentials_alone_is_a_refusal_of_them(tmp_path: Path) -> None:
    server = Silent401(names=True)
    with reached(server, tmp_path) as access:
        error = refusal(access)
    assert error.secret_refused
    assert error.problem.code == "password-refused"
    assert server.with_credentials == 1


def test_a_401_without_schemes_to_anybody_says_nothing_of_the_password(tmp_path: Path) -> None:
    server = Silent401(names=False)
    with reached(server, tmp_path) as access:
        error = refusal(access)
    assert not error.secret_refused
    assert error.problem.code == "no-sign-in-offered"


def test_a_changed_password_is_not_sent_again_where_the_server_goes_right_after_refusing_it(
    own_site: Site,
) -> None:
    with serving(letting_through(int(own_site.ready["https"].rpartition(":")[2]), 2)) as port:
        access = own_site.access(ANNA, Scheme.BASIC, route=own_site.route_to(HOST, port))
        gateway = ExchangeOpener().open(access, own_site.secret(ANNA), Cancellation())
        calendar = gateway.calendars()[0]
        own_site.control("PUT", f"/mailboxes/{ANNA}/password", password="another one")  # cuts the first one
        own_site.forget()
        failures = []
        for _ in range(3):
            with pytest.raises(ProblemError) as caught:
                gateway.busy_time(calendar, HORIZON)
            failures.append(caught.value)
        if failures[0].problem.code == "connection-lost":  # the cut is seen first, or with the refusal
            del failures[0]
        assert [failure.secret_refused for failure in failures] == [True] * len(failures)
        gateway.close()
    assert own_site.count("refused") == 1
