"""Which hosts may be asked, and which of them credentials may go to."""

import re
from urllib.parse import urlsplit

JSON_PATH = "/autodiscover/autodiscover.json"
POX_PATH = "/autodiscover/autodiscover.xml"
SOAP_PATH = "/autodiscover/autodiscover.svc"

# Where parsers disagree on which part of a URL is its host, a backslash or a user name before it, the host
# that was checked is not the one that is asked: https://other.example\\@mail.contoso.example/ is such a one.
_UNMISTAKABLE = re.compile(
    r"https://(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?(?:[/?][!-\[\]-~]*)?", re.ASCII | re.IGNORECASE
)


def places_for(domain: str) -> tuple[str, ...]:
    """Return the hosts that may know a mail domain's server, the likelier one first."""
    return tuple(host for host in (f"autodiscover.{domain}", domain) if may_be_asked(host))


def may_be_asked(host: str) -> bool:
    """Tell whether a host is asked at all: `autodiscover.` a top-level domain belongs to strangers."""
    labels = host.lower().split(".")
    return len(labels) > 1 and not (labels[0] == "autodiscover" and len(labels) == 2)


def outside_host(url: str, domain: str) -> str | None:
    """Return a URL's host where it is not in the mail domain, None where it is."""
    host = (urlsplit(url).hostname or "").lower()
    return None if f".{host}".endswith(f".{domain.lower()}") else host


def https_origin(url: str) -> str | None:
    """Return host, and port where it isn't 443, of an https URL that may be asked; None for any other.

    Any other is also one whose host could be taken for another by the next reader.
    """
    if not _UNMISTAKABLE.fullmatch(url):
        return None
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return None
    if parts.scheme != "https" or not may_be_asked(host):
        return None
    return host if port in (None, 443) else f"{host}:{port}"
