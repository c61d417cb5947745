"""The kept state of the connection, its log, and the attempt under way."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from oncetui.model.ports import StateChange
from oncetui.model.problem import Problem, Who
from oncetui.model.schedule import ATTEMPT_AT_MOST
from oncetui.model.state import ConnectionRecord, State
from oncetui.model.way_taken import WayTaken
from oncetui.store.database import Database
from oncetui.store.schema import attempts, connection_records, state_changes

ONLY = 1
KEPT_CHANGES = 500
"""Lines of the log that are kept; the console shows a screenful."""


class ConnectionRecords:
    """Keeps the one record of the profile's connection."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self) -> ConnectionRecord:
        """Return the record; a new profile is not-connected."""
        with self._database.reading() as connection:
            return _load(connection)

    def change(
        self, advance: Callable[[ConnectionRecord], ConnectionRecord], sentence: str = ""
    ) -> ConnectionRecord:
        """Read, change and write the record in one exclusive transaction, and return it."""
        with self._database.writing() as connection:
            before = _load(connection)
            after = advance(before)
            if after != before:
                keep_record(connection, after)
            if after.state is not before.state:
                _note_change(connection, StateChange(after.since, str(after.state), sentence))
            return after

    def history(self, limit: int = 20) -> tuple[StateChange, ...]:
        """Return the newest state changes, newest first."""
        lines = select(state_changes.c.at, state_changes.c.state, state_changes.c.sentence)
        with self._database.reading() as connection:
            rows = connection.execute(lines.order_by(state_changes.c.number.desc()).limit(limit))
            return tuple(StateChange(*row) for row in rows)

    def begin_attempt(self, deadline: datetime) -> None:
        """Show that a sign-in is under way until it ends or the deadline passes."""
        with self._database.writing() as connection:
            connection.execute(delete(attempts))
            connection.execute(insert(attempts).values(only=ONLY, deadline=deadline))

    def end_attempt(self) -> None:
        """Take the attempt away."""
        with self._database.writing() as connection:
            connection.execute(delete(attempts))

    def attempting(self, now: datetime) -> bool:
        """Tell whether a sign-in is under way."""
        with self._database.reading() as connection:
            deadline = connection.scalar(select(attempts.c.deadline))
        # One further ahead than any is given was left behind by a clock that was put back.
        return deadline is not None and now < deadline <= now + ATTEMPT_AT_MOST

    def version(self) -> int:
        """Return a number that changes with every write of any process; no table is read."""
        return self._database.version()


def keep_record(connection: Connection, record: ConnectionRecord) -> None:
    """Put the record in the place of the one that is kept."""
    values = {column.name: getattr(record, column.name, None) for column in connection_records.columns}
    problem = None if record.problem is None else asdict(record.problem)
    connection.execute(delete(connection_records))
    kept_apart = {"only": ONLY, "problem": problem, "way": asdict(record.way)}
    connection.execute(insert(connection_records), values | kept_apart)


def generation_is_over(connection: Connection, generation: int) -> bool:
    """Tell, inside a transaction, whether a write that belongs to the generation comes too late."""
    return connection.scalar(select(connection_records.c.generation)) != generation


def _load(connection: Connection) -> ConnectionRecord:
    row = dict(connection.execute(select(connection_records)).mappings().one())
    row.pop("only")
    record = ConnectionRecord(**row)
    problem = None if row["problem"] is None else problem_of(row["problem"])
    way = WayTaken(**(row["way"] or {}))
    return replace(record, state=State(record.state), problem=problem, way=way)


def problem_of(kept: Mapping[str, Any]) -> Problem:
    """Return a problem from the values that are kept of it."""
    pairs = tuple((name, value) for name, value in kept["evidence"])
    changed = {"who": Who(kept["who"]), "fields": tuple(kept["fields"]), "evidence": pairs}
    return Problem(**{**kept, **changed})


def _note_change(connection: Connection, change: StateChange) -> None:
    number = connection.execute(insert(state_changes).values(asdict(change))).inserted_primary_key
    assert number is not None
    connection.execute(delete(state_changes).where(state_changes.c.number <= number[0] - KEPT_CHANGES))
