"""Asking a signpost for the EWS URL, signed in: once, and only where the password may go."""

from urllib.parse import urlsplit

import requests

from oncetui.exchange.discovery import pox, soap
from oncetui.exchange.discovery.hosts import https_origin, may_be_asked, outside_host
from oncetui.exchange.discovery.questions import BY_AUTODISCOVER
from oncetui.exchange.discovery.told_settings import (
    NO_EWS_URL,
    AskElsewhere,
    AskForAddress,
    Refused,
    ToldSettings,
    ToldUrl,
)
from oncetui.exchange.faults.answer_errors import UnexpectedAnswerError
from oncetui.exchange.faults.answer_facts import facts_of
from oncetui.exchange.probing import is_cloud
from oncetui.model.discovering import FoundServer, Signpost
from oncetui.model.problem import ProblemError
from oncetui.model.problems.autodiscover import (
    ADDRESS_UNKNOWN,
    GOES_IN_CIRCLES,
    HOST_NEEDS_CONSENT,
    NO_EXCHANGE_LICENCE,
    TOP_LEVEL_NEVER_ASKED,
)
from oncetui.model.problems.sign_in import MICROSOFT_365
from oncetui.model.problems.unknown import UNKNOWN
from oncetui.model.spelling import mail_domain

HOPS = 10
ADDRESSES = 2
_NO_CONNECTION = ("603", "SettingIsNotAvailable", NO_EWS_URL)
_LONGEST_CODE = 60


def server_named_by(signpost: Signpost, email: str, session: requests.Session) -> FoundServer:
    """Return the server that a signpost names to a signed-in session, after a few redirects at most.

    Raises `ProblemError`: HOST_NEEDS_CONSENT before the password goes to a host outside the mail domain that
    is not the signpost's own, ADDRESS_UNKNOWN, NO_EXCHANGE_LICENCE, MICROSOFT_365, TOP_LEVEL_NEVER_ASKED,
    GOES_IN_CIRCLES with the places in the order in which they led on (`diagnosis` 9).
    """
    domain, url, address = mail_domain(email), signpost.url, email
    agreed = {signpost.outside} if signpost.outside else set()
    seen: list[tuple[str, str]] = []
    while (url, address) not in seen and not _too_far(seen):
        seen.append((url, address))
        match _told(signpost.kind, url, address, session):
            case ToldUrl(told):
                return _server(told, domain, email, filed_under="" if address == email else address)
            case AskElsewhere(target):
                url = _agreed_url(target, domain, agreed, email)
            case AskForAddress(other):
                address = _agreed_address(other, domain, email)
            case Refused(code, address_unknown):
                raise _refused(code, address, url, address_unknown=address_unknown)
    hops = " → ".join(f"{hop} for {asked_for}" for hop, asked_for in (*seen, (url, address)))
    raise ProblemError(GOES_IN_CIRCLES.problem(domain=domain, hops=hops))


def _too_far(seen: list[tuple[str, str]]) -> bool:
    return len(seen) > HOPS or len({address for _, address in seen}) > ADDRESSES


def _refused(code: str, address: str, url: str, *, address_unknown: bool) -> ProblemError:
    if address_unknown:
        return ProblemError(ADDRESS_UNKNOWN.problem(mailbox=address, signal=code))
    if code in _NO_CONNECTION:
        return ProblemError(NO_EXCHANGE_LICENCE.problem(mailbox=address, signal=code))
    return ProblemError(
        UNKNOWN.problem(signal=f"Autodiscover {_told_code(code)}", host=urlsplit(url).hostname)
    )


def _told(kind: str, url: str, address: str, session: requests.Session) -> ToldSettings:
    body = pox.request_for(address) if kind == "pox" else soap.request_for(address, url)
    response = session.post(url, data=body, headers={"Content-Type": "text/xml; charset=utf-8"})
    facts = facts_of(response)
    if facts.redirects and facts.location is not None:
        return AskElsewhere(facts.location)
    read = pox.settings_in if kind == "pox" else soap.settings_in
    told = read(response.content)
    if told is None or facts.status != requests.codes.ok:
        raise UnexpectedAnswerError(facts)
    return told


def _server(url: str, domain: str, email: str, *, filed_under: str) -> FoundServer:
    host = urlsplit(url).hostname or ""
    if is_cloud(host):
        raise ProblemError(MICROSOFT_365.problem(mailbox=email))
    if https_origin(url) is None:
        raise ProblemError(UNKNOWN.problem(signal="an EWS URL without https", host=host))
    return FoundServer(url, BY_AUTODISCOVER, outside_host(url, domain), filed_under=filed_under)


def _agreed_url(url: str, domain: str, agreed: set[str], email: str) -> str:
    host = (urlsplit(url).hostname or "").lower()
    if is_cloud(host):
        raise ProblemError(MICROSOFT_365.problem(mailbox=email))
    if host and not may_be_asked(host):
        raise ProblemError(TOP_LEVEL_NEVER_ASKED.problem(host=host, domain=domain))
    outside = outside_host(url, domain)
    if https_origin(url) is None or (outside is not None and outside not in agreed):
        raise ProblemError(HOST_NEEDS_CONSENT.problem(host=host, domain=domain, url=url))
    return url


def _agreed_address(address: str, domain: str, email: str) -> str:
    other = mail_domain(address)
    if other.endswith(".onmicrosoft.com"):
        raise ProblemError(MICROSOFT_365.problem(mailbox=email))
    if f".{other}".endswith(f".{domain}"):
        return address
    raise ProblemError(
        HOST_NEEDS_CONSENT.problem(host=f"autodiscover.{other}", domain=domain, address=address)
    )


def _told_code(code: str) -> str:
    # Shown to people and programs: what isn't a code doesn't get there.
    return code if code.isascii() and code.isalnum() and len(code) <= _LONGEST_CODE else "an unreadable code"
