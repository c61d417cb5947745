"""Which proxy leads to a host, and the sign-in to it: a refused password is never sent twice."""

import base64
import contextlib
import threading
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from oncetui.exchange.transport.failures import ProxyRefusalError
from oncetui.model.connection import BY_ENVIRONMENT, NO_PROXY, NetworkRoute
from oncetui.model.secret import Secret

USUAL_PORTS = {"http": 8080, "https": 443}
PATIENCE = 3.0


@dataclass(frozen=True)
class ProxyServer:
    """A proxy and what signs in to it; over `https` it is spoken to in TLS."""

    scheme: str
    host: str
    port: int
    user: str | None = None
    password: Secret | None = None

    @property
    def url(self) -> str:
        """Its address, without user and password."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"

    @property
    def authorization(self) -> str | None:
        """The header's value that signs in to it, None where nothing is known to sign in with."""
        if self.user is None or not self.password:
            return None
        pair = f"{self.user}:{self.password.reveal()}"
        return "Basic " + base64.b64encode(pair.encode()).decode("ascii")


def proxy_towards(route: NetworkRoute, scheme: str, host: str) -> ProxyServer | None:
    """Return the proxy that leads to a host, None where the way is straight.

    The environment (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`, in capitals or not) is read only where the route
    says so; a user and password that stand there count unless the route has its own.
    """
    if route.proxy in (None, NO_PROXY):
        return None
    if route.proxy != BY_ENVIRONMENT:
        return _server(route.proxy or "", route)
    told = urllib.request.getproxies_environment()
    spared = urllib.request.proxy_bypass_environment  # type: ignore[attr-defined]  # the stubs lack it
    if scheme not in told or spared(host, told):
        return None
    return _server(told[scheme], route)


def _server(address: str, route: NetworkRoute) -> ProxyServer | None:
    parts = urlsplit(address if "//" in address else f"http://{address}")
    scheme = parts.scheme if parts.scheme in USUAL_PORTS else "http"
    user, password = route.proxy_user, route.proxy_password
    if user is None and parts.username:
        user, password = unquote(parts.username), Secret(unquote(parts.password or ""))
    return ProxyServer(scheme, parts.hostname or "", parts.port or USUAL_PORTS[scheme], user, password)


class ProxySignIn:
    """Lets one connection try a proxy's password before the others: proxies lock accounts, too.

    A refusal comes at once, before the proxy reaches for any host, so who waits longer than `patience`
    seconds for one goes on.
    """

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._trying = threading.Lock()
        self._accepted = False
        self._refused: tuple[str, ...] | None = None

    @contextlib.contextmanager
    def trying(self) -> Iterator[None]:
        """Send the password inside the block; raise `ProxyRefusalError` where it was refused before."""
        alone = not self._accepted and self._trying.acquire(timeout=self._patience)
        try:
            if self._refused is not None:
                raise ProxyRefusalError(407, self._refused, signed_in=True)
            yield
        finally:
            if alone:
                self._trying.release()

    def answered(self, status: int, offered: tuple[str, ...]) -> None:
        """Take in how the proxy answered a request that the password went with."""
        if status == 407:
            self._refused = offered
        else:
            self._accepted = True
