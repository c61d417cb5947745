"""JSON Autodiscover, which gives the EWS URL without a sign-in (Exchange 2016 and later)."""

import json
from urllib.parse import urlencode

from oncetui.exchange.discovery.hosts import JSON_PATH
from oncetui.exchange.discovery.told_settings import Refused, ToldSettings, ToldUrl


def url_for(origin: str, email: str) -> str:
    """Return the address that tells a mailbox's EWS URL."""
    return f"https://{origin}{JSON_PATH}?{urlencode({'Email': email, 'Protocol': 'EWS'})}"


def settings_in(content: bytes) -> ToldSettings | None:
    """Return what an answer tells, None where it is no answer of Autodiscover."""
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict):
        return None
    url, code = told.get("Url"), told.get("ErrorCode")
    if isinstance(url, str) and url:
        return ToldUrl(url)
    if isinstance(code, str) and code:
        return Refused(code[:100], address_unknown=code in ("UserNotFound", "MailboxNotFound"))
    return None
