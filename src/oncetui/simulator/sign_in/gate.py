"""Whom a request comes from: Basic and NTLM, the headers of a refusal, and what each attempt counts as."""

import base64
import binascii
import hmac
from dataclasses import dataclass
from enum import StrEnum

from oncetui.simulator.sign_in.ntlm import ExtendedProtection, NtlmAcceptor, NtlmTokenError
from oncetui.simulator.sign_in.user_names import NamedAccount, account_named
from oncetui.simulator.web.connections import Connection
from oncetui.simulator.web.hosts import Host
from oncetui.simulator.web.messages import Headers
from oncetui.simulator.world import Exchange, Mailbox, Scheme

_NTLM_NEGOTIATE = b"NTLMSSP\0\x01\0\0\0"


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
    schemes: tuple[Scheme, ...]
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
        if scheme.lower() == "basic" and "basic" in self.schemes:
            return self._basic(token, connection)
        if scheme.lower() == "ntlm" and "ntlm" in self.schemes:
            return self._ntlm(token, connection)
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

    def _ntlm(self, token: str, connection: Connection) -> SignIn:
        handshake, connection.ntlm = connection.ntlm, None
        try:
            message = _decoded(token)
            if message.startswith(_NTLM_NEGOTIATE):
                connection.ntlm = NtlmAcceptor(message, self.host.server)
                challenge = base64.b64encode(connection.ntlm.challenge).decode("ascii")
                return SignIn(SignInOutcome.CHALLENGE, headers=(("WWW-Authenticate", f"NTLM {challenge}"),))
            if handshake is None:
                return self._refused()
            proof = handshake.proof(message)
        except NtlmTokenError:
            return self._refused()
        user = f"{proof.domain}\\{proof.user}" if proof.domain else proof.user
        account = account_named(self.exchange, proof.user, proof.domain)
        if account is None or not _admits(account, "ntlm"):
            return self._refused(account, user)
        if not proof.holds(account.mailbox.password, connection.end_point_hash, self.extended_protection):
            return self._refused(account, user)
        connection.persistent = account.mailbox
        connection.used_by.add(account.mailbox.email)
        return SignIn(SignInOutcome.ACCEPTED, account.mailbox, user, (("Persistent-Auth", "true"),))

    def _refused(self, account: NamedAccount | None = None, user: str | None = None) -> SignIn:
        return SignIn(SignInOutcome.REFUSED, account.mailbox if account else None, user, self._offers())

    def _offers(self) -> Headers:
        offers = {"ntlm": "NTLM", "basic": f'Basic realm="{self.host.name}"'}
        return tuple(("WWW-Authenticate", offers[scheme]) for scheme in self.schemes)


def _admits(account: NamedAccount, scheme: Scheme) -> bool:
    return account.accepted and scheme in account.mailbox.schemes


def _decoded(token: str) -> bytes:
    """Return the bytes of a base64 token; raises NtlmTokenError, a ValueError, where it is none."""
    try:
        return base64.b64decode(token.strip(), validate=True)
    except binascii.Error as error:
        raise NtlmTokenError("this is not base64") from error
