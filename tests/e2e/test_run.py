"""`oncetui run` as its service manager, its log's readers and other processes see it."""

import json
import signal
import socket
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from oncetui.model.connection import KeptIn
from oncetui.simulator.serve import start
from oncetui.store.processes import start_of_process
from tests.e2e.program import Program
from tests.e2e.server import Server

ANNA = "anna@contoso.example"
NEW_PASSWORD = "Changed-Spruce-7"

pytestmark = [
    pytest.mark.timeout(240),
    pytest.mark.skipif(sys.platform == "win32", reason="signals and Unix sockets"),
]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with start() as simulator:
        yield Server(simulator.ready)


@pytest.fixture
def program(tmp_path: Path, server: Server) -> Program:
    made = Program(tmp_path, server)
    password = server.mailbox(ANNA)["password"]
    done = made("setup", "--yes", "--json", f"--email={ANNA}", "--password-stdin", typed=f"{password}\n")
    assert done.code == 0, done
    return made


def test_the_service_manager_hears_of_start_life_and_end(program: Program, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(f"{tmp_path}/notify")
        listening.settimeout(20)
        told = {"NOTIFY_SOCKET": f"{tmp_path}/notify", "WATCHDOG_USEC": "1000000"}
        running = program.start("run", environment=told)
        heard = [listening.recv(300)]
        while (
            heard.count(b"WATCHDOG=1") < 2
            or b"STATUS=connected; booking pages: 1 open, 0 closed" not in heard
        ):
            heard.append(listening.recv(300))

        running.send_signal(signal.SIGTERM)
        running.communicate(timeout=20)
        while heard[-1] != b"STOPPING=1":
            heard.append(listening.recv(300))

    assert heard[0] == b"READY=1"
    assert running.returncode == 0


def test_a_hang_up_ends_it_and_with_a_log_file_opens_that_anew(program: Program, tmp_path: Path) -> None:
    with program.running() as running:
        running.send_signal(signal.SIGHUP)
        running.wait(20)

    log = tmp_path / "run.log"
    with program.running(f"--log-file={log}") as running:
        log.rename(tmp_path / "moved.log")
        running.send_signal(signal.SIGHUP)
        program.until(lambda _: log.exists() and "reopened" in log.read_text())
        assert program.status()["connector"]["pid"] == running.pid


def test_a_second_one_ends_with_3_and_says_which_one_runs_since_when(program: Program) -> None:
    with program.running() as running:
        second = program("run")

    assert second.code == 3
    assert f"(process {running.pid}, since 2" in second.err


def test_one_that_was_killed_leaves_nothing_in_the_way_of_the_next(program: Program) -> None:
    with program.running() as running:
        running.kill()
        running.wait()
        assert program.status()["connector"] == {"running": False, "pid": None}

    with program.running() as running:
        assert program.status()["connector"]["pid"] == running.pid
        assert program("refresh").code == 0


def test_a_watch_and_a_command_tell_what_another_process_brings_about(
    program: Program, tmp_path: Path
) -> None:
    server, old = program.server, program.server.mailbox(ANNA)["password"]
    refused, told = server.refused(ANNA), tmp_path / "told"
    assert (
        program("settings", "on-change", f"sh -c 'cat > {told}; echo $ONCETUI_CHANGE >> {told}.new'").code
        == 0
    )
    with program.running(), program.watching() as lines:
        connected = json.loads(next(lines))
        assert (connected["state"], connected["connector"]["running"]) == ("connected", True)
        try:
            server.change_password(ANNA, NEW_PASSWORD)
            assert program("refresh").code == 4
            failed = next(one for line in lines if (one := json.loads(line))["state"] == "failed")
            assert [page["accepting"] for page in failed["pages"]] == [False]
            # What the mailbox warned of when it was connected is told first.
            changes = tmp_path / "told.new"
            program.until(lambda _: changes.exists() and "closed" in changes.read_text())
            assert json.loads(told.read_text())["problem"]["code"] == "password-changed"

            done = program("reconnect", "--password-stdin", "--json", typed=f"{NEW_PASSWORD}\n")
            assert (done.code, done.told["state"]) == (0, "connected")
            back = next(one for line in lines if (one := json.loads(line))["state"] == "connected")
            assert back["problem"] is None
            opened = back if back["pages"][0]["accepting"] else json.loads(next(lines))
            assert [page["accepting"] for page in opened["pages"]] == [True]
        finally:
            server.change_password(ANNA, old)
    assert server.refused(ANNA) == refused + 1


def test_a_watch_ends_with_130_and_without_another_line(program: Program) -> None:
    watching = program.start("status", "--watch")
    assert watching.stdout is not None
    first = watching.stdout.readline()

    watching.send_signal(signal.SIGINT)
    out, err = watching.communicate(timeout=20)

    assert "connected · booking pages: 1 open, 0 closed" in first
    assert first.rstrip().endswith("no connector runs")
    assert (watching.returncode, out, err) == (130, "", "")


def test_a_log_file_tells_nothing_of_the_mailbox_after_a_disconnect(program: Program, tmp_path: Path) -> None:
    log = tmp_path / "run.log"
    password = program.server.mailbox(ANNA)["password"]
    with program.running(f"--log-file={log}", verbose=True):
        assert program("refresh").code == 0
        assert program("disconnect", "--yes").code == 0
        program.until(lambda _: "state=disconnected" in log.read_text())
        program.until(lambda status: status["state"] == "disconnected")

    text = log.read_text()
    assert "event=state connection=1 state=connected" in text
    for trace in (ANNA, "anna", "contoso", "127.0.0.1", "Team Sales", password):
        assert trace.lower() not in text.lower()


def test_it_ends_when_asked_to_though_the_server_says_nothing(program: Program) -> None:
    program.server.call("PUT", "/faults/silence", {})
    try:
        with program.running():
            pass
    finally:
        program.server.call("DELETE", "/faults")

    assert "event=end" in program.said[-1]


def test_a_command_that_hangs_ends_with_it(program: Program, tmp_path: Path) -> None:
    hangs = tmp_path / "hangs"
    number = tmp_path / "number"
    hangs.write_text(f"#!/bin/sh\necho $$ > '{number}.new'; mv '{number}.new' '{number}'; exec sleep 600\n")
    hangs.chmod(0o700)
    with program.opened() as profile:
        kept = profile.settings.load()
        assert kept is not None
        profile.settings.save(replace(kept, kept_in=KeptIn.COMMAND, password_command=(str(hangs),)))
    with program.running():
        program.until(lambda _: number.exists())

    assert "event=end" in program.said[-1]
    assert start_of_process(int(number.read_text())) is None
