"""ConvertId: the same identifier in another format."""

import base64
import binascii
import re
from urllib.parse import quote, unquote

from oncetui.simulator.call import Call
from oncetui.simulator.mailboxes.identifiers import (
    Identity,
    MalformedIdentifierError,
    decode,
    encode,
    entry_id,
    identity_of_entry,
)
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.messages import for_each
from oncetui.simulator.soap.reading import Element
from oncetui.simulator.soap.writing import attribute

_FORMATS = ("EwsLegacyId", "EwsId", "EntryId", "HexEntryId", "StoreId", "OwaId")
_HOLDING_MAILBOX = ("EwsLegacyId", "EwsId", "OwaId")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")


def answer(call: Call) -> str:
    """Convert each identifier of the request."""
    wanted = reading.needed_attribute(call.operation, "DestinationFormat")
    if wanted not in _FORMATS:
        raise reading.violation(call.operation, f"The 'DestinationFormat' attribute '{wanted}' is unknown.")
    sources = reading.needed_list(call.operation, "SourceIds")
    return for_each("ConvertId", sources, lambda source: _converted(call, source, wanted))


def _converted(call: Call, source: Element, wanted: str) -> str:
    if reading.local_name(source) != "AlternateId":
        raise EwsError("ErrorInvalidOperation", "There are no public folders here.")
    address = reading.needed_attribute(source, "Mailbox")
    if not _ADDRESS.fullmatch(address):
        raise EwsError("ErrorInvalidSmtpAddress", "The SMTP address format is invalid.")
    text = reading.needed_attribute(source, "Id")
    given = reading.needed_attribute(source, "Format")
    try:
        identity = _holding(text) if given in _HOLDING_MAILBOX else _stored(call, text, given, address)
    except (MalformedIdentifierError, binascii.Error, ValueError) as error:
        raise EwsError("ErrorInvalidIdMalformed", "Id is malformed.") from error
    # Converting opens no mailbox: an identifier of one that isn't here any more is converted as well.
    mailbox = call.exchange.mailbox_with_guid(identity.mailbox_guid)
    shown = address if mailbox is None else mailbox.email
    return (
        f'<m:AlternateId xsi:type="t:AlternateIdType" Format="{wanted}" '
        f"Id={attribute(_written(identity, wanted))} Mailbox={attribute(shown)}/>"
    )


def _holding(text: str) -> Identity:
    # Whose it is stands in the identifier: clients learn their own address by naming any other one.
    return decode(unquote(text))


def _stored(call: Call, text: str, given: str, address: str) -> Identity:
    mailbox = call.exchange.mailbox(address)
    if mailbox is None:
        raise EwsError("ErrorNonExistentMailbox", "The SMTP address has no mailbox associated with it.")
    entry = bytes.fromhex(text) if given == "HexEntryId" else base64.b64decode(text, validate=True)
    return identity_of_entry(mailbox.folders.mailbox_guid, entry)


def _written(identity: Identity, wanted: str) -> str:
    match wanted:
        case "EwsId" | "EwsLegacyId":
            return encode(identity)
        case "HexEntryId":
            return entry_id(identity).hex().upper()
        case "OwaId":
            return quote(encode(identity), safe="")
        case _:
            return base64.b64encode(entry_id(identity)).decode("ascii")
