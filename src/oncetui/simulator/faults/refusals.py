"""Faults of accounts: who is refused though the password is right."""

from dataclasses import dataclass
from typing import Literal, Self

from oncetui.simulator.faults.fault import Fault
from oncetui.simulator.faults.occasion import Occasion
from oncetui.simulator.faults.soap_errors import error_answer
from oncetui.simulator.faults.values import FaultValues
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.web.messages import HttpAnswer

ExpiredForm = Literal["fault", "401"]
_EXPIRED_FORMS: tuple[ExpiredForm, ...] = ("fault", "401")
# In Windows' own words, by which clients tell it from a wrong password.
_LOCKED_OUT = b"The referenced account is currently locked out and may not be logged on to. (0xC0000234)\r\n"


class Locked(Fault):
    """`locked {"mailbox": EMAIL}`: the account is locked out, its right password is refused too."""

    aims = ("mailbox",)
    needs_aim = ("mailbox",)

    def refusal(self, _occasion: Occasion, /) -> HttpAnswer:
        """Return a 401 that says so."""
        return HttpAnswer(401, _LOCKED_OUT, "text/plain; charset=us-ascii")


@dataclass(frozen=True)
class ExpiredPassword(Fault):
    """`expired-password {"form"?: "fault"|"401"}`: the password is right, but has expired."""

    form: ExpiredForm
    aims = ("mailbox",)

    @classmethod
    def read(cls, values: FaultValues) -> Self:
        """By default the fault ErrorPasswordExpired."""
        return cls(values.choice("form", _EXPIRED_FORMS, "fault"))

    def refusal(self, _occasion: Occasion, /) -> HttpAnswer | None:
        """Return a 401, which is all that Windows says of it."""
        return HttpAnswer(401) if self.form == "401" else None

    def instead_of_operation(self, occasion: Occasion, /) -> HttpAnswer | None:
        """Return the fault."""
        failure = EwsError("ErrorPasswordExpired", "The password for this account has expired.")
        return error_answer(occasion.request.body, failure, "fault") if self.form == "fault" else None
