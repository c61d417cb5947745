"""Passwords for services, with a real program and a real credentials folder."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from oncetui.simulator.serve import start
from tests.e2e.program import Program
from tests.e2e.server import Server

ANNA = "anna@contoso.example"
NEW_PASSWORD = "Changed-Rowan-9"

pytestmark = [
    pytest.mark.timeout(240),
    pytest.mark.skipif(sys.platform == "win32", reason="programs and folders of Unix"),
]


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    with start() as simulator:
        yield Program(tmp_path / "user", Server(simulator.ready))


@pytest.fixture
def password(program: Program) -> str:
    program.folder.mkdir()
    return str(program.server.mailbox(ANNA)["password"])


def test_a_command_tells_the_password_and_reconnect_takes_up_what_it_tells_next(
    program: Program, password: str, tmp_path: Path
) -> None:
    kept = tmp_path / "what the manager keeps"
    kept.write_text(password)

    done = program("setup", "--yes", "--json", f"--email={ANNA}", f"--password-command=cat '{kept}'")
    assert (done.code, done.told["state"], done.told["secret"]["kept_in"]) == (0, "connected", "command")
    assert program("settings", "password-command").out == f"password-command = cat '{kept}'\n"

    with program.running():
        assert program("refresh").code == 0
        program.server.change_password(ANNA, NEW_PASSWORD)
        assert program("refresh").code == 4
        assert program("reconnect").code == 4
        assert "Change it there" in program("reconnect", "--password-stdin", typed=NEW_PASSWORD).err
        kept.write_text(NEW_PASSWORD)
        assert program("reconnect").code == 0
        assert program("refresh").code == 0
    assert program.server.refused(ANNA) == 1
    for secret in (password, NEW_PASSWORD):
        assert secret.encode() not in program.files()
        assert not any(secret in said for said in program.said)


def test_systemd_hands_the_password_to_the_service_alone_and_anew_at_each_start(
    program: Program, password: str, tmp_path: Path
) -> None:
    credential = tmp_path / "oncetui-default"
    service = {"CREDENTIALS_DIRECTORY": str(tmp_path)}
    asked = ("setup", "--yes", f"--email={ANNA}", "--password-stdin", "--keep-password=systemd")
    done = program(*asked, typed=password)
    assert done.code == 0, done
    assert "oncetui service install --credential FILE" in done.out

    credential.write_text(password)
    with program.running(environment=service):
        assert program("refresh").code == 0
        program.server.change_password(ANNA, NEW_PASSWORD)
        assert program("refresh").code == 4
        outside = program("reconnect", "--password-stdin", typed=NEW_PASSWORD)
        assert outside.code == 4
        assert "systemctl --user restart oncetui@default-" in outside.err

    with program.running(environment=service):
        assert program("refresh").code == 4
    assert program.server.refused(ANNA) == 1

    credential.write_text(NEW_PASSWORD)
    with program.running(environment=service):
        status = program.until(lambda status: status["state"] == "connected")
        assert [page["accepting"] for page in status["pages"]] == [True]
    assert program.server.refused(ANNA) == 1
    for secret in (password, NEW_PASSWORD):
        assert secret.encode() not in program.files()
