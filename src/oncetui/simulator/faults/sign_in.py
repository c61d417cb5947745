"""Faults of signing in: which schemes are offered and taken, and how channel bindings are treated."""

from dataclasses import dataclass
from typing import Self

from oncetui.simulator.faults.fault import Fault
from oncetui.simulator.faults.values import FaultValues
from oncetui.simulator.sign_in.ntlm import ExtendedProtection
from oncetui.simulator.sign_in.offers import AUTHORIZATION_URI, OFFERS, Offer, bearer

_PROTECTIONS: tuple[ExtendedProtection, ...] = ("off", "allow", "require")


@dataclass(frozen=True)
class Schemes(Fault):
    """`schemes {"schemes": ["negotiate"|"ntlm"|"basic"|"bearer", …]}`: these are offered and taken."""

    schemes: tuple[Offer, ...]
    aims = ("host",)
    counted = False

    @classmethod
    def read(cls, values: FaultValues) -> Self:
        """Without a default; an empty list offers nothing at all."""
        return cls(values.choices("schemes", OFFERS))

    def offers(self, _offers: tuple[Offer, ...], /) -> tuple[Offer, ...]:
        """Return the schemes of this fault."""
        return self.schemes


@dataclass(frozen=True)
class WrongScheme(Fault):
    """`wrong-scheme {"offer"?: TEXT}`: only a scheme is offered that takes no password, such as Kerberos."""

    offer: str
    aims = ("host",)
    counted = False

    @classmethod
    def read(cls, values: FaultValues) -> Self:
        """By default `Kerberos`."""
        return cls(values.text("offer", "Kerberos"))

    def offers(self, _offers: tuple[Offer, ...], /) -> tuple[Offer, ...]:
        """Return that nothing is taken."""
        return ()

    def other_offers(self) -> tuple[str, ...]:
        """Return the scheme of this fault."""
        return (self.offer,)


@dataclass(frozen=True)
class BasicOff(Fault):
    """`basic-off {}`: Basic is switched off, whatever else is offered stays."""

    aims = ("host",)
    counted = False

    def offers(self, offers: tuple[Offer, ...], /) -> tuple[Offer, ...]:
        """Return what is left."""
        return tuple(offer for offer in offers if offer != "basic")


@dataclass(frozen=True)
class BearerOnly(Fault):
    """`bearer {"authorization_uri"?: URL}`: only Bearer is offered, which sends clients to a sign-in page."""

    authorization_uri: str
    aims = ("host",)
    counted = False

    @classmethod
    def read(cls, values: FaultValues) -> Self:
        """By default the address that Microsoft's servers give."""
        return cls(values.text("authorization_uri", AUTHORIZATION_URI))

    def offers(self, _offers: tuple[Offer, ...], /) -> tuple[Offer, ...]:
        """Return that nothing is taken: no token is ever issued."""
        return ()

    def other_offers(self) -> tuple[str, ...]:
        """Return the header's value."""
        return (bearer(self.authorization_uri),)


@dataclass(frozen=True)
class ExtendedProtectionMode(Fault):
    """`extended-protection {"mode"?: "off"|"allow"|"require"}`: how channel bindings of NTLM are treated."""

    mode: ExtendedProtection
    aims = ("host",)
    counted = False

    @classmethod
    def read(cls, values: FaultValues) -> Self:
        """By default `require`."""
        return cls(values.choice("mode", _PROTECTIONS, "require"))

    def extended_protection(self) -> ExtendedProtection:
        """Return the mode of this fault."""
        return self.mode
