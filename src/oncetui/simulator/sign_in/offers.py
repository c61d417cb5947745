"""The sign-in schemes that a host offers, one `WWW-Authenticate` header each, in the order of IIS."""

from typing import Literal

from oncetui.simulator.world import Mailbox

Offer = Literal["negotiate", "ntlm", "basic", "bearer"]
OFFERS: tuple[Offer, ...] = ("negotiate", "ntlm", "basic", "bearer")
AUTHORIZATION_URI = "https://login.windows.net/common/oauth2/authorize"


def offers_of(mailboxes: tuple[Mailbox, ...]) -> tuple[Offer, ...]:
    """Return everything that some mailbox accepts; whoever takes NTLM takes it inside Negotiate as well."""
    accepted = {scheme for mailbox in mailboxes for scheme in mailbox.schemes}
    offered: set[str] = accepted | ({"negotiate"} if "ntlm" in accepted else set())
    return tuple(offer for offer in OFFERS if offer in offered)


def written(offer: Offer, realm: str) -> str:
    """Return the header's value for an offer."""
    match offer:
        case "negotiate":
            return "Negotiate"
        case "ntlm":
            return "NTLM"
        case "basic":
            return f'Basic realm="{realm}"'
        case "bearer":
            return bearer(AUTHORIZATION_URI)


def bearer(authorization_uri: str) -> str:
    """Return the header's value that sends a client to the company's sign-in page."""
    return (
        'Bearer client_id="00000002-0000-0ff1-ce00-000000000000", '
        'trusted_issuers="00000001-0000-0000-c000-000000000000@*", '
        'token_types="app_asserted_user_v1 service_asserted_app_v1", '
        f'authorization_uri="{authorization_uri}"'
    )
