"""Asking the simulated Exchange without a network; answers are checked against the schemas where present."""

import importlib.util
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from oncetui.simulator.ews import EwsAnswer, answer
from oncetui.simulator.mailboxes.rights import Level
from oncetui.simulator.mailboxes.tree import CALENDAR_CLASS
from oncetui.simulator.soap.names import MESSAGES, SOAP, TYPES, M, T
from oncetui.simulator.world import Exchange, Mailbox, MailDomain

MATERIAL = Path(__file__).resolve().parents[2].parent / "shared" / "exchange"
NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
STAMP = 'PropertySetId="8c4d1f6e-52ab-4a0f-9d5e-6f1f3a7d2b90" PropertyName="booking" PropertyType="String"'


@cache
def _validator() -> Any:
    path = MATERIAL / "validate.py"
    if not path.exists():
        return None
    spec = importlib.util.spec_from_file_location("validate_ews", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Validator()


def needed_validator() -> Any:
    """The schema validator; skips the test where the schemas are not beside the project."""
    if _validator() is None:
        pytest.skip("no ../shared/exchange beside the project: nothing to validate against")
    return _validator()


def small_world() -> Exchange:
    """Anna and Ben of one domain, with empty calendars; Ben has a second one, `Team`."""
    exchange = Exchange("CONTOSO", lambda: NOW)
    exchange.add_domain(
        MailDomain("contoso.example", "works", "mail.contoso.example", "autodiscover.contoso.example")
    )
    for name in ("anna", "ben"):
        email = f"{name}@contoso.example"
        exchange.add_mailbox(Mailbox(email, name.title(), name, "CONTOSO", email, "secret"))
    ben = exchange.mailboxes["ben@contoso.example"]
    ben.folders.create_folder(ben.folders.calendar, "Team", CALENDAR_CLASS)
    return exchange


def share(exchange: Exchange, level: Level) -> None:
    """Give Anna a level on Ben's calendar."""
    exchange.mailboxes["ben@contoso.example"].folders.calendar.permissions["anna@contoso.example"] = level


def as_the_schema_says(body: bytes) -> bytes:
    """The answer with what Exchange puts into another namespace than the schema does in the schema's."""
    found = re.search(rb"<m:ErrorSubscriptionIds>.*?</m:ErrorSubscriptionIds>", body)
    names = b"" if found is None else found[0]
    kept = names.replace(b"m:SubscriptionId>", b"t:SubscriptionId>")
    body = body.replace(names, kept) if names else body
    if b"<m:Notifications>" in body:
        body = body.replace(b"m:Notification>", b"t:Notification>")
    return body


class Client:
    """Asks as one mailbox's user."""

    def __init__(self, exchange: Exchange, email: str = "anna@contoso.example") -> None:
        self.exchange = exchange
        self.mailbox = exchange.mailboxes[email]

    def raw(self, operation: str, *, header: str = "", version: str | None = "Exchange2013_SP1") -> EwsAnswer:
        """The answer to an operation's XML (prefixes `m` and `t` are bound)."""
        asked = f'<t:RequestServerVersion Version="{version}"/>' if version else ""
        body = (
            f'<s:Envelope xmlns:s="{SOAP}" xmlns:m="{MESSAGES}" xmlns:t="{TYPES}">'
            f"<s:Header>{asked}{header}</s:Header><s:Body>{operation}</s:Body></s:Envelope>"
        )
        reply = answer(self.exchange, self.mailbox, body.encode())
        if _validator() is not None and reply.pieces is None:
            assert _validator().errors(as_the_schema_says(reply.body)) == []
        return reply

    def ask(self, operation: str, *, header: str = "", version: str | None = "Exchange2013_SP1") -> "Reply":
        """The answer to an operation that isn't refused as a whole."""
        reply = self.raw(operation, header=header, version=version)
        assert reply.status == 200, reply.body
        return Reply(reply.body)

    def fault(self, operation: str, **more: Any) -> str:
        """The code of the fault that an operation is refused with."""
        reply = self.raw(operation, **more)
        assert reply.status == 500
        return etree.fromstring(reply.body).findtext(".//{*}ResponseCode") or ""

    def create(
        self, fields: str, *, folder: str = "", attributes: str = 'SendMeetingInvitations="SendToNone"'
    ) -> str:
        """Create a calendar item and give its id."""
        saved = f"<m:SavedItemFolderId>{folder}</m:SavedItemFolderId>" if folder else ""
        reply = self.ask(
            f"<m:CreateItem {attributes}>{saved}<m:Items>"
            f"<t:CalendarItem>{fields}</t:CalendarItem></m:Items></m:CreateItem>"
        )
        assert reply.codes == ["NoError"], reply.text
        return reply.ids[0]

    def view(
        self, start: str, end: str, *, most: int | None = None, folder: str = "", fields: str = ""
    ) -> "Reply":
        """A calendar view with id, subject, times and kind."""
        limit = f'MaxEntriesReturned="{most}"' if most else ""
        uris = ("item:Subject", "calendar:Start", "calendar:End", "calendar:CalendarItemType")
        wanted = "".join(f'<t:FieldURI FieldURI="{uri}"/>' for uri in uris)
        where = folder or '<t:DistinguishedFolderId Id="calendar"/>'
        return self.ask(
            '<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape>'
            f"<t:AdditionalProperties>{wanted}{fields}</t:AdditionalProperties></m:ItemShape>"
            f'<m:CalendarView {limit} StartDate="{start}" EndDate="{end}"/>'
            f"<m:ParentFolderIds>{where}</m:ParentFolderIds></m:FindItem>"
        )

    def get(
        self, item_id: str, *, base: str = "AllProperties", fields: str = "", header: str = ""
    ) -> "Reply":
        """One item."""
        return self.ask(get_item(f'<t:ItemId Id="{item_id}"/>', base, fields), header=header)

    def update(
        self, item_id: str, updates: str, *, key: str = "", resolution: str = "AlwaysOverwrite"
    ) -> "Reply":
        """Change an item."""
        change_key = f'ChangeKey="{key}"' if key else ""
        return self.ask(
            f'<m:UpdateItem ConflictResolution="{resolution}"'
            ' SendMeetingInvitationsOrCancellations="SendToNone">'
            f'<m:ItemChanges><t:ItemChange><t:ItemId Id="{item_id}" {change_key}/>'
            f"<t:Updates>{updates}</t:Updates>"
            "</t:ItemChange></m:ItemChanges></m:UpdateItem>"
        )

    def delete(self, named: str, how: str = "HardDelete") -> "Reply":
        """Delete what an id element names."""
        return self.ask(
            f'<m:DeleteItem DeleteType="{how}" SendMeetingCancellations="SendToNone">'
            f"<m:ItemIds>{named}</m:ItemIds></m:DeleteItem>"
        )

    def sync(self, state: str = "", most: int = 512, folder: str = "") -> "Reply":
        """What changed in the calendar since a state."""
        given = f"<m:SyncState>{state}</m:SyncState>" if state else ""
        where = folder or '<t:DistinguishedFolderId Id="calendar"/>'
        return self.ask(
            "<m:SyncFolderItems><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape>"
            f"<m:SyncFolderId>{where}</m:SyncFolderId>"
            f"{given}<m:MaxChangesReturned>{most}</m:MaxChangesReturned></m:SyncFolderItems>"
        )


class Reply:
    """An answer, read."""

    def __init__(self, body: bytes) -> None:
        self.text = body.decode()
        self.root = etree.fromstring(body)

    @property
    def codes(self) -> list[str]:
        """The response codes, one a message."""
        return [element.text or "" for element in self.root.iter(M + "ResponseCode")]

    @property
    def code(self) -> str:
        """The only response code."""
        (code,) = self.codes
        return code

    def all(self, tag: str) -> list[str]:
        """The texts of every element of the types namespace with this name."""
        return [element.text or "" for element in self.root.iter(T + tag)]

    def one(self, tag: str) -> str:
        """The text of the only element with this name."""
        (text,) = self.all(tag)
        return text

    def message(self, tag: str) -> str:
        """The text of the only element of the messages namespace with this name."""
        (element,) = self.root.iter(M + tag)
        return element.text or ""

    @property
    def ids(self) -> list[str]:
        """The ids of items, in order."""
        return [element.get("Id") or "" for element in self.root.iter(T + "ItemId")]

    @property
    def keys(self) -> list[str]:
        """The change keys of items, in order."""
        return [element.get("ChangeKey") or "" for element in self.root.iter(T + "ItemId")]

    def attribute(self, name: str) -> str | None:
        """An attribute of the only root folder."""
        (element,) = self.root.iter(M + "RootFolder")
        return element.get(name)

    def changes(self) -> list[tuple[str, str]]:
        """What a synchronisation told: create, update or delete, and the id."""
        return [(etree.QName(change).localname, identifier) for change, identifier in self._changes()]

    def _changes(self) -> Iterator[tuple[Any, str]]:
        for changes in self.root.iter(M + "Changes"):
            for change in changes:
                found = change.find(f".//{T}ItemId")
                assert found is not None
                yield change, found.get("Id") or ""


def get_item(named: str, base: str = "AllProperties", fields: str = "") -> str:
    """The request for what id elements name."""
    more = f"<t:AdditionalProperties>{fields}</t:AdditionalProperties>" if fields else ""
    return (
        f"<m:GetItem><m:ItemShape><t:BaseShape>{base}</t:BaseShape>{more}</m:ItemShape>"
        f"<m:ItemIds>{named}</m:ItemIds></m:GetItem>"
    )


def timed(subject: str, start: str, end: str, more: str = "") -> str:
    """The fields of an appointment."""
    return f"<t:Subject>{subject}</t:Subject><t:Start>{start}</t:Start><t:End>{end}</t:End>{more}"


def recurring(pattern: str, ends: str, zone: str = "W. Europe Standard Time") -> str:
    """A recurrence and its time zone."""
    return (
        f'<t:Recurrence>{pattern}{ends}</t:Recurrence><t:StartTimeZone Id="{zone}"/>'
        f'<t:EndTimeZone Id="{zone}"/>'
    )


def daily(start: str, count: int, interval: int = 1) -> str:
    """A daily recurrence in Berlin."""
    return recurring(
        f"<t:DailyRecurrence><t:Interval>{interval}</t:Interval></t:DailyRecurrence>",
        f"<t:NumberedRecurrence><t:StartDate>{start}</t:StartDate>"
        f"<t:NumberOfOccurrences>{count}</t:NumberOfOccurrences>"
        "</t:NumberedRecurrence>",
    )


def set_field(uri: str, content: str) -> str:
    """A change that sets one property of a calendar item."""
    return (
        f'<t:SetItemField><t:FieldURI FieldURI="{uri}"/>'
        f"<t:CalendarItem>{content}</t:CalendarItem></t:SetItemField>"
    )


def stamped(value: str) -> str:
    """The extended property that marks a booking."""
    return f"<t:ExtendedProperty><t:ExtendedFieldURI {STAMP}/><t:Value>{value}</t:Value></t:ExtendedProperty>"
