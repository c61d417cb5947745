"""Autodiscover version 2, `/autodiscover/autodiscover.json`: JSON, asked without signing in."""

import json
from urllib.parse import urlsplit

from oncetui.simulator.autodiscover.settings import ews_url_of
from oncetui.simulator.web.messages import HttpAnswer, HttpRequest
from oncetui.simulator.world import Exchange, Mailbox

PLACE = "/autodiscover/autodiscover.json"
OPERATION = "AutodiscoverV2"
_NAMES = {"ews": "EWS", "autodiscoverv1": "AutodiscoverV1", "activesync": "ActiveSync"}


def answer_json(exchange: Exchange, request: HttpRequest) -> HttpAnswer:
    """Answer `?Email=…&Protocol=…`, or the address as the path's last part (`/v1.0/ADDRESS?Protocol=…`)."""
    protocol = request.parameter("Protocol")
    if not protocol:
        return error(
            400,
            "MandatoryParameterMissing",
            "A valid value must be provided for the query parameter 'Protocol'",
        )
    email = request.parameter("Email") or _address_in_path(request)
    if "@" not in email:
        return error(400, "MandatoryParameterMissing", "A valid smtp address must be provided")
    name = _NAMES.get(protocol.lower())
    if name is None:
        known = ",".join(_NAMES.values())
        text = f"The given protocol value '{protocol}' is invalid. Supported values are '{known}'"
        return error(400, "InvalidProtocol", text)
    mailbox = exchange.mailbox(email)
    if mailbox is None:
        return error(404, "UserNotFound", "The given user is not found")
    return found(name, _url(exchange, mailbox, name))


def found(protocol: str, url: str) -> HttpAnswer:
    """Return the address of a protocol."""
    return _json(200, {"Protocol": protocol, "Url": url})


def _url(exchange: Exchange, mailbox: Mailbox, protocol: str) -> str:
    url = ews_url_of(exchange, mailbox)
    host = urlsplit(url).hostname
    if protocol == "ActiveSync":
        return f"https://{host}/Microsoft-Server-ActiveSync"
    return url if protocol == "EWS" else f"https://{host}/autodiscover/autodiscover.xml"


def _address_in_path(request: HttpRequest) -> str:
    return request.path[len(PLACE) :].rpartition("/")[2]


def error(status: int, code: str, message: str) -> HttpAnswer:
    """Return an error with its code."""
    return _json(status, {"ErrorCode": code, "ErrorMessage": message})


def _json(status: int, value: dict[str, str]) -> HttpAnswer:
    return HttpAnswer(
        status, json.dumps(value, separators=(",", ":")).encode(), "application/json; charset=utf-8"
    )
