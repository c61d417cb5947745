"""What Autodiscover knows of a mailbox, whichever dialect asks."""

import uuid
from urllib.parse import urlsplit

from oncetui.simulator.web.hosts import FRONT_END, ews_url
from oncetui.simulator.world import Exchange, Mailbox

SUPPORTED_SCHEMAS = (
    "Exchange2007, Exchange2007_SP1, Exchange2010, Exchange2010_SP1, Exchange2010_SP2, Exchange2013, "
    "Exchange2013_SP1, Exchange2015, Exchange2016"
)
SERVER_VERSION = (15, 2, 1544, 11)
_ORGANISATION = "/o=First Organization/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)"


def ews_url_of(exchange: Exchange, mailbox: Mailbox) -> str:
    """Return the EWS URL that serves a mailbox; every mailbox belongs to a domain of its world."""
    domain = exchange.domain_of(mailbox.email)
    if domain is None:
        raise LookupError(f"{mailbox.email} is in no mail domain of this scenario")
    return ews_url(domain)


def user_settings(exchange: Exchange, mailbox: Mailbox) -> dict[str, str]:
    """Return the user settings of SOAP Autodiscover by name; what is not here is not available."""
    url = ews_url_of(exchange, mailbox)
    host = urlsplit(url).hostname or ""
    major, minor, build, revision = SERVER_VERSION
    return {
        "UserDisplayName": mailbox.display_name,
        "UserDN": legacy_dn(mailbox),
        "UserDeploymentId": deployment_id(exchange),
        "UserMSOnline": "False",
        "AutoDiscoverSMTPAddress": mailbox.email,
        "MailboxDN": f"{server_dn(mailbox)}/cn=Microsoft Private MDB",
        "CasVersion": f"{major}.{minor:02}.{build:04}.{revision:03}",
        "MailboxVersion": f"{major}.{minor:02}.{build:04}.{revision:03}",
        "EwsSupportedSchemas": SUPPORTED_SCHEMAS,
        "InternalMailboxServer": server_name(mailbox),
        "InternalEwsUrl": url,
        "ExternalEwsUrl": url,
        "ExternalMailboxServer": host,
        "ExternalMailboxServerRequiresSSL": "True",
        "InternalEcpUrl": f"https://{host}/owa/",
        "ExternalEcpUrl": f"https://{host}/owa/",
    }


def legacy_dn(mailbox: Mailbox) -> str:
    """Return the mailbox's name in Exchange's own directory."""
    return f"{_ORGANISATION}/cn=Recipients/cn={mailbox.guid.replace('-', '')}-{mailbox.username}"


def server_dn(mailbox: Mailbox) -> str:
    """Return the mailbox server's name in Exchange's own directory."""
    return f"{_ORGANISATION}/cn=Configuration/cn=Servers/cn={server_name(mailbox)}"


def server_name(mailbox: Mailbox) -> str:
    """Since Exchange 2013 a mailbox's server is named by the mailbox's GUID."""
    return f"{mailbox.guid}@{mailbox.email.rpartition('@')[2]}"


def deployment_id(exchange: Exchange) -> str:
    """Return the organisation's GUID, the same in every run."""
    return str(
        uuid.uuid5(uuid.NAMESPACE_DNS, f"deployment.{exchange.windows_domain.lower()}.{FRONT_END.lower()}")
    )
