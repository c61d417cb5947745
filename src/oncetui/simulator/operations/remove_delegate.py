"""RemoveDelegate: people who act for a mailbox's owner no longer."""

from oncetui.simulator.call import Call
from oncetui.simulator.properties.delegate_xml import answer_about, delegate_named, grant, own_mailbox
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.messages import single_error
from oncetui.simulator.soap.reading import Element
from oncetui.simulator.world import Mailbox

_NAME = "RemoveDelegate"


def answer(call: Call) -> str:
    """Take their rights from the users of the request."""
    users = reading.needed_list(call.operation, "UserIds")
    try:
        mailbox = own_mailbox(call)
    except EwsError as failure:
        return single_error(_NAME, failure)
    return answer_about(_NAME, users, lambda user: _removed(call, mailbox, user))


def _removed(call: Call, mailbox: Mailbox, user: Element) -> str:
    grant(mailbox, delegate_named(call, mailbox, user), None)
    return "<m:ResponseCode>NoError</m:ResponseCode>"
