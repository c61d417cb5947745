"""POX Autodiscover, `/autodiscover/autodiscover.xml`: the answer for Outlook (MS-OXDSCLI 2.2.4)."""

import random
from datetime import UTC, datetime
from urllib.parse import urlsplit

from lxml import etree

from oncetui.simulator.autodiscover.settings import (
    deployment_id,
    ews_url_of,
    legacy_dn,
    server_dn,
    server_name,
)
from oncetui.simulator.web.messages import HttpAnswer
from oncetui.simulator.world import Exchange, Mailbox

PLACE = "/autodiscover/autodiscover.xml"
OPERATION = "Autodiscover"
_ENVELOPE = "http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"
_OUTLOOK = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a"
_SERVER_VERSION = "73C28608"
_XML = "text/xml; charset=utf-8"


def answer_pox(exchange: Exchange, body: bytes) -> HttpAnswer:
    """Answer a POX request; errors come with HTTP 200 and a number inside, 500 to 603, as from Exchange."""
    try:
        request = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return error(600, "Invalid Request")
    email = _text(request, "EMailAddress")
    schema = _text(request, "AcceptableResponseSchema")
    if not email or not schema:
        return error(600, "Invalid Request")
    if schema != _OUTLOOK:
        return error(601, "Provider is not available")
    mailbox = exchange.mailbox(email)
    if mailbox is None:
        return error(500, "The email address can't be found.")
    return _answer(_settings(exchange, mailbox))


def _settings(exchange: Exchange, mailbox: Mailbox) -> etree._Element:
    response = etree.Element(f"{{{_OUTLOOK}}}Response", nsmap=_default(_OUTLOOK))
    user = _child(response, "User")
    _child(user, "DisplayName", mailbox.display_name)
    _child(user, "LegacyDN", legacy_dn(mailbox))
    _child(user, "AutoDiscoverSMTPAddress", mailbox.email)
    _child(user, "DeploymentId", deployment_id(exchange))
    account = _child(response, "Account")
    _child(account, "AccountType", "email")
    _child(account, "Action", "settings")
    _child(account, "MicrosoftOnline", "False")
    _inside(account, exchange, mailbox)
    _outside(account, exchange, mailbox)
    return response


def _inside(account: etree._Element, exchange: Exchange, mailbox: Mailbox) -> None:
    protocol = _child(account, "Protocol")
    _child(protocol, "Type", "EXCH")
    _child(protocol, "Server", server_name(mailbox))
    _child(protocol, "ServerDN", server_dn(mailbox))
    _child(protocol, "ServerVersion", _SERVER_VERSION)
    _child(protocol, "MdbDN", f"{server_dn(mailbox)}/cn=Microsoft Private MDB")
    _child(protocol, "AuthPackage", "Ntlm")
    _web_services(protocol, ews_url_of(exchange, mailbox))


def _outside(account: etree._Element, exchange: Exchange, mailbox: Mailbox) -> None:
    url = ews_url_of(exchange, mailbox)
    protocol = _child(account, "Protocol")
    _child(protocol, "Type", "EXPR")
    _child(protocol, "Server", urlsplit(url).hostname or "")
    _child(protocol, "SSL", "On")
    _child(protocol, "AuthPackage", "Ntlm" if "ntlm" in mailbox.schemes else "Basic")
    _web_services(protocol, url)


def _web_services(protocol: etree._Element, url: str) -> None:
    for name in ("ASUrl", "EwsUrl", "EmwsUrl", "OOFUrl"):
        _child(protocol, name, url)


def error(code: int, message: str) -> HttpAnswer:
    """Return an error with its number."""
    response = etree.Element(f"{{{_ENVELOPE}}}Response", nsmap=_default(_ENVELOPE))
    moment = datetime.now(UTC).strftime("%H:%M:%S.%f")
    number = str(random.getrandbits(32))
    element = etree.SubElement(response, f"{{{_ENVELOPE}}}Error", {"Time": moment, "Id": number})
    etree.SubElement(element, f"{{{_ENVELOPE}}}ErrorCode").text = str(code)
    etree.SubElement(element, f"{{{_ENVELOPE}}}Message").text = message
    etree.SubElement(element, f"{{{_ENVELOPE}}}DebugData")
    return _answer(response)


def redirect(to: str) -> HttpAnswer:
    """Refer the client to another email address, or to another URL."""
    response = etree.Element(f"{{{_OUTLOOK}}}Response", nsmap=_default(_OUTLOOK))
    account = _child(response, "Account")
    if "@" in to:
        _child(account, "Action", "redirectAddr")
        _child(account, "RedirectAddr", to)
    else:
        _child(account, "Action", "redirectUrl")
        _child(account, "RedirectUrl", to)
    return _answer(response)


def _answer(response: etree._Element) -> HttpAnswer:
    document = etree.Element(f"{{{_ENVELOPE}}}Autodiscover", nsmap=_default(_ENVELOPE))
    document.append(response)
    return HttpAnswer(200, etree.tostring(document, xml_declaration=True, encoding="utf-8"), _XML)


def _text(request: etree._Element, name: str) -> str:
    return next(((element.text or "").strip() for element in request.iter(f"{{*}}{name}")), "")


def _child(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_OUTLOOK}}}{name}")
    element.text = text
    return element


def _default(namespace: str) -> dict[str, str]:
    return {None: namespace}  # type: ignore[dict-item]  # the stubs know of no default namespace
