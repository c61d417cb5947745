"""Quitting while something else keeps the connector waiting."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from oncetui.simulator.serve import start
from tests.e2e.program import Program
from tests.e2e.server import Server

ANNA = "anna@contoso.example"

pytestmark = pytest.mark.timeout(240)


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    with start() as simulator:
        program = Program(tmp_path, Server(simulator.ready))
        password = program.server.mailbox(ANNA)["password"]
        done = program(
            "setup", "--yes", "--json", f"--email={ANNA}", "--password-stdin", typed=f"{password}\n"
        )
        assert done.code == 0, done
        yield program


def test_a_connector_that_waits_for_the_store_ends_when_it_is_asked_to(program: Program) -> None:
    with program.running() as connector:
        holder = sqlite3.connect(program.home / "state" / "default.sqlite3", isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        assert connector.poll() is None
        # On ending it takes its heartbeat away, for which it would have to wait here.
    holder.close()

    assert program("status").code == 0
