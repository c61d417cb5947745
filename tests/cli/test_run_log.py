import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from oncetui.cli import run_log
from oncetui.cli.run_log import RunLog
from oncetui.connector.watching import current_status
from oncetui.model.problem import ProblemError
from oncetui.model.problems.network import NO_ANSWER
from oncetui.model.state import By, ConnectionRecord, Faulted, State, Succeeded, advance
from tests.connector.world import World
from tests.fakes.clock import MONDAY_MORNING as NOW
from tests.fakes.clock import FakeClock

CONNECTED = advance(ConnectionRecord(State.NOT_CONNECTED, NOW, 7), Succeeded(NOW, By.PERSON, "v1"))
PROBLEM = NO_ANSWER.problem(host="mail.contoso.example", username="anna")


def interrupted() -> ConnectionRecord:
    gone = CONNECTED
    for seconds in (60, 65):
        gone = advance(gone, Faulted(NOW + timedelta(seconds=seconds), PROBLEM))
    return gone


def test_a_line_a_change_with_the_connections_number(capsys: pytest.CaptureFixture[str]) -> None:
    log = RunLog(FakeClock())

    for record in (CONNECTED, replace(CONNECTED, last_success=NOW), interrupted(), interrupted()):
        log.record(record)

    assert capsys.readouterr().err.splitlines() == [
        "time=2026-03-02T09:00:00Z level=info event=state connection=7 state=connected",
        (
            "time=2026-03-02T09:00:00Z level=warning event=state connection=7 state=interrupted "
            "cause=no-answer tries=1 next_try=2026-03-02T09:01:09Z"
        ),
    ]


def test_with_verbose_each_check_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    log = RunLog(FakeClock(), verbose=True)
    log.record(CONNECTED, checked=True)
    log.record(CONNECTED, checked=True)
    log.record(CONNECTED)

    assert [line.split()[2] for line in capsys.readouterr().err.splitlines()] == [
        "event=state",
        "event=check",
    ]


def test_pages_that_close_are_counted_and_warnings_told_by_their_code(
    capsys: pytest.CaptureFixture[str],
) -> None:
    world = World().connected()
    world.step()
    log = RunLog(world.clock)
    log.status(current_status(world.profile))
    log.status(current_status(world.profile))
    world.faulted(NO_ANSWER)
    log.status(current_status(world.profile))

    told = [line.partition("event=")[2] for line in capsys.readouterr().err.splitlines()]
    pages = [line for line in told if line.startswith("pages")]
    assert pages == ["pages connection=1 open=2 closed=0", "pages connection=1 open=0 closed=2"]


def test_words_that_could_be_taken_for_another_field_are_quoted(capsys: pytest.CaptureFixture[str]) -> None:
    RunLog(FakeClock()).event("stop", why='a "b" c=d\n', empty="", left=None)

    assert capsys.readouterr().err.strip().endswith('event=stop why="a \\"b\\" c=d?" empty=""')


def test_a_log_file_is_for_its_owner_alone_and_turned_over(tmp_path: Path) -> None:
    path = tmp_path / "run.log"
    log = RunLog(FakeClock(), path)
    for _ in range(5):
        log.event("filler", text="x" * (run_log.LARGEST_BYTES // 2))

    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == ["run.log", "run.log.1", "run.log.2", "run.log.3"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert all(file.stat().st_size <= run_log.LARGEST_BYTES for file in files)
    log.close()


def test_a_file_that_was_moved_away_is_made_anew_once_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "run.log"
    log = RunLog(FakeClock(), path)
    log.event("first")
    path.rename(tmp_path / "moved.log")

    log.reopen()
    log.event("second")
    log.close()

    assert "event=first" in (tmp_path / "moved.log").read_text()
    assert [line.split()[2] for line in path.read_text().splitlines()] == ["event=second"]


def test_a_file_that_cant_be_written_is_a_problem_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(ProblemError) as caught:
        RunLog(FakeClock(), tmp_path / "missing" / "run.log")

    assert caught.value.problem.code == "folder-not-writable"
