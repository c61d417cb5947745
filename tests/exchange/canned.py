"""A mailbox account whose server gives prepared answers, in their order, and keeps the requests."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import requests
import urllib3
from exchangelib.version import Version
from requests.adapters import HTTPAdapter

from oncetui.exchange.session import DirectProtocol, MailboxAccount
from oncetui.exchange.signing_in.wire import SigningIn

URL = "https://mail.contoso.example/EWS/Exchange.asmx"
HEAD = (
    '<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" '
    'xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" '
    'xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types" '
    'xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors"><s:Header><t:ServerVersionInfo '
    'MajorVersion="15" MinorVersion="2" MajorBuildNumber="1544" MinorBuildNumber="4" Version="V2017_07_11"/>'
    "</s:Header><s:Body>"
)
TAIL = "</s:Body></s:Envelope>"


@dataclass
class Canned(requests.Session):
    """A session, and the transport that makes it."""

    answers: list[tuple[int, bytes]]
    sent: list[bytes] = field(default_factory=list)
    timeouts: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def session(self, sign_in: object) -> requests.Session:
        return self

    def post(self, url: str | bytes, data: Any = None, json: Any = None, **told: Any) -> requests.Response:
        self.sent.append(data)
        self.timeouts.append(told.get("timeout"))
        status, body = self.answers.pop(0)
        return answer(status, body)


def answer(status: int, body: bytes = b"", **headers: str) -> requests.Response:
    """Return an answer as an adapter would make it."""
    raw = urllib3.HTTPResponse(io.BytesIO(body), headers=headers, status=status, preload_content=False)
    request = requests.Request("POST", URL).prepare()
    response: requests.Response = HTTPAdapter().build_response(request, raw)
    return response


def account_answered(
    *answers: bytes | tuple[int, bytes], schema: str = "Exchange2013_SP1"
) -> tuple[MailboxAccount, Canned]:
    """Return an account and what its requests were; an answer without a status has 200."""
    prepared = [each if isinstance(each, tuple) else (200, each) for each in answers]
    canned = Canned(prepared)
    protocol = DirectProtocol(URL, Version(None, schema), canned, nobody)  # type: ignore[arg-type]  # a stand-in
    return MailboxAccount("anna@contoso.example", protocol), canned


def message(operation: str, content: str, code: str = "NoError", kind: str = "Success") -> bytes:
    """Return an answer with one response message."""
    return messages(operation, [(content, code, kind)])


def messages(operation: str, parts: Sequence[tuple[str, str, str]]) -> bytes:
    """Return an answer with several response messages, each of (content, code, class)."""
    inside = "".join(
        f'<m:{operation}ResponseMessage ResponseClass="{kind}"><m:ResponseCode>{code}</m:ResponseCode>'
        f"{content}</m:{operation}ResponseMessage>"
        for content, code, kind in parts
    )
    text = f"<m:{operation}Response><m:ResponseMessages>{inside}</m:ResponseMessages></m:{operation}Response>"
    return (HEAD + text + TAIL).encode()


def fault(code: str, values: str = "") -> tuple[int, bytes]:
    """Return a SOAP fault with a response code, and values in its MessageXml."""
    told = f"<e:ResponseCode>{code}</e:ResponseCode><e:Message>Text.</e:Message>"
    detail = f"<detail>{told}<t:MessageXml>{values}</t:MessageXml></detail>"
    text = f"<s:Fault><faultcode>a:{code}</faultcode><faultstring>Text.</faultstring>{detail}</s:Fault>"
    return 500, (HEAD + text + TAIL).encode()


class _Nobody:
    def send(self, request: requests.PreparedRequest, wire: object) -> requests.Response:
        raise AssertionError("a prepared answer needs no sign-in")


def nobody() -> SigningIn:
    """Return a sign-in that is never asked."""
    return _Nobody()
