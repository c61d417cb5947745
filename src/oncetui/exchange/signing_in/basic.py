"""Basic sign-in (RFC 7617), in UTF-8, which requests does not do."""

import base64

import requests

from oncetui.exchange.faults.answer_facts import facts_of
from oncetui.exchange.signing_in.latch import Latch, raise_where_refused
from oncetui.exchange.signing_in.wire import Wire
from oncetui.model.secret import Secret


class BasicSignIn:
    """Sends user name and password with each request, one request at a time."""

    def __init__(self, username: str, secret: Secret, latch: Latch) -> None:
        self._username = username
        self._secret = secret
        self._latch = latch

    def send(self, request: requests.PreparedRequest, wire: Wire) -> requests.Response:
        """Send a request signed in; a 401 is a refusal until something else is known of it."""
        with self._latch.turn():
            response = wire.forward(request, self._authorization())
            if response.status_code == requests.codes.unauthorized:
                raise_where_refused(facts_of(response))
            return response

    def _authorization(self) -> str:
        pair = f"{self._username}:{self._secret.reveal()}".encode()
        return "Basic " + base64.b64encode(pair).decode("ascii")
