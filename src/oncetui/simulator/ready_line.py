"""What the simulator says of itself once it answers."""

from dataclasses import dataclass
from typing import Any

from oncetui.simulator.autodiscover.settings import ews_url_of
from oncetui.simulator.web.hosts import ews_url, routes
from oncetui.simulator.web.ports import LOOPBACK
from oncetui.simulator.world import Exchange, Mailbox


@dataclass(frozen=True)
class Doors:
    """The loopback ports of one run; at `closed` every connection is refused."""

    https: int
    http: int
    closed: int
    control: int


def ready_line(exchange: Exchange, doors: Doors, ca_file: str, token: str) -> dict[str, Any]:
    """Return the ready line as a dict that JSON can hold; it holds the mailboxes' passwords."""
    ports = {"https": doors.https, "http": doors.http, "closed": doors.closed}
    return {
        "ready": True,
        "https": f"https://{LOOPBACK}:{doors.https}",
        "ews_url": next(ews_url(domain) for domain in exchange.domains.values()),
        "ca_file": ca_file,
        "connect_to": [
            f"{route.host}:{route.port}:{LOOPBACK}:{ports[route.door]}" for route in routes(exchange)
        ],
        "control": f"http://{LOOPBACK}:{doors.control}",
        "token": token,
        "mailboxes": [
            {
                "email": mailbox.email,
                "username": typed_user_name(mailbox),
                "password": mailbox.password,
                "ews_url": ews_url_of(exchange, mailbox),
                "needs": list(mailbox.needs),
            }
            for mailbox in exchange.mailboxes.values()
        ],
    }


def typed_user_name(mailbox: Mailbox) -> str:
    r"""Tell what a person types as Domain\UserName: the Windows form where it is accepted, UPN or email."""
    if "domain" in mailbox.forms:
        return mailbox.domain_user
    return mailbox.upn if "upn" in mailbox.forms else mailbox.email
