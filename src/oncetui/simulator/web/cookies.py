"""The cookies by which a load balancer and Exchange's front end keep a client on one server."""

import base64
from datetime import datetime, timedelta

from oncetui.simulator.web.hosts import FRONT_END
from oncetui.simulator.web.iis import http_date
from oncetui.simulator.web.messages import Headers, HttpRequest
from oncetui.simulator.world import Mailbox

_STAYS = timedelta(minutes=10)
_AFFINITY = "X-BackEndOverrideCookie"


def back_end_cookies(
    request: HttpRequest, mailbox: Mailbox, operation: str | None, dns_domain: str, now: datetime
) -> Headers:
    """Return the cookies for an answer of EWS; what the client has sent back is not set again.

    The affinity cookie comes with a subscription for whoever prefers server affinity, so that all requests
    about one group of subscriptions meet the server that holds them.
    """
    known = request.cookies()
    cookies = []
    if "exchangecookie" not in known:
        cookies.append(f"exchangecookie={mailbox.guid.replace('-', '')}; path=/; HttpOnly")
    prefers_affinity = (request.header("x-preferserveraffinity") or "").strip().lower() == "true"
    if operation == "Subscribe" and prefers_affinity and _AFFINITY not in known:
        cookies.append(f"{_AFFINITY}={FRONT_END}.{dns_domain}~1941996295; path=/; secure; HttpOnly")
    if "X-BackEndCookie" not in known:
        place = base64.b64encode(mailbox.guid.encode("ascii")).decode("ascii").rstrip("=")
        expires = _cookie_date(now + _STAYS)
        cookies.append(
            f"X-BackEndCookie={mailbox.guid}={place}; expires={expires}; path=/EWS; secure; HttpOnly"
        )
    return tuple(("Set-Cookie", cookie) for cookie in cookies)


def _cookie_date(moment: datetime) -> str:
    # ASP.NET writes the date with hyphens, and some parsers of cookies take no other form.
    day, rest = http_date(moment).split(", ")
    return f"{day}, {rest.replace(' ', '-', 2)}"
