"""NTLM sign-in over HTTP (MS-NTHT), once a connection, in two requests."""

import base64
from urllib.parse import urlsplit

import requests
import spnego

from oncetui.exchange.faults.answer_facts import facts_of
from oncetui.exchange.signing_in.latch import Latch, raise_where_refused
from oncetui.exchange.signing_in.ntlm_messages import challenge_in, channel_bindings, windows_domain_of
from oncetui.exchange.signing_in.wire import Wire
from oncetui.exchange.transport.failures import NotKeptAliveError
from oncetui.model.secret import Secret


class NtlmSignIn:
    """Signs a connection in with its first request; the ones after it need nothing.

    The challenge is asked for with an empty request: no body travels twice. `scheme` is `NTLM`, or
    `Negotiate`, whose messages may be those of NTLM as they are: Windows answers in kind.
    """

    def __init__(self, username: str, secret: Secret, latch: Latch, scheme: str = "NTLM") -> None:
        self._username = username
        self._secret = secret
        self._latch = latch
        self._scheme = scheme
        self._signed_in = 0

    def send(self, request: requests.PreparedRequest, wire: Wire) -> requests.Response:
        """Send a request over a connection that is signed in, and sign it in first where it isn't."""
        if self._signed_in and self._signed_in == wire.connection_number and wire.connected:
            response = wire.forward(request)
            if response.status_code != requests.codes.unauthorized or not facts_of(response).offered:
                return response
        with self._latch.turn():
            return self._sign_in(request, wire)

    def _sign_in(self, request: requests.PreparedRequest, wire: Wire) -> requests.Response:
        self._signed_in = 0
        client = spnego.client(
            self._username,
            self._secret.reveal(),
            hostname=urlsplit(request.url or "").hostname or "",
            service="http",
            protocol="ntlm",
            options=spnego.NegotiateOptions.use_ntlm,
        )
        first = wire.forward(request, self._header(client.step()), empty=True)
        challenge = challenge_in(first, self._scheme)
        if first.status_code != requests.codes.unauthorized or challenge is None:
            return first
        if not wire.connected:
            raise NotKeptAliveError("the connection is closed in the middle of the NTLM sign-in")
        number = wire.connection_number
        client.channel_bindings = channel_bindings(wire.certificate or b"")
        response = wire.forward(request, self._header(client.step(challenge)))
        if wire.connection_number != number:
            raise NotKeptAliveError("the connection is closed in the middle of the NTLM sign-in")
        if response.status_code == requests.codes.unauthorized:
            raise_where_refused(facts_of(response), windows_domain_of(challenge), wire.certificate)
            return response
        self._signed_in = number
        return response

    def _header(self, token: bytes | None) -> str:
        return f"{self._scheme} " + base64.b64encode(token or b"").decode("ascii")
