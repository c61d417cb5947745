"""GetUserOofSettings: whether a mailbox says that its owner is out of office."""

from oncetui.simulator.call import Call
from oncetui.simulator.mailboxes.settings import OutOfOffice
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.messages import response_message
from oncetui.simulator.soap.writing import moment, text_of

_OPENING = "<m:GetUserOofSettingsResponse>"
_CLOSING = "</m:GetUserOofSettingsResponse>"


def answer(call: Call) -> str:
    """Return the settings of the caller's own mailbox; those of others are not shown."""
    named = reading.needed(call.operation, "Mailbox")
    address = reading.content(reading.needed(named, "Address")).strip()
    mailbox = call.exchange.mailbox(address)
    if mailbox is None:
        failure = EwsError("ErrorNonExistentMailbox", "The SMTP address has no mailbox associated with it.")
        return _OPENING + response_message(failure) + _CLOSING
    if mailbox is not call.caller:
        failure = EwsError("ErrorAccessDenied", "Access is denied. Check credentials and try again.")
        return _OPENING + response_message(failure) + _CLOSING
    return _OPENING + response_message() + _settings(call, mailbox.out_of_office) + _CLOSING


def _settings(call: Call, settings: OutOfOffice) -> str:
    start = settings.start or call.now()
    end = settings.end or start
    return (
        f"<t:OofSettings><t:OofState>{settings.state}</t:OofState>"
        f"<t:ExternalAudience>{settings.audience}</t:ExternalAudience>"
        f"<t:Duration><t:StartTime>{moment(start)}</t:StartTime><t:EndTime>{moment(end)}</t:EndTime></t:Duration>"
        f"<t:InternalReply><t:Message>{text_of(settings.internal)}</t:Message></t:InternalReply>"
        f"<t:ExternalReply><t:Message>{text_of(settings.external)}</t:Message></t:ExternalReply>"
        "</t:OofSettings><m:AllowExternalOof>All</m:AllowExternalOof>"
    )
