"""Loopback ports that stay the simulator's own while they answer, refuse or keep silent."""

import asyncio
import socket
from collections.abc import Callable

LOOPBACK = "127.0.0.1"
_BACKLOG = 256


class HeldPort:
    """A port that refuses connections until it is told otherwise, and that nobody else can get meanwhile."""

    def __init__(self, port: int = 0) -> None:
        """Take `port`, or any free one for 0; raises OSError where it is taken."""
        self._socket = _bound(port)
        self.number: int = self._socket.getsockname()[1]

    def keep_silent(self) -> None:
        """Take connections from now on and never answer on them."""
        self._listenable().listen(_BACKLOG)

    def refuse(self) -> None:
        """Refuse connections from now on."""
        self._socket.close()
        self._socket = _bound(self.number)

    def close(self) -> None:
        """Give the port back."""
        self._socket.close()

    def _listenable(self) -> socket.socket:
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return self._socket


class AnsweringPort(HeldPort):
    """A port behind which a protocol answers, which can refuse for a while and then answer again."""

    def __init__(self, protocol: Callable[[], asyncio.Protocol], port: int = 0) -> None:
        """Take the port; nothing answers before `answer`."""
        super().__init__(port)
        self._protocol = protocol
        self._server: asyncio.Server | None = None

    async def answer(self) -> None:
        """Answer connections from now on."""
        if self._server is None:
            loop = asyncio.get_running_loop()
            self._server = await loop.create_server(self._protocol, sock=self._listenable(), backlog=_BACKLOG)

    def refuse(self) -> None:
        """Refuse new connections from now on; those that are open stay."""
        self._end_server()
        super().refuse()

    def close(self) -> None:
        """Give the port back; open connections stay."""
        self._end_server()
        super().close()

    def _end_server(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None


def _bound(port: int) -> socket.socket:
    """Return a socket that owns a port without listening, so that connections to it are refused at once.

    Address reuse is on while binding, for connections of before that linger, and off afterwards: Linux would
    otherwise hand the same port to the next program that asks for any free one. The protocol is named because
    asyncio sends small packets at once on such sockets only.
    """
    held = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind((LOOPBACK, port))
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
    except OSError:
        held.close()
        raise
    return held
