"""The bad line itself: what it passes, and where it ends."""

import contextlib
import socket
import socketserver
import threading
from collections.abc import Iterator

import pytest

from tests.fault_proxy.proxy import FaultProxy, fault_proxy


class Echo(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        with contextlib.suppress(OSError):
            while some := self.request.recv(4096):
                self.request.sendall(some)


@pytest.fixture
def line() -> Iterator[FaultProxy]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Echo) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with fault_proxy("127.0.0.1", server.server_address[1]) as proxy:
            yield proxy
        server.shutdown()


def caller(line: FaultProxy, patience: float = 10) -> socket.socket:
    return socket.create_connection(("127.0.0.1", line.port), timeout=patience)


def heard(call: socket.socket, said: bytes) -> bytes:
    """Say something and return what comes back until it is all there, or the line ends."""
    call.sendall(said)
    back = b""
    while len(back) < len(said) and (some := call.recv(4096)):
        back += some
    return back


def heard_in_time(call: socket.socket) -> bytes:
    try:
        return call.recv(4096)
    except TimeoutError:
        return b""


def test_a_good_line_passes_everything_and_counts_it(line: FaultProxy) -> None:
    with caller(line) as call:
        assert heard(call, b"0123456789") == b"0123456789"
    assert (line.passed.up, line.passed.down, line.connections) == (10, 10, 1)


@pytest.mark.parametrize("after", [0, 1, 9])
def test_an_answer_is_cut_after_so_many_bytes_and_the_next_connection_is_whole(
    line: FaultProxy, after: int
) -> None:
    with caller(line) as call:
        assert heard(call, b"hello") == b"hello"
        line.cut(down=after)
        assert heard(call, b"0123456789") == b"0123456789"[:after]
    with caller(line) as call:
        assert heard(call, b"0123456789") == b"0123456789"
    assert line.cuts == 1


def test_a_question_is_cut_before_it_is_whole(line: FaultProxy) -> None:
    with caller(line) as call:
        line.cut(up=4)
        assert len(heard(call, b"0123456789")) <= 4
    assert line.passed.up == 4


def test_a_reset_is_told_as_one(line: FaultProxy) -> None:
    with caller(line) as call:
        line.cut(up=0, reset=True)
        with pytest.raises(ConnectionResetError):
            heard(call, b"0123456789")


def test_a_silent_line_stays_open_and_says_nothing_until_it_is_healed(line: FaultProxy) -> None:
    with caller(line, patience=0.2) as call:
        line.silence(down=3)
        call.sendall(b"0123456789")
        back = b"".join(iter(lambda: heard_in_time(call), b""))
        assert back == b"012"
        line.heal()
        call.settimeout(10)
        while len(back) < 10:
            back += call.recv(4096)
        assert back == b"0123456789"


def test_a_dripping_line_loses_nothing(line: FaultProxy) -> None:
    with caller(line) as call:
        line.drip(size=1, pause=0.0001)
        assert heard(call, b"0123456789" * 5) == b"0123456789" * 5
