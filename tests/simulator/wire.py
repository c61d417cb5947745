"""What tests of the protocol send, and raw TLS connections to send it on."""

import socket
import ssl
from typing import Any

import requests
from requests.auth import HTTPBasicAuth

from oncetui.simulator.serve import RunningSimulator

HOST = "mail.contoso.example"
XML = {"Content-Type": "text/xml; charset=utf-8"}
EWS = f"https://{HOST}/EWS/Exchange.asmx"
ANNA = HTTPBasicAuth(b"anna@contoso.example", "Süß & 5 €".encode())
BEN = ("CONTOSO\\bmeyer", "ben's password")
CALENDAR = '<t:DistinguishedFolderId Id="calendar"/>'


def envelope(operation: str, version: str = "Exchange2013_SP1") -> str:
    """The request for an operation's XML."""
    return (
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" '
        'xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" '
        'xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types">'
        f'<s:Header><t:RequestServerVersion Version="{version}"/></s:Header>'
        f"<s:Body>{operation}</s:Body></s:Envelope>"
    )


GET_FOLDER = envelope(
    "<m:GetFolder><m:FolderShape><t:BaseShape>AllProperties</t:BaseShape></m:FolderShape>"
    f"<m:FolderIds>{CALENDAR}</m:FolderIds></m:GetFolder>"
)
SUBSCRIBE = envelope(
    f"<m:Subscribe><m:StreamingSubscriptionRequest><t:FolderIds>{CALENDAR}</t:FolderIds><t:EventTypes>"
    "<t:EventType>CreatedEvent</t:EventType></t:EventTypes></m:StreamingSubscriptionRequest></m:Subscribe>"
)


def view(start: str = "2026-01-01T00:00:00Z", end: str = "2026-12-31T00:00:00Z", limit: str = "") -> str:
    """The request for a calendar view."""
    return envelope(
        '<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>Default</t:BaseShape></m:ItemShape>'
        f'<m:CalendarView {limit} StartDate="{start}" EndDate="{end}"/>'
        f"<m:ParentFolderIds>{CALENDAR}</m:ParentFolderIds></m:FindItem>"
    )


def stream(subscription: str, minutes: int = 1) -> str:
    """The request for the events of a subscription."""
    return envelope(
        f"<m:GetStreamingEvents><m:SubscriptionIds><t:SubscriptionId>{subscription}</t:SubscriptionId>"
        f"</m:SubscriptionIds><m:ConnectionTimeout>{minutes}</m:ConnectionTimeout></m:GetStreamingEvents>"
    )


def offered(answer: requests.Response) -> list[str]:
    """The `WWW-Authenticate` headers, one by one."""
    headers: Any = answer.raw.headers
    return list(headers.getlist("WWW-Authenticate"))


def https_port(simulator: RunningSimulator) -> int:
    """The port for HTTPS."""
    return int(simulator.ready["https"].rpartition(":")[2])


def tls_connection(simulator: RunningSimulator, host: str = HOST) -> ssl.SSLSocket:
    """A TLS connection of a client that checks everything."""
    context = ssl.create_default_context(cafile=simulator.ready["ca_file"])
    plain = socket.create_connection(("127.0.0.1", https_port(simulator)), 5)
    try:
        return context.wrap_socket(plain, server_hostname=host)
    except BaseException:
        plain.close()
        raise


def is_cut(connection: socket.socket) -> bool:
    """Whether the other side has closed; waits up to the socket's timeout."""
    try:
        while connection.recv(4096):
            pass
    except ConnectionError:
        pass
    return True
