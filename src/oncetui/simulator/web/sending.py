"""Sending an answer: whole, piece by piece, or in one of the ways in which a network spoils it."""

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from oncetui.simulator.web.connections import Connection
from oncetui.simulator.web.messages import HttpAnswer, Pieces, Send

_MOST_STREAMS = 256


@dataclass(frozen=True)
class Drip:
    """The body comes `size` bytes at a time, `seconds` apart."""

    size: int
    seconds: float


@dataclass(frozen=True)
class Reset:
    """The connection is reset after so many bytes of the body, by default half of it."""

    after: int | None


@dataclass(frozen=True)
class Silence:
    """Nothing is ever answered."""


Delivery = Drip | Reset | Silence


class Streams:
    """The answers that go on for minutes, each produced by a thread of its own."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_MOST_STREAMS, thread_name_prefix="simulated-exchange-stream")
        self._open: dict[threading.Event, str] = {}
        self._closed = False

    def __len__(self) -> int:
        return len(self._open)

    def end(self, owner: str | None = None) -> None:
        """Let every stream come to its end, or those of one mailbox by its email address."""
        for ended, mailbox in list(self._open.items()):
            if owner is None or owner.lower() == mailbox:
                ended.set()

    def close(self) -> None:
        """End them all for good."""
        self._closed = True
        self.end()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def pieces(self, make: Pieces, connection: Connection, owner: str) -> AsyncIterator[bytes]:
        """Give the pieces as they come, until they end or the client has gone away."""
        ended = threading.Event()
        self._open[ended] = owner
        connection.closed.add_done_callback(lambda _closed: ended.set())
        loop = asyncio.get_running_loop()
        pieces = make(ended)
        try:
            while not self._closed:
                piece = await loop.run_in_executor(self._threads, next, pieces, None)
                if piece is None:
                    return
                yield piece
        finally:
            ended.set()
            del self._open[ended]


async def send_answer(
    answer: HttpAnswer, send: Send, connection: Connection, delivery: Delivery | None
) -> None:
    """Send an answer that has a body."""
    if isinstance(delivery, Silence):
        await asyncio.shield(connection.closed)
        return
    await _start(answer, send, (("Content-Length", str(len(answer.body))),))
    if isinstance(delivery, Reset):
        after = len(answer.body) // 2 if delivery.after is None else delivery.after
        await send({"type": "http.response.body", "body": answer.body[:after], "more_body": True})
        connection.reset()
        await connection.gone()
    elif isinstance(delivery, Drip):
        await _drip(answer.body, send, connection, delivery)
    else:
        await send({"type": "http.response.body", "body": answer.body})


async def send_pieces(
    answer: HttpAnswer,
    pieces: AsyncIterator[bytes],
    send: Send,
    connection: Connection,
    delivery: Delivery | None,
) -> None:
    """Send an answer piece by piece, chunked; of the deliveries, a reset counts the bytes of the pieces."""
    if isinstance(delivery, Silence):
        await asyncio.shield(connection.closed)
        return
    await _start(answer, send, ())
    left = delivery.after or 0 if isinstance(delivery, Reset) else None
    async with contextlib.aclosing(pieces) as coming:  # type: ignore[type-var]  # an async generator
        async for piece in coming:
            body = piece if left is None else piece[:left]
            await send({"type": "http.response.body", "body": body, "more_body": True})
            if left is not None:
                left -= len(body)
                if len(body) < len(piece) or not left:
                    connection.reset()
                    await connection.gone()
                    return
            if connection.closed.done():
                return
    await send({"type": "http.response.body", "body": b""})


async def _start(answer: HttpAnswer, send: Send, length: tuple[tuple[str, str], ...]) -> None:
    headers = [*answer.headers, *length]
    if answer.content_type:
        headers.append(("Content-Type", answer.content_type))
    encoded = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    await send({"type": "http.response.start", "status": answer.status, "headers": encoded})


async def _drip(body: bytes, send: Send, connection: Connection, drip: Drip) -> None:
    for begin in range(0, len(body), drip.size):
        if begin:
            await asyncio.wait([connection.closed], timeout=drip.seconds)
        if connection.closed.done():
            return
        await send({"type": "http.response.body", "body": body[begin : begin + drip.size], "more_body": True})
    await send({"type": "http.response.body", "body": b""})
