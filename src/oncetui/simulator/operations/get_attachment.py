"""GetAttachment: what is attached to items."""

import base64

from oncetui.simulator.addressing import ItemTarget, target_of_identity
from oncetui.simulator.call import Call
from oncetui.simulator.mailboxes.attachments import Attachment, attachments_of, read_attachment_id
from oncetui.simulator.mailboxes.identifiers import MalformedIdentifierError
from oncetui.simulator.mailboxes.items import Entry
from oncetui.simulator.properties.attachments import attachment_xml, identity_of
from oncetui.simulator.properties.body import TEXT_BODY
from oncetui.simulator.properties.field import Field, Rendering
from oncetui.simulator.properties.shapes import KINDS
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.envelope import VERSIONS
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.messages import for_each
from oncetui.simulator.soap.reading import Element


def answer(call: Call) -> str:
    """Return each attachment that the request names, with its content."""
    named = reading.needed_list(call.operation, "AttachmentIds")
    return for_each("GetAttachment", named, lambda element: _told(call, element), on_error="<m:Attachments/>")


def attachment_target(call: Call, element: Element) -> tuple[ItemTarget, Attachment]:
    """Return the attachment that an AttachmentId names, and the item that it belongs to."""
    text = reading.needed_attribute(element, "Id")
    try:
        identity, number = read_attachment_id(text)
    except MalformedIdentifierError as error:
        raise EwsError("ErrorInvalidAttachmentId", "The attachment's Id is malformed.") from error
    target = target_of_identity(call, identity)
    found = next((one for one in attachments_of(target.entry) if one.number == number), None)
    if found is None:
        raise EwsError("ErrorInvalidAttachmentId", "The item has no such attachment.")
    return target, found


def _told(call: Call, element: Element) -> str:
    target, attachment = attachment_target(call, element)
    identity = identity_of(target.entry, target.where.owner.folders.mailbox_guid)
    if attachment.entry is None:
        content = f"<t:Content>{base64.b64encode(attachment.content).decode('ascii')}</t:Content>"
    else:
        where = target.where
        shown = Rendering(where.owner, where.folder, call.caller, call.zone.info, _body_type(call))
        content = _item(call, attachment.entry, shown)
    return f"<m:Attachments>{attachment_xml(attachment, identity, content=content)}</m:Attachments>"


def _body_type(call: Call) -> str:
    shape = reading.child(call.operation, "AttachmentShape")
    wanted = None if shape is None else reading.child(shape, "BodyType")
    return "Best" if wanted is None else reading.content(wanted).strip()


def _item(call: Call, entry: Entry, rendering: Rendering) -> str:
    # An item in an item has no identifier, nor anything else that a folder gives to items.
    kind, version = entry.item.element, VERSIONS.index(call.request.version)
    fields = (field for field in KINDS[kind] if field.uri == TEXT_BODY.uri or _is_kept(field))
    written = (field.write(entry, rendering) for field in fields if VERSIONS.index(field.since) <= version)
    return f"<t:{kind}>{''.join(written)}</t:{kind}>"


def _is_kept(field: Field) -> bool:
    return field.read is not None and field.everything
