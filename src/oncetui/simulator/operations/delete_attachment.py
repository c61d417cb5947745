"""DeleteAttachment: what is attached to items goes."""

from oncetui.simulator.call import Call
from oncetui.simulator.mailboxes.attachments import attachments_of
from oncetui.simulator.operations.create_attachment import root_attributes, set_attachments
from oncetui.simulator.operations.get_attachment import attachment_target
from oncetui.simulator.operations.update_item import check_rights
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.messages import for_each
from oncetui.simulator.soap.reading import Element


def answer(call: Call) -> str:
    """Delete each attachment that the request names."""
    named = reading.needed_list(call.operation, "AttachmentIds")
    return for_each("DeleteAttachment", named, lambda element: _deleted(call, element))


def _deleted(call: Call, element: Element) -> str:
    target, attachment = attachment_target(call, element)
    check_rights(call, target)
    left = tuple(one for one in attachments_of(target.entry) if one is not attachment)
    set_attachments(call, target, left)
    return f"<m:RootItemId{root_attributes(target)}/>"
