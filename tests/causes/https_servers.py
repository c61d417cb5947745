"""Servers over TLS of the tests' own: they say one thing, break the handshake, or part the requests."""

import contextlib
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from oncetui.simulator.web.authority import Validity, root, server
from tests.exchange.servers import Speech, read_head, saying, serving

HOST = "mail.contoso.example"


@dataclass(frozen=True)
class Identity:
    """A certificate for the host with its key, and the authority that signed it, as files."""

    chain: Path
    authority: Path


def identity(
    folder: Path, authority: str = "An authority of the tests", names: tuple[str, ...] = (HOST,)
) -> Identity:
    """Make a certificate for the host, or for other names of its domain, by an authority of this name."""
    now = datetime.now(UTC)
    above = root([HOST.partition(".")[2]], now, authority)
    below = server(list(names), Validity.around(now), above)
    chain, ca_file = folder / "server.pem", folder / "authority.pem"
    chain.write_bytes(below.pem + below.key_pem)
    ca_file.write_bytes(above.pem)
    return Identity(chain, ca_file)


def secured(
    speech: Speech, own: Identity, ciphers: str | None = None, *, wants_certificate: bool = False
) -> Speech:
    """Let a speech be held inside TLS; `ciphers` narrows TLS 1.2 down to these."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own.chain)
    if wants_certificate:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(own.authority)
    if ciphers is not None:
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        context.set_ciphers(ciphers)

    def inside(connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection.dup() as line:
            try:
                with context.wrap_socket(connection, server_side=True) as tls:
                    speech(tls)
            except ssl.SSLError:
                # A reset would overtake the alert, so that what the client still sends is read.
                line.shutdown(socket.SHUT_WR)
                while line.recv(4096):
                    pass

    return inside


@contextlib.contextmanager
def https_saying(answer: bytes, own: Identity) -> Iterator[int]:
    """Answer the first request of each connection with these bytes, over TLS; yield the port."""
    with serving(secured(saying(answer), own)) as port:
        yield port


def two_lines(behind: int, ca_file: Path) -> Speech:
    """Pass each request on over a line of its own and hang up, as a load balancer without affinity does."""
    context = ssl.create_default_context(cafile=str(ca_file))

    def speech(connection: socket.socket) -> None:
        request = _whole_request(connection)
        with (
            socket.create_connection(("127.0.0.1", behind), 5) as raw,
            context.wrap_socket(raw, server_hostname=HOST) as line,
        ):
            line.sendall(request.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1))
            while piece := line.recv(65536):
                connection.sendall(piece)

    return speech


def _whole_request(connection: socket.socket) -> bytes:
    request = read_head(connection)
    head, _, body = request.partition(b"\r\n\r\n")
    lines = [line.partition(b":") for line in head.split(b"\r\n")]
    lengths = [int(value) for name, _, value in lines if name.lower() == b"content-length"]
    left = (lengths[0] if lengths else 0) - len(body)
    while left > 0 and (piece := connection.recv(65536)):
        request += piece
        left -= len(piece)
    return request
