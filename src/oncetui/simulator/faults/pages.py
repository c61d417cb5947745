"""Faults in which a web page, or a pointer to one, comes in place of EWS."""

from dataclasses import dataclass
from typing import Self

from oncetui.simulator.faults.fault import Fault
from oncetui.simulator.faults.occasion import Occasion
from oncetui.simulator.faults.values import FaultValues
from oncetui.simulator.web import iis
from oncetui.simulator.web.messages import HttpAnswer

_EWS_OFF = "EWS is disabled for this user or tenant"


class _Page(Fault):
    """A fault without values that answers every request alike."""

    aims = ("host",)


class NotFound(_Page):
    """`not-found {}`: 404, the web server knows no such path."""

    def before_sign_in(self, _occasion: Occasion, /) -> HttpAnswer:
        """Return IIS's page."""
        return iis.not_found()


class LoginTimeout(_Page):
    """`login-timeout {}`: 440, the status of Outlook on the web for a session that is over."""

    def before_sign_in(self, _occasion: Occasion, /) -> HttpAnswer:
        """Return the status."""
        return HttpAnswer(440, b"440 Login Timeout", "text/html")


class LoginPage(_Page):
    """`login-page {}`: 200 with the sign-in form of Outlook on the web."""

    def before_sign_in(self, _occasion: Occasion, /) -> HttpAnswer:
        """Return the form."""
        return iis.logon_page()


class RedirectToOwa(_Page):
    """`redirect-to-owa {}`: 302 to the sign-in form of Outlook on the web, on the same host."""

    def before_sign_in(self, occasion: Occasion, /) -> HttpAnswer | None:
        """Return the redirect; the form itself can still be seen."""
        if occasion.request.place.startswith("/owa"):
            return None
        return iis.logon_redirect(occasion.request.host, occasion.request.target)


class ErrorPage(_Page):
    """`error-page {}`: 302 to Exchange's own error page, with `X-CasErrorCode`, as while it starts."""

    def before_sign_in(self, _occasion: Occasion, /) -> HttpAnswer:
        """Return the redirect."""
        answer = iis.redirect("/ews/genericerrorpage.htm")
        return answer.with_headers((("X-CasErrorCode", "ServerNotFound"),))


class Firewall(_Page):
    """`firewall {}`: 403 with a page of a firewall in front, without any header of Exchange."""

    def before_sign_in(self, _occasion: Occasion, /) -> HttpAnswer:
        """Return the page."""
        page = iis.page(403, "Request Rejected", "The requested URL was rejected.")
        return page.in_front_of_exchange()


class BadGateway(_Page):
    """`bad-gateway {}`: 502 with a page of a gateway that can't reach Exchange."""

    def before_sign_in(self, _occasion: Occasion, /) -> HttpAnswer:
        """Return the page."""
        page = iis.page(502, "502 - Bad Gateway", "The server behind this gateway does not answer.")
        return page.in_front_of_exchange()


@dataclass(frozen=True)
class RedirectElsewhere(Fault):
    """`redirect {"location"?: URL}`: 302 to another host, by default a company's sign-in page."""

    location: str
    aims = ("host",)

    @classmethod
    def read(cls, values: FaultValues) -> Self:
        """By default AD FS of a host that is not simulated."""
        return cls(values.text("location", "https://sts.contoso.example/adfs/ls/?wa=wsignin1.0"))

    def before_sign_in(self, _occasion: Occasion, /) -> HttpAnswer:
        """Return the redirect."""
        return iis.redirect(self.location)


@dataclass(frozen=True)
class Forbidden(Fault):
    """`forbidden {"reason"?: TEXT}`: 403 after signing in; a reason is `X-EWS-Policy-Reason`."""

    reason: str | None
    aims = ("host", "mailbox")

    @classmethod
    def read(cls, values: FaultValues) -> Self:
        """By default without a reason."""
        return cls(values.text("reason", _EWS_OFF) if values.has("reason") else None)

    def refusal(self, _occasion: Occasion, /) -> HttpAnswer:
        """Return the refusal."""
        headers = () if self.reason is None else (("X-EWS-Policy-Reason", self.reason),)
        return HttpAnswer(403, headers=headers)
