"""`Discovery` over Autodiscover and Exchange's own sign-in page."""

from collections.abc import Callable
from dataclasses import replace

from oncetui.exchange.discovery.asking import server_named_by
from oncetui.exchange.discovery.hosts import https_origin
from oncetui.exchange.discovery.records import Answers, asked_of_the_system
from oncetui.exchange.discovery.search import DEADLINE, Search
from oncetui.exchange.faults.circumstances import asking, using
from oncetui.exchange.faults.telling import told_as_problem
from oncetui.exchange.probing import probe_server
from oncetui.exchange.refusals import problem_of_refusal
from oncetui.exchange.signing_in.latch import Latch, SecretRefusedError
from oncetui.exchange.signing_in.schemes import sign_ins_for
from oncetui.exchange.transport.names import LookUp, looked_up_by_the_system
from oncetui.exchange.transport.transport import Transport
from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import Access, NetworkRoute
from oncetui.model.discovering import FoundServer, SearchResult, SearchStep, ServerProbe, Signpost
from oncetui.model.secret import Secret
from oncetui.model.tracing import RequestTrace


class ExchangeDiscovery:
    """Finds Exchange servers; `records` and `look_up` ask the DNS, and a search lasts `seconds` at most.

    Requests are noted in the `trace`.
    """

    def __init__(
        self,
        records: Answers = asked_of_the_system,
        seconds: float = DEADLINE,
        trace: RequestTrace | None = None,
        look_up: LookUp = looked_up_by_the_system,
    ) -> None:
        self._records = records
        self._seconds = seconds
        self._trace = trace
        self._look_up = look_up

    def search(
        self,
        email: str,
        route: NetworkRoute,
        report: Callable[[SearchStep], None],
        cancellation: Cancellation,
        remembered: tuple[str, ...] = (),
    ) -> SearchResult:
        """Ask all places in parallel, bounded; steps are reported from the calling thread."""
        origins = tuple(origin for url in remembered if (origin := https_origin(url)) is not None)
        search = Search(
            email,
            lambda watch: Transport(route, self._trace, self._look_up, watch),
            report,
            self._records,
            seconds=self._seconds,
            remembered=origins,
        )
        return search.run(cancellation)

    def probe(self, ews_url: str, route: NetworkRoute, cancellation: Cancellation) -> ServerProbe:
        """Ask one server, without credentials, how it wants to be signed in to."""
        transport = Transport(route, self._trace, self._look_up)
        at = asking(ews_url, route)
        with cancellation.waking(transport.abort), told_as_problem(at, transport.lifeline):
            return probe_server(ews_url, transport)

    def ask(
        self, signpost: Signpost, access: Access, secret: Secret, cancellation: Cancellation
    ) -> FoundServer:
        """Sign in once to a signpost and return the server it names."""
        transport = Transport(access.route, self._trace, self._look_up)
        at = using(replace(access, ews_url=signpost.url))
        with cancellation.waking(transport.abort), told_as_problem(at, transport.lifeline):
            try:
                with transport.session(sign_ins_for(access.sign_in, secret, Latch())()) as session:
                    return server_named_by(signpost, access.mailbox, session)
            except SecretRefusedError as refusal:
                raise problem_of_refusal(refusal, access.sign_in, at, signpost.url, transport) from refusal
