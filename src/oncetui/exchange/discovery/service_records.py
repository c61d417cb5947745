"""What the DNS tells of a mail domain: the service record, and whether its mail lives in Microsoft 365."""

from collections.abc import Callable

import dns.exception
import dns.rdatatype
import dns.resolver

from oncetui.exchange.discovery.findings import Elsewhere, Finding, InTheCloud, Nothing
from oncetui.exchange.discovery.hosts import POX_PATH
from oncetui.exchange.probing import is_cloud

SECONDS = 3.0
Answers = Callable[[str, str], list[str]]


def service_record(domain: str, answers: Answers) -> Finding:
    """Return where `_autodiscover._tcp` the domain points to; no record and no resolver are both nothing."""
    if any(is_cloud(name) for name in answers(f"autodiscover.{domain}", "CNAME")):
        return InTheCloud()
    for record in answers(f"_autodiscover._tcp.{domain}", "SRV"):
        port, host = record.split()[2:4]
        name = host.rstrip(".").lower()
        if is_cloud(name):
            return InTheCloud()
        if name:
            return Elsewhere(f"https://{name}:{port}{POX_PATH}")
    if any(name.endswith(".mail.protection.outlook.com") for name in answers(domain, "MX")):
        return InTheCloud(certain=False)
    return Nothing("none")


def asked_of_the_system(name: str, kind: str) -> list[str]:
    """Ask the system's resolver; return the records as text in lower case, none where it fails."""
    try:
        found = dns.resolver.resolve(name, kind, lifetime=SECONDS / 3, raise_on_no_answer=False)
    except (dns.exception.DNSException, OSError):
        return []
    records = [] if found.rrset is None else sorted(found.rrset, key=_priority)
    return [record.to_text().rstrip(".").lower() for record in records]


def _priority(record: object) -> int:
    return int(getattr(record, "priority", 0) or getattr(record, "preference", 0) or 0)
