"""What was being done when something went wrong: the words that problems are told with."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from oncetui.model.connection import Access, NetworkRoute


@dataclass(frozen=True)
class Circumstances:
    """The host and whatever else is known; `calendar` is set while one calendar is read."""

    host: str
    port: int = 443
    proxy: str | None = None
    mailbox: str | None = None
    username: str | None = None
    calendar: str | None = None


def asking(url: str, route: NetworkRoute) -> Circumstances:
    """Return the circumstances of asking a URL without a sign-in."""
    parts = urlsplit(url)
    return Circumstances(parts.hostname or url, parts.port or 443, route.proxy)


def using(access: Access) -> Circumstances:
    """Return the circumstances of using a mailbox."""
    at = asking(access.ews_url, access.route)
    return Circumstances(at.host, at.port, at.proxy, access.mailbox, access.sign_in.username)
