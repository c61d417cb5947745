"""The search itself: all places in parallel, one deadline, as little waiting as certainty allows."""

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from oncetui.exchange.discovery.board import NO_ANSWER, NOT_NEEDED, Board, Place
from oncetui.exchange.discovery.findings import Elsewhere, Finding, InTheCloud, NamedServer, Nothing
from oncetui.exchange.discovery.hosts import https_origin, may_be_asked, places_for
from oncetui.exchange.discovery.outcome import result_of
from oncetui.exchange.discovery.questions import BY_MEMORY, Question, Questions, asked
from oncetui.exchange.discovery.records import Answers
from oncetui.exchange.discovery.service_records import alias, mail_host, service_record
from oncetui.exchange.probing import is_cloud
from oncetui.exchange.transport.phases import Phase, Watch
from oncetui.exchange.transport.transport import Transport
from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.discovering import FoundServer, SearchResult, SearchStep, Signpost, StepMark
from oncetui.model.spelling import mail_domain

DEADLINE = 8.0
GRACE = 1.0
NAMED_FOR = 3.0
HELD_FOR = 1.0
HOPS = 10
REDIRECT, ALIAS, RECORD, MAIL, MEMORY = "http-redirect", "dns-alias", "dns-srv", "dns-mx", "memory"
_MARKS = {Phase.RESOLVING: StepMark.RESOLVING, Phase.CONNECTING: StepMark.ASKING}


@dataclass(frozen=True)
class _News:
    key: str
    finding: Finding


@dataclass(frozen=True)
class _Reached:
    address: tuple[str, int]
    phase: Phase
    silent: str


class Search:
    """One search for the server of one email address.

    No host is asked before the DNS has told, or had `HELD_FOR` seconds to tell, whether the mailbox lives in
    Microsoft 365. `remembered` are the https origins of servers that this home knows for the mail domain.
    """

    def __init__(
        self,
        email: str,
        transport_for: Callable[[Watch], Transport],
        report: Callable[[SearchStep], None],
        answers: Answers,
        *,
        seconds: float = DEADLINE,
        remembered: tuple[str, ...] = (),
    ) -> None:
        self._email = email
        self._domain = mail_domain(email)
        self._news: queue.Queue[_News | _Reached | None] = queue.Queue()
        self._transport = transport_for(self._watch)
        self._questions = Questions(email, self._transport)
        self._answers = answers
        self._seconds = seconds
        self._remembered = remembered
        self._board = Board(report)
        self._held: dict[str, tuple[Question, ...]] = {}
        self._held_until = 0.0
        self._good_until: float | None = None
        self._hops = 0

    def run(self, cancellation: Cancellation) -> SearchResult:
        """Search, and return within the deadline; raise `CancelledByUserError` at once when cancelled."""
        began = time.monotonic()
        with (
            cancellation.waking(lambda: self._news.put(None)),
            cancellation.waking(self._transport.abort),
        ):
            try:
                self._begin(began)
                while not self._enough(began):
                    self._take_news(self._patience(began))
                    if time.monotonic() >= self._held_until:
                        self._let_go()
            finally:
                self._transport.abort()
        now = time.monotonic()
        self._board.give_up(NO_ANSWER if now - began >= self._seconds else NOT_NEEDED, now)
        return result_of(self._board, self._email, now - began)

    def _begin(self, now: float) -> None:
        if is_cloud(self._domain):
            self._board.begin(self._domain, Place(self._domain, now, None, 1), StepMark.ASKING)
            self._board.note(self._domain, InTheCloud(), now)
            return
        for origin in self._remembered:
            host = urlsplit(f"//{origin}").hostname or origin
            question = partial(self._questions.of_remembered, origin)
            self._place(f"{MEMORY}-{origin}", f"{host}, known here", _address(origin), (question,))
        looks_up = not self._is_given()
        for host in places_for(self._domain):
            self._place(host, host, (host, 443), self._questions.of_host(host), held=looks_up)
        plain = f"autodiscover.{self._domain}"
        if may_be_asked(plain):
            questions = (self._questions.plain_redirect,)
            self._place(REDIRECT, f"http://{plain}", (plain, 80), questions, held=looks_up)
        if looks_up:
            self._held_until = now + HELD_FOR
            for key, title, ask in (
                (ALIAS, "DNS alias", alias),
                (RECORD, "DNS service record", service_record),
                (MAIL, "DNS mail host", mail_host),
            ):
                self._place(key, title, None, (partial(ask, self._domain, self._answers),))

    def _is_given(self) -> bool:
        """Tell whether the domain is reached by a detour: such a one is not looked up in the DNS."""
        detoured = {detour.host.lower() for detour in self._transport.route.detours}
        return bool(detoured & {self._domain, f"autodiscover.{self._domain}"})

    def _place(
        self,
        key: str,
        title: str,
        address: tuple[str, int] | None,
        questions: tuple[Question, ...],
        *,
        held: bool = False,
    ) -> None:
        place = Place(title, time.monotonic(), address, len(questions))
        self._board.begin(key, place, StepMark.WAITING if address else StepMark.ASKING)
        if held:
            self._held[key] = questions
        else:
            self._ask(key, questions)

    def _let_go(self) -> None:
        held, self._held = self._held, {}
        for key, questions in held.items():
            self._ask(key, questions)

    def _ask(self, key: str, questions: tuple[Question, ...]) -> None:
        address = self._board.places[key].address
        host = address[0] if address else self._domain
        for question in questions:
            threading.Thread(
                target=self._put, args=(key, host, question), name=f"search-{key}", daemon=True
            ).start()

    def _put(self, key: str, host: str, question: Question) -> None:
        finding: Finding = Nothing("was not understood")
        try:
            finding = asked(question, host, self._transport)
        except CancelledByUserError:
            finding = Nothing(NOT_NEEDED)
        finally:
            self._news.put(_News(key, finding))

    def _watch(self, host: str, port: int, phase: Phase, silent: str) -> None:
        self._news.put(_Reached((host, port), phase, silent))

    def _take_news(self, seconds: float) -> None:
        try:
            news = self._news.get(timeout=max(seconds, 0.001))
        except queue.Empty:
            return
        match news:
            case None:
                raise CancelledByUserError
            case _Reached(address, Phase.WITHOUT_IPV6, silent):
                self._board.without_ipv6(address, silent)
            case _Reached(address, phase):
                self._board.reached(address, _MARKS[phase])
            case _News(key, finding):
                self._take_finding(key, finding, time.monotonic())

    def _take_finding(self, key: str, finding: Finding, now: float) -> None:
        self._board.note(key, finding, now)
        if key == ALIAS and not isinstance(finding, InTheCloud):
            self._let_go()
        match finding:
            case Elsewhere():
                for url in (finding.url, *finding.others):
                    self._follow(url)
            case NamedServer(server, asked=False):
                self._board.places[key].open_questions += 1
                self._ask(key, (partial(self._questions.of_named, server),))
                self._wait_no_longer_than(now + NAMED_FOR)
            case FoundServer() | Signpost() | NamedServer():
                self._wait_no_longer_than(now + GRACE)

    def _wait_no_longer_than(self, end: float) -> None:
        self._good_until = end if self._good_until is None else min(end, self._good_until)

    def _follow(self, url: str) -> None:
        origin = https_origin(url)
        if origin is None or origin in self._board.places or self._hops >= HOPS:
            return
        self._hops += 1
        self._place(origin, origin, _address(origin), self._questions.of_host(origin))

    def _enough(self, began: float) -> bool:
        """Tell whether more waiting is of no use: silent hosts hold nothing up once a server is certain.

        One that is only remembered is not: the mailbox may have another one, or live in Microsoft 365.
        """
        board = self._board
        if board.done or (board.cloud is not None and board.cloud.certain):
            return True
        certain = (one for one in board.servers.values() if one.outside is None and one.probe is not None)
        if any(server.found_by != BY_MEMORY for server in certain):
            return True
        return time.monotonic() >= self._end(began)

    def _patience(self, began: float) -> float:
        until = min(self._end(began), self._held_until) if self._held else self._end(began)
        return until - time.monotonic()

    def _end(self, began: float) -> float:
        end = began + self._seconds
        return end if self._good_until is None else min(end, self._good_until)


def _address(origin: str) -> tuple[str, int]:
    parts = urlsplit(f"//{origin}")
    return parts.hostname or "", parts.port or 443
