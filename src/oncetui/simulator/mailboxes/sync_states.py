"""Where a client stands in following a folder, as the opaque text that it keeps."""

import base64
import binascii
import struct
from dataclasses import dataclass

_FORM = struct.Struct("<4s16sQQQ")
_MARK = b"sync"


@dataclass(frozen=True, slots=True)
class SyncState:
    """At first the folder is listed: items numbered above `listed` that existed at change `change`.

    When that is through `listed` is None, and changes after `change` follow.
    """

    mailbox_guid: str
    folder_number: int
    change: int
    listed: int | None = None


class InvalidSyncStateError(ValueError):
    """The text is no sync state of this server."""


def encode_state(state: SyncState) -> str:
    """Return the state as text."""
    listed = 2**64 - 1 if state.listed is None else state.listed
    guid = bytes.fromhex(state.mailbox_guid.replace("-", ""))
    return base64.b64encode(_FORM.pack(_MARK, guid, state.folder_number, state.change, listed)).decode(
        "ascii"
    )


def decode_state(text: str, mailbox_guid: str, folder_number: int) -> SyncState:
    """Read a state of this folder; `InvalidSyncStateError` where it is none."""
    try:
        mark, guid, number, change, listed = _FORM.unpack(base64.b64decode(text.strip(), validate=True))
    except (binascii.Error, ValueError, struct.error) as error:
        raise InvalidSyncStateError(text) from error
    if mark != _MARK or guid.hex() != mailbox_guid.replace("-", "") or number != folder_number:
        raise InvalidSyncStateError(text)
    return SyncState(mailbox_guid, folder_number, change, None if listed == 2**64 - 1 else listed)
