"""GetDelegate: who acts for a mailbox's owner."""

from oncetui.simulator.call import Call
from oncetui.simulator.mailboxes.settings import Delegate
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.messages import single_error, single_success
from oncetui.simulator.soap.reading import Element
from oncetui.simulator.soap.writing import boolean, text_of
from oncetui.simulator.world import Mailbox

_FOLDERS = ("Calendar", "Tasks", "Inbox", "Contacts", "Notes", "Journal")
_DELEGATE_LEVELS = ("None", "Editor", "Reviewer", "Author")
_MESSAGE = "m:DelegateUserResponseMessageType"


def answer(call: Call) -> str:
    """Return the delegates that the request names, all of them without names."""
    try:
        return _delegates(call)
    except EwsError as failure:
        return single_error("GetDelegate", failure)


def _delegates(call: Call) -> str:
    address = reading.child(reading.needed(call.operation, "Mailbox"), "EmailAddress")
    mailbox = None if address is None else call.exchange.mailbox(reading.content(address))
    if mailbox is None:
        raise EwsError("ErrorNonExistentMailbox", "The SMTP address has no mailbox associated with it.")
    if mailbox is not call.caller:
        raise EwsError("ErrorAccessDenied", "Access is denied. Check credentials and try again.")
    shown = reading.needed_attribute(call.operation, "IncludePermissions") in {"true", "1"}
    named = reading.child(call.operation, "UserIds")
    if named is None:
        messages = "".join(_message(call, mailbox, email, shown=shown) for email in mailbox.delegates)
    else:
        messages = "".join(_named(call, mailbox, user, shown=shown) for user in reading.children(named))
    content = f"<m:ResponseMessages>{messages}</m:ResponseMessages>" if messages else ""
    return single_success(
        "GetDelegate", f"{content}<m:DeliverMeetingRequests>DelegatesAndMe</m:DeliverMeetingRequests>"
    )


def _named(call: Call, mailbox: Mailbox, user: Element, *, shown: bool) -> str:
    address = reading.child(user, "PrimarySmtpAddress")
    if address is None and reading.child(user, "SID") is not None:
        # Nobody here has a security identifier, so none that a client names is anybody's.
        return _refusal("ErrorInvalidUserSid", "The SID is invalid.")
    email = "" if address is None else reading.content(address).strip().lower()
    if email not in mailbox.delegates:
        if call.exchange.mailbox(email) is None:
            return _refusal("ErrorDelegateNoUser", "The user can't be found in the directory.")
        return _refusal("ErrorNotDelegate", "The user is not a delegate for the mailbox.")
    return _message(call, mailbox, email, shown=shown)


def _refusal(code: str, text: str) -> str:
    return (
        f'<{_MESSAGE} ResponseClass="Error"><m:MessageText>{text}</m:MessageText>'
        f"<m:ResponseCode>{code}</m:ResponseCode><m:DescriptiveLinkKey>0</m:DescriptiveLinkKey></{_MESSAGE}>"
    )


def _message(call: Call, mailbox: Mailbox, email: str, *, shown: bool) -> str:
    delegate = mailbox.delegates[email]
    known = call.exchange.mailbox(email)
    name = email if known is None else known.display_name
    user = (
        f"<t:UserId><t:PrimarySmtpAddress>{text_of(email)}</t:PrimarySmtpAddress>"
        f"<t:DisplayName>{text_of(name)}</t:DisplayName></t:UserId>"
    )
    permissions = _permissions(delegate) if shown else ""
    return (
        f'<{_MESSAGE} ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode><m:DelegateUser>'
        f"{user}{permissions}"
        f"<t:ReceiveCopiesOfMeetingMessages>{boolean(delegate.copies)}</t:ReceiveCopiesOfMeetingMessages>"
        f"<t:ViewPrivateItems>{boolean(delegate.view_private)}</t:ViewPrivateItems></m:DelegateUser></{_MESSAGE}>"
    )


def _permissions(delegate: Delegate) -> str:
    content = ""
    for folder in _FOLDERS:
        level = delegate.levels.get(folder, "None")
        word = level if level in _DELEGATE_LEVELS else "Custom"
        tag = f"t:{folder}FolderPermissionLevel"
        content += f"<{tag}>{word}</{tag}>"
    return f"<t:DelegatePermissions>{content}</t:DelegatePermissions>"
