import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from oncetui.model.problem import ProblemError, Who
from oncetui.store.database import Database
from oncetui.store.home import Home
from oncetui.store.opening import Store
from oncetui.store.schema import commands
from tests.contracts.values import HOUR, NINE

LATER = NINE + HOUR


def fill_a_disk_without_room(store: Store) -> None:
    with store.database.writing() as connection:
        # SQLite's own limit of pages plays the disk.
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
        rows = [{"kind": "x" * 4000, "expires": NINE} for _ in range(50)]
        connection.execute(insert(commands), rows)


def test_a_full_disk_is_told_and_nothing_is_lost(store: Store) -> None:
    store.commands.ask("check", NINE)

    with pytest.raises(ProblemError) as caught:
        fill_a_disk_without_room(store)

    assert caught.value.problem.code == "folder-not-writable"
    assert "the disk is full" in caught.value.problem.what
    with store.database.reading() as connection:
        assert connection.scalars(select(commands.c.kind)).all() == ["check"]


def test_a_folder_that_isnt_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ProblemError) as caught:
        Database(tmp_path / "missing" / "store")

    assert caught.value.problem.code == "folder-not-writable"


def test_a_store_that_another_process_keeps_locked_is_a_matter_of_time(store: Store) -> None:
    impatient = Database(store.database.path, patience=0)
    try:
        with store.database.writing(), pytest.raises(ProblemError) as caught, impatient.writing():
            pass
    finally:
        impatient.close()

    assert (caught.value.problem.code, caught.value.problem.who) == ("store-busy", Who.RETRY)


def test_a_statement_at_fault_is_no_problem_of_the_disk_and_shows_no_values(store: Store) -> None:
    with pytest.raises(IntegrityError) as caught, store.database.writing() as connection:
        connection.execute(insert(commands), [{"kind": None, "expires": NINE}])

    assert "2026" not in str(caught.value)
    rows = [{"number": 1, "kind": "Board meeting", "expires": NINE}] * 2
    with pytest.raises(IntegrityError) as caught, store.database.writing() as connection:
        connection.execute(insert(commands), rows)

    assert "Board meeting" not in str(caught.value)


def test_a_writer_waits_for_another_to_end(store: Store) -> None:
    holds, done = threading.Event(), threading.Event()

    def hold() -> None:
        with store.database.writing() as connection:
            connection.execute(insert(commands).values(kind="first", expires=LATER))
            holds.set()
            done.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    holds.wait(10)
    threading.Timer(0.05, done.set).start()
    store.commands.ask("second", LATER)
    holder.join()

    with store.database.reading() as connection:
        assert connection.scalars(select(commands.c.kind).order_by(commands.c.number)).all() == [
            "first",
            "second",
        ]


def test_a_reader_never_waits_for_a_writer(store: Store) -> None:
    with store.database.writing() as connection:
        connection.execute(insert(commands).values(kind="unfinished", expires=LATER))

        assert store.commands.waiting(NINE) == ()


def test_what_is_deleted_is_overwritten(home: Home, store: Store) -> None:
    with store.database.reading() as connection:
        told = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "secure_delete", "foreign_keys", "busy_timeout")
        }

    assert told == {"journal_mode": "wal", "secure_delete": 1, "foreign_keys": 1, "busy_timeout": 30000}


def test_the_version_sees_another_process_write(home: Home, store: Store) -> None:
    before = store.connection.version()
    other = sqlite3.connect(home.files_of("default").store)
    with other:
        other.execute("DELETE FROM commands WHERE 0")
        other.execute("INSERT INTO commands (kind, expires) VALUES ('check', 0)")
    other.close()

    assert store.connection.version() != before
