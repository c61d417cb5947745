"""The requests adapter over our own connections: limits, sign-in, and errors that hold no credentials."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter

from oncetui.exchange.faults.answer_facts import schemes_in
from oncetui.exchange.signing_in.wire import SigningIn
from oncetui.exchange.transport.connections import PlainPool, SecurePool
from oncetui.exchange.transport.door import Door
from oncetui.exchange.transport.failures import AnswerTooLargeError, AnswerTooSlowError
from oncetui.exchange.transport.noticing import Noticed
from oncetui.exchange.transport.proxies import ProxyServer
from oncetui.exchange.transport.tracing import answered, broken_off
from oncetui.model.cancellation import CancelledByUserError
from oncetui.model.tracing import RequestTrace

CONNECT_SECONDS = 10.0
READ_SECONDS = 30.0
WHOLE_REQUEST_SECONDS = 120.0
LARGEST_ANSWER = 256 * 1024 * 1024
_PIECE = 64 * 1024


class DirectAdapter(HTTPAdapter):
    """Sends requests by a `Door`, signing them in where it was told how; one connection a host.

    An adapter serves one thread at a time: a connection that is signed in by NTLM belongs to one request.
    """

    def __init__(
        self,
        door: Door,
        sign_in: SigningIn | None = None,
        trace: RequestTrace | None = None,
        noticed: Noticed | None = None,
    ) -> None:
        super().__init__(max_retries=0)
        self._door = door
        self._sign_in = sign_in
        self._trace = trace if trace is not None else RequestTrace()
        self._noticed = noticed if noticed is not None else Noticed()
        self._pools: dict[tuple[str, str, int], PlainPool | SecurePool] = {}
        self._pool: PlainPool | SecurePool | None = None
        self._stream = False
        self._timeout: Any = None
        self.largest_answer = LARGEST_ANSWER
        self.whole_request_seconds = WHOLE_REQUEST_SECONDS

    @property
    def certificate(self) -> bytes | None:
        """The certificate of the server that was last asked, in DER."""
        newest = self._pool.newest if isinstance(self._pool, SecurePool) else None
        return None if newest is None else newest.certificate

    @property
    def connection_number(self) -> int:
        """Which connection, counted from 1, the last request went over; 0 before the first."""
        newest = self._pool.newest if isinstance(self._pool, SecurePool) else None
        return 0 if newest is None else newest.opened

    @property
    def connected(self) -> bool:
        """Whether the connection of the last request still stands."""
        newest = None if self._pool is None else self._pool.newest
        return newest is not None and newest.is_connected

    def send(  # noqa: PLR0917  # the signature is requests'
        self,
        request: requests.PreparedRequest,
        stream: bool = False,  # noqa: FBT001, FBT002  # the signature is requests'
        timeout: Any = None,
        verify: Any = True,  # noqa: ARG002, FBT002  # trust is the door's
        cert: Any = None,  # noqa: ARG002  # and so is who we are
        proxies: Any = None,  # noqa: ARG002  # and the way
    ) -> requests.Response:
        """Send one request; raise `CancelledByUserError` for whatever happens after an abort."""
        self._door.lifeline.raise_if_aborted()
        self._stream = stream
        self._timeout = timeout or (CONNECT_SECONDS, READ_SECONDS)
        if self._sign_in is None or not (request.url or "").startswith("https:"):
            return self.forward(request)
        return self._sign_in.send(request, self)

    def forward(
        self, request: requests.PreparedRequest, authorization: str | None = None, *, empty: bool = False
    ) -> requests.Response:
        """Send a request as it is but for its credentials, and without its body where it is to be `empty`.

        Raises `AnswerTooSlowError` and `AnswerTooLargeError`, and what the connection fails with.
        """
        signed = _signed(request, authorization, empty=empty)
        with (
            self._told_plainly(request),
            self._traced(signed) as noted,
            self._limited() as overdue,
            self._signed_in_to_proxy(request) as proxy_answered,
        ):
            try:
                response = super().send(signed, stream=True, timeout=self._timeout, verify=False)
                proxy_answered(response)
                response.request = request
                self._noticed.answered(response.headers.get("Date"), self.certificate)
                noted.append(response)
                if not self._stream or response.status_code != requests.codes.ok:
                    _take_body(response, self.largest_answer)
            except (OSError, urllib3.exceptions.HTTPError) as error:
                if overdue.is_set():
                    raise AnswerTooSlowError("the answer took too long") from error
                raise
        return response

    def get_connection_with_tls_context(
        self,
        request: requests.PreparedRequest,
        verify: Any,  # noqa: ARG002  # trust is the door's
        proxies: Any = None,  # noqa: ARG002  # and so is the way
        cert: Any = None,  # noqa: ARG002  # and who we are
    ) -> Any:
        """Return the pool of the request's host."""
        parts = urlsplit(request.url or "")
        host, secure = parts.hostname or "", parts.scheme == "https"
        key = (parts.scheme, host, parts.port or (443 if secure else 80))
        if key not in self._pools:
            self._pools[key] = (SecurePool if secure else PlainPool)(key[1], key[2], self._door)
        self._pool = self._pools[key]
        return self._pool

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:
        """Leave trust to the door, which has checked the certificate before anything is sent."""

    def add_headers(self, request: requests.PreparedRequest, **_: Any) -> None:
        """Sign in to the proxy where it forwards a plain request."""
        proxy = self._forwarding_proxy(request)
        if proxy is not None and proxy.authorization is not None:
            request.headers["Proxy-Authorization"] = proxy.authorization

    def request_url(self, request: requests.PreparedRequest, proxies: Any) -> str:
        """Return what stands in the request line: the whole URL where a proxy forwards a plain request."""
        url = request.url or ""
        if self._forwarding_proxy(request) is not None:
            return url
        return str(super().request_url(request, proxies))

    def close(self) -> None:
        """Close the connections."""
        for pool in self._pools.values():
            pool.close()
        super().close()

    def _forwarding_proxy(self, request: requests.PreparedRequest) -> ProxyServer | None:
        parts = urlsplit(request.url or "")
        return self._door.proxy_towards("http", parts.hostname or "") if parts.scheme == "http" else None

    @contextlib.contextmanager
    def _signed_in_to_proxy(
        self, request: requests.PreparedRequest
    ) -> Iterator[Callable[[requests.Response], None]]:
        """Keep a proxy's password to one request until it is accepted; yield what takes the answer in."""
        proxy = self._forwarding_proxy(request)
        if proxy is None or proxy.authorization is None:
            yield lambda _response: None
            return
        sign_in = self._door.proxy_sign_in
        with sign_in.trying():
            yield lambda response: sign_in.answered(response.status_code, _offered_by_proxy(response))

    @contextlib.contextmanager
    def _told_plainly(self, request: requests.PreparedRequest) -> Iterator[None]:
        try:
            yield
        except (OSError, urllib3.exceptions.HTTPError) as error:
            if self._door.lifeline.aborted:
                raise CancelledByUserError from None
            if isinstance(error, requests.RequestException):
                error.request = request  # the one that was sent held the credentials
            raise

    @contextlib.contextmanager
    def _traced(self, request: requests.PreparedRequest) -> Iterator[list[requests.Response]]:
        began = time.monotonic()
        answers: list[requests.Response] = []
        try:
            yield answers
        except (OSError, urllib3.exceptions.HTTPError) as error:
            self._trace.note(broken_off(request, error, time.monotonic() - began))
            raise
        self._trace.note(answered(request, answers[-1], time.monotonic() - began))

    @contextlib.contextmanager
    def _limited(self) -> Iterator[threading.Event]:
        # The read timeout is one of each single read: a server that drips needs a limit for the whole.
        # Of an answer that is handed out unread it is one of the time until it begins.
        overdue = threading.Event()

        def end() -> None:
            overdue.set()
            if self._pool is not None and self._pool.newest is not None:
                self._pool.newest.cut()

        timer = threading.Timer(self.whole_request_seconds, end)
        timer.daemon = True
        timer.start()
        try:
            yield overdue
        finally:
            timer.cancel()


def _signed(
    request: requests.PreparedRequest, authorization: str | None, *, empty: bool
) -> requests.PreparedRequest:
    signed = request.copy()
    if authorization is not None:
        signed.headers["Authorization"] = authorization
    if empty:
        signed.body = None
        signed.headers["Content-Length"] = "0"
    return signed


def _offered_by_proxy(response: requests.Response) -> tuple[str, ...]:
    return schemes_in(response.raw.headers.getlist("Proxy-Authenticate"))


def _take_body(response: requests.Response, largest: int) -> None:
    pieces: list[bytes] = []
    size = 0
    for piece in response.raw.stream(_PIECE, decode_content=True):
        size += len(piece)
        if size > largest:
            response.close()
            raise AnswerTooLargeError(f"the answer is larger than {largest} bytes")
        pieces.append(piece)
    response._content = b"".join(pieces)  # noqa: SLF001  # requests has no public way to hand a body over
    response._content_consumed = True  # type: ignore[attr-defined]  # noqa: SLF001  # as above
