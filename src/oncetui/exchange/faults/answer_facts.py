"""What an HTTP answer tells, without its body and without a header that could hold a secret."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

import requests

from oncetui.exchange.faults.retry_after import seconds_to_wait

_EXCHANGE_MARKS = ("X-FEServer", "X-OWA-Version", "X-CalculatedBETarget", "X-BEServer", "X-DiagInfo")
_PROXY_MARKS = ("Via", "X-Squid-Error", "Proxy-Connection", "Proxy-Authenticate")
_KNOWN_SCHEMES = {
    scheme.lower(): scheme
    for scheme in (
        "Basic", "Bearer", "Digest", "DPoP", "HOBA", "Kerberos", "Mutual", "Negotiate", "NTLM", "OAuth",
        "PoP", "SCRAM-SHA-1", "SCRAM-SHA-256", "WSSecurity",
    )
}  # fmt: skip
_OTHER_SCHEME = "another"
_SERVER = re.compile(
    r"(?:Microsoft-IIS|Microsoft-HTTPAPI|Microsoft-Azure-Application-Gateway|Kestrel|nginx|Apache|squid|"
    r"tinyproxy|openresty|envoy|cloudflare|AkamaiGHost|awselb|BigIP|LiteSpeed|lighttpd|Caddy)"
    r"(?:/[0-9.]{1,12})?",
    re.IGNORECASE,
)
_REQUEST_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_DIAGNOSTICS = re.compile(r"\s*([0-9]{7})\b")
_POLICY_REASONS = ("EWS is disabled", "blocked by policy")
_OTHER_REASON = "not one that is known"
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_SCHEME = re.compile(r"(?:^|,)\s*([A-Za-z][A-Za-z0-9-]*)(?=\s*(?:,|$)|\s+[^=\s])")
_BUILD = re.compile(r"\d{1,3}(?:\.\d{1,5}){3}")
_BODY_LOOKED_AT = 64 * 1024
_SAYINGS = {
    "locked-out": b"account is currently locked out",
    "login-form": b'type="password"',
    "application-error": b"Server Error in '/EWS' Application",
    "request-too-long": b"Request Too Long",
    "headers-too-long": b"size of the request headers is too long",
    "client-certificate": b"client certificate",
    "legacy-blocked": b"BlockLegacyAuth",
}


@dataclass(frozen=True)
class AnswerFacts:
    """The facts of one answer: what is known by its form, so that nothing which a server echoes gets through.

    `offered` are the sign-in schemes, "another" for one that isn't known. `location` is a redirect's target
    without its query, to be followed and not to be shown. `says` names known texts that the body holds;
    `retry_after` is in seconds. `policy_reason` is the known part of X-EWS-Policy-Reason, `diagnostics` the
    number in x-ms-diagnostics, `server` the product that answered.
    """

    status: int
    offered: tuple[str, ...] = ()
    from_exchange: bool = False
    build: str | None = None
    location: str | None = None
    retry_after: float | None = None
    via_proxy: bool = False
    policy_reason: str | None = None
    back_end_error: bool = False
    content: str = ""
    says: frozenset[str] = frozenset()
    diagnostics: str | None = None
    server: str | None = None
    request_id: str | None = None

    @property
    def redirects(self) -> bool:
        """Whether the answer sends us elsewhere."""
        return self.status in (301, 302, 303, 307, 308) and self.location is not None


def facts_of(response: requests.Response) -> AnswerFacts:
    """Return the facts of an answer whose body was read."""
    headers = response.headers
    body = response.content[:_BODY_LOOKED_AT]
    version = headers.get("X-OWA-Version", "").strip()
    return AnswerFacts(
        status=response.status_code,
        offered=schemes_in(response.raw.headers.getlist("WWW-Authenticate")),
        from_exchange=any(mark in headers for mark in _EXCHANGE_MARKS),
        build=version if _BUILD.fullmatch(version) else None,
        location=_target(response.url, headers.get("Location")),
        retry_after=seconds_to_wait(headers.get("Retry-After"), datetime.now(UTC)),
        via_proxy=bears_proxy_marks(response),
        policy_reason=_policy_reason(headers.get("X-EWS-Policy-Reason")),
        back_end_error="X-CasErrorCode" in headers,
        content=headers.get("Content-Type", "").partition(";")[0].strip().lower(),
        says=frozenset(saying for saying, text in _SAYINGS.items() if text in body),
        diagnostics=_matched(_DIAGNOSTICS.match(headers.get("x-ms-diagnostics", ""))),
        server=_matched(_SERVER.match(headers.get("Server", ""))),
        request_id=_matched(_REQUEST_ID.fullmatch(headers.get("request-id", "").strip())),
    )


def bears_proxy_marks(response: requests.Response) -> bool:
    """Tell whether a proxy has had its hands on an answer."""
    return any(mark in response.headers for mark in _PROXY_MARKS)


def schemes_in(values: list[str]) -> tuple[str, ...]:
    """Return the schemes that WWW-Authenticate headers name, in their order, each once."""
    found = [name for value in values for name in _SCHEME.findall(_QUOTED.sub("", value))]
    return tuple(dict.fromkeys(_KNOWN_SCHEMES.get(name.lower(), _OTHER_SCHEME) for name in found))


def _target(asked: str, location: str | None) -> str | None:
    if not location:
        return None
    try:
        parts = urlsplit(urljoin(asked, location))
    except ValueError:
        return None
    return f"{parts.scheme}://{parts.netloc}{parts.path}"


def _policy_reason(text: str | None) -> str | None:
    if text is None:
        return None
    return next((known for known in _POLICY_REASONS if known.lower() in text.lower()), _OTHER_REASON)


def _matched(found: re.Match[str] | None) -> str | None:
    return None if found is None else found[found.re.groups]
