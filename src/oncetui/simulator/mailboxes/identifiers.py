"""The opaque identifiers of folders, items and occurrences, and change keys, in the shape of Exchange's."""

import base64
import binascii
import struct
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["folder", "item"]
_PREFIX = b"\x00\x03\x24\x00"
_GUID_TEXT = 36
_FOLDER_ENTRY = 46
_ITEM_ENTRY = 70
_PLAIN, _OCCURRENCE = 0, 1
_FOLDER_CHANGE_KEY, _ITEM_CHANGE_KEY = 1, 15


@dataclass(frozen=True, slots=True)
class Identity:
    """What an identifier names: a folder or an item of a mailbox, or one occurrence of a recurring item.

    `original` is the date on which the occurrence was due, in the time zone of its series.
    """

    kind: Kind
    mailbox_guid: str
    number: int
    original: date | None = None


class MalformedIdentifierError(ValueError):
    """The text is no identifier that this server could have made."""


def encode(identity: Identity) -> str:
    """Return the identifier as text."""
    entry = entry_id(identity)
    marker = (
        b"\x00" if identity.original is None else b"\x01" + struct.pack("<I", identity.original.toordinal())
    )
    parts = (_PREFIX, identity.mailbox_guid.encode("ascii"), marker, struct.pack("<H", len(entry)), entry)
    return base64.b64encode(b"".join(parts)).decode("ascii")


def decode(text: str) -> Identity:
    """Read an identifier back; `MalformedIdentifierError` where it is none."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise MalformedIdentifierError(text) from error
    if not raw.startswith(_PREFIX) or len(raw) < len(_PREFIX) + _GUID_TEXT + 3:
        raise MalformedIdentifierError(text)
    offset = len(_PREFIX) + _GUID_TEXT
    guid = raw[len(_PREFIX) : offset].decode("ascii", "replace")
    original, offset = _original(raw, offset)
    (length,) = struct.unpack_from("<H", raw.ljust(offset + 2, b"\x00"), offset)
    entry = raw[offset + 2 :]
    if len(entry) != length or length not in {_FOLDER_ENTRY, _ITEM_ENTRY}:
        raise MalformedIdentifierError(text)
    return identity_of_entry(guid, entry, original)


def _original(raw: bytes, offset: int) -> tuple[date | None, int]:
    if raw[offset] == _PLAIN:
        return None, offset + 1
    if raw[offset] != _OCCURRENCE or len(raw) < offset + 5:
        raise MalformedIdentifierError("unknown processing mark")
    (ordinal,) = struct.unpack_from("<I", raw, offset + 1)
    try:
        return date.fromordinal(ordinal), offset + 5
    except (ValueError, OverflowError) as error:
        raise MalformedIdentifierError("no such day") from error


def entry_id(identity: Identity) -> bytes:
    """Return the entry id inside an identifier: 46 bytes for a folder, 70 for an item."""
    length = _FOLDER_ENTRY if identity.kind == "folder" else _ITEM_ENTRY
    head = (
        bytes.fromhex("00000000") + identity.mailbox_guid.replace("-", "").encode("ascii")[:16] + b"\x07\x00"
    )
    return head.ljust(length - 8, b"\x00") + struct.pack(">Q", identity.number)


def identity_of_entry(mailbox_guid: str, entry: bytes, original: date | None = None) -> Identity:
    """Tell what an entry id of this mailbox names; `MalformedIdentifierError` for bytes of another length."""
    if len(entry) not in {_FOLDER_ENTRY, _ITEM_ENTRY}:
        raise MalformedIdentifierError("neither a folder's nor an item's entry id")
    kind: Kind = "folder" if len(entry) == _FOLDER_ENTRY else "item"
    (number,) = struct.unpack(">Q", entry[-8:])
    return Identity(kind, mailbox_guid, number, original)


def change_key(kind: Kind, change: int) -> str:
    """Return the change key of a folder or item whose last change has this number."""
    type_mark = _FOLDER_CHANGE_KEY if kind == "folder" else _ITEM_CHANGE_KEY
    return base64.b64encode(struct.pack("<II14xQ", type_mark, 22, change)).decode("ascii")


def change_of(key: str) -> int:
    """Return the number of the change that a change key stands for, or raise `MalformedIdentifierError`."""
    try:
        mark, length, change = struct.unpack("<II14xQ", base64.b64decode(key, validate=True))
    except (binascii.Error, ValueError, struct.error) as error:
        raise MalformedIdentifierError(key) from error
    if length != 22 or mark not in {_FOLDER_CHANGE_KEY, _ITEM_CHANGE_KEY}:
        raise MalformedIdentifierError(key)
    return int(change)
