"""Asking the DNS for records that the system's own look-up doesn't tell."""

from collections.abc import Callable

import dns.exception
import dns.rdata
import dns.resolver

SECONDS = 1.5
Answers = Callable[[str, str], list[str]]
"""Takes a name and a kind of record and returns the records as text in lower case, the preferred first.

Of the kind CNAME it is the whole chain of aliases. Raises `RecordsUnknownError` where nobody answers.
"""


class RecordsUnknownError(Exception):
    """Whether there are such records can't be told; `told` says why in a few words."""

    def __init__(self, told: str) -> None:
        super().__init__(told)
        self.told = told


def asked_of_the_system(name: str, kind: str) -> list[str]:
    """Ask the name servers that the system is set to; raises `RecordsUnknownError`."""
    try:
        resolver = dns.resolver.get_default_resolver()
    except dns.resolver.NoResolverConfiguration:
        raise RecordsUnknownError("this computer names no name server") from None
    return asked_of(resolver)(name, kind)


def asked_of(resolver: dns.resolver.Resolver, seconds: float = SECONDS) -> Answers:
    """Return what asks one resolver, each question within these seconds; it raises `RecordsUnknownError`."""

    def answers(name: str, kind: str) -> list[str]:
        try:
            if kind == "CNAME":
                return _aliases(resolver, name, seconds)
            found = resolver.resolve(name, kind, lifetime=seconds, raise_on_no_answer=False)
        except dns.resolver.NXDOMAIN:
            return []
        except dns.exception.Timeout:
            raise RecordsUnknownError("the name server does not answer") from None
        except (dns.exception.DNSException, OSError):
            raise RecordsUnknownError("the name server has trouble") from None
        records = [] if found.rrset is None else sorted(found.rrset, key=_preference)
        return [record.to_text().rstrip(".").lower() for record in records]

    return answers


def _aliases(resolver: dns.resolver.Resolver, name: str, seconds: float) -> list[str]:
    # A question for the address brings the chain along; one for the alias alone only its first link.
    try:
        found = resolver.resolve(name, "A", lifetime=seconds, raise_on_no_answer=False)
    except dns.resolver.NXDOMAIN as error:
        chains = [answer.resolve_chaining() for answer in error.kwargs["responses"].values()]
    else:
        chains = [found.chaining_result]
    return [
        record.to_text().rstrip(".").lower() for chain in chains for alias in chain.cnames for record in alias
    ]


def _preference(record: dns.rdata.Rdata) -> tuple[int, int]:
    rank = getattr(record, "priority", getattr(record, "preference", 0))
    return int(rank), -int(getattr(record, "weight", 0))
