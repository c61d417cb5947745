"""What the search knows so far: a step a place, and the best of what was found. One thread writes it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from oncetui.exchange.discovery.findings import Elsewhere, Finding, InTheCloud, Nothing
from oncetui.exchange.discovery.hosts import https_origin
from oncetui.model.discovering import FoundServer, SearchStep, Signpost, StepMark


@dataclass
class _Place:
    title: str
    began: float
    open_questions: int
    best: Finding | None = None


@dataclass
class Board:
    """Collects findings by place and tells each change as a `SearchStep`."""

    tell: Callable[[SearchStep], None]
    servers: list[FoundServer] = field(default_factory=list)
    signposts: list[Signpost] = field(default_factory=list)
    troubles: list[Nothing] = field(default_factory=list)
    cloud: InTheCloud | None = None
    steps: dict[str, SearchStep] = field(default_factory=dict)
    _places: dict[str, _Place] = field(default_factory=dict)

    @property
    def done(self) -> bool:
        """Whether every question is answered."""
        return not any(place.open_questions for place in self._places.values())

    def knows(self, key: str) -> bool:
        """Whether a place is asked already."""
        return key in self._places

    def begin(self, key: str, title: str, questions: int, now: float) -> None:
        """Note that a place is asked."""
        self._places[key] = _Place(title, now, questions)
        self._show(SearchStep(key, title, StepMark.ASKING))

    def note(self, key: str, finding: Finding, now: float) -> None:
        """Take a finding in; a place's step tells the best of what its questions found."""
        place = self._places[key]
        place.open_questions -= 1
        if place.best is None or _rank(finding) > _rank(place.best):
            place.best = finding
        match finding:
            case FoundServer():
                if finding.ews_url not in [server.ews_url for server in self.servers]:
                    self.servers.append(finding)
            case Signpost():
                self.signposts.append(finding)
            case InTheCloud():
                self.cloud = finding if finding.certain or self.cloud is None else self.cloud
            case Nothing(problem=problem) if problem is not None:
                self.troubles.append(finding)
        if _rank(place.best) > _rank(Nothing("")) or not place.open_questions:
            self._show(_step(key, place, now))

    def give_up(self, told: str, now: float) -> None:
        """Tell of every place that is still open that nobody waits for it any more."""
        for key, place in self._places.items():
            if place.open_questions and (place.best is None or isinstance(place.best, Nothing)):
                mark = StepMark.FAILED if told == "no answer" else StepMark.NOTHING
                self._show(SearchStep(key, place.title, mark, told, now - place.began))

    def _show(self, step: SearchStep) -> None:
        if self.steps.get(step.key) != step:
            self.steps[step.key] = step
            self.tell(step)


def _rank(finding: Finding) -> int:
    match finding:
        case FoundServer():
            return 5
        case InTheCloud():
            return 4 if finding.certain else 1
        case Signpost():
            return 3
        case Elsewhere():
            return 2
        case Nothing():
            return 0 if finding.problem is None else -1


def _step(key: str, place: _Place, now: float) -> SearchStep:
    mark, told = StepMark.FOUND, ""
    match place.best:
        case FoundServer():
            build = None if place.best.probe is None else place.best.probe.server
            told = "answers" if build is None or build.build is None else f"answers · {build.product}"
        case Signpost():
            server = place.best.probe.server
            told = "wants a sign-in first" if server.build is None else f"answers · {server.product}"
        case Elsewhere():
            told = f"points to {https_origin(place.best.url)}"
        case InTheCloud():
            told = "Microsoft 365"
        case Nothing():
            trouble = place.best.problem is not None and place.best.problem.code not in _PLAIN
            mark, told = (StepMark.FAILED if trouble else StepMark.NOTHING), place.best.told
    return SearchStep(key, place.title, mark, told, now - place.began)


_PLAIN = ("host-not-found", "connection-refused")
