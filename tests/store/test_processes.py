import os
import subprocess
import sys

import pytest

from oncetui.store.processes import ALIVE, start_of_process


@pytest.fixture
def ended() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def test_a_living_process_is_told_by_its_start() -> None:
    assert start_of_process(os.getpid()) == start_of_process(os.getpid()) is not None


def test_a_process_that_ended_is_none(ended: int) -> None:
    assert start_of_process(ended) is None


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process's start")
def test_two_processes_are_told_apart_by_their_starts() -> None:
    assert start_of_process(os.getpid()) != start_of_process(1)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows who waits for its parent")
def test_a_process_that_ended_and_waits_for_its_parent_is_none() -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)

    assert start_of_process(process.pid) is None
    process.wait()


@pytest.mark.skipif(os.name != "posix", reason="asks as macOS is asked")
def test_elsewhere_a_process_is_only_known_to_live(ended: int) -> None:
    assert start_of_process(os.getpid(), "darwin") == ALIVE
    assert start_of_process(1, "darwin") == ALIVE
    assert start_of_process(ended, "darwin") is None
