"""Faults of every answer: late, never, in drips, cut by a reset, with a wrong clock, an HTTP status."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from oncetui.simulator.faults.fault import Fault
from oncetui.simulator.faults.occasion import Occasion
from oncetui.simulator.faults.values import FaultValues
from oncetui.simulator.web.messages import HttpAnswer
from oncetui.simulator.web.sending import Delivery, Drip, Reset, Silence

_LONGEST_DELAY = 600
_YEAR_SECONDS = 366 * 86_400


@dataclass(frozen=True)
class Slow(Fault):
    """`slow {"seconds"?: 5}`: every answer comes so many seconds late."""

    seconds: float
    aims = ("host", "mailbox", "operation")

    @classmethod
    def read(cls, values: FaultValues) -> Self:
        """By default five seconds."""
        return cls(values.number("seconds", 5, most=_LONGEST_DELAY))

    def delay(self) -> float:
        """Return the seconds of this fault."""
        return self.seconds


@dataclass(frozen=True)
class Dripping(Fault):
    """`drip {"bytes"?: 64, "seconds"?: 0.2}`: bodies come a few bytes at a time, with a pause after each."""

    drip: Drip
    aims = ("host", "mailbox", "operation")

    @classmethod
    def read(cls, values: FaultValues) -> Self:
        """By default 64 bytes every 0.2 s."""
        return cls(
            Drip(values.whole("bytes", 64, least=1), values.number("seconds", 0.2, most=_LONGEST_DELAY))
        )

    def delivery(self, _occasion: Occasion, /) -> Delivery:
        """Return the drip."""
        return self.drip


@dataclass(frozen=True)
class NoAnswer(Fault):
    """`no-answer {}`: requests are taken and never answered."""

    aims = ("host", "mailbox", "operation")

    def delivery(self, _occasion: Occasion, /) -> Delivery:
        """Return silence."""
        return Silence()


@dataclass(frozen=True)
class ResetInBody(Fault):
    """`reset {"after"?: BYTES}`: the connection is reset in the middle of a body, by default half-way."""

    after: int | None
    aims = ("host", "mailbox", "operation")

    @classmethod
    def read(cls, values: FaultValues) -> Self:
        """By default half of the body is sent."""
        return cls(values.whole_or_none("after", example=100))

    def delivery(self, _occasion: Occasion, /) -> Delivery:
        """Return the reset."""
        return Reset(self.after)


@dataclass(frozen=True)
class ClockSkew(Fault):
    """`clock-skew {"seconds"?: 600}`: the `Date` of every answer is wrong by so much, before by minus."""

    seconds: float
    counted = False

    @classmethod
    def read(cls, values: FaultValues) -> Self:
        """By default ten minutes fast."""
        return cls(values.number("seconds", 600, least=-_YEAR_SECONDS, most=_YEAR_SECONDS))

    def clock_skew(self) -> timedelta:
        """Return the seconds of this fault."""
        return timedelta(seconds=self.seconds)


@dataclass(frozen=True)
class Status(Fault):
    """`status {"status"?: 503, "retry_after"?: SECONDS}`: an HTTP status without SOAP, signed in or not."""

    status: int
    retry_after: int | None
    aims = ("host",)

    @classmethod
    def read(cls, values: FaultValues) -> Self:
        """By default 503, without Retry-After."""
        return cls(
            values.whole("status", 503, least=200, most=599), values.whole_or_none("retry_after", example=30)
        )

    def before_sign_in(self, _occasion: Occasion, /) -> HttpAnswer:
        """Return the status, with `Retry-After` where it was given."""
        headers = () if self.retry_after is None else (("Retry-After", str(self.retry_after)),)
        return HttpAnswer(self.status, headers=headers)


@dataclass(frozen=True)
class Unavailable(Fault):
    """`unavailable {"retry_after"?: 30}`: 503 with `Retry-After`, signed in or not."""

    retry_after: int
    aims = ("host",)

    @classmethod
    def read(cls, values: FaultValues) -> Self:
        """By default half a minute."""
        return cls(values.whole("retry_after", 30))

    def before_sign_in(self, _occasion: Occasion, /) -> HttpAnswer:
        """Return 503 and when to come back."""
        return HttpAnswer(503, headers=(("Retry-After", str(self.retry_after)),))
