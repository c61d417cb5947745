"""What the console sends to a real terminal: nothing while nothing changes, little while something does."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pexpect
import pytest

ROOT = Path(__file__).parents[3]
PROGRAM = "tests.ui.console.on_a_terminal"


@contextmanager
def painted(*arguments: str, shows: str) -> Iterator["pexpect.spawn[str]"]:
    """Run the console until it has painted a text and come to rest, and quit it afterwards."""
    environment = {
        "PATH": os.environ["PATH"],
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "HOME": "/nowhere",
    }
    child = pexpect.spawn(
        sys.executable,
        ["-m", PROGRAM, *arguments],
        cwd=str(ROOT),
        env=environment,
        dimensions=(24, 80),
        timeout=20,
        encoding="utf-8",
    )
    try:
        child.expect_exact(shows)
        child.expect_exact("trouble")
        bytes_within(child, 1.0)
        yield child
        child.send("q")
        child.expect(pexpect.EOF)
    finally:
        child.close(force=True)
    assert child.exitstatus == 0


def bytes_within(child: "pexpect.spawn[str]", seconds: float) -> int:
    """Count what the program sends within a time."""
    end = time.monotonic() + seconds
    count = 0
    while (left := end - time.monotonic()) > 0:
        try:
            count += len(child.read_nonblocking(4096, timeout=left).encode())
        except pexpect.TIMEOUT:
            break
    return count


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pty")
def test_a_connected_console_at_rest_sends_nothing() -> None:
    with painted(shows="Connected to mail.contoso.example") as child:
        assert bytes_within(child, 2.5) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pty")
def test_an_outage_that_is_counted_down_stays_under_the_budget() -> None:
    with painted("outage", shows="No answer from mail.contoso.example") as child:
        sent = bytes_within(child, 5.0)
    assert 0 < sent < 5 * 200
