"""SetUserOofSettings: whether a mailbox says that its owner is out of office, and what it says."""

from oncetui.simulator.call import Call
from oncetui.simulator.mailboxes.settings import OutOfOffice
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.messages import response_message
from oncetui.simulator.soap.reading import Element


def answer(call: Call) -> str:
    """Change the settings of the caller's own mailbox; those of others can't be changed."""
    try:
        _set(call)
    except EwsError as failure:
        return f"<m:SetUserOofSettingsResponse>{response_message(failure)}</m:SetUserOofSettingsResponse>"
    return f"<m:SetUserOofSettingsResponse>{response_message()}</m:SetUserOofSettingsResponse>"


def _set(call: Call) -> None:
    named = reading.needed(call.operation, "Mailbox")
    mailbox = call.exchange.mailbox(reading.content(reading.needed(named, "Address")).strip())
    if mailbox is None:
        raise EwsError("ErrorNonExistentMailbox", "The SMTP address has no mailbox associated with it.")
    if mailbox is not call.caller:
        raise EwsError("ErrorAccessDenied", "Access is denied. Check credentials and try again.")
    given = reading.needed(call.operation, "UserOofSettings")
    settings = OutOfOffice(internal=_reply(given, "InternalReply"), external=_reply(given, "ExternalReply"))
    state, audience = reading.needed(given, "OofState"), reading.needed(given, "ExternalAudience")
    match reading.content(state).strip():
        case "Disabled" | "Enabled" | "Scheduled" as word:
            settings.state = word
        case other:
            raise reading.bad_value(state, other, "OofState")
    match reading.content(audience).strip():
        case "None" | "Known" | "All" as people:
            settings.audience = people
        case other:
            raise reading.bad_value(audience, other, "ExternalAudience")
    _take_duration(call, given, settings)
    mailbox.out_of_office = settings


def _reply(given: Element, name: str) -> str:
    reply = reading.child(given, name)
    message = None if reply is None else reading.child(reply, "Message")
    return "" if message is None else reading.content(message)


def _take_duration(call: Call, given: Element, settings: OutOfOffice) -> None:
    duration = reading.child(given, "Duration")
    if duration is None:
        if settings.state == "Scheduled":
            raise EwsError("ErrorInvalidScheduledOofDuration", "A scheduled absence has a start and an end.")
        return
    settings.start = reading.moment_of(reading.needed(duration, "StartTime"), call.zone.info)
    settings.end = reading.moment_of(reading.needed(duration, "EndTime"), call.zone.info)
    if settings.state == "Scheduled" and settings.end <= max(settings.start, call.now()):
        raise EwsError("ErrorInvalidScheduledOofDuration", "The absence ends before it begins, or is past.")
