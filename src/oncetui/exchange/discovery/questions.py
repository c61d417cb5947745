"""The questions that are put to one host without credentials, and to the plain web and the DNS."""

from collections.abc import Callable
from urllib.parse import urlsplit

import requests

from oncetui.exchange.discovery import json_v2, pox, soap
from oncetui.exchange.discovery.findings import Elsewhere, Finding, InTheCloud, Nothing
from oncetui.exchange.discovery.hosts import POX_PATH, SOAP_PATH, https_origin, outside_host
from oncetui.exchange.discovery.told_settings import Refused, ToldUrl
from oncetui.exchange.faults.answer_facts import AnswerFacts, facts_of
from oncetui.exchange.faults.circumstances import asking
from oncetui.exchange.faults.classifying import problem_of
from oncetui.exchange.faults.telling import TROUBLE
from oncetui.exchange.probing import is_cloud, probe_of, probe_server, windows_domain_at
from oncetui.exchange.transport.transport import Transport
from oncetui.model.discovering import FoundServer, ServerProbe, Signpost
from oncetui.model.problem import ProblemError
from oncetui.model.spelling import mail_domain

Question = Callable[[], Finding]
BY_AUTODISCOVER = "autodiscover"
_XML = {"Content-Type": "text/xml; charset=utf-8"}
_NOT_NOW: tuple[type[Exception], ...] = (*TROUBLE, ProblemError)


class Questions:
    """Puts questions about one email address over one transport."""

    def __init__(self, email: str, transport: Transport) -> None:
        self._email = email
        self._domain = mail_domain(email)
        self._transport = transport

    def of_host(self, origin: str) -> tuple[Question, ...]:
        """Return the three questions that a host is asked; `origin` is its name, with a port unless 443."""
        return (
            lambda: self._json(origin),
            lambda: self._signpost("pox", f"https://{origin}{POX_PATH}", pox.request_for(self._email)),
            lambda: self._signpost(
                "soap",
                f"https://{origin}{SOAP_PATH}",
                soap.request_for(self._email, f"https://{origin}{SOAP_PATH}"),
            ),
        )

    def plain_redirect(self) -> Finding:
        """Ask where `autodiscover.` the domain redirects to; nothing but the redirect is taken from it."""
        with self._transport.session() as session:
            facts = facts_of(session.get(f"http://autodiscover.{self._domain}{POX_PATH}"))
        if facts.redirects and facts.location is not None and https_origin(facts.location):
            return _elsewhere(facts.location)
        return Nothing("no redirect")

    def _json(self, origin: str) -> Finding:
        url = json_v2.url_for(origin, self._email)
        with self._transport.session() as session:
            response = session.get(url, headers={"Accept": "application/json"})
        facts = facts_of(response)
        if facts.redirects and facts.location is not None:
            return _elsewhere(facts.location)
        told = json_v2.settings_in(response.content)
        if isinstance(told, ToldUrl) and https_origin(told.url):
            return self._found(told.url)
        if isinstance(told, Refused) and told.address_unknown:
            return Nothing("does not know this address")
        return self._not_exchange(origin, facts)

    def _found(self, url: str) -> Finding:
        if is_cloud(urlsplit(url).hostname or ""):
            return InTheCloud()
        return FoundServer(url, BY_AUTODISCOVER, outside_host(url, self._domain), self._probed(url))

    def _probed(self, url: str) -> ServerProbe | None:
        try:
            return probe_server(url, self._transport)
        except _NOT_NOW:
            return None  # it is found all the same; what is wrong with it shows when it is used

    def _signpost(self, kind: str, url: str, body: bytes) -> Finding:
        with self._transport.session() as session:
            facts = facts_of(session.post(url, data=body, headers=_XML))
            if facts.redirects and facts.location is not None:
                return _elsewhere(facts.location)
            probe = probe_of(url, facts)
            if not self._is_signpost(url, facts) or not probe.schemes:
                return self._not_exchange(urlsplit(url).netloc, facts)
            domain = windows_domain_at(url, session) if "NTLM" in facts.offered else None
        return Signpost(url, kind, probe_of(url, facts, domain), outside_host(url, self._domain))

    def _is_signpost(self, url: str, facts: AnswerFacts) -> bool:
        """Tell whether a 401 is one of Autodiscover: a web site may want passwords of its own."""
        if facts.status != requests.codes.unauthorized:
            return False
        windows = {"ntlm", "negotiate"} & {scheme.lower() for scheme in facts.offered}
        named_so = (urlsplit(url).hostname or "").startswith("autodiscover.")
        return facts.from_exchange or bool(windows) or named_so

    def _not_exchange(self, origin: str, facts: AnswerFacts) -> Nothing:
        if origin == self._domain and not facts.from_exchange:
            return Nothing("a web site, not Exchange")
        return Nothing("answers, but not this way" if facts.from_exchange else "answers, but is not Exchange")


def asked(question: Question, host: str, transport: Transport) -> Finding:
    """Put a question; trouble is a finding too, since one bad host never ends the search."""
    try:
        return question()
    except TROUBLE as error:
        problem = problem_of(error, asking(f"https://{host}", transport.route)).problem
        return Nothing(_WORDS.get(problem.code, problem.title.lower()), problem)


def _elsewhere(url: str) -> Finding:
    if is_cloud(urlsplit(url).hostname or ""):
        return InTheCloud()
    return Elsewhere(url) if https_origin(url) else Nothing("redirects to where we don't follow")


_WORDS = {
    "host-not-found": "no such name",
    "names-unavailable": "names can't be looked up",
    "connection-refused": "refuses connections",
    "no-answer": "no answer",
    "connection-lost": "cut the connection",
    "handshake-cut": "cut the connection",
    "certificate-untrusted": "a certificate that isn't trusted here",
    "certificate-name": "a certificate for another name",
    "certificate-expired": "an expired certificate",
    "certificate-chain": "an incomplete certificate",
    "certificate-changed": "another certificate than agreed to",
    "not-https": "no HTTPS there",
    "answer-not-understood": "answers, but is not Exchange",
}
