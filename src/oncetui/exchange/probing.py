"""Asking a server, without credentials, how it wants to be signed in to."""

import requests

from oncetui.exchange.faults.answer_facts import AnswerFacts, facts_of
from oncetui.exchange.faults.answers import problem_of_answer
from oncetui.exchange.faults.circumstances import asking
from oncetui.exchange.signing_in.ntlm_messages import anonymous_negotiate, challenge_in, windows_domain_of
from oncetui.exchange.transport.transport import Transport
from oncetui.model.connection import Scheme, ServerFacts
from oncetui.model.discovering import ServerProbe
from oncetui.model.problem import ProblemError
from oncetui.model.problems.sign_in import MICROSOFT_365

_XML = {"Content-Type": "text/xml; charset=utf-8"}
_CLOUD = (
    ".office365.com",
    ".office.com",
    ".outlook.com",
    ".office365.us",
    ".partner.outlook.cn",
    ".onmicrosoft.com",
    ".hotmail.com",
    ".live.com",
    ".msn.com",
)


def probe_server(url: str, transport: Transport) -> ServerProbe:
    """Ask once, and once more for the Windows domain where NTLM is offered, over one connection.

    Raises `ProblemError` where something else than Exchange answers, or where it takes no password, and
    whatever the transport raises.
    """
    if is_cloud(asking(url, transport.route).host):
        raise ProblemError(MICROSOFT_365.problem(host=asking(url, transport.route).host))
    with transport.session() as session:
        facts = facts_of(session.post(url, headers=_XML, data=b""))
        offered = {scheme.lower() for scheme in facts.offered}
        if facts.status != requests.codes.unauthorized or not offered & {"basic", "ntlm", "negotiate"}:
            raise problem_of_answer(facts, asking(url, transport.route), signed_in=False)
        probe = probe_of(url, facts, windows_domain_at(url, session, facts))
    if not probe.schemes:
        raise problem_of_answer(facts, asking(url, transport.route), signed_in=False)
    return probe


def probe_of(url: str, facts: AnswerFacts, windows_domain: str | None = None) -> ServerProbe:
    """Return what a 401 tells of a server."""
    offered = {scheme.lower() for scheme in facts.offered}
    return ServerProbe(
        url=url,
        status=facts.status,
        schemes=_ours(offered, windows_domain),
        offered=facts.offered,
        windows_domain=windows_domain,
        server=ServerFacts(build=facts.build),
        via_proxy=facts.via_proxy,
    )


def windows_domain_at(url: str, session: requests.Session, facts: AnswerFacts) -> str | None:
    """Return the Windows domain that an NTLM challenge names; nobody is named in asking for it."""
    offered = {scheme.lower() for scheme in facts.offered}
    scheme = "NTLM" if "ntlm" in offered else "Negotiate"
    if scheme.lower() not in offered:
        return None
    headers = {**_XML, "Authorization": anonymous_negotiate(scheme)}
    challenge = challenge_in(session.post(url, headers=headers, data=b""), scheme)
    return None if challenge is None else windows_domain_of(challenge)


def _ours(offered: set[str], windows_domain: str | None) -> tuple[Scheme, ...]:
    """Return the schemes that can be used; Negotiate where neither NTLM by itself nor Basic is offered.

    Negotiate that answers no NTLM is Kerberos alone.
    """
    plain = tuple(scheme for scheme in (Scheme.NTLM, Scheme.BASIC) if str(scheme) in offered)
    if plain or "negotiate" not in offered:
        return plain
    return (Scheme.KERBEROS if windows_domain is None else Scheme.NEGOTIATE,)


def is_cloud(host: str) -> bool:
    """Tell whether a host, or a mail domain, is one of Microsoft's own."""
    return f".{host.lower()}".endswith(_CLOUD)
