"""A stand-in for the examiner: every stage is fine as long as the discovery's probe is."""

from dataclasses import dataclass, field

from oncetui.model.cancellation import Cancellation
from oncetui.model.checkup import Stage
from oncetui.model.connection import NetworkRoute
from oncetui.model.course import Course
from oncetui.model.discovering import ServerProbe
from oncetui.model.ports import Discovery
from oncetui.model.problem import ProblemError
from oncetui.model.spelling import host_of
from tests.fakes.exchange import Gate


@dataclass
class FakeExaminer:
    """Goes through the stages; `fails` holds the problem that a stage ends in, `notes` what it notes.

    The gate holds it up before TCP.
    """

    discovery: Discovery
    fails: dict[Stage, ProblemError] = field(default_factory=dict)
    notes: dict[Stage, dict[str, str]] = field(default_factory=dict)
    warns: dict[Stage, str] = field(default_factory=dict)
    gate: Gate = field(default_factory=Gate)
    examined: list[str] = field(default_factory=list)
    routes: list[NetworkRoute] = field(default_factory=list)

    def examine(
        self, url: str, route: NetworkRoute, course: Course, cancellation: Cancellation
    ) -> ServerProbe:
        self.examined.append(url)
        self.routes.append(route)
        for stage in (Stage.DNS, Stage.PROXY, Stage.TCP, Stage.TLS):
            self._pass(stage, url, course, cancellation)
        with course.stage(Stage.HTTP) as notes:
            notes.note(**self.notes.get(Stage.HTTP, {}))
            if Stage.HTTP in self.fails:
                raise self.fails[Stage.HTTP]
            probe = self.discovery.probe(url, route, cancellation)
            notes.note(sign_in_offered=", ".join(probe.offered), windows_domain=probe.windows_domain)
            return probe

    def _pass(self, stage: Stage, url: str, course: Course, cancellation: Cancellation) -> None:
        with course.stage(stage) as notes:
            if stage is Stage.DNS:
                notes.note(host=host_of(url))
            if stage is Stage.TCP:
                self.gate.pass_through(cancellation)
            notes.note(**self.notes.get(stage, {}))
            if stage in self.warns:
                notes.warn(self.warns[stage])
            if stage in self.fails:
                raise self.fails[stage]
