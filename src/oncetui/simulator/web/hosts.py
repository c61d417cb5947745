"""The host names of a scenario: what answers at each, and the routes that keep all on this machine."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from oncetui.simulator.sign_in.ntlm import ServerNames
from oncetui.simulator.sign_in.offers import Offer, offers_of
from oncetui.simulator.world import Exchange, Mailbox, MailDomain

FRONT_END = "EX01"
HostKind = Literal["exchange", "web-site"]
Door = Literal["https", "http", "closed"]


@dataclass(frozen=True)
class Host:
    """One name that the front end answers to, and the mailboxes that it serves."""

    name: str
    kind: HostKind
    mailboxes: tuple[Mailbox, ...]
    server: ServerNames

    @property
    def offers(self) -> tuple[Offer, ...]:
        """What a request without credentials is offered: everything that some mailbox here accepts."""
        return offers_of(self.mailboxes)


@dataclass(frozen=True)
class Route:
    """Where connections to one port of one host have to go."""

    host: str
    port: Literal[80, 443]
    door: Door


def ews_url(domain: MailDomain) -> str:
    """Return the EWS URL of a mail domain's mailboxes."""
    return f"https://{domain.ews_host}/EWS/Exchange.asmx"


def host_named(exchange: Exchange, name: str) -> Host:
    """Tell what answers at `name`; one that is in no mail domain, such as 127.0.0.1, reaches it all."""
    name = name.lower()
    served = [domain for domain in exchange.domains.values() if name in _exchange_hosts(domain)]
    own = exchange.domains.get(name)
    domains = served or ([own] if own else list(exchange.domains.values()))
    mailboxes = tuple(
        mailbox for mailbox in exchange.mailboxes.values() if exchange.domain_of(mailbox.email) in domains
    )
    return Host(
        name=name,
        kind="web-site" if own and not served else "exchange",
        mailboxes=mailboxes,
        server=ServerNames(
            windows_domain=mailboxes[0].windows_domain if mailboxes else exchange.windows_domain,
            computer=FRONT_END,
            dns_domain=domains[0].name if domains else "localdomain",
        ),
    )


def routes(exchange: Exchange) -> list[Route]:
    """Return a route for every host that a client may look for, those included where nobody answers."""
    best: dict[tuple[str, int], Route] = {}
    for domain in exchange.domains.values():
        for route in _routes(domain):
            key = (route.host, route.port)
            if key not in best or best[key].door == "closed":
                best[key] = route
    return list(best.values())


def host_names(exchange: Exchange) -> list[str]:
    """Every name that the server certificate has to hold."""
    return list(dict.fromkeys(route.host for route in routes(exchange)))


def certified_domains(exchange: Exchange) -> list[str]:
    """Return what the run's authority may vouch for: the mail domains, and hosts that are in none of them."""
    domains = [domain.lower() for domain in exchange.domains]
    hosts = host_names(exchange)
    return domains + [
        host for host in hosts if not any(f".{host}".endswith(f".{domain}") for domain in domains)
    ]


def _exchange_hosts(domain: MailDomain) -> set[str]:
    hosts = {domain.ews_host.lower()}
    if domain.autodiscover == "works":
        hosts.add(domain.autodiscover_host.lower())
    if domain.redirect_to:
        hosts.add(domain.redirect_to.lower())
    return hosts


def _routes(domain: MailDomain) -> Iterator[Route]:
    silent = domain.autodiscover == "silent"
    yield Route(domain.ews_host.lower(), 443, "https")
    yield Route(domain.ews_host.lower(), 80, "http")
    if domain.redirect_to:
        yield Route(domain.redirect_to.lower(), 443, "https")
    yield Route(domain.name.lower(), 443, "closed" if silent else "https")
    yield Route(domain.name.lower(), 80, "closed" if silent else "http")
    autodiscover_host = domain.autodiscover_host.lower()
    yield Route(autodiscover_host, 443, "https" if domain.autodiscover == "works" else "closed")
    yield Route(autodiscover_host, 80, "closed" if silent else "http")
