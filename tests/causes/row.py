"""One way in which a cause is produced for real, and the stage that it is produced on."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from oncetui.exchange.discovery.discovering import ExchangeDiscovery
from oncetui.exchange.gateway import ExchangeGateway
from oncetui.exchange.listening import USUAL, Patience
from oncetui.exchange.opening import ExchangeOpener
from oncetui.model.calendars import FoundCalendar
from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import Access, NetworkRoute, Scheme
from oncetui.model.discovering import Signpost
from oncetui.model.problem import Problem, ProblemError, Who
from oncetui.model.secret import Secret
from tests.exchange.site import CONTOSO, HORIZON, Site

HOST = "mail.contoso.example"
ANNA = "anna@contoso.example"
SIGNPOST = "https://autodiscover.contoso.example/autodiscover/autodiscover.xml"


@dataclass(frozen=True)
class Stage:
    """A simulated Exchange of many tests, a folder of this one."""

    site: Site
    folder: Path

    def play(self, fault: str, **values: Any) -> None:
        """Play a fault of the simulated server."""
        self.site.control("PUT", f"/faults/{fault}", **values)

    def probed(self, route: NetworkRoute | None = None, url: str = CONTOSO) -> Problem:
        """Return what comes of asking the server without credentials."""
        return caught(lambda: ExchangeDiscovery().probe(url, route or self.site.route, Cancellation()))

    def opened(self, access: Access | None = None, secret: Secret | None = None) -> Problem:
        """Return what comes of signing in."""
        using = access or self.site.access(ANNA)
        return caught(
            lambda: ExchangeOpener().open(using, secret or self.site.secret(using.mailbox), Cancellation())
        )

    def at_port(self, port: int, ca_file: Path | None = None) -> NetworkRoute:
        """Return a route on which the server's host is at another port of this machine."""
        route = self.site.route_to(HOST, port)
        return route if ca_file is None else replace(route, ca_file=ca_file)

    def gateway(self, scheme: Scheme = Scheme.NTLM, *, patience: Patience = USUAL) -> ExchangeGateway:
        """Return a way to the calendars that is signed in."""
        opener = ExchangeOpener(patience=patience)
        return opener.open(self.site.access(ANNA, scheme), self.site.secret(ANNA), Cancellation())

    def in_use(self, break_it: Callable[[], None], scheme: Scheme = Scheme.NTLM) -> Problem:
        """Return what comes of reading a calendar once something has broken."""
        gateway = self.gateway(scheme)
        calendar = gateway.calendars()[0]
        break_it()
        try:
            return caught(lambda: gateway.busy_time(calendar, HORIZON))
        finally:
            gateway.close()

    def answered(self, code: str, **values: Any) -> Problem:
        """Return what comes of reading a calendar that Exchange answers with a response code."""
        return self.in_use(lambda: self.play("ews-error", code=code, **values))

    def named_by_autodiscover(self, fault: str, **values: Any) -> Problem:
        """Return what comes of asking Autodiscover, signed in, where it has a fault."""
        probe = ExchangeDiscovery().probe(CONTOSO, self.site.route, Cancellation())
        self.play(fault, **values)
        post = Signpost(SIGNPOST, "pox", probe)
        access = self.site.access(ANNA)
        return caught(lambda: ExchangeDiscovery().ask(post, access, self.site.secret(ANNA), Cancellation()))


@dataclass(frozen=True)
class Row:
    """One failure: the number of its diagnosis, what is done to produce it, and what has to come out.

    `next_step` is how the one next action begins.
    """

    diagnosis: str
    code: str
    who: Who
    done: str
    next_step: str
    produce: Callable[[Stage], Problem]

    @property
    def name(self) -> str:
        """The name of its test."""
        return f"{self.diagnosis or 'local'}-{self.code}-{self.done.replace(' ', '_')}"[:90]


def caught(work: Callable[[], object]) -> Problem:
    """Return the problem that work ends in; AssertionError where it ends in none."""
    try:
        work()
    except ProblemError as error:
        return error.problem
    raise AssertionError("nothing went wrong")


def default_calendar(gateway: ExchangeGateway) -> FoundCalendar:
    """Return the calendar that comes first."""
    return gateway.calendars()[0]
