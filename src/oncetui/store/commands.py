"""How processes speak to the running connector, and how it shows that it lives."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select

from oncetui.model.connection import SyncMode
from oncetui.model.ports import Clock, Request
from oncetui.model.status import Heartbeat
from oncetui.model.sync import SyncInEffect
from oncetui.store.database import Database
from oncetui.store.processes import start_of_process
from oncetui.store.schema import commands, heartbeats

ONLY = 1
SEEN_WITHIN = timedelta(seconds=10)
"""How old a heartbeat may be; the connector beats every two seconds."""


class Commands:
    """Keeps expiring requests and one heartbeat."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        process_start: Callable[[int], str | None] = start_of_process,
    ) -> None:
        self._database = database
        self._clock = clock
        self._process_start = process_start

    def ask(self, kind: str, expires: datetime) -> Request:
        """Ask the running connector for something; the request lapses at that time.

        Requests that nobody answered in their time are taken away by the next one.
        """
        with self._database.writing() as connection:
            connection.execute(delete(commands).where(commands.c.expires <= self._clock.now()))
            number = connection.execute(
                insert(commands).values(kind=kind, expires=expires).returning(commands.c.number)
            ).scalar_one()
        return Request(number, kind)

    def waiting(self, now: datetime) -> tuple[Request, ...]:
        """Return the requests that are neither answered nor lapsed, oldest first."""
        asked = select(commands.c.number, commands.c.kind).where(commands.c.expires > now)
        with self._database.reading() as connection:
            rows = connection.execute(asked.order_by(commands.c.number)).all()
        return tuple(Request(number, kind) for number, kind in rows)

    def answered(self, requests: Iterable[Request]) -> None:
        """Take requests away once what they asked for is done."""
        numbers = [request.number for request in requests]
        if numbers:
            with self._database.writing() as connection:
                connection.execute(delete(commands).where(commands.c.number.in_(numbers)))

    def beat(self, heartbeat: Heartbeat) -> None:
        """Show that the connector is alive."""
        started_at = self._process_start(heartbeat.pid)
        with self._database.writing() as connection:
            connection.execute(delete(heartbeats))
            row = {"only": ONLY, "process_start": started_at, **asdict(heartbeat)}
            connection.execute(insert(heartbeats), row)

    def stopped(self) -> None:
        """Take the heartbeat away."""
        with self._database.writing() as connection:
            connection.execute(delete(heartbeats))

    def heartbeat(self) -> Heartbeat | None:
        """Return the heartbeat of a connector whose process lives and was seen in the last 10 s."""
        last = self._of_living_process()
        return last if last is not None and self._is_recent(last) else None

    def silent(self) -> Heartbeat | None:
        """Return the heartbeat of a connector whose process lives and was not seen in the last 10 s."""
        last = self._of_living_process()
        return None if last is None or self._is_recent(last) else last

    def _is_recent(self, heartbeat: Heartbeat) -> bool:
        return timedelta(0) <= self._clock.now() - heartbeat.seen <= SEEN_WITHIN

    def _of_living_process(self) -> Heartbeat | None:
        kept = heartbeats.c
        with self._database.reading() as connection:
            columns = (kept.pid, kept.started, kept.seen, kept.sync, kept.process_start)
            row = connection.execute(select(*columns)).first()
        if row is None:
            return None
        pid, started, seen, sync, process_start = row
        last = Heartbeat(pid, started, seen, None if sync is None else _sync_of(sync))
        return last if self._process_start(last.pid) == process_start is not None else None


def _sync_of(kept: dict[str, Any]) -> SyncInEffect:
    return SyncInEffect(**kept | {"mode": SyncMode(kept["mode"])})
