"""The SQLite file of one profile: short transactions, several processes, nothing left behind."""

import contextlib
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError

from oncetui.model.problem import Cause, ProblemError
from oncetui.model.problems.local import DISK_FULL, STORE_BUSY, STORE_UNUSABLE

LOCKED_FOR_AT_MOST = 30.0
"""Seconds that a transaction waits for those of other processes, as a rule.

Each is short, but SQLite lets whoever waits try again by chance: of fifty processes that book at once on a
busy machine the last one waits as long as that.
"""

EXCLUSIVE = "oncetui_exclusive"

AILMENTS = {
    sqlite3.SQLITE_BUSY: (STORE_BUSY, None),
    sqlite3.SQLITE_CANTOPEN: (DISK_FULL, "it can't be opened"),
    sqlite3.SQLITE_CORRUPT: (STORE_UNUSABLE, "it is damaged"),
    sqlite3.SQLITE_FULL: (DISK_FULL, "the disk is full"),
    sqlite3.SQLITE_IOERR: (DISK_FULL, "the disk can't be read or written"),
    sqlite3.SQLITE_NOTADB: (STORE_UNUSABLE, "it is no database of oncetui"),
    sqlite3.SQLITE_PERM: (DISK_FULL, "access is denied"),
    sqlite3.SQLITE_READONLY: (DISK_FULL, "it is read-only"),
}
"""What ails a file, by SQLite's primary result codes (sqlite.org/rescode.html)."""


class Database:
    """The store's file.

    All that fails raises `ProblemError` with `folder-not-writable`, `store-busy` or `store-unusable`
    (diagnosis 90). `patience` is how many seconds a transaction waits for those of other processes.
    """

    def __init__(self, path: Path, patience: float = LOCKED_FOR_AT_MOST) -> None:
        self.path = path
        self._watch_lock = threading.Lock()
        with self._telling():
            _make_private(path)
            self._engine = _engine(path, patience)
            # A connection that never writes: its data_version counts the writes of all the others.
            self._watch = _open(path, patience)

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one moment of the store until the block ends."""
        with self._telling(), self._engine.begin() as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection that alone may write until the block ends; an error undoes all of it."""
        exclusive = self._engine.execution_options(**{EXCLUSIVE: True})
        with self._telling(), exclusive.begin() as connection:
            yield connection

    def version(self) -> int:
        """Return a number that changes with every write of any process (SQLite's `data_version`)."""
        with self._telling(), self._watch_lock:
            number: int = self._watch.execute("PRAGMA data_version").fetchone()[0]
            return number

    def truncate_log(self, patience: float = 1.0) -> bool:
        """Move the write-ahead log into the file and empty it; False where a reader still needs it.

        `patience` is how many seconds a reader is waited for.
        """
        with self._telling(), contextlib.closing(_open(self.path, patience)) as connection:
            busy: int = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            return busy == 0

    def close(self) -> None:
        """Close every connection of this process."""
        self._watch.close()
        self._engine.dispose()

    @contextlib.contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, sqlite3.Error) as error:
            ailment = _ailment(error.orig if isinstance(error, DBAPIError) else error)
            if ailment is None:
                raise
            cause, reason = ailment
            raise ProblemError(cause.problem(path=self.path, reason=reason)) from error
        except OSError as error:
            reason = error.strerror or "no access"
            raise ProblemError(DISK_FULL.problem(path=self.path, reason=reason)) from error


def _ailment(error: BaseException | None) -> tuple[Cause, str | None] | None:
    """Return what ails the file, None where the statement is at fault."""
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else AILMENTS.get(code & 0xFF)


def _make_private(path: Path) -> None:
    """Create the file for its owner alone; SQLite gives the files beside it the same rights.

    A file that is there is never opened past SQLite: closing it would take SQLite's locks away
    (sqlite.org/howtocorrupt.html, 2.2).
    """
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    if os.name == "posix" and path.stat().st_mode & 0o777 != 0o600:
        path.chmod(0o600)


def _engine(path: Path, patience: float) -> Engine:
    # Values are kept out of messages: calendars have telling names.
    engine = create_engine(
        "sqlite://", creator=lambda: _open(path, patience), poolclass=QueuePool, hide_parameters=True
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    # The driver begins nothing by itself; a transaction that will write takes its turn at once, since one
    # that grows from reading to writing can be turned away without waiting.
    exclusive = connection.get_execution_options().get(EXCLUSIVE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if exclusive else "BEGIN")


def _open(path: Path, patience: float) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=patience, isolation_level=None, check_same_thread=False)
    try:
        _switch_to_write_ahead_log(connection, patience)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _switch_to_write_ahead_log(connection: sqlite3.Connection, patience: float) -> None:
    """Switch a new file over; two processes that do so at once turn each other away without waiting."""
    deadline = time.monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return
