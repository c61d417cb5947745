"""Exchange Web Services: an answer for each request body, whatever it holds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from threading import Event

from oncetui.simulator.call import call_of
from oncetui.simulator.operations import ELEMENTS, OPERATIONS, Operation
from oncetui.simulator.soap import envelope
from oncetui.simulator.soap.failures import EwsError, SoapFaultError
from oncetui.simulator.soap.names import MESSAGES
from oncetui.simulator.soap.reading import namespace_of
from oncetui.simulator.versions import check_version
from oncetui.simulator.world import Exchange, Mailbox

_XML = "text/xml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class EwsAnswer:
    """An HTTP answer; `operation` is what was asked for, empty where that could not be read.

    An answer that goes on for minutes has `pieces` and no body: each piece is one whole SOAP envelope, sent
    as soon as it is there. The event given to `pieces` ends it early, within a second, once it is set.
    """

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    operation: str = ""
    pieces: Callable[[Event], Iterator[bytes]] | None = None


def answer(exchange: Exchange, signed_in: Mailbox, body: bytes) -> EwsAnswer:
    """Answer a request of somebody who has signed in; what can't be done is a SOAP fault or an error."""
    headers = {"Content-Type": _XML}
    name = ""
    try:
        request = envelope.read(body)
        name = request.name.removesuffix("Request")
        operation = _operation(request, name)
        check_version(request, name, exchange.newest_version)
        with exchange.lock:
            content = operation(call_of(exchange, signed_in, request))
    except SoapFaultError as fault:
        return EwsAnswer(500, envelope.fault(fault), headers, name)
    except EwsError as failure:
        # What fails before its items are looked at fails for the whole request.
        whole = SoapFaultError(failure.code, failure.text, detail=failure.detail)
        return EwsAnswer(500, envelope.fault(whole), headers, name)
    if isinstance(content, str):
        return EwsAnswer(200, envelope.answer(content), headers, name)

    def pieces(closed: Event) -> Iterator[bytes]:
        return (envelope.piece(part) for part in content(closed))

    return EwsAnswer(200, b"", headers, name, pieces)


def _operation(request: envelope.Request, name: str) -> Operation:
    known = namespace_of(request.operation) == MESSAGES and ELEMENTS.get(name, name) == request.name
    operation = OPERATIONS.get(name) if known else None
    if operation is None:
        raise SoapFaultError("ErrorInvalidRequest", "The request is invalid.")
    return operation
