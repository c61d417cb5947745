import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from oncetui.cli.service_manager import ServiceManager


@pytest.fixture(params=["in a folder", "abstract"])
def listening(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[socket.socket, str]]:
    """A service manager's socket, and how the environment names it."""
    name = f"{tmp_path}/notify"
    if request.param == "abstract" and not Path("/proc").exists():
        pytest.skip("only Linux has abstract sockets")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as bound:
        bound.bind(name if request.param == "in a folder" else "\0" + name)
        bound.settimeout(5)
        yield bound, name if request.param == "in a folder" else "@" + name


def test_the_service_manager_is_told(listening: tuple[socket.socket, str]) -> None:
    bound, address = listening
    manager = ServiceManager({"NOTIFY_SOCKET": address})

    manager.ready()
    manager.status("connected;\npages: 2 open")
    manager.alive()
    manager.stopping()

    told = [bound.recv(200) for _ in range(4)]
    assert told == [b"READY=1", b"STATUS=connected; pages: 2 open", b"WATCHDOG=1", b"STOPPING=1"]


def test_a_service_manager_that_does_not_listen_ends_nothing_and_is_told_of_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manager = ServiceManager({"NOTIFY_SOCKET": f"{tmp_path}/nobody"})

    manager.ready()
    manager.alive()

    assert capsys.readouterr().err.count("can't be told") == 1


def test_without_a_service_manager_nothing_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    manager = ServiceManager({})
    manager.ready()

    assert manager.expects_every is None
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("environment", "seconds"),
    [
        ({"WATCHDOG_USEC": "180000000"}, 180),
        ({"WATCHDOG_USEC": "180000000", "WATCHDOG_PID": str(os.getpid())}, 180),
        ({"WATCHDOG_USEC": "180000000", "WATCHDOG_PID": "1"}, None),
        ({"WATCHDOG_USEC": "0"}, None),
        ({"WATCHDOG_USEC": "soon"}, None),
    ],
)
def test_a_sign_of_life_is_wanted_where_the_environment_asks_this_process_for_it(
    environment: dict[str, str], seconds: float | None
) -> None:
    assert ServiceManager(environment).expects_every == seconds
