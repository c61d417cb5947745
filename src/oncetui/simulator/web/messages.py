"""HTTP requests and answers as the simulator's rooms hand them to each other."""

from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from dataclasses import dataclass, replace
from http.cookies import CookieError, SimpleCookie
from threading import Event
from typing import Any
from urllib.parse import parse_qsl

from oncetui.simulator.web.compression import decompressed
from oncetui.simulator.web.connections import Connection

Headers = tuple[tuple[str, str], ...]
Pieces = Callable[[Event], Iterator[bytes]]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


@dataclass(frozen=True)
class HttpRequest:
    """A request, read to its end; `host` is lower case without its port, `path` decoded, `target` not.

    `body` is as it was sent, compressed or not.
    """

    method: str
    host: str
    target: str
    path: str
    query: str
    headers: Headers
    body: bytes
    connection: Connection

    @property
    def place(self) -> str:
        """The path as IIS compares it: in lower case, without a slash at its end."""
        return self.path.lower().rstrip("/") or "/"

    def header(self, name: str) -> str | None:
        """Return the first header of this name."""
        return next((value for key, value in self.headers if key == name.lower()), None)

    def parameter(self, name: str) -> str | None:
        """Return the first query parameter of this name, in any case of letters."""
        return next((value for key, value in parse_qsl(self.query) if key.lower() == name.lower()), None)

    def cookies(self) -> frozenset[str]:
        """Return the names of the cookies that came along."""
        try:
            return frozenset(SimpleCookie(self.header("cookie") or ""))
        except CookieError:
            return frozenset()

    def unpacked(self) -> "HttpRequest":
        """Return the request with its body as it is meant; raises UnreadableBodyError."""
        if (self.header("content-encoding") or "").strip().lower() not in {"gzip", "x-gzip"}:
            return self
        return replace(self, body=decompressed(self.body))


@dataclass(frozen=True)
class HttpAnswer:
    """An answer; header names go out in the case of letters that they have here.

    One with `pieces` has no body: it is sent piece by piece, for as long as the iterator goes on; the event
    that it is given ends it. One `in_front` comes from a box before Exchange and has no headers of Exchange.
    """

    status: int
    body: bytes = b""
    content_type: str | None = None
    headers: Headers = ()
    pieces: Pieces | None = None
    in_front: bool = False

    def with_headers(self, headers: Headers) -> "HttpAnswer":
        """Return the same answer with more headers before its own."""
        return replace(self, headers=headers + self.headers)

    def in_front_of_exchange(self) -> "HttpAnswer":
        """Return the same answer as that of a box before Exchange."""
        return replace(self, in_front=True)


async def read_request(scope: Scope, receive: Receive) -> HttpRequest | None:
    """Read a request with its whole body; None where the client went away before its end."""
    headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"])
    body = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        more = message.get("more_body", False)
    query = scope["query_string"].decode("latin-1")
    return HttpRequest(
        method=scope["method"],
        host=_host_name(next((value for name, value in headers if name == "host"), "")),
        target=scope["raw_path"].decode("latin-1") + (f"?{query}" if query else ""),
        path=scope["path"],
        query=query,
        headers=headers,
        body=bytes(body),
        connection=scope["state"]["connection"],
    )


def _host_name(host: str) -> str:
    """Return the name in a Host header, without port and brackets."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower()
