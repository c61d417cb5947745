"""One problem is told in the same words by the wizard, the console, `check`, `report` and `status`."""

from collections.abc import Callable
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from oncetui.connector.checkup.checking_up import check_up
from oncetui.connector.report.gathering import gathered
from oncetui.connector.report.wording import report_text
from oncetui.model.checkup import Stage
from oncetui.model.ports import DraftAnswers
from oncetui.model.problem import Cause, Problem, ProblemError
from oncetui.model.problems.certificates import EXPIRED_CERTIFICATE
from oncetui.model.problems.exchange import MAILBOX_UNKNOWN
from oncetui.model.problems.http import GATEWAY_DOWN, REJECTED_IN_FRONT
from oncetui.model.problems.kerberos import KERBEROS_CLOCK, KERBEROS_MISSING, NO_KERBEROS_TICKET
from oncetui.model.problems.names import NAMES_UNAVAILABLE
from oncetui.model.problems.network import CONNECTION_REFUSED, NO_ANSWER
from oncetui.model.problems.proxies import PROXY_SIGN_IN
from oncetui.model.problems.sign_in import (
    ACCOUNT_DISABLED,
    ACCOUNT_LOCKED,
    EXTENDED_PROTECTION,
    PASSWORD_EXPIRED,
    SCHEME_SWITCHED_OFF,
)
from oncetui.plain.checkup_text import outcome_lines
from oncetui.plain.problem_text import problem_lines
from oncetui.plain.status_text import status_text
from oncetui.setup.account import opened
from oncetui.setup.evidence import attempt_ended
from oncetui.setup.headline import by_hand
from oncetui.ui.console.reconnect_reasons import why_reconnect
from oncetui.ui.console.times import LocalTime
from oncetui.ui.console.view import console_view
from oncetui.ui.troubleshoot.view import Depth, troubleshoot_view
from tests.connector.world import ANNA, World
from tests.fakes.examiner import FakeExaminer

HOST = "mail.contoso.example"
BERLIN = ZoneInfo("Europe/Berlin")
PROBLEMS = [
    EXPIRED_CERTIFICATE.problem(host=HOST),
    NO_ANSWER.problem(host=HOST, port=443),
    CONNECTION_REFUSED.problem(host=HOST, port=443),
    NAMES_UNAVAILABLE.problem(host=HOST),
    PROXY_SIGN_IN.problem(proxy="http://proxy.contoso.example:3128", host=HOST),
    GATEWAY_DOWN.problem(host=HOST, status=502),
    REJECTED_IN_FRONT.problem(host=HOST, status=403),
    ACCOUNT_LOCKED.problem(host=HOST, username=ANNA),
    PASSWORD_EXPIRED.problem(host=HOST, username=ANNA),
    ACCOUNT_DISABLED.problem(host=HOST, username=ANNA),
    SCHEME_SWITCHED_OFF.problem(host=HOST, offered="NTLM"),
    EXTENDED_PROTECTION.problem(host=HOST),
    KERBEROS_MISSING.problem(host=HOST),
    NO_KERBEROS_TICKET.problem(host=HOST),
    KERBEROS_CLOCK.problem(host=HOST),
    MAILBOX_UNKNOWN.problem(host=HOST, mailbox=ANNA),
]
each = pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.code)


def met(problem: Problem) -> World:
    """Return a connection whose server ends in the problem, after the connector has seen it twice."""
    world = World().connected()
    world.opener.problems = [ProblemError(problem)] * 3
    world.opener.unreachable = ProblemError(problem)
    world.step()
    world.clock.advance(30)
    world.step()
    return world


def words(text: str) -> str:
    """Return a text without its breaks into lines."""
    return " ".join(text.split())


@each
def test_the_connection_keeps_the_problem_in_the_words_of_the_catalogue(problem: Problem) -> None:
    kept = met(problem).record.problem
    assert kept is not None
    assert (kept.code, kept.title, kept.what, kept.why) == (
        problem.code,
        problem.title,
        problem.what,
        problem.why,
    )


@each
def test_console_reconnect_and_troubleshoot_say_what_and_why(problem: Problem) -> None:
    world = met(problem)
    status, now = world.status, world.clock.now()
    console = console_view(status, (), (), now, BERLIN)
    told = repr(console.explanation) + repr(console.lead) + repr(console.log)
    assert problem.why in told
    assert problem.what.rstrip(".") in told
    assert {problem.what, problem.why} <= {fact.value for fact in why_reconnect(status)}
    screen = troubleshoot_view(
        status.record.problem,
        (),
        None,
        depth=Depth.SENTENCE,
        requests=(),
        history=(),
        time=LocalTime(now, BERLIN),
    )
    assert (screen.lead.sentence, screen.lead.impact, screen.lead.action) == (
        problem.what,
        problem.why,
        problem.next,
    )


@pytest.mark.parametrize("cause", [ACCOUNT_LOCKED, PASSWORD_EXPIRED])
def test_a_locked_account_is_not_told_to_enter_the_password_at_once(cause: Cause) -> None:
    world = met(cause.problem(host=HOST, username=ANNA))
    console = console_view(world.status, (), (), world.clock.now(), BERLIN)
    assert console.lead.action == cause.next


@each
def test_the_wizard_says_what_and_what_to_do(problem: Problem) -> None:
    state = attempt_ended(opened(DraftAnswers(ANNA)), problem)
    assert state.headline is not None
    # Nothing is tried again by itself before anything is saved.
    assert state.headline.sentence == f"{problem.what} {by_hand(problem).next}"


@each
def test_check_report_and_status_say_all_of_it(problem: Problem) -> None:
    world = met(problem)
    world.opener.problems = []
    examiner = world.profile.examiner
    assert isinstance(examiner, FakeExaminer)
    examiner.fails = {Stage.HTTP: ProblemError(problem)}
    checkup = check_up(world.profile)
    assert checkup.problem is not None
    surfaces: dict[str, Callable[[], str]] = {
        "check": lambda: "\n".join(outcome_lines(checkup)),
        "report": lambda: report_text(gathered(world.profile, checkup=checkup)),
        "status": lambda: status_text(world.status, "Europe/Berlin"),
        "plain": lambda: "\n".join(problem_lines(problem)),
    }
    for name, surface in surfaces.items():
        told = words(surface())
        missing = [text for text in (problem.what, problem.why, problem.next) if words(text) not in told]
        assert not missing, name


@each
def test_json_tells_the_same_in_status_and_check(problem: Problem) -> None:
    world = met(problem)
    examiner = world.profile.examiner
    assert isinstance(examiner, FakeExaminer)
    examiner.fails = {Stage.HTTP: ProblemError(problem)}
    kept, checked = world.status.as_json()["problem"], check_up(world.profile).as_json()["problem"]
    same = ("code", "title", "who", "fields", "what", "why", "next")
    expected = problem.as_json()
    assert (
        [kept[name] for name in same] == [checked[name] for name in same] == [expected[name] for name in same]
    )


def test_a_refused_password_reads_the_same_wherever_it_is_told() -> None:
    world = World().connected()
    world.opener.accepts.clear()
    world.step()
    problem = world.record.problem
    assert problem is not None
    assert problem.code == "password-changed"
    checkup = check_up(world.profile)
    assert checkup.problem is not None
    assert replace(checkup.problem, evidence=()) == replace(problem, evidence=())
    assert words(problem.what) in words(status_text(world.status, "Europe/Berlin"))
    assert words(problem.what) in words(report_text(gathered(world.profile)))
