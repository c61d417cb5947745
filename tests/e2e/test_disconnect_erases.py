"""Disconnect by real processes: nothing of the mailbox is in any file, or it is told that something is."""

import contextlib
import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from oncetui.cli.compose import Composition, GlobalOptions
from oncetui.connector.disconnecting import COPY_LEFT
from oncetui.model.ports import DraftAnswers
from oncetui.simulator.serve import start
from tests.e2e.program import Program
from tests.e2e.server import Server

ANNA = "anna@contoso.example"

pytestmark = pytest.mark.timeout(240)


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    with start() as simulator:
        yield Program(tmp_path, Server(simulator.ready))


def traces_of(program: Program) -> set[bytes]:
    """Return all that is kept of the mailbox, in each form in which a file may hold it."""
    composition = Composition(GlobalOptions(home=program.home))
    try:
        settings = composition.profile.settings.load()
        assert settings is not None
        calendars = composition.profile.busy.calendars()
        texts = {settings.mailbox, settings.ews_url, settings.sign_in.username, "mail.contoso.example"}
        texts |= {text for one in calendars for text in (one.key, one.name, one.owner) if text}
        texts |= {cursor for one in calendars if (cursor := composition.profile.busy.cursor(one.id))}
        database = composition.store.database
        with database.reading() as connection:
            rows = connection.exec_driver_sql('SELECT "start", "end", "item" FROM busy_blocks').all()
    finally:
        composition.close()
    assert rows
    # "Calendar" is what the product's own tables and messages say too.
    words = (texts | {item for _, _, item in rows}) - {"Calendar"}
    times = {moment.to_bytes(8, "big") for start, end, _ in rows for moment in (start, end)}
    return times | {word.encode(form) for word in words for form in ("utf-8", "utf-16-le", "utf-16-be")}


def found_in(program: Program, traces: set[bytes]) -> set[bytes]:
    held = program.files()
    return {trace for trace in traces if trace in held}


def test_a_copy_that_a_reader_kept_is_told_and_goes_once_the_reader_has_ended(program: Program) -> None:
    password = program.server.mailbox(ANNA)["password"]
    told = program("setup", "--yes", "--json", f"--email={ANNA}", "--password-stdin", typed=f"{password}\n")
    assert told.code == 0, told
    with program.running():
        program("refresh")
        traces = traces_of(program)
        assert found_in(program, traces)
        reader = sqlite3.connect(program.home / "state" / "default.sqlite3", isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM calendars").fetchone()

        with_reader = program("disconnect", "--yes", "--json")
        assert (with_reader.code, with_reader.told["state"]) == (0, "disconnected")
        assert COPY_LEFT in with_reader.err
        assert COPY_LEFT in program("disconnect", "--json").err
        reader.close()

        without = program("disconnect", "--json")
        assert COPY_LEFT not in without.err
        assert found_in(program, traces) == set()
    assert found_in(program, traces) == set()


def test_after_a_failure_with_logs_reports_and_a_draft_what_was_counted_goes(program: Program) -> None:
    password = program.server.mailbox(ANNA)["password"]
    asked = ("setup", "--yes", "--json", f"--email={ANNA}", "--password-stdin")
    assert program(*asked, typed=f"{password}\n").code == 0
    program("settings", "on-change", f"sh -c 'true # {ANNA}'")
    logs = program.folder / "logs"
    logs.mkdir()
    with program.running(f"--log-file={logs}/run.log", verbose=True) as running:
        traces = traces_of(program) | {password.encode()}
        program("refresh")
        (logs / "run.log").rename(logs / "run.log.1")
        running.send_signal(signal.SIGHUP)
        program.server.change_password(ANNA, "Changed-Maple-3")
        assert program("refresh").code == 4
        program("reconnect", "--password-stdin", typed="not the password\n")
        program("report")
        program("check", "--json")
        with program.opened() as profile:
            profile.drafts.save(DraftAnswers(ANNA, "https://mail.contoso.example/EWS/Exchange.asmx"))

        counted = program("disconnect", "--dry-run", "--json").told["erases"]
        before = rows_of(program)
        assert program("disconnect", "--yes", "--json").code == 0
        after = rows_of(program)

    assert {name: before[name] - after[name] for name in before} == {
        "busy_blocks": counted["busy_blocks"],
        "calendars": counted["calendars"],
    }
    assert (logs / "run.log.1").exists()
    assert found_in(program, traces) == set()
    assert not any((program.home / "config").iterdir())


def rows_of(program: Program) -> dict[str, int]:
    with contextlib.closing(sqlite3.connect(program.home / "state" / "default.sqlite3")) as store:
        return {
            table: store.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("busy_blocks", "calendars")
        }
