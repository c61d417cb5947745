"""Our own connections for urllib3, opened by a `Door` and held by its lifeline."""

import socket

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

from oncetui.exchange.transport.door import Door
from oncetui.model.cancellation import CancelledByUserError

CONNECT_SECONDS = 10.0


class HeldConnection(HTTPConnection):
    """A connection whose socket the door's lifeline holds, so that another thread can cut it."""

    def __init__(self, host: str, port: int, door: Door) -> None:
        super().__init__(host, port, timeout=CONNECT_SECONDS)
        self._door = door
        self._held: int | None = None

    def cut(self) -> None:
        """End whatever waits on this connection, from any thread."""
        if self._held is not None:
            self._door.lifeline.cut(self._held)

    def close(self) -> None:
        """Close the socket and let go of it."""
        super().close()
        self._let_go()

    def _let_go(self) -> None:
        if self._held is not None:
            self._door.lifeline.release(self._held)
            self._held = None


class PlainConnection(HeldConnection):
    """HTTP without TLS; never used with credentials."""

    def connect(self) -> None:
        """Open the socket; with a proxy it is the proxy's, which gets whole URLs to ask for."""
        sock = self._door.open(self.host, self.port, CONNECT_SECONDS, scheme="http")
        self._held = _held(self._door, sock)
        self.sock = sock


class SecureConnection(HeldConnection, HTTPSConnection):
    """HTTP over TLS; `certificate` is the server's own, in DER, and `opened` counts the sockets so far."""

    def __init__(self, host: str, port: int, door: Door) -> None:
        super().__init__(host, port, door)
        self.certificate: bytes | None = None
        self.opened = 0

    def connect(self) -> None:
        """Open the socket and agree on TLS."""
        raw = self._door.open(self.host, self.port, CONNECT_SECONDS)
        self._held = _held(self._door, raw)
        try:
            secured = self._door.secure(raw, self.host, self.port)
        except BaseException:
            raw.close()
            self._let_go()
            raise
        self.sock = secured
        self.certificate = secured.getpeercert(binary_form=True)
        self.is_verified = True
        self.opened += 1


class PlainPool(urllib3.HTTPConnectionPool):
    """One connection without TLS to one host; `newest` is the one made last."""

    def __init__(self, host: str, port: int, door: Door) -> None:
        super().__init__(host, port, maxsize=1)
        self._door = door
        self.newest: PlainConnection | None = None

    def _new_conn(self) -> PlainConnection:
        self.num_connections += 1
        self.newest = PlainConnection(self.host, self.port or 80, self._door)
        return self.newest


class SecurePool(urllib3.HTTPSConnectionPool):
    """One connection with TLS to one host; `newest` is the one made last."""

    def __init__(self, host: str, port: int, door: Door) -> None:
        super().__init__(host, port, maxsize=1)
        self._door = door
        self.newest: SecureConnection | None = None

    def _new_conn(self) -> SecureConnection:
        self.num_connections += 1
        self.newest = SecureConnection(self.host, self.port or 443, self._door)
        return self.newest


def _held(door: Door, sock: socket.socket) -> int:
    try:
        return door.lifeline.hold(sock)
    except CancelledByUserError:
        sock.close()
        raise
