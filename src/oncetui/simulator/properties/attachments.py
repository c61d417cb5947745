"""Attachments in XML: the list that an item shows, and reading files."""

import base64
import binascii

from oncetui.simulator.mailboxes.attachments import ATTACHMENTS, Attachment, attachment_id, attachments_of
from oncetui.simulator.mailboxes.identifiers import Identity
from oncetui.simulator.mailboxes.items import Entry
from oncetui.simulator.properties.field import Field, Rendering
from oncetui.simulator.soap import reading, writing
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.reading import Element

_MOST_BYTES = 2**31 - 1


def identity_of(entry: Entry, mailbox_guid: str) -> Identity:
    """Return what identifies the item or occurrence that has attachments."""
    return Identity("item", mailbox_guid, entry.item.number, getattr(entry, "original", None))


def attachment_xml(attachment: Attachment, identity: Identity, root: str = "", content: str = "") -> str:
    """Return an attachment's element; `root` are more attributes of its identifier, `content` ready XML."""
    kind = "FileAttachment" if attachment.entry is None else "ItemAttachment"
    parts = (
        ("Name", attachment.name),
        ("ContentType", attachment.content_type),
        ("ContentId", attachment.content_id),
        ("ContentLocation", attachment.location),
    )
    told = "".join(f"<t:{tag}>{writing.text_of(text)}</t:{tag}>" for tag, text in parts if text is not None)
    size = f"<t:Size>{len(attachment.content)}</t:Size>"
    inline = f"<t:IsInline>{writing.boolean(attachment.inline)}</t:IsInline>"
    identifier = f'<t:AttachmentId Id="{attachment_id(identity, attachment.number)}"{root}/>'
    return f"<t:{kind}>{identifier}{told}{size}{inline}{content}</t:{kind}>"


def read_file(element: Element, number: int) -> Attachment:
    """Return the file in a FileAttachment element."""
    texts = {reading.local_name(part): reading.content(part) for part in reading.children(element)}
    inline = reading.child(element, "IsInline")
    try:
        content = base64.b64decode("".join(texts.get("Content", "").split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise reading.bad_value(element, texts["Content"][:20], "base64Binary") from error
    if len(content) > _MOST_BYTES:
        raise EwsError("ErrorAttachmentSizeLimitExceeded", "The attachment is too large.")
    return Attachment(
        number,
        texts.get("Name", ""),
        content,
        content_type=texts.get("ContentType"),
        content_id=texts.get("ContentId"),
        location=texts.get("ContentLocation"),
        inline=inline is not None and reading.boolean(inline),
    )


def attachments_xml(entry: Entry, mailbox_guid: str) -> str:
    """Return the Attachments element of an item; nothing for one without any."""
    identity = identity_of(entry, mailbox_guid)
    content = "".join(attachment_xml(one, identity) for one in attachments_of(entry))
    return f"<t:Attachments>{content}</t:Attachments>" if content else ""


def _write(entry: Entry, rendering: Rendering) -> str:
    return attachments_xml(entry, rendering.folder.mailbox_guid)


ATTACHMENTS_FIELD = Field(ATTACHMENTS, "Attachments", _write, in_find=False)
