"""`check` and `report` on the command line: the contract's object, exit codes, files, no password."""

import base64
import json
import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from click.testing import CliRunner, Result

from oncetui.cli.check import check
from oncetui.cli.report import report
from oncetui.cli.root import root
from oncetui.model.cancellation import CancelledByUserError
from oncetui.model.checkup import Stage
from oncetui.model.problem import Cause, ProblemError
from oncetui.model.problems.certificates import EXPIRED_CERTIFICATE
from oncetui.model.problems.network import NO_ANSWER
from oncetui.model.problems.sign_in import PASSWORD_CHANGED
from oncetui.model.profile import Profile
from oncetui.simulator import start
from tests.connector.world import ANNA, World
from tests.exchange.site import CANARY, Site
from tests.fakes.examiner import FakeExaminer


@dataclass
class OneProfile:
    """What the commands take of a composition."""

    profile: Profile
    wants_passphrase: bool = False


def run(world: World, *options: str, typed: str = "") -> Result:
    return CliRunner().invoke(
        check, options, input=typed, obj=OneProfile(world.profile), standalone_mode=False
    )


def told(result: Result) -> dict[str, Any]:
    (line,) = result.stdout.splitlines()
    read: dict[str, Any] = json.loads(line)
    return read


def test_json_is_the_object_of_the_contract() -> None:
    result = run(World().connected(), "--json")
    assert result.return_value == 0
    assert set(told(result)) == {"stages", "problem"}
    assert told(result)["problem"] is None
    assert [one["stage"] for one in told(result)["stages"]] == [str(stage) for stage in Stage]
    for stage in told(result)["stages"]:
        assert set(stage) == {"stage", "outcome", "seconds", "evidence"}
        assert stage["outcome"] in ("ok", "warning", "failed", "not-tried")
        assert isinstance(stage["evidence"], dict)


@pytest.mark.parametrize(("cause", "code"), [(NO_ANSWER, 3), (PASSWORD_CHANGED, 4), (EXPIRED_CERTIFICATE, 5)])
def test_the_exit_code_says_whose_turn_it_is(cause: Cause, code: int) -> None:
    world = World().connected()
    examiner = world.profile.examiner
    assert isinstance(examiner, FakeExaminer)
    examiner.fails = {Stage.TCP: ProblemError(cause.problem(host="mail.contoso.example"))}
    result = run(world, "--json")
    assert result.return_value == code
    assert told(result)["problem"]["code"] == cause.code


def test_for_people_a_line_a_stage_and_the_problem_in_its_usual_words() -> None:
    world = World().connected().faulted(PASSWORD_CHANGED, refused=True)
    result = run(world)
    assert result.return_value == 4
    assert "✓ TLS" in result.stdout
    assert (
        "· Sign-in        not tried: the password was refused before and is not sent again" in result.stdout
    )
    assert PASSWORD_CHANGED.problem().what in result.stdout


def test_without_anything_to_check_it_says_what_to_name() -> None:
    result = run(World())
    assert "oncetui check anna@contoso.example" in str(result.exception)


def test_ctrl_c_cancels_what_is_waited_for() -> None:
    world = World().connected()
    examiner = world.profile.examiner
    assert isinstance(examiner, FakeExaminer)

    class Interrupting(FakeExaminer):
        def examine(self, *given: Any) -> Any:
            os.kill(os.getpid(), signal.SIGINT)
            return super().examine(*given)

    interrupted = Interrupting(world.discovery)
    object.__setattr__(world.profile, "examiner", interrupted)
    assert isinstance(run(world, "--json").exception, CancelledByUserError)


def test_a_report_is_saved_and_its_path_told(tmp_path: Path) -> None:
    world = World().connected()
    result = CliRunner().invoke(report, [], obj=OneProfile(world.profile), standalone_mode=False)
    ((path, text),) = world.store.reports.kept.items()
    assert result.return_value == 0
    assert str(path) in result.stdout
    assert "Check, stage by stage" in text
    assert ANNA in text


def test_a_report_overwrites_nothing(tmp_path: Path) -> None:
    there = tmp_path / "there.txt"
    there.write_text("mine")
    world = World().connected()
    result = CliRunner().invoke(
        report, ["--output", str(there)], obj=OneProfile(world.profile), standalone_mode=False
    )
    assert "exists already" in str(result.exception)
    assert world.store.reports.kept == {}


def test_a_report_without_a_connection_tells_what_the_draft_leads_to() -> None:
    world = World()
    result = CliRunner().invoke(report, [], obj=OneProfile(world.profile), standalone_mode=False)
    assert result.return_value == 0
    assert "not-connected" in next(iter(world.store.reports.kept.values()))


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with start() as simulator:
        yield Site(simulator)


def test_a_canary_password_is_in_no_output_and_no_file(site: Site, tmp_path: Path) -> None:
    detours = [f"--connect-to={one}" for one in site.ready["connect_to"]]
    common = [f"--home={tmp_path}", f"--ca-file={site.ca_file}", *detours]

    def oncetui(*arguments: str, typed: str = "") -> Result:
        return CliRunner().invoke(root, [*common, *arguments], input=typed, standalone_mode=False)

    site.control("PUT", f"/mailboxes/{ANNA}/password", password=CANARY)
    keeping = ("--keep-password=file", f"--email={ANNA}", "--password-stdin")
    setup = oncetui("setup", "--yes", "--json", *keeping, typed=f"{CANARY}\n")
    assert told(setup)["state"] == "connected"
    site.control("PUT", f"/mailboxes/{ANNA}/password", password="something else")
    site.forget()
    commands = (("report",), ("report", "--output=-"), ("check", "--json"), ("check",), ("status", "--json"))
    quiet = [oncetui(*command) for command in commands]
    verbose = [oncetui("--verbose", *command) for command in commands]
    assert site.count("refused") == 1
    assert [result.return_value for result in quiet] == [0, 0, 4, 4, 0]
    assert [result.return_value for result in verbose] == [0, 0, 4, 4, 0]
    reconnect = oncetui("--verbose", "reconnect", "--password-stdin", "--json", typed=f"{CANARY}\n")
    assert told(reconnect)["problem"]["code"] == "refused-before"
    results = [setup, *quiet, *verbose, reconnect]
    said = "".join(result.output for result in results).encode()
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    utf16 = CANARY.encode("utf-16-le")
    forms = (
        CANARY.encode(),
        utf16,
        quote(CANARY).encode(),
        base64.b64encode(CANARY.encode()),
        base64.b64encode(utf16),
        base64.b64encode(f"{ANNA}:{CANARY}".encode()),
        b"TlRMTVNTUA",
    )
    assert not [form for form in forms if form in said + kept]
    assert b"FindFolder 401" in kept
