"""The name of an EWS operation, read from a request without reading the whole of it."""

import io

from lxml import etree

_BODY = "{http://schemas.xmlsoap.org/soap/envelope/}Body"


def operation_name(body: bytes) -> str | None:
    """Return the local name of the first element in a SOAP body, None where there is none."""
    try:
        inside = False
        for _event, element in etree.iterparse(
            io.BytesIO(body), events=("start",), resolve_entities=False, no_network=True, huge_tree=True
        ):
            if inside:
                return str(etree.QName(element).localname)
            inside = element.tag == _BODY
    except (etree.XMLSyntaxError, ValueError):
        return None
    return None
