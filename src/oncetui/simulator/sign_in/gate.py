"""Whom a request comes from: Basic, NTLM, Negotiate; a refusal's headers; what each attempt counts as."""

import base64
import binascii
import hmac
from dataclasses import dataclass
from enum import StrEnum

from oncetui.simulator.sign_in.handshakes import NegotiateHandshake, NtlmHandshake
from oncetui.simulator.sign_in.ntlm import ExtendedProtection, NtlmProof, NtlmTokenError
from oncetui.simulator.sign_in.offers import Offer, written
from oncetui.simulator.sign_in.user_names import NamedAccount, account_named
from oncetui.simulator.web.connections import Connection
from oncetui.simulator.web.hosts import Host
from oncetui.simulator.web.messages import Headers
from oncetui.simulator.world import Exchange, Mailbox, Scheme

_HANDSHAKES = {"ntlm": NtlmHandshake, "negotiate": NegotiateHandshake}


class SignInOutcome(StrEnum):
    """What a request did about signing in.

    `none`: it carried no credentials. `challenge`: a handshake has begun. `accepted`: it was let in, be it by
    its own credentials or by those of its connection. `refused`: it carried credentials and was not let in.
    """

    NONE = "none"
    CHALLENGE = "challenge"
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True)
class SignIn:
    """The outcome for one request; `mailbox` is whom it named, `headers` belong on the answer."""

    outcome: SignInOutcome
    mailbox: Mailbox | None = None
    user: str | None = None
    headers: Headers = ()

    @property
    def accepted(self) -> bool:
        """Whether the request is let in."""
        return self.outcome is SignInOutcome.ACCEPTED


@dataclass(frozen=True)
class Gate:
    """Signs requests in at one host, by the accounts of the world and the host's own settings.

    Accounts are read without the world's lock: a request must not wait for another that reads a large
    calendar, and each attribute is replaced as a whole.
    """

    exchange: Exchange
    host: Host
    offers: tuple[Offer, ...]
    extended_protection: ExtendedProtection = "allow"

    def sign_in(self, authorization: str | None, connection: Connection) -> SignIn:
        """Decide about a request by its `Authorization` header and what its connection has proved."""
        if authorization is None:
            if connection.persistent is not None:
                return SignIn(
                    SignInOutcome.ACCEPTED, connection.persistent, headers=(("Persistent-Auth", "true"),)
                )
            return SignIn(SignInOutcome.NONE, headers=self._offers())
        connection.persistent = None
        scheme, _, token = authorization.strip().partition(" ")
        if scheme.lower() == "basic" and "basic" in self.offers:
            return self._basic(token, connection)
        if scheme.lower() in _HANDSHAKES and scheme.lower() in self.offers:
            return self._handshake(_HANDSHAKES[scheme.lower()], token, connection)
        return self._refused()

    def _basic(self, token: str, connection: Connection) -> SignIn:
        try:
            user, colon, password = _decoded(token).decode("utf-8").partition(":")
        except ValueError:
            return self._refused()
        account = account_named(self.exchange, user)
        if not colon or account is None or not _admits(account, "basic"):
            return self._refused(account, user)
        if not hmac.compare_digest(password.encode(), account.mailbox.password.encode()):
            return self._refused(account, user)
        connection.used_by.add(account.mailbox.email)
        return SignIn(SignInOutcome.ACCEPTED, account.mailbox, user)

    def _handshake(self, kind: type[NtlmHandshake], token: str, connection: Connection) -> SignIn:
        handshake, connection.handshake = connection.handshake, None
        if handshake is None or handshake.scheme != kind.scheme:
            handshake = kind(self.host.server)
        try:
            taken = handshake.take(_decoded(token))
        except NtlmTokenError:
            return self._refused()
        if isinstance(taken, NtlmProof):
            return self._proved(handshake, taken, connection)
        connection.handshake = handshake
        return SignIn(SignInOutcome.CHALLENGE, headers=self._challenge(kind.scheme, taken))

    def _proved(self, handshake: NtlmHandshake, proof: NtlmProof, connection: Connection) -> SignIn:
        user = f"{proof.domain}\\{proof.user}" if proof.domain else proof.user
        account = account_named(self.exchange, proof.user, proof.domain)
        if account is None or not _admits(account, "ntlm"):
            return self._refused(account, user)
        key = proof.session_key(account.mailbox.password, connection.end_point_hash, self.extended_protection)
        if key is None:
            return self._refused(account, user)
        try:
            last = handshake.last_token(proof, key)
        except NtlmTokenError:
            return self._refused(account, user)
        connection.persistent = account.mailbox
        connection.used_by.add(account.mailbox.email)
        end = () if last is None else (("WWW-Authenticate", f"{handshake.scheme} {_encoded(last)}"),)
        headers = (*end, ("Persistent-Auth", "true"))
        return SignIn(SignInOutcome.ACCEPTED, account.mailbox, user, headers)

    def _challenge(self, scheme: str, token: bytes) -> Headers:
        others = tuple((name, value) for name, value in self._offers() if value != scheme)
        return (("WWW-Authenticate", f"{scheme} {_encoded(token)}"), *others)

    def _refused(self, account: NamedAccount | None = None, user: str | None = None) -> SignIn:
        return SignIn(SignInOutcome.REFUSED, account.mailbox if account else None, user, self._offers())

    def _offers(self) -> Headers:
        return tuple(("WWW-Authenticate", written(offer, self.host.name)) for offer in self.offers)


def _admits(account: NamedAccount, scheme: Scheme) -> bool:
    return account.accepted and scheme in account.mailbox.schemes


def _decoded(token: str) -> bytes:
    """Return the bytes of a base64 token; raises NtlmTokenError, a ValueError, where it is none."""
    try:
        return base64.b64decode(token.strip(), validate=True)
    except binascii.Error as error:
        raise NtlmTokenError("this is not base64") from error


def _encoded(token: bytes) -> str:
    return base64.b64encode(token).decode("ascii")
