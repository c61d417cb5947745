"""GetDelegate: who acts for a mailbox's owner."""

from oncetui.simulator.call import Call
from oncetui.simulator.properties.delegate_xml import answer_about, delegate_named, delegate_xml, own_mailbox
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.messages import single_error

_NAME = "GetDelegate"


def answer(call: Call) -> str:
    """Return the delegates that the request names, all of them without names."""
    try:
        mailbox = own_mailbox(call)
    except EwsError as failure:
        return single_error(_NAME, failure)
    levels = reading.boolean_attribute(call.operation, "IncludePermissions")
    after = f"<m:DeliverMeetingRequests>{mailbox.deliver_meeting_requests}</m:DeliverMeetingRequests>"

    def told(email: str) -> str:
        return delegate_xml(call, mailbox, email, levels=levels)

    named = reading.child(call.operation, "UserIds")
    if named is None:
        return answer_about(_NAME, mailbox.delegates, told, after=after)
    return answer_about(
        _NAME, reading.children(named), lambda user: told(delegate_named(call, mailbox, user)), after=after
    )
