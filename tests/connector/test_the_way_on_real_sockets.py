"""What is seen of the way to a real server: kept at each success, warned of, compared at each refusal."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from oncetui.connector.checkup.checking_up import check_up
from oncetui.connector.checkup.subject import CheckWishes
from oncetui.connector.connector import Connector
from oncetui.connector.reconnecting import reconnect
from oncetui.exchange.discovery.discovering import ExchangeDiscovery
from oncetui.exchange.examining import ExchangeExaminer
from oncetui.exchange.opening import ExchangeOpener
from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import ConnectionSettings, KeptIn, Scheme
from oncetui.model.lock_outs import Insistence
from oncetui.model.problem import ProblemError
from oncetui.model.secret import Secret
from oncetui.model.state import By, ConnectionRecord, State, Succeeded, advance
from oncetui.setup.answers import Answers
from oncetui.setup.signing_in import sign_in_once
from oncetui.simulator import start
from tests.connector.world import World
from tests.exchange.site import CONTOSO, Site

ANNA = "anna@contoso.example"


@pytest.fixture(scope="module")
def running() -> Iterator[Site]:
    with start() as simulator:
        yield Site(simulator)


class Line:
    """A connector whose server is real; `World` gives it store and clock."""

    def __init__(self, site: Site, scheme: Scheme = Scheme.NTLM) -> None:
        self.site = site
        self.world = World()
        self.profile = replace(
            self.world.profile,
            opener=ExchangeOpener(),
            discovery=ExchangeDiscovery(),
            examiner=ExchangeExaminer(),
            route=site.route,
        )
        access = site.access(ANNA, scheme)
        self.world.place.save(site.secret(ANNA))
        self.world.store.settings.save(
            ConnectionSettings(ANNA, access.ews_url, access.sign_in, KeptIn.FILE, "v1")
        )
        success = Succeeded(self.world.clock.now(), By.PERSON, "v1")
        self.world.store.connection.change(lambda record: advance(record, success))
        self.connector = Connector(self.profile)

    def step(self) -> ConnectionRecord:
        """Let a round become due, and let it be made."""
        self.world.clock.advance(61)
        self.connector.step(self.world.cancellation)
        return self.world.record

    def anew(self) -> ConnectionRecord:
        """Let it be made over connections of its own."""
        self.connector.close()
        return self.step()

    @property
    def warned(self) -> list[str]:
        return [warning.code for warning in self.world.status.warnings]


@pytest.fixture
def line(running: Site) -> Iterator[Line]:
    running.forget()
    line = Line(running)
    yield line
    line.connector.close()
    running.control("DELETE", "/faults")


def test_a_clock_that_is_off_is_warned_of_until_it_is_right_again(line: Line) -> None:
    assert line.step().way.clock_minutes == 0
    line.site.control("PUT", "/faults/clock-skew", seconds=-900)
    assert line.anew().way.clock_minutes == 15
    assert line.warned == ["clock-wrong"]
    (told,) = line.world.status.as_json()["warnings"]
    assert told["what"] == "This computer's clock is 15 minutes off the server's."
    line.site.control("DELETE", "/faults")
    line.anew()
    assert line.warned == []


def test_the_certificate_of_the_last_success_is_kept(line: Line) -> None:
    first = line.step().way.certificate
    assert first is not None
    assert first.count(":") == 31
    assert line.anew().way.certificate == first


def test_a_box_that_swaps_the_certificate_is_for_it_and_not_for_the_password(line: Line) -> None:
    line.step()
    line.site.control("PUT", "/faults/extended-protection", mode="require")
    line.site.control("PUT", "/faults/tls-bridge")
    record = line.anew()
    assert record.state is State.FAILED_IT
    assert record.problem is not None
    assert record.problem.code == "extended-protection"
    evidence = dict(record.problem.evidence)
    assert evidence["sha256_before"] == record.way.certificate != evidence["sha256"]
    assert line.site.count("refused") == 1
    for _ in range(30):
        line.step()
    assert line.site.count("refused") == 1, "it may be the password all the same, so it is never sent again"


def test_reconnect_and_check_through_such_a_box_say_the_same(line: Line) -> None:
    line.step()
    line.site.control("PUT", "/faults/tls-bridge")
    checkup = check_up(line.profile)
    assert checkup.problem is not None
    with pytest.raises(ProblemError) as told:
        reconnect(line.profile, Secret("another"))
    assert told.value.problem.code == checkup.problem.code == "extended-protection"
    assert told.value.problem.next == checkup.problem.next
    assert line.site.count("refused") == 2


def test_once_the_box_is_gone_the_same_password_connects_when_a_person_says_so(line: Line) -> None:
    line.step()
    line.site.control("PUT", "/faults/tls-bridge")
    assert line.anew().state is State.FAILED_IT
    line.site.control("DELETE", "/faults")
    record = reconnect(line.profile, line.site.secret(ANNA), insistence=Insistence(again=True))
    assert record.state is State.CONNECTED


def test_a_wrong_password_without_a_box_is_about_the_password(line: Line) -> None:
    line.step()
    with pytest.raises(ProblemError) as told:
        reconnect(line.profile, Secret("another"))
    assert told.value.problem.code == "password-refused"


def test_basic_is_bound_to_no_certificate_so_that_a_refusal_is_about_the_password(running: Site) -> None:
    line = Line(running, Scheme.BASIC)
    line.step()
    running.control("PUT", "/faults/tls-bridge")
    try:
        with pytest.raises(ProblemError) as told:
            reconnect(line.profile, Secret("another"))
        assert told.value.problem.code == "password-refused"
    finally:
        line.connector.close()
        running.control("DELETE", "/faults")


@pytest.mark.parametrize(
    ("fault", "values", "code"),
    [
        ("locked", {"mailbox": ANNA}, "account-locked"),
        ("expired-password", {"mailbox": ANNA}, "password-expired"),
        ("ews-error", {"code": "ErrorAccountDisabled", "form": "fault"}, "account-disabled"),
        ("ews-error", {"code": "ErrorPasswordChangeRequired"}, "password-expired"),
    ],
)
def test_what_is_wrong_with_an_account_reads_the_same_at_each_entry(
    line: Line, fault: str, values: dict[str, str], code: str
) -> None:
    line.step()
    line.site.control("PUT", f"/faults/{fault}", **values)
    kept = line.anew().problem
    checked = check_up(line.profile, CheckWishes(secret=line.site.secret(ANNA))).problem
    with pytest.raises(ProblemError) as reconnected:
        reconnect(line.profile, line.site.secret(ANNA))
    with pytest.raises(ProblemError) as set_up:
        sign_in_once(
            Answers(ANNA, ews_url=CONTOSO),
            line.site.secret(ANNA),
            search=None,
            profile=line.profile,
            insistence=Insistence(again=True, warned=99),
            cancellation=Cancellation(),
        )
    told = [kept, checked, reconnected.value.problem, set_up.value.problem]
    assert [problem.code for problem in told if problem is not None] == [code] * 4
    assert len({(problem.what, problem.next) for problem in told if problem is not None}) == 1
