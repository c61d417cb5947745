"""Small servers of the tests' own: they say one thing, whatever they are asked, or nothing at all."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator

import pytest

from oncetui.exchange.transport.names import Address

Speech = Callable[[socket.socket], None]


@contextlib.contextmanager
def serving(speech: Speech) -> Iterator[int]:
    """Let every connection to a free port be spoken to by `speech`; yield the port."""
    listener = socket.create_server(("127.0.0.1", 0))
    connections: list[socket.socket] = []

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            connections.append(connection)
            threading.Thread(target=_speak, args=(speech, connection), daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for connection in connections:
            connection.close()
        thread.join(5)


@contextlib.contextmanager
def silent_ipv6() -> Iterator[Address]:
    """Yield an IPv6 address of this machine that answers no connection; skip where there is no IPv6."""
    try:
        door = socket.create_server(("::1", 0), family=socket.AF_INET6, backlog=0)
    except OSError:
        pytest.skip("this machine has no IPv6")
    with door, contextlib.ExitStack() as queue:
        for _ in range(4):
            waiting = queue.enter_context(socket.socket(socket.AF_INET6))
            waiting.setblocking(False)
            waiting.connect_ex(door.getsockname())
        yield socket.AF_INET6, door.getsockname()


def silent(arrived: threading.Event) -> Speech:
    """Say nothing until the other side goes away; tell when it has come."""

    def speech(connection: socket.socket) -> None:
        arrived.set()
        while connection.recv(4096):
            pass

    return speech


def saying(answer: bytes) -> Speech:
    """Answer the first request with these bytes and hang up."""

    def speech(connection: socket.socket) -> None:
        read_head(connection)
        connection.sendall(answer)

    return speech


def read_head(connection: socket.socket) -> bytes:
    """Return a request up to the empty line."""
    head = b""
    while b"\r\n\r\n" not in head:
        piece = connection.recv(4096)
        if not piece:
            return head
        head += piece
    return head


class Proxy:
    """An HTTP proxy that lets CONNECT through to a loopback port, or refuses; it keeps the heads it saw."""

    def __init__(self, refusal: bytes | None = None) -> None:
        self.heads: list[bytes] = []
        self._refusal = refusal

    def __call__(self, connection: socket.socket) -> None:
        head = read_head(connection)
        self.heads.append(head)
        if self._refusal is not None:
            connection.sendall(self._refusal)
            return
        host, _, port = head.split()[1].decode().rpartition(":")
        with socket.create_connection((host, int(port)), 5) as server:
            connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=_pump, args=(server, connection), daemon=True)
            back.start()
            _pump(connection, server)
            back.join(5)


def letting_through(port: int, connections: int) -> Speech:
    """Let so many connections through to a loopback port, and hang up on those after them."""
    left = threading.Semaphore(connections)

    def speech(connection: socket.socket) -> None:
        if left.acquire(blocking=False):
            with socket.create_connection(("127.0.0.1", port), 5) as server:
                back = threading.Thread(target=_pump, args=(server, connection), daemon=True)
                back.start()
                _pump(connection, server)
                back.join(5)

    return speech


def _pump(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while piece := source.recv(65536):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)


def _speak(speech: Speech, connection: socket.socket) -> None:
    with contextlib.suppress(OSError), connection:
        speech(connection)
