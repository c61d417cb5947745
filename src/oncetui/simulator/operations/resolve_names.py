"""ResolveNames: the people of the organisation whose name or address begins like a text."""

from collections.abc import Sequence

from oncetui.simulator.call import Call
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.messages import error, response, success, warning
from oncetui.simulator.soap.writing import boolean, text_of
from oncetui.simulator.world import Mailbox

_NAME = "ResolveNames"
_MOST = 100


def answer(call: Call) -> str:
    """Return everybody who fits; more than one is a warning, nobody an error."""
    element = reading.needed(call.operation, "UnresolvedEntry")
    text = reading.content(element).strip()
    if not text:
        raise reading.bad_value(element, text, "NonEmptyStringType")
    full = reading.needed_attribute(call.operation, "ReturnFullContactData") in {"true", "1"}
    found = [mailbox for mailbox in call.exchange.mailboxes.values() if _fits(call, mailbox, text)]
    if not found:
        failure = EwsError("ErrorNameResolutionNoResults", "No results were found.")
        return response(_NAME, [error(_NAME, failure)])
    content = _resolutions(found, full=full)
    if len(found) == 1:
        return response(_NAME, [success(_NAME, content)])
    several = EwsError("ErrorNameResolutionMultipleResults", "Multiple results were found.")
    return response(_NAME, [warning(_NAME, several, content)])


def _fits(call: Call, mailbox: Mailbox, text: str) -> bool:
    if mailbox.windows_domain != call.caller.windows_domain:
        return False
    wanted = text.casefold()
    address = wanted.removeprefix("smtp:")
    if address != wanted:
        return mailbox.email.casefold() == address
    names = (mailbox.email, mailbox.username, mailbox.display_name, *mailbox.display_name.split())
    return any(name.casefold().startswith(wanted) for name in names)


def _resolutions(found: Sequence[Mailbox], *, full: bool) -> str:
    content = "".join(_resolution(mailbox, full=full) for mailbox in found[:_MOST])
    attributes = f'TotalItemsInView="{len(found)}" IncludesLastItemInRange="{boolean(len(found) <= _MOST)}"'
    return f"<m:ResolutionSet {attributes}>{content}</m:ResolutionSet>"


def _resolution(mailbox: Mailbox, *, full: bool) -> str:
    name, email = text_of(mailbox.display_name), text_of(mailbox.email)
    contact = ""
    if full:
        contact = (
            f"<t:Contact><t:DisplayName>{name}</t:DisplayName><t:EmailAddresses>"
            f'<t:Entry Key="EmailAddress1">SMTP:{email}</t:Entry></t:EmailAddresses>'
            "<t:ContactSource>ActiveDirectory</t:ContactSource></t:Contact>"
        )
    return (
        f"<t:Resolution><t:Mailbox><t:Name>{name}</t:Name><t:EmailAddress>{email}</t:EmailAddress>"
        "<t:RoutingType>SMTP</t:RoutingType><t:MailboxType>Mailbox</t:MailboxType></t:Mailbox>"
        f"{contact}</t:Resolution>"
    )
