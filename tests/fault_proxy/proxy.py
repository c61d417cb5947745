"""A TCP pass-through that spoils what runs through it, byte by byte; TLS goes through untouched.

```python
with fault_proxy("127.0.0.1", port) as line:
    options = [f"--connect-to=mail.contoso.example:443:127.0.0.1:{line.port}"]
    line.cut(down=120)            # once: the answer ends after 120 more raw bytes; then the line is good
    line.cut(up=0, reset=True)    # once: RST instead of FIN, before another byte reaches the server
    line.silence(down=500)        # from there on nothing passes either way, until `heal`
    line.slow(latency=0.2)        # each piece waits, until `heal`
    line.drip(size=1, pause=0.001)
    line.heal()
```
"""

import asyncio
import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, TypeVar

_PIECE = 65536
_PATIENCE = 20.0
_RESETTING = struct.pack("ii", 1, 0)

Told = TypeVar("Told")


class Way(Enum):
    """Up is from the client to the server, down is back."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True)
class Limits:
    """How many raw bytes may still pass each way before something happens; None for any number."""

    up: int | None = None
    down: int | None = None

    def of(self, way: Way) -> int | None:
        """Return the limit of one way."""
        return self.up if way is Way.UP else self.down


@dataclass(frozen=True)
class Trouble:
    """What the line does; times in seconds, `drip` in bytes."""

    cut: Limits = Limits()
    silence: Limits = Limits()
    reset: bool = False
    latency: float = 0.0
    drip: int | None = None


@dataclass(frozen=True)
class Passed:
    """Raw bytes that passed since the line was last told what to do."""

    up: int
    down: int


@dataclass(eq=False)
class _Ends:
    client: asyncio.StreamWriter
    server: asyncio.StreamWriter


class FaultProxy:
    """One line to one server; what it is told holds for every connection, those that stand included."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._loop = asyncio.new_event_loop()
        self._trouble = Trouble()
        self._passed = {Way.UP: 0, Way.DOWN: 0}
        self._healed = asyncio.Event()
        self._open: set[_Ends] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.port = 0
        self.connections = 0
        self.cuts = 0

    @property
    def passed(self) -> Passed:
        """What passed since the line was last told what to do."""
        return Passed(self._passed[Way.UP], self._passed[Way.DOWN])

    def cut(self, *, up: int | None = None, down: int | None = None, reset: bool = False) -> None:
        """Cut the connection over which that many bytes more have passed, once."""
        self._tell(Trouble(cut=Limits(up, down), reset=reset))

    def cut_now(self, *, reset: bool = False) -> None:
        """Cut every connection that stands."""
        self._call(self._cut_all, reset)

    def silence(self, *, up: int | None = None, down: int | None = None) -> None:
        """Let nothing pass either way after that many bytes more; at once where none is named."""
        named = Limits(0, 0) if up is None and down is None else Limits(up, down)
        self._tell(Trouble(silence=named))

    def slow(self, latency: float) -> None:
        """Hold each piece back for so many seconds."""
        self._tell(Trouble(latency=latency))

    def drip(self, size: int = 1, pause: float = 0.001) -> None:
        """Let through so many bytes at a time, with a pause after each."""
        self._tell(Trouble(drip=size, latency=pause))

    def heal(self) -> None:
        """Pass everything on from now on, what was held back included."""
        self._tell(Trouble())

    @contextlib.contextmanager
    def serving(self) -> Iterator["FaultProxy"]:
        """Listen on a free port of the loopback interface while the block lasts."""
        thread = threading.Thread(target=self._loop.run_forever, name="fault-proxy", daemon=True)
        thread.start()
        try:
            server = self._awaited(asyncio.start_server(self._accept, "127.0.0.1", 0))
            self.port = server.sockets[0].getsockname()[1]
            try:
                yield self
            finally:
                self._awaited(self._stop(server))
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            thread.join(_PATIENCE)
            self._loop.close()

    def _tell(self, trouble: Trouble) -> None:
        def told() -> None:
            self._trouble = trouble
            self._passed = {Way.UP: 0, Way.DOWN: 0}
            self._healed.set()
            self._healed = asyncio.Event()

        self._call(told)

    def _call(self, work: Callable[..., None], *given: object) -> None:
        async def done() -> None:
            work(*given)

        self._awaited(done())

    def _awaited(self, work: Coroutine[Any, Any, Told]) -> Told:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(_PATIENCE)

    async def _accept(self, from_client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        self.connections += 1
        try:
            from_server, to_server = await asyncio.open_connection(*self._target)
        except OSError:
            to_client.transport.abort()
            return
        ends = _Ends(to_client, to_server)
        self._open.add(ends)
        try:
            await asyncio.gather(
                self._pass_on(from_client, to_server, Way.UP, ends),
                self._pass_on(from_server, to_client, Way.DOWN, ends),
            )
        finally:
            self._open.discard(ends)
            for end in (ends.client, ends.server):
                end.close()

    async def _pass_on(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, way: Way, ends: _Ends
    ) -> None:
        """Pass one way on until it ends; the end of either is the end of both."""
        with contextlib.suppress(OSError):
            while some := await reader.read(_PIECE):
                if not await self._passed_piece(some, writer, way, ends):
                    return
        for end in (ends.client, ends.server):
            end.close()

    async def _passed_piece(self, some: bytes, writer: asyncio.StreamWriter, way: Way, ends: _Ends) -> bool:
        """Pass a piece on as the line is told to; tell whether the connection still stands."""
        while some:
            trouble = self._trouble
            if trouble.latency:
                await asyncio.sleep(trouble.latency)
            piece = some if trouble.drip is None else some[: trouble.drip]
            if not await self._is_audible(way, trouble):
                continue
            for limits in (trouble.cut, trouble.silence):
                limit = limits.of(way)
                piece = piece if limit is None else piece[: max(0, limit - self._passed[way])]
            self._passed[way] += len(piece)
            some = some[len(piece) :]
            writer.write(piece)
            await writer.drain()
            limit = trouble.cut.of(way)
            if limit is not None and self._passed[way] >= limit:
                self._trouble = replace(trouble, cut=Limits())
                self._cut(ends, trouble.reset)
                return False
        return True

    async def _is_audible(self, way: Way, trouble: Trouble) -> bool:
        """Wait out a silence that has begun; False where there was one."""
        limits = ((one, trouble.silence.of(one)) for one in Way)
        begun = any(limit is not None and self._passed[one] >= limit for one, limit in limits)
        if begun:
            await self._healed.wait()
        return not begun

    def _cut_all(self, reset: bool) -> None:
        for ends in tuple(self._open):
            self._cut(ends, reset)

    def _cut(self, ends: _Ends, reset: bool) -> None:
        self.cuts += 1
        for end in (ends.client, ends.server):
            if not reset:
                end.close()
                continue
            connection = end.get_extra_info("socket")
            # One that its other side closed a moment ago has no socket any more.
            with contextlib.suppress(OSError):
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESETTING)
            end.transport.abort()

    async def _stop(self, server: asyncio.Server) -> None:
        server.close()
        self._trouble = Trouble()
        self._healed.set()
        self._cut_all(reset=False)
        await asyncio.gather(*self._tasks, return_exceptions=True)


@contextlib.contextmanager
def fault_proxy(host: str, port: int) -> Iterator[FaultProxy]:
    """Run a line to a server while the block lasts."""
    with FaultProxy(host, port).serving() as line:
        yield line
