"""`oncetui simulate` as a process: its line, its file, its end."""

import json
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

COMMAND = [sys.executable, "-c", "from oncetui.cli.simulate import simulate; simulate()"]


@contextmanager
def running(*arguments: str) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(
        [*COMMAND, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_prints_one_line_writes_the_file_and_ends_on_a_signal(
    tmp_path: Path, number: signal.Signals
) -> None:
    ready_file = tmp_path / "ready.json"
    with running("--ready-file", str(ready_file)) as process:
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        assert json.loads(ready_file.read_text()) == ready
        assert ready_file.stat().st_mode & 0o777 == 0o600
        assert list(tmp_path.iterdir()) == [ready_file]
        answer = requests.get(ready["https"] + "/EWS/Exchange.asmx", verify=ready["ca_file"], timeout=5)
        assert answer.status_code == 401
        with pytest.raises(requests.exceptions.SSLError):
            requests.get(ready["https"], timeout=5)
        process.send_signal(number)
        assert process.wait(20) == 0
        assert process.stdout.read() == ""
        assert process.stderr is not None
        assert process.stderr.read() == ""
    assert not Path(ready["ca_file"]).exists()
    assert not ready_file.exists()


def test_a_request_under_way_does_not_keep_it_and_nothing_is_complained_of() -> None:
    with running() as process:
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        token = {"Authorization": f"Bearer {ready['token']}"}
        slow = ready["control"] + "/faults/slow"
        requests.put(slow, json={"seconds": 60}, headers=token, timeout=5).raise_for_status()
        with pytest.raises(requests.Timeout):
            requests.get(ready["https"], verify=ready["ca_file"], timeout=0.2)
        host, _, port = ready["https"].removeprefix("https://").partition(":")
        context = ssl.create_default_context(cafile=ready["ca_file"])
        plain = socket.create_connection((host, int(port)))
        with context.wrap_socket(plain, server_hostname=host) as waiting:
            waiting.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            while len(requests.get(ready["control"] + "/requests", headers=token, timeout=5).json()) < 2:
                time.sleep(0.01)
            process.terminate()
            assert process.wait(5) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_a_port_that_is_taken_is_told_and_leaves_files_alone(tmp_path: Path) -> None:
    ready_file = tmp_path / "notes.txt"
    ready_file.write_text("mine")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        arguments = [*COMMAND, "--port", port, "--ready-file", str(ready_file)]
        done = subprocess.run(arguments, capture_output=True, text=True, timeout=20, check=False)
    assert done.returncode == 2
    assert f"port {port} can't be used" in done.stderr
    assert ready_file.read_text() == "mine"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--scenario", "nonsense"), "no scenario is named 'nonsense'; there are: default, outside"),
        (("--port", "70000"), "70000"),
        (("--ready-file", "/nonexistent/folder/ready.json"), "can't be written"),
    ],
)
def test_wrong_input_is_told_and_ends_with_2(arguments: tuple[str, ...], says: str) -> None:
    done = subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, timeout=20, check=False)
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stdout == ""
