"""Kerberos sign-in over HTTP (RFC 4559), with the ticket that this session has; the password stays here."""

import base64
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from enum import StrEnum
from typing import Protocol
from urllib.parse import urlsplit

import requests
import spnego
from spnego.channel_bindings import GssChannelBindings
from spnego.exceptions import SpnegoError

from oncetui.exchange.signing_in.ntlm_messages import channel_bindings
from oncetui.exchange.signing_in.wire import Wire
from oncetui.exchange.transport.noticing import seconds_ahead
from oncetui.model.way_taken import CLOCK_MAY_DIFFER

_KRB5_ERRORS = 2529638912
"""Where the numbers of MIT's and Heimdal's table krb5 begin, without their sign."""


class TicketTrouble(StrEnum):
    """What keeps a ticket from signing in."""

    NO_LIBRARY = "no library"
    NO_TICKET = "no ticket"
    UNREACHABLE = "unreachable"
    UNKNOWN_SERVICE = "unknown service"
    CLOCK = "clock"
    REFUSED = "refused"


_BY_NUMBER = {
    _KRB5_ERRORS + 7: TicketTrouble.UNKNOWN_SERVICE,
    _KRB5_ERRORS + 37: TicketTrouble.CLOCK,
    _KRB5_ERRORS + 156: TicketTrouble.UNREACHABLE,
    _KRB5_ERRORS + 157: TicketTrouble.UNREACHABLE,
}


class KerberosError(Exception):
    """The session's ticket does not sign in, and why; it says nothing of the password."""

    def __init__(self, trouble: TicketTrouble) -> None:
        super().__init__(str(trouble))
        self.trouble = trouble


class Ticket(Protocol):
    """A security context for one connection, as pyspnego makes it."""

    def step(self) -> bytes | None:
        """Return the token for the server."""
        ...


def session_ticket(host: str, bindings: GssChannelBindings | None) -> Ticket:
    """Return a context for the web service of a host by the ticket of this session.

    Raises ImportError without the extra `oncetui[kerberos]`, and `SpnegoError`.
    """
    return spnego.client(hostname=host, service="HTTP", channel_bindings=bindings, protocol="kerberos")


class KerberosSignIn:
    """Signs a connection in with its first request; the ones after it need nothing, as a rule."""

    def __init__(self, ticket: Callable[[str, GssChannelBindings | None], Ticket] = session_ticket) -> None:
        self._ticket = ticket
        self._signed_in = 0

    def send(self, request: requests.PreparedRequest, wire: Wire) -> requests.Response:
        """Send a request over a connection that is signed in, and sign it in first where it isn't."""
        if self._signed_in and self._signed_in == wire.connection_number and wire.connected:
            response = wire.forward(request)
            if response.status_code != requests.codes.unauthorized:
                return response
        elif not wire.connected:
            # The token is bound to a certificate, which the first answer makes known.
            first = wire.forward(request, empty=True)
            if first.status_code != requests.codes.unauthorized:
                return first
        return self._sign_in(request, wire)

    def _sign_in(self, request: requests.PreparedRequest, wire: Wire) -> requests.Response:
        self._signed_in = 0
        host = urlsplit(request.url or "").hostname or ""
        response = wire.forward(request, f"Negotiate {self._token(host, wire.certificate or b'')}")
        if response.status_code == requests.codes.unauthorized:
            ahead = seconds_ahead(response.headers.get("Date"), datetime.now(UTC))
            clock_off = ahead is not None and abs(ahead) > CLOCK_MAY_DIFFER
            raise KerberosError(TicketTrouble.CLOCK if clock_off else TicketTrouble.REFUSED)
        self._signed_in = wire.connection_number
        return response

    def _token(self, host: str, certificate: bytes) -> str:
        try:
            token = self._ticket(host, channel_bindings(certificate)).step()
        except ImportError as error:
            raise KerberosError(TicketTrouble.NO_LIBRARY) from error
        except SpnegoError as error:
            raise KerberosError(_trouble_of(error)) from error
        return base64.b64encode(token or b"").decode("ascii")


def _trouble_of(error: BaseException) -> TicketTrouble:
    found = (_BY_NUMBER.get(number) for number in _minor_codes(error))
    return next((trouble for trouble in found if trouble is not None), TicketTrouble.NO_TICKET)


def _minor_codes(error: BaseException) -> Iterator[int]:
    link: BaseException | None = error
    while link is not None:
        number = getattr(link, "min_code", None)
        if isinstance(number, int):
            yield number & 0xFFFFFFFF
        link = link.__cause__ or link.__context__
