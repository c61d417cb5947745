"""SOAP Autodiscover, GetUserSettings (MS-OXWSADISC 3.1.4.1)."""

from lxml import etree

from oncetui.exchange.discovery.told_settings import (
    NO_EWS_URL,
    AskElsewhere,
    AskForAddress,
    Refused,
    ToldSettings,
    ToldUrl,
)

_A = "http://schemas.microsoft.com/exchange/2010/Autodiscover"
_S = "http://schemas.xmlsoap.org/soap/envelope/"
_W = "http://www.w3.org/2005/08/addressing"
_ACTION = "http://schemas.microsoft.com/exchange/2010/Autodiscover/Autodiscover/GetUserSettings"
_BEST_FIRST = ("ExternalEwsUrl", "InternalEwsUrl")
_UNKNOWN_USER = ("InvalidUser", "UserIsNotInDomain", "InvalidDomain", "NotFederated")


def request_for(email: str, url: str) -> bytes:
    """Return the request for a mailbox's EWS URLs, to be sent to `url`."""
    envelope = etree.Element(f"{{{_S}}}Envelope", nsmap={"s": _S, "a": _A, "w": _W})
    header = etree.SubElement(envelope, f"{{{_S}}}Header")
    etree.SubElement(header, f"{{{_A}}}RequestedServerVersion").text = "Exchange2010"
    etree.SubElement(header, f"{{{_W}}}Action").text = _ACTION
    etree.SubElement(header, f"{{{_W}}}To").text = url
    body = etree.SubElement(envelope, f"{{{_S}}}Body")
    message = etree.SubElement(body, f"{{{_A}}}GetUserSettingsRequestMessage")
    request = etree.SubElement(message, f"{{{_A}}}Request")
    user = etree.SubElement(etree.SubElement(request, f"{{{_A}}}Users"), f"{{{_A}}}User")
    etree.SubElement(user, f"{{{_A}}}Mailbox").text = email
    settings = etree.SubElement(request, f"{{{_A}}}RequestedSettings")
    for name in _BEST_FIRST:
        etree.SubElement(settings, f"{{{_A}}}Setting").text = name
    return etree.tostring(envelope, xml_declaration=True, encoding="utf-8")


def settings_in(content: bytes) -> ToldSettings | None:
    """Return what an answer tells, None where it is no answer to GetUserSettings."""
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return None
    user = None if root is None else next(root.iter(f"{{{_A}}}UserResponse"), None)
    if user is None:
        return None
    code = (user.findtext(f"{{{_A}}}ErrorCode") or "").strip()
    target = (user.findtext(f"{{{_A}}}RedirectTarget") or "").strip()
    if code == "RedirectUrl":
        return AskElsewhere(target)
    if code == "RedirectAddress":
        return AskForAddress(target)
    if code not in ("", "NoError"):
        return Refused(code, address_unknown=code in _UNKNOWN_USER)
    values = {
        (setting.findtext(f"{{{_A}}}Name") or "").strip(): (setting.findtext(f"{{{_A}}}Value") or "").strip()
        for setting in user.iter(f"{{{_A}}}UserSetting")
    }
    best = next((values[name] for name in _BEST_FIRST if values.get(name)), None)
    return Refused(NO_EWS_URL, address_unknown=False) if best is None else ToldUrl(best)
