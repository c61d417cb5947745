"""Takes from a request and its answer what may be kept; everything else never gets into the trace."""

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

import requests

from oncetui.exchange.faults.answer_facts import schemes_in
from oncetui.exchange.redaction import redacted
from oncetui.model.tracing import TracedRequest

_KEPT_HEADERS = (
    "request-id",
    "X-FEServer",
    "X-BEServer",
    "X-CalculatedBETarget",
    "X-DiagInfo",
    "X-OWA-Version",
    "X-CasErrorCode",
    "X-EWS-Policy-Reason",
    "Server",
    "Via",
    "Retry-After",
    "Date",
)
_OPERATION = re.compile(rb"<(?:\w+:)?Body[^<>]*>\s*<(?:\w+:)?([A-Za-z]{1,60})")
_LOOKED_AT = 4096
_LONGEST = 160
_LIKE_A_TOKEN = re.compile(r"[A-Za-z0-9+/_=]{32,}")


def answered(request: requests.PreparedRequest, response: requests.Response, seconds: float) -> TracedRequest:
    """Return what is kept of a request that was answered; `seconds` is how long that took."""
    told = [(name, _plain(response.headers[name])) for name in _KEPT_HEADERS if name in response.headers]
    offered = schemes_in(response.raw.headers.getlist("WWW-Authenticate"))
    if offered:
        told.append(("WWW-Authenticate", _plain(", ".join(offered))))
    if "Location" in response.headers:
        told.append(("Location", _plain(response.headers["Location"].partition("?")[0])))
    return _traced(request, seconds, status=response.status_code, told=tuple(told))


def broken_off(request: requests.PreparedRequest, error: BaseException, seconds: float) -> TracedRequest:
    """Return what is kept of a request that was not answered: the kind of the error, never its text."""
    deepest, seen = error, {id(error)}
    while True:
        reason = getattr(deepest, "reason", None)
        below = deepest.__cause__ or deepest.__context__ or reason
        if not isinstance(below, BaseException) or id(below) in seen:
            break
        deepest = below
        seen.add(id(deepest))
    return _traced(request, seconds, failure=type(deepest).__name__)


def _traced(
    request: requests.PreparedRequest,
    seconds: float,
    *,
    status: int | None = None,
    told: tuple[tuple[str, str], ...] = (),
    failure: str = "",
) -> TracedRequest:
    parts = urlsplit(request.url or "")
    return TracedRequest(
        at=datetime.now(UTC),
        method=request.method or "",
        host=parts.netloc.rpartition("@")[2],
        path=_plain(parts.path),
        operation=_operation(request.body),
        status=status,
        seconds=seconds,
        failure=failure,
        told=told,
    )


def _operation(body: object) -> str:
    content = body.encode() if isinstance(body, str) else body
    found = _OPERATION.search(content[:_LOOKED_AT]) if isinstance(content, bytes) else None
    return found[1].decode() if found else ""


def _plain(text: str) -> str:
    """Return a value on one line, without anything that looks like a credential that a server sent back."""
    printable = "".join(filter(str.isprintable, text))
    return _LIKE_A_TOKEN.sub("[…]", redacted(printable))[:_LONGEST]
