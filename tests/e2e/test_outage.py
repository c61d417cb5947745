"""A server that is gone for a while: the pages close, and open again by themselves."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from oncetui.simulator.serve import start
from tests.e2e.program import Program
from tests.e2e.server import Server

ANNA = "anna@contoso.example"
FAR_MORE_THAN_IT_TAKES = 30.0

pytestmark = pytest.mark.timeout(240)


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    with start() as simulator:
        made = Program(tmp_path, Server(simulator.ready))
        password = made.server.mailbox(ANNA)["password"]
        done = made("setup", "--yes", "--json", f"--email={ANNA}", "--password-stdin", typed=f"{password}\n")
        assert done.code == 0, done
        yield made


@pytest.mark.parametrize("seconds", [6, pytest.param(60, marks=pytest.mark.soak)])
def test_a_server_that_was_gone_is_connected_again_and_pages_are_open(program: Program, seconds: int) -> None:
    server = program.server
    with program.running():
        program.until(lambda status: status["pages"][0]["accepting"])
        server.call("PUT", "/down")
        gone = time.monotonic()
        assert program("refresh").code == 3
        interrupted = program.until(lambda status: status["state"] == "interrupted")
        assert [page["closed_reason"]["code"] for page in interrupted["pages"]] == ["interrupted"]
        assert interrupted["problem"]["who"] == "retry"

        tries, nexts = set[int](), set[datetime]()
        while time.monotonic() - gone < seconds:
            with program.opened() as profile:
                record = profile.connection.load()
            assert record.next_try is not None
            tries.add(record.tries)
            assert (record.next_try - datetime.now(UTC)).total_seconds() < 10
            nexts.add(record.next_try)
            time.sleep(0.2)
        assert len(tries) >= min(seconds / 4 - 1, 10)
        assert len(nexts) == len(tries)

        server.call("DELETE", "/down")
        connected = program.until(lambda status: status["pages"][0]["accepting"], FAR_MORE_THAN_IT_TAKES)
        assert (connected["state"], connected["problem"]) == ("connected", None)
        assert server.refused(ANNA) == 0
