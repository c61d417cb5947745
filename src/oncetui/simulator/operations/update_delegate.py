"""UpdateDelegate: what those who act for a mailbox's owner may do."""

from dataclasses import replace

from oncetui.simulator.call import Call
from oncetui.simulator.properties.delegate_xml import (
    answer_about,
    delegate_named,
    delegate_xml,
    grant,
    own_mailbox,
    read_delivery,
    read_into,
)
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.messages import single_error
from oncetui.simulator.soap.reading import Element
from oncetui.simulator.world import Mailbox

_NAME = "UpdateDelegate"


def answer(call: Call) -> str:
    """Change each delegate of the request, and who gets meeting requests."""
    named = reading.child(call.operation, "DelegateUsers")
    users = [] if named is None else list(reading.children(named))
    try:
        mailbox = own_mailbox(call)
        read_delivery(call, mailbox)
    except EwsError as failure:
        return single_error(_NAME, failure)
    return answer_about(_NAME, users, lambda user: _updated(call, mailbox, user))


def _updated(call: Call, mailbox: Mailbox, user: Element) -> str:
    email = delegate_named(call, mailbox, reading.needed(user, "UserId"))
    before = mailbox.delegates[email]
    delegate = replace(before, levels=dict(before.levels))
    read_into(user, delegate)
    grant(mailbox, email, delegate)
    return delegate_xml(call, mailbox, email)
