"""SOAP envelopes: reading a request, wrapping an answer or a fault."""

from dataclasses import dataclass

from lxml import etree

from oncetui.simulator.soap.failures import SchemaViolationError, SoapFaultError
from oncetui.simulator.soap.names import ERRORS, MESSAGES, SOAP, TYPES, S, T
from oncetui.simulator.soap.reading import Element, children, local_name
from oncetui.simulator.soap.writing import text_of

SERVER_VERSION = 'MajorVersion="15" MinorVersion="2" MajorBuildNumber="1544" MinorBuildNumber="11"'
_SCHEMA_VERSION = "V2017_07_11"

# The versions a client can ask for, oldest first.
VERSIONS = (
    "Exchange2007",
    "Exchange2007_SP1",
    "Exchange2009",
    "Exchange2010",
    "Exchange2010_SP1",
    "Exchange2010_SP2",
    "Exchange2012",
    "Exchange2013",
    "Exchange2013_SP1",
    "V2015_10_05",
    "Exchange2015",
    "V2016_01_06",
    "V2016_04_13",
    "V2016_07_13",
    "Exchange2016",
    "V2016_10_10",
    "V2017_01_07",
    "V2017_04_14",
    "V2017_07_11",
)


@dataclass(frozen=True, slots=True)
class Request:
    """A request's operation element, the schema version it asks for and its time zone context.

    Without `names_version` the version is the one that Exchange assumes then.
    """

    operation: Element
    version: str
    time_zone_context: Element | None
    names_version: bool = True

    @property
    def name(self) -> str:
        """The operation's name."""
        return local_name(self.operation)


def read(body: bytes) -> Request:
    """Read a request's envelope; `SoapFaultError` where it is none."""
    root = _parsed(body)
    soap_body = root.find(S + "Body") if root.tag == S + "Envelope" else None
    if soap_body is None:
        raise SchemaViolationError("The element 'Envelope' with its child 'Body' is expected.")
    operation = next(children(soap_body), None)
    if operation is None:
        raise SoapFaultError("ErrorInvalidRequest", "The request is invalid.")
    header = root.find(S + "Header")
    named = header is not None and header.find(T + "RequestServerVersion") is not None
    return Request(operation, _version(header), _context(header), named)


def answer(content: str) -> bytes:
    """Return the envelope around an operation's answer."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="{SOAP}"><s:Header>'
        f'<h:ServerVersionInfo {SERVER_VERSION} Version="{_SCHEMA_VERSION}" xmlns:h="{TYPES}" '
        'xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>'
        '</s:Header><s:Body xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:m="{MESSAGES}" xmlns:t="{TYPES}">'
        f"{content}</s:Body></s:Envelope>"
    ).encode()


def piece(content: str) -> bytes:
    """Return one envelope of an answer that has many, without an XML declaration as real servers send it."""
    return (
        f'<Envelope xmlns="{SOAP}"><soap11:Header xmlns:soap11="{SOAP}"><ServerVersionInfo '
        'xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'{SERVER_VERSION} Version="{_SCHEMA_VERSION}" xmlns="{TYPES}"/></soap11:Header>'
        f'<soap11:Body xmlns:soap11="{SOAP}" xmlns:m="{MESSAGES}" xmlns:t="{TYPES}">{content}</soap11:Body>'
        "</Envelope>"
    ).encode()


def fault(failure: SoapFaultError) -> bytes:
    """Return the envelope around a fault, without a header as real servers send it."""
    message_xml = f'<t:MessageXml xmlns:t="{TYPES}">{failure.detail}</t:MessageXml>' if failure.detail else ""
    return (
        f'<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="{SOAP}"><s:Body><s:Fault>'
        f'<faultcode xmlns:a="{TYPES}">a:{failure.code}</faultcode>'
        f'<faultstring xml:lang="en-US">{text_of(failure.text)}</faultstring>'
        f'<detail><e:ResponseCode xmlns:e="{ERRORS}">{failure.code}</e:ResponseCode>'
        f'<e:Message xmlns:e="{ERRORS}">{text_of(failure.message)}</e:Message>{message_xml}</detail>'
        "</s:Fault></s:Body></s:Envelope>"
    ).encode()


def _parsed(body: bytes) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line, position = getattr(error, "position", (0, 0))
        raise SchemaViolationError(str(error), line, position) from error
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]  # the stubs lack it
        raise SchemaViolationError("For security reasons DTD is prohibited in this XML document.")
    return root


def _version(header: Element | None) -> str:
    asked = None if header is None else header.find(T + "RequestServerVersion")
    if asked is None:
        return "Exchange2007"
    version = asked.get("Version", "")
    if version not in VERSIONS:
        raise SoapFaultError("ErrorInvalidServerVersion", "The specified server version is invalid.")
    return version


def _context(header: Element | None) -> Element | None:
    return None if header is None else header.find(f"{T}TimeZoneContext/{T}TimeZoneDefinition")
