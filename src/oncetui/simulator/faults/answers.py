"""Faults of answers: late ones, HTTP errors, throttling."""

from dataclasses import dataclass
from typing import Self

from oncetui.simulator.faults.fault import Fault
from oncetui.simulator.faults.values import FaultValues
from oncetui.simulator.soap.envelope import fault as soap_fault
from oncetui.simulator.soap.failures import SoapFaultError
from oncetui.simulator.web.messages import HttpAnswer, HttpRequest

_LONGEST_DELAY = 600


@dataclass(frozen=True)
class Slow(Fault):
    """`slow {"seconds"?: N}`: every answer comes N seconds late."""

    seconds: float

    @classmethod
    def read(cls, values: FaultValues) -> Self:
        """By default five seconds."""
        return cls(values.number("seconds", 5, most=_LONGEST_DELAY))

    def delay(self) -> float:
        """Return the seconds of this fault."""
        return self.seconds


@dataclass(frozen=True)
class Status(Fault):
    """`status {"status"?: N, "retry_after"?: SECONDS}`: an HTTP status without SOAP, signed in or not."""

    status: int
    retry_after: int | None

    @classmethod
    def read(cls, values: FaultValues) -> Self:
        """By default 503, without Retry-After."""
        return cls(
            values.whole("status", 503, least=200, most=599), values.whole_or_none("retry_after", example=30)
        )

    def before_sign_in(self, _request: HttpRequest, /) -> HttpAnswer:
        """Return the status, with `Retry-After` where it was given."""
        headers = () if self.retry_after is None else (("Retry-After", str(self.retry_after)),)
        return HttpAnswer(self.status, headers=headers)


@dataclass(frozen=True)
class ServerBusy(Fault):
    """`server-busy {"back_off_ms"?: N}`: EWS throttles with the fault ErrorServerBusy."""

    back_off_ms: int

    @classmethod
    def read(cls, values: FaultValues) -> Self:
        """By default a minute."""
        return cls(values.whole("back_off_ms", 60_000))

    def instead_of_operation(self, _request: HttpRequest, /) -> HttpAnswer:
        """Return the fault, with the time to stay away in milliseconds."""
        text = "The server cannot service this request right now. Try again later."
        detail = f'<t:Value Name="BackOffMilliseconds">{self.back_off_ms}</t:Value>'
        body = soap_fault(SoapFaultError("ErrorServerBusy", text, detail=detail))
        return HttpAnswer(500, body, "text/xml; charset=utf-8")
