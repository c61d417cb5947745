"""Attachments of items: files, and items in items."""

import base64
import binascii
import struct
from dataclasses import dataclass

from oncetui.simulator.mailboxes.identifiers import Identity, MalformedIdentifierError, decode, encode
from oncetui.simulator.mailboxes.items import Entry

ATTACHMENTS = "item:Attachments"
_MARK = b"\x01\x00\x10\x00"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file by its content, or an item by its `entry`; `number` tells the attachments of one item apart."""

    number: int
    name: str
    content: bytes = b""
    entry: Entry | None = None
    content_type: str | None = None
    content_id: str | None = None
    location: str | None = None
    inline: bool = False


def attachments_of(entry: Entry) -> tuple[Attachment, ...]:
    """Return the attachments of an item or occurrence."""
    kept: tuple[Attachment, ...] | None = entry.value(ATTACHMENTS)
    return kept or ()


def attachment_id(identity: Identity, number: int) -> str:
    """Return the identifier of an attachment of the item with this identity."""
    raw = base64.b64decode(encode(identity)) + _MARK + struct.pack("<H", number)
    return base64.b64encode(raw).decode("ascii")


def read_attachment_id(text: str) -> tuple[Identity, int]:
    """Return the item's identity and the attachment's number; `MalformedIdentifierError` for other texts."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise MalformedIdentifierError(text) from error
    if raw[-6:-2] != _MARK:
        raise MalformedIdentifierError(text)
    (number,) = struct.unpack("<H", raw[-2:])
    return decode(base64.b64encode(raw[:-6]).decode("ascii")), int(number)
