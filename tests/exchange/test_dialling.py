"""Connecting to the first of several addresses that answers."""

import socket

import pytest

from oncetui.exchange.transport.dialling import dial
from oncetui.exchange.transport.lifeline import Lifeline
from oncetui.exchange.transport.names import Address, addresses_of, inside_address
from oncetui.model.cancellation import CancelledByUserError

V4 = socket.AF_INET


@pytest.fixture
def listening() -> socket.socket:
    return socket.create_server(("127.0.0.1", 0))


def _shut_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


def _full_door() -> tuple[socket.socket, list[socket.socket]]:
    """Return a listener whose queue is full: connections to it get no answer."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=0)
    waiting = []
    for _ in range(4):
        sock = socket.socket()
        sock.setblocking(False)
        sock.connect_ex(listener.getsockname())
        waiting.append(sock)
    return listener, waiting


def test_the_next_address_is_tried_after_a_refusal(listening: socket.socket) -> None:
    addresses: list[Address] = [(V4, ("127.0.0.1", _shut_port())), (V4, listening.getsockname())]
    with listening, dial(addresses, Lifeline(), 5) as connected:
        assert connected.getpeername() == listening.getsockname()


def test_a_silent_address_holds_the_next_one_up_for_a_moment_only(listening: socket.socket) -> None:
    door, waiting = _full_door()
    addresses: list[Address] = [(V4, door.getsockname()), (V4, listening.getsockname())]
    # The silent one outlasts the test, and nothing else would end the wait for it.
    with listening, door, dial(addresses, Lifeline(), 600) as connected:
        assert connected.getpeername() == listening.getsockname()
    for sock in waiting:
        sock.close()


def test_a_refusal_is_told_before_silence() -> None:
    door, waiting = _full_door()
    with door, pytest.raises((ConnectionRefusedError, TimeoutError)) as caught:
        dial([(V4, ("127.0.0.1", _shut_port()))], Lifeline(), 5)
    assert isinstance(caught.value, ConnectionRefusedError)
    for sock in waiting:
        sock.close()


def test_silence_ends_with_the_limit() -> None:
    door, waiting = _full_door()
    with door, pytest.raises(TimeoutError):
        dial([(V4, door.getsockname())], Lifeline(), 0.2)
    for sock in waiting:
        sock.close()


def test_no_address_at_all_is_a_time_out_and_no_crash() -> None:
    with pytest.raises(TimeoutError):
        dial([], Lifeline(), 1)


def test_after_an_abort_nothing_is_dialled() -> None:
    lifeline = Lifeline()
    lifeline.abort()
    with pytest.raises(CancelledByUserError):
        dial([(V4, ("127.0.0.1", _shut_port()))], lifeline, 5)


def test_an_address_is_no_name_and_is_not_looked_up() -> None:
    assert addresses_of("127.0.0.1", 443, Lifeline()) == [(V4, ("127.0.0.1", 443))]


def test_a_socket_that_comes_after_the_abort_is_not_held(listening: socket.socket) -> None:
    lifeline = Lifeline()
    lifeline.abort()
    with listening, pytest.raises(CancelledByUserError):
        lifeline.hold(listening)


@pytest.mark.parametrize(
    ("addresses", "inside"),
    [
        (("10.1.2.3", "192.168.0.9"), "10.1.2.3"),
        (("fd00::1",), "fd00::1"),
        (("10.1.2.3", "8.8.8.8"), None),
        (("127.0.0.1",), None),
        ((), None),
    ],
)
def test_addresses_of_private_networks_are_known(addresses: tuple[str, ...], inside: str | None) -> None:
    known = [(socket.AF_INET, (address, 443)) for address in addresses]
    assert inside_address(known) == inside
