"""The world that the simulated Exchange starts with: mailboxes to try, each another way to connect."""

from collections.abc import Callable
from datetime import datetime

from oncetui.simulator.fortnight import Fortnight
from oncetui.simulator.mailboxes.settings import Delegate
from oncetui.simulator.world import Exchange, Mailbox, MailDomain

WINDOWS_DOMAIN = "CONTOSO"
_CONTOSO_SERVER = "mail.contoso.example"
_FABRIKAM_SERVER = "owa.fabrikam.example"
_NORTHWIND_SERVER = "mail.northwind.example"


def default_scenario(now: Callable[[], datetime]) -> Exchange:
    """Return the usual world; its calendars lie around the week of `now()`, the same for the same moment.

    `now` gives aware UTC datetimes.
    """
    exchange = Exchange(WINDOWS_DOMAIN, now)
    for domain in _domains():
        exchange.add_domain(domain)
    for mailbox in sorted(_mailboxes(), key=lambda mailbox: mailbox.email):
        exchange.add_mailbox(mailbox)
    _fill(exchange)
    return exchange


def outside_scenario(now: Callable[[], datetime]) -> Exchange:
    """Return the usual world with a company whose mail lies on another one's server.

    A client sends a password there only after consent, which `needs` calls `trust_host`.
    """
    exchange = default_scenario(now)
    exchange.add_domain(
        MailDomain(
            "tailspin.example",
            "redirect",
            _CONTOSO_SERVER,
            "autodiscover.tailspin.example",
            redirect_to="autodiscover.contoso.example",
        )
    )
    greta = Mailbox(
        "greta@tailspin.example",
        "Greta",
        "greta",
        WINDOWS_DOMAIN,
        "greta@tailspin.example",
        "Kürbis+laterne-13",
        schemes=("ntlm",),
        needs=("trust_host",),
    )
    exchange.add_mailbox(greta)
    Fortnight(exchange, greta).working_weeks()
    return exchange


def _domains() -> tuple[MailDomain, ...]:
    return (
        MailDomain("contoso.example", "works", _CONTOSO_SERVER, "autodiscover.contoso.example"),
        MailDomain("fabrikam.example", "silent", _FABRIKAM_SERVER, "autodiscover.fabrikam.example"),
        MailDomain(
            "northwind.example",
            "redirect",
            _NORTHWIND_SERVER,
            "autodiscover.northwind.example",
            redirect_to=_NORTHWIND_SERVER,
        ),
    )


def _mailboxes() -> tuple[Mailbox, ...]:
    return (*_contoso(), *_fabrikam(), *_northwind())


def _contoso() -> tuple[Mailbox, ...]:
    return (
        # Nothing but email and password.
        Mailbox(
            "anna@contoso.example",
            "Anna",
            "anna",
            WINDOWS_DOMAIN,
            "anna@contoso.example",
            "quiet-Ferry-71",
        ),
        # The server takes the Windows form of the user name only.
        Mailbox(
            "carla@contoso.example",
            "Carla",
            "carla",
            WINDOWS_DOMAIN,
            "carla@corp.contoso.example",
            "sieben%Äpfel-29",
            schemes=("ntlm",),
            forms=frozenset({"domain"}),
            needs=("username",),
        ),
        # A read-only calendar of the own mailbox, one that a colleague shares, and a second address.
        Mailbox(
            "emil@contoso.example",
            "Emil",
            "emil",
            WINDOWS_DOMAIN,
            "emil@contoso.example",
            "Nordlys?mandag-13",
            schemes=("ntlm",),
            aliases=("team@contoso.example",),
        ),
    )


def _fabrikam() -> tuple[Mailbox, ...]:
    return (
        # Autodiscover is silent: the EWS URL is needed.
        Mailbox(
            "ben@fabrikam.example",
            "Ben",
            "ben",
            "FABRIKAM",
            "ben@fabrikam.example",
            "Bürste€44-mosaik",
            needs=("ews_url",),
            time_zone="Europe/London",
        ),
        # Both.
        Mailbox(
            "dora@fabrikam.example",
            "Dora",
            "fab-dora",
            "FABRIKAM",
            "fab-dora@fabrikam.example",
            "Glimmer+tulip:58",
            schemes=("basic", "ntlm"),
            forms=frozenset({"domain"}),
            needs=("ews_url", "username"),
            time_zone="Europe/Budapest",
        ),
    )


def _northwind() -> tuple[Mailbox, ...]:
    return (
        # Found by way of an http redirect, on a server that knows Basic only.
        Mailbox(
            "frida@northwind.example",
            "Frida",
            "frida",
            "NORTHWIND",
            "frida@northwind.example",
            "pebble&Orchid=96",
            schemes=("basic",),
            forms=frozenset({"email", "upn"}),
            time_zone="Europe/Berlin",
        ),
    )


def _fill(exchange: Exchange) -> None:
    anna = Fortnight(exchange, exchange.mailboxes["anna@contoso.example"])
    anna.working_weeks()
    team = anna.calendar("Team Sales")
    team.weekly("Pipeline review", "Wednesday", "13:30", "14:15")
    team.single("Trade fair set-up", 3, "09:00", "12:00")
    team.single("Quarter-end call", 9, "16:00", "17:00", status="Tentative")
    anna.calendar("Private").single("Dentist", 2, "17:00", "17:45", private=True)
    ben = Fortnight(exchange, exchange.mailboxes["ben@fabrikam.example"])
    ben.working_weeks()
    ben.calendar("Private").weekly("Choir", "Thursday", "19:00", "20:30")
    carla = Fortnight(exchange, exchange.mailboxes["carla@contoso.example"])
    carla.working_weeks()
    carla.days("Milan office", 8, 3, status="WorkingElsewhere")
    dora = Fortnight(exchange, exchange.mailboxes["dora@fabrikam.example"])
    dora.working_weeks()
    dora.days("Holiday", 7, 5, status="OOF")
    emil = Fortnight(exchange, exchange.mailboxes["emil@contoso.example"])
    emil.working_weeks()
    holidays = emil.calendar("Holidays")
    holidays.days("Public holiday", 4, 1, status="Free")
    holidays.days("Bridge day", 11, 1, status="Free")
    holidays.folder.read_only = True
    frida = Fortnight(exchange, exchange.mailboxes["frida@northwind.example"])
    frida.working_weeks()
    team.folder.permissions["emil@contoso.example"] = "Reviewer"
    for mailbox in exchange.mailboxes.values():
        mailbox.folders.calendar.default_level = "FreeBusyTimeOnly"
    anna.mailbox.delegates["carla@contoso.example"] = Delegate({"Calendar": "Editor"}, copies=True)
    anna.folder.permissions.update({"carla@contoso.example": "Editor", "emil@contoso.example": "Reviewer"})
