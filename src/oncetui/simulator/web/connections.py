"""TCP connections: what is known of each, which are open, and the protocol that hands them on."""

import asyncio
import contextlib
import itertools
import logging
import socket
import struct

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from oncetui.simulator.sign_in.handshakes import NtlmHandshake
from oncetui.simulator.world import Mailbox

_LOG = logging.getLogger("oncetui.simulator.http")
_LOG.setLevel(logging.ERROR)  # what a client does wrong is the client's to see
_IDLE_SECONDS = 120  # IIS's own connection time-out
_CLOSING_SECONDS = 2
_AT_ONCE = struct.pack("ii", 1, 0)  # linger for no time: closing resets


class Connection:
    """One TCP connection; Windows sign-in is a property of it, not of a request.

    `end_point_hash` is the channel binding of the TLS channel (None without TLS), `handshake` one
    that waits for its next message, `persistent` the mailbox that every further request on it belongs to.
    """

    def __init__(self, number: int, transport: asyncio.Transport, end_point_hash: bytes | None) -> None:
        self.number = number
        self.transport = transport
        self.end_point_hash = end_point_hash
        self.handshake: NtlmHandshake | None = None
        self.persistent: Mailbox | None = None
        self.used_by: set[str] = set()
        self.closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def cut(self) -> None:
        """Close it at once, whatever is under way on it."""
        self.transport.abort()

    async def gone(self) -> None:
        """Wait until it is closed, for a bounded time after it was cut or reset."""
        await asyncio.wait([self.closed], timeout=_CLOSING_SECONDS)

    def reset(self) -> None:
        """Reset it, so that the client sees no orderly end; what was sent before still arrives."""
        raw = self.transport.get_extra_info("socket")
        if raw is not None:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
        self.transport.abort()


class OpenConnections:
    """The connections that are open now; while `barred`, a new one is cut as soon as it is made.

    Without that, a client that was in the middle of its TLS handshake would get in after the port was closed.
    """

    def __init__(self) -> None:
        self._open: set[Connection] = set()
        self._numbers = itertools.count(1)
        self.barred = False

    def __len__(self) -> int:
        return len(self._open)

    def open(self, transport: asyncio.Transport, end_point_hash: bytes | None) -> Connection:
        """Count a new connection as open and give it its number."""
        connection = Connection(next(self._numbers), transport, end_point_hash)
        if self.barred:
            connection.cut()
        else:
            self._open.add(connection)
        return connection

    def discard(self, connection: Connection) -> None:
        """Count a connection as closed."""
        self._open.discard(connection)
        if not connection.closed.done():
            connection.closed.set_result(None)

    async def cut(self, mailbox: Mailbox | None = None) -> None:
        """Cut every connection, or those on which this mailbox has signed in; they are closed on return."""
        doomed = [one for one in self._open if mailbox is None or mailbox.email in one.used_by]
        for connection in doomed:
            connection.cut()
        if doomed:
            await asyncio.wait([connection.closed for connection in doomed], timeout=_CLOSING_SECONDS)


class HttpListener:
    """Makes a protocol object for each connection to one port, which is opened with its `protocol`."""

    def __init__(self, application: ASGIApp, connections: OpenConnections) -> None:
        self._config = Config(
            _without_complaint(application),
            http=ConnectionProtocol,
            ws="none",
            lifespan="off",
            interface="asgi3",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            date_header=False,
            timeout_keep_alive=_IDLE_SECONDS,
        )
        self._config.load()
        self._state = ServerState()
        self.connections = connections

    def protocol(self, connection: Connection | None = None) -> H11Protocol:
        """Return a protocol for a connection that is being made, or has been open for a while already."""
        return ConnectionProtocol(self, self._config, self._state, connection)

    async def end(self) -> None:
        """Cut the connections, then give up the requests that were being answered on them."""
        await self.connections.cut()
        tasks = list(self._state.tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _without_complaint(application: ASGIApp) -> ASGIApp:
    """Let a request end in peace that was given up because the server ends; uvicorn would report an error."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            await application(scope, receive, send)

    return answer


class ConnectionProtocol(H11Protocol):
    """uvicorn's HTTP/1.1, with the connection as `scope["state"]["connection"]`."""

    def __init__(
        self, listener: HttpListener, config: Config, state: ServerState, connection: Connection | None
    ) -> None:
        super().__init__(config, state, {}, asyncio.get_running_loop())
        self.logger = _LOG
        self._listener = listener
        self._connection = connection

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as its parent
        """Count the connection as open."""
        super().connection_made(transport)
        if self._connection is None:
            self._connection = self._listener.connections.open(transport, None)
        self.app_state = {"connection": self._connection}

    def connection_lost(self, exc: Exception | None) -> None:
        """Count the connection as closed."""
        if self._connection is not None:
            self._listener.connections.discard(self._connection)
        super().connection_lost(exc)
