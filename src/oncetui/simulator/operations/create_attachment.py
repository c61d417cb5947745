"""CreateAttachment: files and items that belong to an item."""

from oncetui.simulator.addressing import ItemTarget, item_target
from oncetui.simulator.calendars.edits import Edit, change_item, change_occurrence
from oncetui.simulator.calendars.entries import CalendarEntry
from oncetui.simulator.call import Call
from oncetui.simulator.mailboxes.attachments import ATTACHMENTS, Attachment, attachments_of
from oncetui.simulator.mailboxes.identifiers import change_key, encode
from oncetui.simulator.operations.create_item import author_of
from oncetui.simulator.operations.update_item import check_rights
from oncetui.simulator.properties.attachments import attachment_xml, identity_of
from oncetui.simulator.properties.item_xml import read_attachment
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.messages import for_each
from oncetui.simulator.soap.reading import Element
from oncetui.simulator.soap.writing import attribute

_MOST = 0xFFFF


def answer(call: Call) -> str:
    """Attach each thing of the request to its item."""
    parent = reading.needed(call.operation, "ParentItemId")
    drafts = reading.needed_list(call.operation, "Attachments")
    return for_each(
        "CreateAttachment",
        drafts,
        lambda draft: _attached(call, parent, draft),
        on_error="<m:Attachments/>",
    )


def root_attributes(target: ItemTarget) -> str:
    """Return the attributes that name the item of an attachment, with its new change key."""
    identity = identity_of(target.entry, target.where.owner.folders.mailbox_guid)
    key = change_key("item", target.item.change)
    return f" RootItemId={attribute(encode(identity))} RootItemChangeKey={attribute(key)}"


def set_attachments(call: Call, target: ItemTarget, kept: tuple[Attachment, ...]) -> None:
    """Give an item or occurrence these attachments."""
    tree, edit, author = target.where.owner.folders, Edit({ATTACHMENTS: kept}), author_of(call)
    if isinstance(target.entry, CalendarEntry) and target.entry.original is not None:
        change_occurrence(tree, target.entry, None, edit, author)
    else:
        change_item(tree, target.item, None, edit, author)


def _attached(call: Call, parent: Element, draft: Element) -> str:
    target = item_target(call, parent)
    check_rights(call, target)
    before = attachments_of(target.entry)
    number = max((one.number for one in before), default=0) + 1
    if number > _MOST:
        raise EwsError("ErrorAttachmentSizeLimitExceeded", "The item has too many attachments.")
    made = read_attachment(draft, number, call.zone)
    set_attachments(call, target, (*before, made))
    identity = identity_of(target.entry, target.where.owner.folders.mailbox_guid)
    told = attachment_xml(made, identity, root_attributes(target))
    return f"<m:Attachments>{told}</m:Attachments>"
