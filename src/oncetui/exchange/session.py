"""exchangelib over our own transport: no cache, no globals, no retries, no sign-in of its own."""

from collections.abc import Callable
from typing import Any

import requests
from exchangelib import DELEGATE, UTC
from exchangelib.configuration import Configuration
from exchangelib.protocol import BaseProtocol, FailFast
from exchangelib.transport import DEFAULT_HEADERS, NOAUTH
from exchangelib.version import Build, Version

from oncetui.exchange.signing_in.latch import Latch
from oncetui.exchange.signing_in.schemes import sign_ins_for
from oncetui.exchange.signing_in.wire import SigningIn
from oncetui.exchange.transport.transport import Transport
from oncetui.model.connection import Access, ServerFacts
from oncetui.model.secret import Secret

FIRST_SCHEMA = "Exchange2013_SP1"
CONNECTIONS = 3


class DirectProtocol(BaseProtocol):  # type: ignore[misc]  # exchangelib has no types
    """exchangelib's protocol for one endpoint; its sessions sign themselves in.

    It is told everything beforehand and asks the server nothing on its own: `BaseProtocol` is the part of it
    without the process-wide cache.
    """

    def __init__(
        self, ews_url: str, version: Version, transport: Transport, sign_in: Callable[[], SigningIn]
    ) -> None:
        super().__init__(
            Configuration(
                service_endpoint=ews_url,
                auth_type=NOAUTH,
                version=version,
                retry_policy=FailFast(),
                max_connections=CONNECTIONS,
            )
        )
        self._transport = transport
        self._sign_in = sign_in

    def by(self, transport: Transport) -> "DirectProtocol":
        """Return a protocol for the same endpoint and sign-in, by a transport of its own."""
        return DirectProtocol(self.service_endpoint, self.version, transport, self._sign_in)

    @property
    def version(self) -> Version:
        """What the server was known to be when the protocol was made."""
        return self.config.version

    def raw_session(self, *_: Any, **__: Any) -> requests.Session:
        """Return a session of our transport."""
        session = self._transport.session(self._sign_in())
        session.headers.update(DEFAULT_HEADERS)
        return session

    def create_session(self) -> requests.Session:
        """Return a session with what exchangelib notes on it."""
        session = self.raw_session()
        session.session_id = id(session)  # type: ignore[attr-defined]  # exchangelib's own
        session.usage_count = 0  # type: ignore[attr-defined]  # exchangelib's own
        return session


class MailboxAccount:
    """The mailbox as exchangelib's services see it; unlike its `Account` it fills no cache.

    `version` is replaced by the services with what each answer tells. `behind_proxy` is set by an answer of
    Exchange that bears a proxy's marks: such a proxy belongs to the way and is no sign of trouble.
    """

    def __init__(self, mailbox: str, protocol: DirectProtocol) -> None:
        self.primary_smtp_address = mailbox
        self.protocol = protocol
        self.version = protocol.version
        self.access_type = DELEGATE
        self.default_timezone = UTC
        self.affinity_cookie: str | None = None
        self.behind_proxy = False

    def by(self, transport: Transport) -> "MailboxAccount":
        """Return the same mailbox by a transport of its own; the secret's latch is shared."""
        account = MailboxAccount(self.primary_smtp_address, self.protocol.by(transport))
        account.version = self.version
        return account

    def beside(self, other: "MailboxAccount") -> "MailboxAccount":
        """Return the same mailbox by the same connections, asking the server that answered another one."""
        account = MailboxAccount(self.primary_smtp_address, self.protocol)
        account.version, account.affinity_cookie = self.version, other.affinity_cookie
        return account

    @property
    def server(self) -> ServerFacts:
        """What the server told of itself."""
        build = None if self.version.build is None else str(self.version.build)
        return ServerFacts(build=build, schema=self.version.api_version)


def account_for(access: Access, secret: Secret, transport: Transport, latch: Latch) -> MailboxAccount:
    """Return the mailbox, not asked for anything yet."""
    sign_in = sign_ins_for(access.sign_in, secret, latch)
    version = Version(_build_of(access.server.build), access.server.schema or FIRST_SCHEMA)
    return MailboxAccount(access.mailbox, DirectProtocol(access.ews_url, version, transport, sign_in))


def _build_of(build: str | None) -> Build | None:
    parts = (build or "").split(".")
    return Build(*map(int, parts)) if len(parts) == 4 and all(map(str.isdigit, parts)) else None
