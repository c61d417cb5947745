"""The MimeContent of items."""

import base64
import binascii
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from oncetui.simulator.calendars.entries import CalendarEntry
from oncetui.simulator.mailboxes.items import Entry
from oncetui.simulator.mime.calendar_text import calendar_text
from oncetui.simulator.properties.body import Body
from oncetui.simulator.properties.field import Field, Rendering
from oncetui.simulator.properties.people import Person
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.reading import Element


def _write(entry: Entry, rendering: Rendering) -> str:
    if isinstance(entry, CalendarEntry):
        owner = Person(rendering.owner.display_name, rendering.owner.email)
        content = calendar_text(entry, owner).encode()
    else:
        content = _mail(entry)
    return f'<t:MimeContent CharacterSet="UTF-8">{base64.b64encode(content).decode("ascii")}</t:MimeContent>'


def read_bytes(element: Element) -> bytes:
    """Return the bytes in a MimeContent element; `EwsError` where it holds no base64."""
    text = "".join(reading.content(element).split())
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise EwsError("ErrorMimeContentInvalidBase64String", "The MIME content is no base64.") from error


def read_mail(content: bytes) -> dict[str, Any]:
    """Return the properties of a message that its MIME content says, by field URI."""
    try:
        message = message_from_bytes(content, policy=policy.default)
        part = message.get_body(("html", "plain"))
        text = None if part is None else part.get_content()
    except (MessageError, LookupError, ValueError) as error:
        raise EwsError("ErrorMimeContentInvalid", "The MIME content is no message.") from error
    found: dict[str, Any] = {"item:Subject": message.get("Subject", "")}
    if text is not None and part is not None:
        kind = "HTML" if part.get_content_subtype() == "html" else "Text"
        found["item:Body"] = Body(text, kind)
    for header, uri in (("To", "message:ToRecipients"), ("Cc", "message:CcRecipients")):
        people = message[header].addresses if header in message else ()
        if people:
            found[uri] = tuple(Person(each.display_name or each.addr_spec, each.addr_spec) for each in people)
    return found


def _mail(entry: Entry) -> bytes:
    message = EmailMessage(policy=policy.SMTP)
    sender: Person | None = entry.value("message:From")
    if sender is not None:
        message["From"] = _mailbox(sender)
    for header, uri in (("To", "message:ToRecipients"), ("Cc", "message:CcRecipients")):
        people: tuple[Person, ...] = entry.value(uri) or ()
        if people:
            message[header] = ", ".join(_mailbox(person) for person in people)
    message["Subject"] = " ".join(str(entry.value("item:Subject") or "").split())
    message["Date"] = format_datetime(entry.item.created)
    body: Body = entry.value("item:Body") or Body("")
    message.set_content(body.text, subtype="html" if body.type == "HTML" else "plain", charset="utf-8")
    return message.as_bytes()


def _mailbox(person: Person) -> str:
    name = person.name.replace('"', "'").replace("\\", "/")
    return f'"{" ".join(name.split())}" <{"".join(person.address.split())}>'


MIME_CONTENT = Field("item:MimeContent", "MimeContent", _write, in_find=False, everything=False)
