"""Faults of Autodiscover: mailboxes that it doesn't know, or that it knows elsewhere."""

from dataclasses import dataclass
from typing import Literal, Self

from oncetui.simulator.autodiscover import json_v2, pox, soap
from oncetui.simulator.faults.fault import Fault
from oncetui.simulator.faults.occasion import Occasion
from oncetui.simulator.faults.values import FaultError, FaultValues
from oncetui.simulator.web.messages import HttpAnswer

_CLOUD = "https://outlook.office365.com/EWS/Exchange.asmx"
AutodiscoverFailure = Literal["unknown-user", "not-available", "invalid-request"]
_FAILURES: tuple[AutodiscoverFailure, ...] = ("unknown-user", "not-available", "invalid-request")
_POX = {
    "unknown-user": (500, "The email address can't be found."),
    "not-available": (603, "No EXPR or EXCH settings were found."),
    "invalid-request": (600, "Invalid Request"),
}
_SOAP = {
    "unknown-user": ("InvalidUser", "Invalid user"),
    "not-available": ("SettingIsNotAvailable", "The settings are not available."),
    "invalid-request": ("InvalidRequest", "The request is invalid."),
}
_JSON = {
    "unknown-user": (404, "UserNotFound", "The given user is not found"),
    "not-available": (404, "ProtocolNotSupported", "The protocol is not available for this user"),
    "invalid-request": (400, "InvalidRequest", "The request is invalid"),
}


@dataclass(frozen=True)
class AutodiscoverRedirect(Fault):
    """`autodiscover-redirect {"to"?: EMAIL|URL}`: Autodiscover refers to another address or place."""

    to: str
    aims = ("host", "mailbox")

    @classmethod
    def read(cls, values: FaultValues) -> Self:
        """By default the address of the same person at a tenant of Microsoft 365."""
        to = values.text("to", "anna@contoso.mail.onmicrosoft.example")
        if "@" not in to and not to.startswith("https://"):
            raise FaultError(f'to is an email address or a URL that begins with https://; it was "{to}"')
        return cls(to)

    def autodiscover(self, occasion: Occasion, /) -> HttpAnswer | None:
        """Return the redirect in the dialect of the request; JSON has one for places only."""
        match occasion.request.place:
            case pox.PLACE:
                return pox.redirect(self.to)
            case soap.PLACE:
                return soap.redirect(self.to)
        return None if "@" in self.to else HttpAnswer(302, headers=(("Location", self.to),))


@dataclass(frozen=True)
class AutodiscoverError(Fault):
    """`autodiscover-error {"kind"?: "unknown-user"|"not-available"|"invalid-request"}`: an error code."""

    kind: AutodiscoverFailure
    aims = ("host", "mailbox")

    @classmethod
    def read(cls, values: FaultValues) -> Self:
        """By default the mailbox is unknown."""
        return cls(values.choice("kind", _FAILURES, "unknown-user"))

    def autodiscover(self, occasion: Occasion, /) -> HttpAnswer:
        """Return the error in the dialect of the request."""
        match occasion.request.place:
            case pox.PLACE:
                return pox.error(*_POX[self.kind])
            case soap.PLACE:
                return soap.error(*_SOAP[self.kind])
        return json_v2.error(*_JSON[self.kind])


class MovedToCloud(Fault):
    """`autodiscover-cloud {}`: Autodiscover version 2 says that the mailbox is in Microsoft 365."""

    aims = ("host",)

    def autodiscover(self, occasion: Occasion, /) -> HttpAnswer | None:
        """Return the cloud's address; the other dialects are left alone."""
        is_json = occasion.request.place not in {pox.PLACE, soap.PLACE}
        return json_v2.found("EWS", _CLOUD) if is_json else None
