import os
import socket
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from oncetui.cli.run import ConnectorLog, tell_service_manager
from oncetui.model.problems.network import NO_ANSWER
from oncetui.model.state import By, ConnectionRecord, Faulted, State, Succeeded, advance
from tests.fakes.clock import MONDAY_MORNING as NOW

CONNECTED = advance(ConnectionRecord(State.NOT_CONNECTED, NOW, 7), Succeeded(NOW, By.PERSON, "v1"))


@pytest.fixture
def notified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> socket.socket:
    """A service manager's socket, named in the environment."""
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listening.bind(str(tmp_path / "notify"))
    listening.settimeout(5)
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
    return listening


def test_the_service_manager_is_told(notified: socket.socket) -> None:
    with notified:
        tell_service_manager("READY=1")
        assert notified.recv(100) == b"READY=1"


def test_a_service_manager_that_does_not_listen_ends_nothing(
    notified: socket.socket, capsys: pytest.CaptureFixture[str]
) -> None:
    notified.close()
    Path(os.environ["NOTIFY_SOCKET"]).unlink()

    tell_service_manager("READY=1")

    assert "can't be told READY=1" in capsys.readouterr().err


def test_without_a_service_manager_nothing_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    tell_service_manager("READY=1")

    assert capsys.readouterr() == ("", "")


def test_the_log_has_a_line_a_change_with_a_number_and_nothing_of_the_mailbox(
    capsys: pytest.CaptureFixture[str],
) -> None:
    log = ConnectorLog(verbose=False)
    problem = NO_ANSWER.problem(host="mail.contoso.example", username="anna")
    gone = CONNECTED
    for seconds in (60, 65):
        gone = advance(gone, Faulted(NOW + timedelta(seconds=seconds), problem))

    for record in (CONNECTED, replace(CONNECTED, last_success=NOW), gone, replace(gone, tries=2)):
        log.tell(record)

    assert capsys.readouterr().err.splitlines() == [
        "connection 7: connected",
        "connection 7: interrupted (no-answer), next try 2026-03-02T09:01:09Z",
    ]


def test_with_verbose_each_check_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    log = ConnectorLog(verbose=True)
    log.tell(CONNECTED)
    log.tell(CONNECTED)

    assert len(capsys.readouterr().err.splitlines()) == 2
