"""What the DNS tells of a mail domain: the service record, and whether its mail lives in Microsoft 365."""

from oncetui.exchange.discovery.findings import Elsewhere, Finding, InTheCloud, Nothing
from oncetui.exchange.discovery.hosts import POX_PATH, https_origin
from oncetui.exchange.discovery.records import Answers, RecordsUnknownError
from oncetui.exchange.probing import is_cloud

_SERVICE_FIELDS = 4


def alias(domain: str, answers: Answers) -> Finding:
    """Return whether `autodiscover.` the domain is another name for Microsoft 365."""
    try:
        aliases = answers(f"autodiscover.{domain}", "CNAME")
    except RecordsUnknownError as error:
        return Nothing(error.told)
    if any(is_cloud(name) for name in aliases):
        return InTheCloud()
    return Nothing(f"another name for {aliases[-1]}" if aliases else "none")


def service_record(domain: str, answers: Answers) -> Finding:
    """Return where `_autodiscover._tcp` the domain points to."""
    try:
        records = answers(f"_autodiscover._tcp.{domain}", "SRV")
    except RecordsUnknownError as error:
        return Nothing(error.told)
    targets = [record.split() for record in records]
    places = [(parts[3].rstrip("."), parts[2]) for parts in targets if len(parts) == _SERVICE_FIELDS]
    if any(is_cloud(host) for host, _ in places):
        return InTheCloud()
    urls = [f"https://{host}:{port}{POX_PATH}" for host, port in places if host and port != "0"]
    followed = tuple(url for url in urls if https_origin(url))
    if followed:
        return Elsewhere(followed[0], followed[1:])
    return Nothing("names a host that isn't asked" if urls else "none")


def mail_host(domain: str, answers: Answers) -> Finding:
    """Return whether the domain's mail goes to Microsoft 365, which is a hint and no more.

    A filter in the cloud may stand before a server of one's own.
    """
    try:
        hosts = [record.split()[-1].rstrip(".") for record in answers(domain, "MX") if record.split()]
    except RecordsUnknownError as error:
        return Nothing(error.told)
    if any(host.endswith(".mail.protection.outlook.com") for host in hosts):
        return InTheCloud(certain=False)
    hosts = [host for host in hosts if host]
    return Nothing(f"mail goes to {hosts[0]}" if hosts else "takes no mail")
