"""Where a TLS connection begins: the client's first message is read, then it is decided how to go on."""

import asyncio
from collections.abc import Callable
from typing import cast

from oncetui.simulator.web.client_hello import NoTlsError, server_name
from oncetui.simulator.web.connections import Connection, HttpListener
from oncetui.simulator.web.presentations import Opening, Presentation, Presentations

_HANDSHAKE_SECONDS = 20


class TlsEntrance:
    """Makes a doorway for each connection to the HTTPS port; `choose` tells how to begin, by host name."""

    def __init__(
        self,
        secure: HttpListener,
        plain: HttpListener,
        presentations: Presentations,
        choose: Callable[[str], Opening],
    ) -> None:
        self.secure = secure
        self.plain = plain
        self.presentations = presentations
        self.choose = choose
        self._upgrades: set[asyncio.Task[None]] = set()

    def protocol(self) -> asyncio.Protocol:
        """Return a protocol for a connection that is being made."""
        return _Doorway(self)

    def upgrade(
        self, transport: asyncio.Transport, connection: Connection, hello: bytes, shown: Presentation
    ) -> None:
        """Begin TLS on a connection of which the first message has been read."""
        upgrade = asyncio.get_running_loop().create_task(self._upgrade(transport, connection, hello, shown))
        self._upgrades.add(upgrade)
        upgrade.add_done_callback(self._upgrades.discard)

    async def end(self) -> None:
        """Give up the handshakes that are under way."""
        upgrades = list(self._upgrades)
        for upgrade in upgrades:
            upgrade.cancel()
        await asyncio.gather(*upgrades, return_exceptions=True)

    async def _upgrade(
        self, transport: asyncio.Transport, connection: Connection, hello: bytes, shown: Presentation
    ) -> None:
        refusal = shown.refusal(hello)
        if refusal is not None or shown.context is None:
            transport.write(refusal or b"")
            transport.close()
            return
        connection.end_point_hash = shown.end_point_hash
        antechamber = _Antechamber()
        loop = asyncio.get_running_loop()
        shaking_hands = loop.create_task(
            loop.start_tls(
                transport,
                antechamber,
                shown.context,
                server_side=True,
                ssl_handshake_timeout=_HANDSHAKE_SECONDS,
            )
        )
        try:
            await _hand_over(transport, hello, shaking_hands)
            secured = await shaking_hands
        except (OSError, asyncio.CancelledError):
            shaking_hands.cancel()
            transport.abort()
            self.secure.connections.discard(connection)
            return
        if secured is None or antechamber.left:
            self.secure.connections.discard(connection)
            return
        protocol = self.secure.protocol(connection)
        secured.set_protocol(protocol)
        protocol.connection_made(secured)
        if antechamber.received:
            protocol.data_received(antechamber.received)


class _Antechamber(asyncio.Protocol):
    """Keeps what a client says together with the end of its handshake, before it can be let in."""

    def __init__(self) -> None:
        self.received = b""
        self.left = False

    def data_received(self, data: bytes) -> None:
        self.received += data

    def connection_lost(self, _error: Exception | None) -> None:
        self.left = True


class _Doorway(asyncio.Protocol):
    def __init__(self, entrance: TlsEntrance) -> None:
        self._entrance = entrance
        self._hello = b""
        self._decided = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._connection = self._entrance.secure.connections.open(self._transport, None)

    def data_received(self, data: bytes) -> None:
        if self._decided:
            return
        self._hello += data
        try:
            name = server_name(self._hello)
        except NoTlsError:
            self._decide(self._entrance.choose(""), speaks_tls=False)
            return
        if name is not None:
            self._decide(self._entrance.choose(name), speaks_tls=True)

    def connection_lost(self, _error: Exception | None) -> None:
        self._entrance.secure.connections.discard(self._connection)

    def _decide(self, opening: Opening, *, speaks_tls: bool) -> None:
        self._decided = True
        if opening == "silence":
            return
        if opening == "plain-http":
            self._go_on_without_tls()
        elif opening == "reset" or not speaks_tls:
            self._connection.reset()
        else:
            self._transport.pause_reading()
            shown = self._entrance.presentations.presentation(opening)
            self._entrance.upgrade(self._transport, self._connection, self._hello, shown)

    def _go_on_without_tls(self) -> None:
        protocol = self._entrance.plain.protocol(self._connection)
        self._transport.set_protocol(protocol)
        protocol.connection_made(self._transport)
        protocol.data_received(self._hello)


async def _hand_over(
    transport: asyncio.Transport, received: bytes, shaking_hands: "asyncio.Task[asyncio.Transport | None]"
) -> None:
    """Give TLS what was read before it began: after its start, and before anything else is read."""
    before = transport.get_protocol()
    while transport.get_protocol() is before and not shaking_hands.done():
        await asyncio.sleep(0)
    await asyncio.sleep(0)  # the protocol of TLS learns of its connection in the loop's next turn
    tls = cast("asyncio.BufferedProtocol", transport.get_protocol())
    while received and not shaking_hands.done():
        buffer = memoryview(tls.get_buffer(len(received)))
        size = min(len(buffer), len(received))
        buffer[:size] = received[:size]
        tls.buffer_updated(size)
        received = received[size:]
