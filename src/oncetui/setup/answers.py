"""What a person answered, as it will be used."""

from dataclasses import dataclass

from oncetui.model.connection import STRAIGHT, ConnectionSettings, NetworkRoute

ENTERED = "entered"
"""How a server was found whose address a person gave."""
REMEMBERED = "memory"
"""How a server was found that this home knew from a colleague in the same mail domain."""


@dataclass(frozen=True)
class Answers:
    """What a sign-in needs besides the secret, as it will be used; blank means not given.

    `consented` holds the hosts outside the mail domain that a person agreed to, in lower case. `route` is
    what was told of the way there: CA file, proxy, pins. `pins` are SHA-256s in hex of
    certificates that the servers on the way may show, told before the hosts were known.
    """

    email: str
    ews_url: str = ""
    username: str = ""
    consented: frozenset[str] = frozenset()
    route: NetworkRoute = STRAIGHT
    pins: tuple[str, ...] = ()


def entered_before(settings: ConnectionSettings) -> Answers:
    """Return what a person had to enter for a saved connection; a server that was found is found again."""
    username = settings.sign_in.username
    return Answers(
        email=settings.mailbox,
        ews_url=settings.ews_url if settings.found_by == ENTERED else "",
        username="" if username.lower() == settings.mailbox.lower() else username,
    )
