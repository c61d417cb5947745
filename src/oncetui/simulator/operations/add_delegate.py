"""AddDelegate: more people who act for a mailbox's owner."""

from oncetui.simulator.call import Call
from oncetui.simulator.mailboxes.settings import Delegate
from oncetui.simulator.properties.delegate_xml import (
    answer_about,
    delegate_xml,
    grant,
    known_user,
    own_mailbox,
    read_delivery,
    read_into,
)
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.messages import single_error
from oncetui.simulator.soap.reading import Element
from oncetui.simulator.world import Mailbox

_NAME = "AddDelegate"


def answer(call: Call) -> str:
    """Make each user of the request a delegate."""
    users = reading.needed_list(call.operation, "DelegateUsers")
    try:
        mailbox = own_mailbox(call)
        read_delivery(call, mailbox)
    except EwsError as failure:
        return single_error(_NAME, failure)
    return answer_about(_NAME, users, lambda user: _added(call, mailbox, user))


def _added(call: Call, mailbox: Mailbox, user: Element) -> str:
    email = known_user(call, reading.needed(user, "UserId"))
    if email in mailbox.delegates:
        raise EwsError("ErrorDelegateAlreadyExists", "The user is already a delegate for the mailbox.")
    if email == mailbox.email.lower():
        raise EwsError("ErrorDelegateCannotAddOwner", "The owner of a mailbox can't be a delegate for it.")
    delegate = Delegate()
    read_into(user, delegate)
    grant(mailbox, email, delegate)
    return delegate_xml(call, mailbox, email)
