"""Passwords for services, with a real program and a real credentials folder."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from oncetui.simulator.serve import start
from tests.e2e.program import Program, command_lines, environment_of
from tests.e2e.server import Server
from tests.e2e.terminal import terminal

ANNA = "anna@contoso.example"
NEW_PASSWORD = "Changed-Rowan-9"
PASSPHRASE = "umbra-canary four words"

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

    with program.running():
        alone = program.until(lambda status: status["state"] == "interrupted")
        assert alone["problem"]["code"] == "secret-of-the-service"
        assert "systemctl --user restart oncetui@default-" in alone["problem"]["next"]
    assert program.server.refused(ANNA) == 0

    credential.write_text(password)
    with program.running(environment=service):
        program.until(lambda status: status["state"] == "connected")
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


@pytest.fixture
def by_passphrase(program: Program, password: str, tmp_path: Path) -> Path:
    """Set up with a passphrase, and return the file that tells it."""
    told = tmp_path / "oncetui-default"
    told.write_text(f"{PASSPHRASE}\n")
    asked = ("setup", "--yes", "--json", f"--email={ANNA}", "--password-stdin", "--keep-password=passphrase")
    without = program(*asked, typed=password)
    assert (without.code, without.told["problem"]["fields"]) == (4, ["passphrase"])
    done = program(f"--passphrase-file={told}", *asked, typed=password)
    assert done.code == 0, done
    kept = done.told["secret"]
    assert (kept["kept_in"], kept["unattended"]) == ("file", False)
    return told


def test_a_service_is_told_the_passphrase_by_systemd_and_a_wrong_one_costs_no_sign_in(
    program: Program, password: str, by_passphrase: Path
) -> None:
    service = {"CREDENTIALS_DIRECTORY": str(by_passphrase.parent)}
    with program.running("--log-file", str(program.folder / "run.log"), verbose=True, environment=service):
        assert program("refresh").code == 0
        assert PASSPHRASE.encode() not in command_lines()

    by_passphrase.write_text("another four words")
    with program.running(environment=service):
        failed = program.until(lambda status: status["state"] == "failed")
        assert failed["problem"]["code"] == "passphrase-wrong"
        assert [page["accepting"] for page in failed["pages"]] == [False]
    wrong = program(f"--passphrase-file={by_passphrase}", "run")
    assert (wrong.code, wrong.err.count("isn't the passphrase")) == (4, 1)

    by_passphrase.write_text(PASSPHRASE)
    with program.running(environment=service):
        back = program.until(lambda status: status["state"] == "connected")
        assert [page["accepting"] for page in back["pages"]] == [True]
    assert program.server.refused(ANNA) == 0
    program("report")
    for secret in (password, PASSPHRASE, "canary"):
        assert secret.encode() not in program.files()
        assert not any(secret in said for said in program.said)


def test_without_the_passphrase_the_connection_is_interrupted_and_says_how_to_tell_it(
    program: Program, by_passphrase: Path
) -> None:
    with program.running():
        told = program.until(lambda status: status["state"] == "interrupted")
        assert told["problem"]["code"] == "passphrase-missing"
        assert "--passphrase-file" in told["problem"]["next"]

    with program.running(before=(f"--passphrase-file={by_passphrase}",)):
        program.until(lambda status: status["state"] == "connected")
    assert program.server.refused(ANNA) == 0


def test_a_person_is_asked_for_the_passphrase_and_may_mistype_it_twice(
    program: Program, by_passphrase: Path
) -> None:
    command = program.command("run")
    with terminal(command, environment_of(program.folder)) as asked:
        asked.wait_for("Passphrase:")
        asked.press("not it", "enter")
        asked.wait_for("isn't the passphrase")
        asked.press(PASSPHRASE, "enter")
        asked.wait_for("state=connected")
        asked.press("ctrl+c")
        assert asked.exit_code() == 130
        assert b"canary" not in asked.drawn
    with terminal(command, environment_of(program.folder)) as asked:
        wrong = "This isn't the passphrase that the password is sealed with."
        for times in range(3):
            asked.wait_for("\n".join(["Passphrase:", *([wrong, "Passphrase:"] * times)]))
            asked.press("not it", "enter")
        assert asked.exit_code() == 4
