"""Errors of EWS that a fault answers with: a fault for the whole request, or messages inside an answer."""

from typing import Literal

from oncetui.simulator.soap import envelope, messages
from oncetui.simulator.soap.failures import EwsError, SoapFaultError
from oncetui.simulator.soap.reading import Element, children, local_name
from oncetui.simulator.web.messages import HttpAnswer

Form = Literal["fault", "message"]
FORMS: tuple[Form, ...] = ("fault", "message")
_XML = "text/xml; charset=utf-8"
_BATCHES = (
    "ItemIds",
    "FolderIds",
    "ParentFolderIds",
    "ItemChanges",
    "FolderChanges",
    "Items",
    "Folders",
    "SourceIds",
)
# What the schema wants inside an error's message, by operation.
_EMPTY = {
    **dict.fromkeys(("GetItem", "CreateItem", "UpdateItem", "MoveItem", "CopyItem"), "<m:Items/>"),
    **dict.fromkeys(
        ("GetFolder", "CreateFolder", "UpdateFolder", "MoveFolder", "CopyFolder"), "<m:Folders/>"
    ),
}
# Their answers have no list of response messages, so an error can only be a fault.
_WITHOUT_MESSAGES = frozenset(
    {
        "GetUserAvailability",
        "GetUserOofSettings",
        "SetUserOofSettings",
        "GetPasswordExpirationDate",
        "GetDelegate",
    }
)


def error_answer(body: bytes, failure: EwsError, form: Form) -> HttpAnswer:
    """Answer a request with an error: HTTP 500 with a fault, or HTTP 200 with a message for each thing asked.

    A request that can't be read gets the fault of that in place of messages.
    """
    whole = SoapFaultError(failure.code, failure.text, detail=failure.detail)
    if form == "fault":
        return HttpAnswer(500, envelope.fault(whole), _XML)
    try:
        request = envelope.read(body)
    except SoapFaultError as unreadable:
        return HttpAnswer(500, envelope.fault(unreadable), _XML)
    if request.name in _WITHOUT_MESSAGES:
        return HttpAnswer(500, envelope.fault(whole), _XML)
    message = messages.error(request.name, failure, _EMPTY.get(request.name, ""))
    content = messages.response(request.name, [message] * _things(request.operation))
    return HttpAnswer(200, envelope.answer(content), _XML)


def back_off(milliseconds: int) -> str:
    """Return the detail that says how long to stay away."""
    return f'<t:Value Name="BackOffMilliseconds">{milliseconds}</t:Value>'


def _things(operation: Element) -> int:
    """Count what the request asks about: each gets a message of its own."""
    for part in children(operation):
        if local_name(part) in _BATCHES:
            return max(1, sum(1 for _ in children(part)))
    return 1
