"""What the search knows so far: a step a place, and the best of what was found. One thread writes it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from oncetui.exchange.discovery.findings import Elsewhere, Finding, InTheCloud, NamedServer, Nothing
from oncetui.exchange.discovery.hosts import https_origin
from oncetui.model.discovering import FoundServer, SearchStep, Signpost, StepMark
from oncetui.model.spelling import host_of

NO_ANSWER, NOT_NEEDED = "no answer", "not needed any more"
_ON_THE_WAY = {
    StepMark.WAITING: "waiting",
    StepMark.RESOLVING: "the name is looked up",
    StepMark.ASKING: "is asked",
}
_ORDER = tuple(_ON_THE_WAY)
_PLAIN = ("host-not-found", "connection-refused")


@dataclass
class Place:
    """Somewhere that is asked; `address` is its host and port, None for the DNS itself.

    `silent_ipv6` is its IPv6 address where only its IPv4 one answers.
    """

    title: str
    began: float
    address: tuple[str, int] | None
    open_questions: int
    best: Finding | None = None
    silent_ipv6: str = ""


@dataclass
class Board:
    """Collects findings by place and tells each change as a `SearchStep`."""

    tell: Callable[[SearchStep], None]
    servers: dict[str, FoundServer] = field(default_factory=dict)
    signposts: list[Signpost] = field(default_factory=list)
    cloud: InTheCloud | None = None
    address_unknown: bool = False
    redirects: list[tuple[str, str]] = field(default_factory=list)
    steps: dict[str, SearchStep] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)

    @property
    def done(self) -> bool:
        """Whether every question is answered."""
        return not any(place.open_questions for place in self.places.values())

    @property
    def troubles(self) -> tuple[Nothing, ...]:
        """What stood in the way at the places that gave nothing else."""
        found = [place.best for place in self.places.values()]
        return tuple(one for one in found if isinstance(one, Nothing) and one.problem is not None)

    @property
    def silent_ipv6(self) -> dict[str, str]:
        """The hosts that answer by IPv4 alone, with the IPv6 addresses that keep silent."""
        places = self.places.values()
        return {
            place.address[0]: place.silent_ipv6 for place in places if place.address and place.silent_ipv6
        }

    def begin(self, key: str, place: Place, mark: StepMark = StepMark.WAITING) -> None:
        """Note that a place is asked, or will be."""
        self.places[key] = place
        self._show(SearchStep(key, place.title, mark, _ON_THE_WAY[mark]))

    def reached(self, address: tuple[str, int], mark: StepMark) -> None:
        """Tell how far the way to a host has come; it never goes back."""
        for key, place in self.places.items():
            shown = self.steps[key].mark
            if place.address == address and shown in _ORDER and _ORDER.index(shown) < _ORDER.index(mark):
                self._show(SearchStep(key, place.title, mark, _ON_THE_WAY[mark]))

    def without_ipv6(self, address: tuple[str, int], silent: str) -> None:
        """Note that a host answers by IPv4 alone (`diagnosis` 17)."""
        for place in self.places.values():
            if place.address == address:
                place.silent_ipv6 = silent

    def note(self, key: str, finding: Finding, now: float) -> None:
        """Take a finding in; a place's step tells the best of what its questions found."""
        place = self.places[key]
        place.open_questions -= 1
        if place.best is None or _rank(finding) > _rank(place.best):
            place.best = finding
        match finding:
            case FoundServer() | NamedServer():
                self._add(finding if isinstance(finding, FoundServer) else finding.server)
            case Signpost():
                self.signposts.append(finding)
            case Elsewhere():
                self.redirects += [(key, https_origin(url) or "") for url in (finding.url, *finding.others)]
            case InTheCloud():
                self.cloud = finding if finding.certain or self.cloud is None else self.cloud
            case Nothing():
                self.address_unknown = self.address_unknown or finding.address_unknown
        if not isinstance(place.best, Nothing) or not place.open_questions:
            self._show(_step(key, place, now))

    def give_up(self, told: str, now: float) -> None:
        """Tell of every place that is still open that nobody waits for it any more."""
        mark = StepMark.FAILED if told == NO_ANSWER else StepMark.NOTHING
        for key, place in self.places.items():
            if place.open_questions and (place.best is None or isinstance(place.best, Nothing)):
                self._show(SearchStep(key, place.title, mark, told, now - place.began))

    def _add(self, server: FoundServer) -> None:
        known = self.servers.get(server.ews_url)
        if known is None or (known.probe is None and server.probe is not None):
            self.servers[server.ews_url] = server

    def _show(self, step: SearchStep) -> None:
        # What is told again a moment later, by another question to the same place, is no news.
        known = self.steps.get(step.key)
        if known is None or (known.mark, known.told) != (step.mark, step.told):
            self.steps[step.key] = step
            self.tell(step)


def _rank(finding: Finding) -> int:
    match finding:
        case FoundServer():
            return 6
        case InTheCloud():
            return 5 if finding.certain else 1
        case NamedServer():
            return 4 if finding.asked else 3
        case Signpost():
            return 3
        case Elsewhere():
            return 2
        case Nothing():
            return 0 if finding.problem is None else -1


def _step(key: str, place: Place, now: float) -> SearchStep:
    mark, told = StepMark.FOUND, ""
    match place.best:
        case FoundServer():
            build = None if place.best.probe is None else place.best.probe.server
            told = "answers" if build is None or build.build is None else f"answers · {build.product}"
        case NamedServer():
            told = f"names {host_of(place.best.server.ews_url)}"
            told += f": {place.best.trouble}" if place.best.trouble else ""
        case Signpost():
            server = place.best.probe.server
            told = "wants a sign-in first" if server.build is None else f"answers · {server.product}"
        case Elsewhere():
            told = f"points to {https_origin(place.best.url)}"
        case InTheCloud():
            told = "Microsoft 365" if place.best.certain else "mail goes to Microsoft 365"
        case Nothing():
            trouble = place.best.problem is not None and place.best.problem.code not in _PLAIN
            mark, told = (StepMark.FAILED if trouble else StepMark.NOTHING), place.best.told
    told += " · IPv6 silent" if place.silent_ipv6 and mark is StepMark.FOUND else ""
    return SearchStep(key, place.title, mark, told, now - place.began)
