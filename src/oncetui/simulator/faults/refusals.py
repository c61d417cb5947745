"""Faults of signing in: who is refused, and what is offered."""

from dataclasses import dataclass
from typing import Self

from oncetui.simulator.faults.fault import Fault
from oncetui.simulator.faults.values import FaultValues
from oncetui.simulator.sign_in.ntlm import ExtendedProtection
from oncetui.simulator.web.messages import HttpAnswer
from oncetui.simulator.world import Mailbox, Scheme

_PROTECTIONS: tuple[ExtendedProtection, ...] = ("off", "allow", "require")
_SCHEMES: tuple[Scheme, ...] = ("ntlm", "basic")
# In Windows' own words, by which clients tell it from a wrong password.
_LOCKED_OUT = b"The referenced account is currently locked out and may not be logged on to. (0xC0000234)\r\n"


@dataclass(frozen=True)
class Locked(Fault):
    """`locked {"mailbox": EMAIL}`: the account is locked out, its right password is refused too."""

    mailbox: str

    @classmethod
    def read(cls, values: FaultValues) -> Self:
        """Without a default."""
        return cls(values.email("mailbox"))

    def refusal(self, mailbox: Mailbox, /) -> HttpAnswer | None:
        """Return a 401 that says so."""
        if mailbox.email.lower() != self.mailbox:
            return None
        return HttpAnswer(401, _LOCKED_OUT, "text/plain; charset=us-ascii")


@dataclass(frozen=True)
class Schemes(Fault):
    """`schemes {"schemes": ["basic"|"ntlm", …]}`: the server offers and takes these sign-in schemes only."""

    schemes: tuple[Scheme, ...]
    counted = False

    @classmethod
    def read(cls, values: FaultValues) -> Self:
        """Without a default; an empty list offers nothing at all."""
        return cls(values.choices("schemes", _SCHEMES))

    def schemes_for(self, _schemes: tuple[Scheme, ...], /) -> tuple[Scheme, ...]:
        """Return the schemes of this fault."""
        return self.schemes


@dataclass(frozen=True)
class ExtendedProtectionMode(Fault):
    """`extended-protection {"mode"?: "off"|"allow"|"require"}`: how channel bindings of NTLM are treated."""

    mode: ExtendedProtection
    counted = False

    @classmethod
    def read(cls, values: FaultValues) -> Self:
        """By default `require`."""
        return cls(values.choice("mode", _PROTECTIONS, "require"))

    def extended_protection(self) -> ExtendedProtection:
        """Return the mode of this fault."""
        return self.mode
