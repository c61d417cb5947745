"""What every examiner does: the stages in their order, the first failure raised, a cancellation at once."""

from abc import ABC, abstractmethod
from collections.abc import Iterator

import pytest

from oncetui.exchange.examining import ExchangeExaminer
from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.checkup import Outcome, Stage, StageResult
from oncetui.model.connection import STRAIGHT, NetworkRoute, Scheme
from oncetui.model.course import Course
from oncetui.model.discovering import ServerProbe
from oncetui.model.ports import Examiner
from oncetui.model.problem import ProblemError
from oncetui.model.problems.certificates import EXPIRED_CERTIFICATE
from oncetui.simulator import start
from tests.exchange.site import CONTOSO, Site
from tests.fakes.examiner import FakeExaminer
from tests.fakes.exchange import FakeDiscovery

WITHOUT_CREDENTIALS = (Stage.DNS, Stage.PROXY, Stage.TCP, Stage.TLS, Stage.HTTP)


class ExaminerUnderTest(ABC):
    """An examiner, the way to its server, and how that server's certificate runs out."""

    examiner: Examiner
    route: NetworkRoute

    @abstractmethod
    def expire_the_certificate(self) -> None:
        """Let the server show a certificate that is over."""


class Faked(ExaminerUnderTest):
    def __init__(self) -> None:
        probe = ServerProbe(CONTOSO, 401, (Scheme.NTLM,), ("NTLM",), windows_domain="CONTOSO")
        self.fake = FakeExaminer(FakeDiscovery().knows(probe))
        self.examiner, self.route = self.fake, STRAIGHT

    def expire_the_certificate(self) -> None:
        problem = EXPIRED_CERTIFICATE.problem(host="mail.contoso.example")
        self.fake.fails = {Stage.TLS: ProblemError(problem)}


class Simulated(ExaminerUnderTest):
    def __init__(self, site: Site) -> None:
        self._site = site
        self.examiner, self.route = ExchangeExaminer(), site.route

    def expire_the_certificate(self) -> None:
        self._site.control("PUT", "/faults/certificate-expired")


class ExaminerContract:
    """A subclass of pytest's gives `under_test`, a fixture."""

    def test_it_goes_through_the_stages_in_their_order_and_returns_what_the_server_tells(
        self, under_test: ExaminerUnderTest
    ) -> None:
        told: list[StageResult] = []
        course = Course(lambda: 0.0, told.append)
        probe = under_test.examiner.examine(CONTOSO, under_test.route, course, Cancellation())
        over = [one.stage for one in told if one.outcome is Outcome.OK]
        assert tuple(over) == WITHOUT_CREDENTIALS
        assert Scheme.NTLM in probe.schemes
        assert probe.windows_domain == "CONTOSO"
        http = dict(course.finished().of(Stage.HTTP).evidence)
        assert "NTLM" in http["sign_in_offered"]

    def test_the_first_failure_is_raised_and_nothing_after_it_is_tried(
        self, under_test: ExaminerUnderTest
    ) -> None:
        under_test.expire_the_certificate()
        course = Course(lambda: 0.0)
        with pytest.raises(ProblemError) as caught:
            under_test.examiner.examine(CONTOSO, under_test.route, course, Cancellation())
        checkup = course.finished()
        assert caught.value.problem.code == "certificate-expired"
        assert checkup.problem == caught.value.problem
        assert checkup.of(Stage.TLS).outcome is Outcome.FAILED
        assert checkup.of(Stage.HTTP).outcome is Outcome.NOT_TRIED

    def test_a_cancelled_one_ends_as_cancelled(self, under_test: ExaminerUnderTest) -> None:
        cancellation = Cancellation()
        cancellation.cancel()
        with pytest.raises(CancelledByUserError):
            under_test.examiner.examine(CONTOSO, under_test.route, Course(lambda: 0.0), cancellation)


class TestFakeExaminer(ExaminerContract):
    @pytest.fixture
    def under_test(self) -> ExaminerUnderTest:
        return Faked()


class TestExchangeExaminer(ExaminerContract):
    @pytest.fixture(scope="class")
    def site(self) -> Iterator[Site]:
        with start() as simulator:
            yield Site(simulator)

    @pytest.fixture
    def under_test(self, site: Site) -> Iterator[ExaminerUnderTest]:
        yield Simulated(site)
        site.control("DELETE", "/faults")
