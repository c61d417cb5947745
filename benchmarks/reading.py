"""CPU that reading busy time costs an item, against exchangelib's own reader on the same answers.

Answers are prepared: neither network nor server is measured.
"""

import io
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import exchangelib.services
import requests
import urllib3
from exchangelib.items import ID_ONLY, SHALLOW, CalendarItem
from exchangelib.properties import CalendarView as StockView
from exchangelib.properties import FolderId
from exchangelib.version import EXCHANGE_2019, Version
from requests.adapters import HTTPAdapter

from benchmarks.table import Row, at_most, compared
from oncetui.exchange.operations.read_view import CalendarView, viewed
from oncetui.exchange.session import DirectProtocol, MailboxAccount
from oncetui.model.calendars import Window

TITLE = "Reading busy time"
ITEMS = 1000
ROUNDS = 5
TENTH = 0.1
URL = "https://mail.contoso.example/EWS/Exchange.asmx"
START = datetime(2026, 1, 5, 8, tzinfo=UTC)
WINDOW = Window(START - timedelta(days=7), START + timedelta(days=400))
FIELDS = ("start", "end", "legacy_free_busy_status")
HEAD = (
    '<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">'
    '<s:Header><h:ServerVersionInfo MajorVersion="15" MinorVersion="2" MajorBuildNumber="1544" '
    'MinorBuildNumber="4" xmlns:h="http://schemas.microsoft.com/exchange/services/2006/types"/></s:Header><s:Body>'
    '<m:FindItemResponse xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" '
    'xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><m:ResponseMessages>'
    '<m:FindItemResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>'
    f'<m:RootFolder TotalItemsInView="{ITEMS}" IncludesLastItemInRange="true"><t:Items>'
)
TAIL = (
    "</t:Items></m:RootFolder></m:FindItemResponseMessage></m:ResponseMessages></m:FindItemResponse>"
    "</s:Body></s:Envelope>"
)


class Prepared(requests.Session):
    """A session whose every answer is the same view, and the transport that makes it."""

    session_id = 0
    usage_count = 0

    def __init__(self, body: bytes) -> None:
        super().__init__()
        self._body = body

    def session(self, _: object) -> requests.Session:
        return self

    def post(self, url: Any, data: Any = None, json: Any = None, **_: Any) -> requests.Response:  # noqa: ARG002  # the signature is requests'
        raw = urllib3.HTTPResponse(io.BytesIO(self._body), status=200, preload_content=False)
        response: requests.Response = HTTPAdapter().build_response(
            requests.Request("POST", url).prepare(), raw
        )
        return response


def view_of(items: int) -> bytes:
    """Return the answer with so many events, half an hour each."""
    parts = [HEAD]
    for number in range(items):
        start = START + timedelta(hours=number)
        end = start + timedelta(minutes=30)
        parts.append(
            f'<t:CalendarItem><t:ItemId Id="AAMkADI{number:0140d}" ChangeKey="DwAAABYAAAB{number:09d}"/>'
            f"<t:Start>{start:%Y-%m-%dT%H:%M:%SZ}</t:Start><t:End>{end:%Y-%m-%dT%H:%M:%SZ}</t:End>"
            "<t:LegacyFreeBusyStatus>Busy</t:LegacyFreeBusyStatus>"
            "<t:CalendarItemType>Single</t:CalendarItemType></t:CalendarItem>"
        )
    return "".join([*parts, TAIL]).encode()


def ours(account: MailboxAccount) -> int:
    """Read the view as the product does."""
    return len(viewed(CalendarView(account=account), "AAMk", WINDOW).blocks)


def stock(account: MailboxAccount) -> int:
    """Read the same view by exchangelib's own service."""
    service = exchangelib.services.FindItem(account=account)
    fields = [CalendarItem.get_field_by_fieldname(name) for name in FIELDS]
    found = service.call(
        folders=[FolderId(id="AAMk")],
        additional_fields=[exchangelib.fields.FieldPath(field=field) for field in fields],
        restriction=None,
        order_fields=None,
        shape=ID_ONLY,
        query_string=None,
        depth=SHALLOW,
        calendar_view=StockView(start=_ews(WINDOW.start), end=_ews(WINDOW.end)),
        max_items=None,
        offset=0,
    )
    return len(list(found))


def microseconds(read: Callable[[MailboxAccount], int], account: MailboxAccount) -> float:
    """Return the CPU time an item of the best of some rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.process_time()
        items = read(account)
        best = min(best, time.process_time() - began)
        if items != ITEMS:
            raise SystemExit(f"{read.__name__} read {items} of {ITEMS} items")
    return best / ITEMS * 1e6


def measure() -> list[Row]:
    """Read the same answers both ways; ours may cost a tenth of exchangelib's."""
    prepared: Any = Prepared(view_of(ITEMS))
    protocol = DirectProtocol(URL, Version(EXCHANGE_2019, "Exchange2016"), prepared, lambda: prepared)
    account = MailboxAccount("anna@contoso.example", protocol)
    lean, usual = microseconds(ours, account), microseconds(stock, account)
    return [
        compared("exchangelib's own reader, CPU an item", usual, "µs", decimals=1),
        compared("our reader, CPU an item", lean, "µs", decimals=1),
        at_most("ours, × exchangelib's", lean / usual, TENTH, "×", decimals=3),
    ]


def _ews(moment: datetime) -> Any:
    return exchangelib.EWSDateTime.from_datetime(moment)
