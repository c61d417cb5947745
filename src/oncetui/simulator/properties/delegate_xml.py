"""Delegates in requests and answers: who acts for a mailbox's owner, and what he may do in which folder."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from oncetui.simulator.call import Call
from oncetui.simulator.mailboxes.rights import Level
from oncetui.simulator.mailboxes.settings import Delegate
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.messages import single_success
from oncetui.simulator.soap.reading import Element
from oncetui.simulator.soap.writing import boolean, text_of
from oncetui.simulator.world import Mailbox

FOLDERS = ("Calendar", "Tasks", "Inbox", "Contacts", "Notes", "Journal")
_LEVELS: dict[str, Level] = {"None": "None", "Editor": "Editor", "Reviewer": "Reviewer", "Author": "Author"}
_DELIVERIES = ("DelegatesOnly", "DelegatesAndMe", "DelegatesAndSendInformationToMe", "NoForward")
User = TypeVar("User")
_MESSAGE = "m:DelegateUserResponseMessageType"


def own_mailbox(call: Call) -> Mailbox:
    """Return the mailbox that a request about delegates names, which is the caller's; else `EwsError`."""
    address = reading.child(reading.needed(call.operation, "Mailbox"), "EmailAddress")
    mailbox = None if address is None else call.exchange.mailbox(reading.content(address))
    if mailbox is None:
        raise EwsError("ErrorNonExistentMailbox", "The SMTP address has no mailbox associated with it.")
    if mailbox is not call.caller:
        raise EwsError("ErrorAccessDenied", "Access is denied. Check credentials and try again.")
    return mailbox


def answer_about(
    operation: str, users: Iterable[User], about: Callable[[User], str], *, after: str = ""
) -> str:
    """Return an answer with a message for each user, what fails for one failing for him alone."""
    messages = []
    for user in users:
        try:
            messages.append(f'<{_MESSAGE} ResponseClass="Success">{about(user)}</{_MESSAGE}>')
        except EwsError as failure:
            messages.append(_refusal(failure))
    content = f"<m:ResponseMessages>{''.join(messages)}</m:ResponseMessages>" if messages else ""
    return single_success(operation, content + after)


def known_user(call: Call, user: Element) -> str:
    """Return the address, in lower case, that a UserId names; `EwsError` for nobody of this world."""
    address = reading.child(user, "PrimarySmtpAddress")
    if address is None and reading.child(user, "SID") is not None:
        # Nobody here has a security identifier, so none that a client names is anybody's.
        raise EwsError("ErrorInvalidUserSid", "The SID is invalid.")
    if address is None:
        raise EwsError("ErrorInvalidDelegateUserId", "The delegate's user ID is invalid.")
    email = reading.content(address).strip().lower()
    if call.exchange.mailbox(email) is None:
        raise EwsError("ErrorDelegateNoUser", "The user can't be found in the directory.")
    return email


def delegate_named(call: Call, mailbox: Mailbox, user: Element) -> str:
    """Return the address, in lower case, of the delegate that a UserId names."""
    address = reading.child(user, "PrimarySmtpAddress")
    email = "" if address is None else reading.content(address).strip().lower()
    if email in mailbox.delegates:
        return email
    known_user(call, user)
    raise EwsError("ErrorNotDelegate", "The user is not a delegate for the mailbox.")


def read_into(element: Element, delegate: Delegate) -> None:
    """Take over what a DelegateUser element says; what it leaves out stays."""
    levels = reading.child(element, "DelegatePermissions")
    for folder in FOLDERS if levels is not None else ():
        assert levels is not None
        level = reading.child(levels, f"{folder}FolderPermissionLevel")
        if level is not None:
            delegate.levels[folder] = _read_level(level)
    copies = reading.child(element, "ReceiveCopiesOfMeetingMessages")
    private = reading.child(element, "ViewPrivateItems")
    delegate.copies = delegate.copies if copies is None else reading.boolean(copies)
    delegate.view_private = delegate.view_private if private is None else reading.boolean(private)


def _read_level(element: Element) -> Level:
    word = reading.content(element).strip()
    if word == "Custom":
        raise EwsError("ErrorInvalidDelegatePermission", "A delegate's level can't be set to Custom.")
    if word not in _LEVELS:
        raise reading.bad_value(element, word, "DelegateFolderPermissionLevelType")
    return _LEVELS[word]


def grant(mailbox: Mailbox, email: str, delegate: Delegate | None) -> None:
    """Make somebody a delegate, or None for no longer, with the rights on folders that go with it."""
    before = mailbox.delegates.pop(email, None)
    if delegate is not None:
        mailbox.delegates[email] = delegate
    touched = {**({} if before is None else before.levels), **({} if delegate is None else delegate.levels)}
    for name in touched:
        folder = mailbox.folders.distinguished[name.lower()]
        level = "None" if delegate is None else delegate.levels.get(name, "None")
        if level == "None":
            folder.permissions.pop(email, None)
        else:
            folder.permissions[email] = level


def read_delivery(call: Call, mailbox: Mailbox) -> None:
    """Take over who gets the owner's meeting requests, where a request says so."""
    element = reading.child(call.operation, "DeliverMeetingRequests")
    if element is None:
        return
    word = reading.content(element).strip()
    if word not in _DELIVERIES:
        raise reading.bad_value(element, word, "DeliverMeetingRequestsType")
    mailbox.deliver_meeting_requests = word


def delegate_xml(call: Call, mailbox: Mailbox, email: str, *, levels: bool = True) -> str:
    """Return what a message tells of a delegate."""
    delegate = mailbox.delegates[email]
    known = call.exchange.mailbox(email)
    name = email if known is None else known.display_name
    return (
        "<m:ResponseCode>NoError</m:ResponseCode><m:DelegateUser>"
        f"<t:UserId><t:PrimarySmtpAddress>{text_of(email)}</t:PrimarySmtpAddress>"
        f"<t:DisplayName>{text_of(name)}</t:DisplayName></t:UserId>{_levels(delegate) if levels else ''}"
        f"<t:ReceiveCopiesOfMeetingMessages>{boolean(delegate.copies)}</t:ReceiveCopiesOfMeetingMessages>"
        f"<t:ViewPrivateItems>{boolean(delegate.view_private)}</t:ViewPrivateItems></m:DelegateUser>"
    )


def _levels(delegate: Delegate) -> str:
    content = ""
    for folder in FOLDERS:
        level = delegate.levels.get(folder, "None")
        tag = f"t:{folder}FolderPermissionLevel"
        content += f"<{tag}>{level if level in _LEVELS else 'Custom'}</{tag}>"
    return f"<t:DelegatePermissions>{content}</t:DelegatePermissions>"


def _refusal(failure: EwsError) -> str:
    return (
        f'<{_MESSAGE} ResponseClass="Error"><m:MessageText>{text_of(failure.text)}</m:MessageText>'
        f"<m:ResponseCode>{failure.code}</m:ResponseCode>"
        f"<m:DescriptiveLinkKey>0</m:DescriptiveLinkKey></{_MESSAGE}>"
    )
