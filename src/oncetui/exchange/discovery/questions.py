"""The questions that are put to one host without credentials, and to the plain web and the DNS."""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlsplit

import requests

from oncetui.exchange.discovery import json_v2, pox, soap
from oncetui.exchange.discovery.findings import Elsewhere, Finding, InTheCloud, NamedServer, Nothing
from oncetui.exchange.discovery.hosts import POX_PATH, SOAP_PATH, https_origin, outside_host
from oncetui.exchange.discovery.told_settings import (
    AskElsewhere,
    AskForAddress,
    Refused,
    ToldSettings,
    ToldUrl,
)
from oncetui.exchange.faults.answer_facts import AnswerFacts, facts_of
from oncetui.exchange.faults.circumstances import asking
from oncetui.exchange.faults.classifying import problem_of
from oncetui.exchange.faults.telling import TROUBLE
from oncetui.exchange.probing import is_cloud, probe_of, probe_server, windows_domain_at
from oncetui.exchange.transport.transport import Transport
from oncetui.model.discovering import FoundServer, Signpost
from oncetui.model.problem import ProblemError
from oncetui.model.problems.in_few_words import in_few_words
from oncetui.model.spelling import mail_domain

Question = Callable[[], Finding]
BY_AUTODISCOVER, BY_MEMORY = "autodiscover", "memory"
EWS_PATH = "/EWS/Exchange.asmx"
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
            return self._redirected(url, facts)
        told = self._told(json_v2.settings_in(response.content))
        return told or self._not_exchange(origin, facts)

    def of_named(self, server: FoundServer) -> Finding:
        """Ask a server that was named how it wants to be signed in to; whatever is wrong, it stays named.

        What is wrong with it shows in full when it is used.
        """
        try:
            return replace(server, probe=probe_server(server.ews_url, self._transport))
        except _NOT_NOW as error:
            at = asking(server.ews_url, self._transport.route)
            return NamedServer(server, asked=True, trouble=in_few_words(problem_of(error, at).problem))

    def of_remembered(self, origin: str) -> Finding:
        """Ask the server of a colleague in the same domain whether it is one still; it is only a guess."""
        url = f"https://{origin}{EWS_PATH}"
        probe = probe_server(url, self._transport)
        return FoundServer(url, BY_MEMORY, outside_host(url, self._domain), probe)

    def _told(self, told: ToldSettings | None) -> Finding | None:
        """Return what settings are worth that nobody had to sign in for."""
        match told:
            case ToldUrl(url) if is_cloud(urlsplit(url).hostname or ""):
                return InTheCloud()
            case ToldUrl(url) if https_origin(url):
                return NamedServer(FoundServer(url, BY_AUTODISCOVER, outside_host(url, self._domain)))
            case AskElsewhere(url):
                return _elsewhere(url)
            case AskForAddress(email) if mail_domain(email).endswith(".onmicrosoft.com"):
                return InTheCloud()
            case Refused(_, address_unknown=True):
                return Nothing("does not know this address", address_unknown=True)
            case _:
                return None

    def _signpost(self, kind: str, url: str, body: bytes) -> Finding:
        with self._transport.session() as session:
            response = session.post(url, data=body, headers=_XML)
            facts = facts_of(response)
            if facts.redirects and facts.location is not None:
                return self._redirected(url, facts)
            told = self._told((pox if kind == "pox" else soap).settings_in(response.content))
            if told is not None:
                return told
            if not self._is_signpost(url, facts):
                return self._not_exchange(urlsplit(url).netloc, facts)
            probe = probe_of(url, facts, windows_domain_at(url, session, facts))
        if not probe.schemes:
            return self._not_exchange(urlsplit(url).netloc, facts)
        return Signpost(url, kind, probe, outside_host(url, self._domain))

    def _redirected(self, url: str, facts: AnswerFacts) -> Finding:
        """Return where a redirect leads: a page of the same host is a web site's, not another place."""
        location = facts.location or ""
        same_host = https_origin(location) == https_origin(url)
        if same_host and "/autodiscover/" not in urlsplit(location).path.lower():
            return self._not_exchange(https_origin(url) or "", facts)
        return _elsewhere(location)

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
    except _NOT_NOW as error:
        problem = problem_of(error, asking(f"https://{host}", transport.route)).problem
        return Nothing(in_few_words(problem), problem)


def _elsewhere(url: str) -> Finding:
    if is_cloud(urlsplit(url).hostname or ""):
        return InTheCloud()
    return Elsewhere(url) if https_origin(url) else Nothing("redirects to where we don't follow")
