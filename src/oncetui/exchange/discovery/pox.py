"""POX Autodiscover, the plain XML form (MS-OXDSCLI)."""

from lxml import etree

from oncetui.exchange.discovery.told_settings import (
    NO_EWS_URL,
    AskElsewhere,
    AskForAddress,
    Refused,
    ToldSettings,
    ToldUrl,
)

_REQUEST = "http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006"
_RESPONSE = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a"
_BEST_FIRST = ("EXPR", "EXCH", "WEB")


def request_for(email: str) -> bytes:
    """Return the request for a mailbox's settings."""
    root = etree.Element(f"{{{_REQUEST}}}Autodiscover", nsmap={None: _REQUEST})  # type: ignore[dict-item]  # the stubs know of no default namespace
    request = etree.SubElement(root, f"{{{_REQUEST}}}Request")
    etree.SubElement(request, f"{{{_REQUEST}}}EMailAddress").text = email
    etree.SubElement(request, f"{{{_REQUEST}}}AcceptableResponseSchema").text = _RESPONSE
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def settings_in(content: bytes) -> ToldSettings | None:
    """Return what an answer tells, None where it is no answer of Autodiscover.

    The outside address goes before the inside one; a kind of protocol may stand there more than once.
    """
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root is None or etree.QName(root).localname != "Autodiscover":
        return None
    texts = {etree.QName(found).localname: (found.text or "").strip() for found in root.iter("{*}*")}
    match texts.get("Action", "").lower():
        case "redirecturl":
            return AskElsewhere(texts.get("RedirectUrl", ""))
        case "redirectaddr":
            return AskForAddress(texts.get("RedirectAddr", ""))
    if texts.get("ErrorCode"):
        return Refused(texts["ErrorCode"], address_unknown=texts["ErrorCode"] == "500")
    protocols = root.iter("{*}Protocol")
    told = [(_text(each, "Type").upper(), _text(each, "EwsUrl")) for each in protocols]
    best = next((url for kind in _BEST_FIRST for named, url in told if named == kind and url), None)
    return Refused(NO_EWS_URL, address_unknown=False) if best is None else ToldUrl(best)


def _text(protocol: etree._Element, name: str) -> str:
    return (protocol.findtext(f"{{*}}{name}") or "").strip()
