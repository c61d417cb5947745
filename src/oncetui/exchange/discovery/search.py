"""The search itself: all places in parallel, one deadline, as little waiting as certainty allows."""

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from oncetui.exchange.discovery.board import Board
from oncetui.exchange.discovery.findings import Elsewhere, Finding, Nothing
from oncetui.exchange.discovery.hosts import https_origin, places_for
from oncetui.exchange.discovery.questions import Question, Questions, asked
from oncetui.exchange.discovery.service_records import Answers, asked_of_the_system, service_record
from oncetui.exchange.transport.transport import Transport
from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.discovering import FoundServer, SearchResult, SearchStep, Signpost
from oncetui.model.problem import Cause, Problem
from oncetui.model.problems import certificates, proxies
from oncetui.model.problems.autodiscover import NO_SERVER_FOUND
from oncetui.model.problems.sign_in import MICROSOFT_365
from oncetui.model.spelling import mail_domain

DEADLINE = 8.0
GRACE = 1.0
HOPS = 4
CLOUD = "microsoft-365"
REDIRECT, RECORD = "http-redirect", "dns-srv"
_IN_THE_WAY = frozenset(cause.code for cause in vars(proxies).values() if isinstance(cause, Cause)) | {
    certificates.CA_FILE_UNREADABLE.code
}
_CERTIFICATES = (
    certificates.UNTRUSTED_CERTIFICATE.code,
    certificates.EXPIRED_CERTIFICATE.code,
    certificates.WRONG_NAME_CERTIFICATE.code,
    certificates.INCOMPLETE_CHAIN.code,
    certificates.CERTIFICATE_CHANGED.code,
)


@dataclass(frozen=True)
class _News:
    key: str
    finding: Finding


class Search:
    """One search for the server of one email address."""

    def __init__(
        self,
        email: str,
        transport: Transport,
        report: Callable[[SearchStep], None],
        answers: Answers = asked_of_the_system,
        seconds: float = DEADLINE,
    ) -> None:
        self._email = email
        self._domain = mail_domain(email)
        self._transport = transport
        self._questions = Questions(email, transport)
        self._answers = answers
        self._seconds = seconds
        self._board = Board(report)
        self._news: queue.Queue[_News | None] = queue.Queue()
        self._good_since: float | None = None
        self._hops = 0

    def run(self, cancellation: Cancellation) -> SearchResult:
        """Search, and return within the deadline; raise `CancelledByUserError` at once when cancelled."""
        began = time.monotonic()
        with cancellation.waking(lambda: self._news.put(None)):
            self._begin()
            try:
                while not self._enough(began):
                    self._take_news(self._patience(began))
            finally:
                self._transport.abort()
        now = time.monotonic()
        self._board.give_up("no answer" if now - began >= self._seconds else "not needed any more", now)
        return self._result(now - began)

    def _begin(self) -> None:
        for host in places_for(self._domain):
            self._ask(host, host, self._questions.of_host(host))
        plain = (self._questions.plain_redirect,)
        self._ask(REDIRECT, f"http://autodiscover.{self._domain}", plain)
        self._ask(RECORD, "DNS service record", (self._service_record,))

    def _ask(self, key: str, title: str, questions: tuple[Question, ...]) -> None:
        self._board.begin(key, title, len(questions), time.monotonic())
        host = urlsplit(f"//{key}").hostname or key
        for question in questions:
            thread = threading.Thread(
                target=self._put, args=(key, host, question), name=f"search-{key}", daemon=True
            )
            thread.start()

    def _put(self, key: str, host: str, question: Question) -> None:
        finding: Finding = Nothing("was not understood")
        try:
            finding = asked(question, host, self._transport)
        except CancelledByUserError:
            finding = Nothing("not needed any more")
        finally:
            self._news.put(_News(key, finding))

    def _service_record(self) -> Finding:
        detoured = {detour.host.lower() for detour in self._transport.route.detours}
        if detoured & {self._domain, f"autodiscover.{self._domain}"}:
            return Nothing("none")  # who is reached by a detour is not looked up in the DNS
        return service_record(self._domain, self._answers)

    def _take_news(self, seconds: float) -> None:
        try:
            news = self._news.get(timeout=max(seconds, 0.001))
        except queue.Empty:
            return
        if news is None:
            raise CancelledByUserError
        now = time.monotonic()
        self._board.note(news.key, news.finding, now)
        if isinstance(news.finding, Elsewhere):
            self._follow(news.finding.url)
        if isinstance(news.finding, (FoundServer, Signpost)) and self._good_since is None:
            self._good_since = now

    def _follow(self, url: str) -> None:
        origin = https_origin(url)
        if origin is None or self._board.knows(origin) or self._hops >= HOPS:
            return
        self._hops += 1
        self._ask(origin, origin, self._questions.of_host(origin))

    def _enough(self, began: float) -> bool:
        """Tell whether more waiting is of no use: silent hosts hold nothing up once a server is certain."""
        board = self._board
        if board.done or (board.cloud is not None and board.cloud.certain):
            return True
        if any(server.outside is None for server in board.servers):
            return True
        return self._patience(began) <= 0

    def _patience(self, began: float) -> float:
        until = began + self._seconds
        if self._good_since is not None:
            until = min(until, self._good_since + GRACE)
        return until - time.monotonic()

    def _result(self, seconds: float) -> SearchResult:
        board = self._board
        steps = tuple(board.steps.values())
        certain = board.cloud is not None and board.cloud.certain
        found = bool(board.servers or board.signposts)
        if certain or (board.cloud is not None and not found):
            problem = MICROSOFT_365.problem(mailbox=self._email)
            return SearchResult(steps=steps, seconds=seconds, provider=CLOUD, problem=problem)
        return SearchResult(
            servers=tuple(sorted(board.servers, key=lambda server: server.outside is not None)),
            signposts=tuple(sorted(board.signposts, key=_signpost_order)),
            steps=steps,
            seconds=seconds,
            problem=None if found else self._problem(steps),
        )

    def _problem(self, steps: tuple[SearchStep, ...]) -> Problem:
        problems = [trouble.problem for trouble in self._board.troubles if trouble.problem is not None]
        for problem in problems:
            if problem.code in _IN_THE_WAY:
                return problem
        for problem in problems:
            # The domain's own web site has other certificates, which say nothing of Exchange (diagnosis 7).
            at_autodiscover = dict(problem.evidence).get("host", "").startswith("autodiscover.")
            if problem.code in _CERTIFICATES and at_autodiscover:
                return problem
        tried = "; ".join(f"{step.place}: {step.told}" for step in steps)
        return NO_SERVER_FOUND.problem(domain=self._domain, mailbox=self._email, tried=tried)


def _signpost_order(signpost: Signpost) -> tuple[bool, bool, bool]:
    host = urlsplit(signpost.url).hostname or ""
    return (
        signpost.outside is not None,
        not host.startswith("autodiscover."),
        signpost.kind != "pox",
    )
