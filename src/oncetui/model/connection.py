"""The settings that reach one mailbox, and what is known of the server behind them."""

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from oncetui.model.pins import Pins
from oncetui.model.secret import Secret


class Scheme(StrEnum):
    """How the server takes a sign-in; Negotiate carries NTLM inside, Kerberos a ticket and no password."""

    BASIC = "basic"
    NTLM = "ntlm"
    NEGOTIATE = "negotiate"
    KERBEROS = "kerberos"

    @property
    def label(self) -> str:
        """The name that people read."""
        return {"basic": "Basic", "ntlm": "NTLM", "negotiate": "Negotiate (NTLM)", "kerberos": "Kerberos"}[
            self
        ]


class UsernameForm(StrEnum):
    """Which form of the user name the server accepted."""

    EMAIL = "email"
    UPN = "upn"
    DOMAIN = "domain"
    BARE = "bare"


class SyncMode(StrEnum):
    """How changes in the calendar become known."""

    REAL_TIME = "real-time"
    AUTO = "auto"

    @property
    def label(self) -> str:
        """The name that people read."""
        return "Real-time" if self is SyncMode.REAL_TIME else "Auto-sync"


class KeptIn(StrEnum):
    """Where the password is kept; `passphrase` is an encrypted file, too, which a person opens."""

    KEYRING = "keyring"
    FILE = "file"
    PASSPHRASE = "passphrase"  # noqa: S105  # the name of a place
    COMMAND = "command"
    SYSTEMD = "systemd"

    @property
    def filled_elsewhere(self) -> bool:
        """Whether the password is only read there, and changed by other means."""
        return self in (KeptIn.COMMAND, KeptIn.SYSTEMD)


class SecretOf(StrEnum):
    """Whose password a place keeps."""

    MAILBOX = "mailbox"
    PROXY = "proxy"


@dataclass(frozen=True)
class Detour:
    """Reach `host:port` at another address without looking its name up, as curl's --connect-to does."""

    host: str
    port: int
    to_host: str
    to_port: int


BY_ENVIRONMENT = "environment"
NO_PROXY = "none"


@dataclass(frozen=True)
class NetworkRoute:
    """How to get to a server: trust, proxy, detours.

    `ca_file` is trusted beside the system's authorities. `proxy` is a URL without user or password,
    `environment` where HTTPS_PROXY and NO_PROXY have a say, or `none`, which takes a saved one away; the
    proxy's password is a secret that the settings file never holds; an empty one takes away a password that
    was refused, so that it is asked for.
    `pins` holds (host, SHA-256 of the certificate in hex) pairs; told without a SHA-256, one takes a saved
    pin away. `detours` are never saved.
    """

    ca_file: Path | None = None
    proxy: str | None = None
    proxy_user: str | None = None
    proxy_password: Secret | None = None
    pins: Pins = ()
    detours: tuple[Detour, ...] = ()


@dataclass(frozen=True)
class SignIn:
    """How to sign in: the user name as sent, its form, and the scheme."""

    username: str
    form: UsernameForm
    scheme: Scheme

    @property
    def told(self) -> str:
        """How people read it: a ticket is in its holder's name, whatever user name was typed."""
        if self.scheme is Scheme.KERBEROS:
            return "Kerberos, with the ticket of this session"
        return f"{self.scheme.label} as {self.username}"


@dataclass(frozen=True)
class ServerFacts:
    """What a server told of itself: its build number as `15.2.1544.4` and the schema it speaks."""

    build: str | None = None
    schema: str | None = None

    @property
    def product(self) -> str:
        """The name on the box, as people know it."""
        return product_of(self.build)


NOTHING_TOLD = ServerFacts()
STRAIGHT = NetworkRoute()


@dataclass(frozen=True)
class Access:
    """What a sign-in to a mailbox needs besides the secret; `server` spares asking what is known."""

    mailbox: str
    ews_url: str
    sign_in: SignIn
    route: NetworkRoute = STRAIGHT
    server: ServerFacts = NOTHING_TOLD


@dataclass(frozen=True)
class ConnectionSettings:
    """Everything that is saved of a connection but its secret.

    `secret_version` is an opaque token that changes with each saved password; it tells nothing of it.
    `password_command` is the argument list that tells the password where a command does.
    """

    mailbox: str
    ews_url: str
    sign_in: SignIn
    kept_in: KeptIn
    secret_version: str
    sync_mode: SyncMode = SyncMode.REAL_TIME
    server: ServerFacts = NOTHING_TOLD
    route: NetworkRoute = STRAIGHT
    found_by: str = "entered"
    password_command: tuple[str, ...] = ()

    @property
    def access(self) -> Access:
        """What a sign-in needs besides the secret."""
        return Access(self.mailbox, self.ews_url, self.sign_in, self.route, self.server)


_PRODUCTS = (
    ("15.20.", "Microsoft 365"),
    ("15.2.2562", "Exchange SE"),
    ("15.2.", "Exchange 2019"),
    ("15.1.", "Exchange 2016"),
    ("15.0.", "Exchange 2013"),
    ("14.", "Exchange 2010"),
    ("8.", "Exchange 2007"),
)


def product_of(build: str | None) -> str:
    """Return the product name for a build number, plain "Exchange" for one that isn't known."""
    for prefix, name in _PRODUCTS:
        if build is not None and build.startswith(prefix):
            return name
    return "Exchange"


def combined_route(told: NetworkRoute, saved: NetworkRoute) -> NetworkRoute:
    """Return the way to the server: what this run was told goes before what is saved.

    Another proxy than the saved one gets neither its user nor its password, another user not the
    password.
    """
    proxy = told.proxy or saved.proxy
    same_proxy = proxy == saved.proxy
    user = told.proxy_user or (saved.proxy_user if same_proxy else None)
    same_user = same_proxy and user == saved.proxy_user
    own_password = told.proxy_password is not None
    told_hosts = {host.lower() for host, _ in told.pins}
    pins = tuple(pair for pair in saved.pins if pair[0].lower() not in told_hosts) + told.pins
    return NetworkRoute(
        ca_file=told.ca_file or saved.ca_file,
        proxy=proxy,
        proxy_user=user,
        proxy_password=told.proxy_password if own_password else saved.proxy_password if same_user else None,
        pins=pins,
        detours=told.detours or saved.detours,
    )


def kept_route(route: NetworkRoute) -> NetworkRoute:
    """Return what of a way to the server is saved: neither detours nor the password nor what takes away."""
    proxy = None if route.proxy == NO_PROXY else route.proxy
    return replace(
        route,
        proxy=proxy,
        proxy_user=None if proxy is None else route.proxy_user,
        proxy_password=None,
        pins=tuple(pair for pair in route.pins if pair[1]),
        detours=(),
    )
