"""Discovery without a network."""

from collections.abc import Callable, Iterable

from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import Access, NetworkRoute
from oncetui.model.discovering import FoundServer, SearchResult, SearchStep, ServerProbe, Signpost
from oncetui.model.problem import ProblemError
from oncetui.model.problems.network import NO_ANSWER
from oncetui.model.secret import Secret
from oncetui.model.spelling import host_of
from tests.fakes.exchange.answers import refusal, told
from tests.fakes.exchange.gate import Gate


class FakeDiscovery:
    """A discovery that tells what the test says.

    `search` reports `steps` one by one, passes `gate` before the step at index `gate_at` (after all of them
    by default) and returns `result`. `probes` and `named` answer by URL; what is raised may stand there too.
    """

    def __init__(self, result: SearchResult | None = None, steps: Iterable[SearchStep] = ()) -> None:
        self.result = result if result is not None else SearchResult()
        self.steps = tuple(steps)
        self.gate = Gate()
        self.gate_at: int | None = None
        self.probe_gate = Gate()
        self.probes: dict[str, ServerProbe | ProblemError] = {}
        self.named: dict[str, FoundServer | ProblemError] = {}
        self.accepts: set[tuple[str, str]] | None = None
        self.searches: list[str] = []
        self.remembered: tuple[str, ...] = ()
        self.routes: list[NetworkRoute] = []
        self.probed: list[str] = []
        self.asked: list[tuple[str, str]] = []
        self.refused = 0

    def knows(self, probe: ServerProbe) -> "FakeDiscovery":
        """Let a server answer its probe like this."""
        self.probes[probe.url] = probe
        return self

    def search(
        self,
        email: str,
        route: NetworkRoute,
        report: Callable[[SearchStep], None],
        cancellation: Cancellation,
        remembered: tuple[str, ...] = (),
    ) -> SearchResult:
        self.searches.append(email)
        self.remembered = remembered
        self.routes.append(route)
        for index, step in enumerate(self.steps):
            if index == self.gate_at:
                self.gate.pass_through(cancellation)
            report(step)
        if self.gate_at is None or self.gate_at >= len(self.steps):
            self.gate.pass_through(cancellation)
        return self.result

    def probe(self, ews_url: str, route: NetworkRoute, cancellation: Cancellation) -> ServerProbe:
        self.probed.append(ews_url)
        self.routes.append(route)
        self.probe_gate.pass_through(cancellation)
        answer = self.probes.get(ews_url)
        if answer is None:
            raise ProblemError(NO_ANSWER.problem(host=host_of(ews_url)))
        return told(answer)

    def ask(
        self, signpost: Signpost, access: Access, secret: Secret, cancellation: Cancellation
    ) -> FoundServer:
        self.asked.append((signpost.url, access.sign_in.username))
        cancellation.raise_if_cancelled()
        if self.accepts is not None and (access.sign_in.username, secret.reveal()) not in self.accepts:
            self.refused += 1
            raise refusal(access.sign_in.username)
        return told(self.named[signpost.url])
