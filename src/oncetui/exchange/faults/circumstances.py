"""What was being done when something went wrong: the words that problems are told with."""

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from oncetui.exchange.transport.proxies import proxy_towards
from oncetui.model.connection import Access, NetworkRoute

NO_HOST = "the server"


@dataclass(frozen=True)
class Circumstances:
    """The host and whatever else is known; `calendar` is set while one calendar is read."""

    host: str
    port: int = 443
    proxy: str | None = None
    proxy_user: str | None = None
    mailbox: str | None = None
    username: str | None = None
    calendar: str | None = None


def asking(url: str, route: NetworkRoute) -> Circumstances:
    """Return the circumstances of asking a URL without a sign-in."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or NO_HOST, parts.port or 443
    except ValueError:
        return Circumstances(NO_HOST)  # an address that can't be one may hold anything: it isn't shown
    proxy = proxy_towards(route, parts.scheme or "https", host)
    if proxy is None:
        return Circumstances(host, port)
    return Circumstances(host, port, proxy.url, proxy.user)


def using(access: Access) -> Circumstances:
    """Return the circumstances of using a mailbox."""
    at = asking(access.ews_url, access.route)
    return replace(at, mailbox=access.mailbox, username=access.sign_in.username)
