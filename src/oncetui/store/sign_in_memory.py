"""What was refused, for every process of a profile, and the turn to sign in."""

import hashlib
import hmac
import secrets
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, delete, insert, select, update

from oncetui.model.problem import Problem
from oncetui.model.problems.sign_in import SIGN_IN_UNANSWERED
from oncetui.model.secret import Secret
from oncetui.model.sign_in_guard import Attempted, Refusal
from oncetui.store.connection_records import generation_is_over, problem_of
from oncetui.store.connector_lock import ConnectorLockFile
from oncetui.store.database import Database
from oncetui.store.schema import refused_sign_ins

KEPT_REFUSALS = 50
_SALT_BYTES = 16
_COST = {"n": 2**14, "r": 8, "p": 5, "maxmem": 64 * 2**20}
"""scrypt as OWASP's Password Storage Cheat Sheet has it: a guess costs 16 MiB and a fifth of a second."""


class SignInMemory:
    """Keeps of a refused secret a salted scrypt hash, made and compared only where a refusal asks for it."""

    def __init__(self, database: Database, turn: ConnectorLockFile) -> None:
        self._database = database
        self._turn = turn

    def turn(self) -> AbstractContextManager[None] | None:
        """Return the held turn, None where another holds it."""
        return self._turn.take()

    def answer_to(self, attempted: Attempted, secret: Secret) -> Problem | None:
        """Return how this very sign-in was refused before, None where it is something new."""
        row = self._same(attempted, secret)
        return None if row is None else problem_of(row["problem"])

    def begin(self, attempted: Attempted, at: datetime, generation: int) -> int | None:
        """Note a sign-in before it is sent and return its number, None where the generation is over."""
        problem = SIGN_IN_UNANSWERED.problem(username=attempted.username)
        return self._kept(Refusal(attempted, at, problem), None, None, generation)

    def end(self, number: int) -> None:
        """Take away a sign-in that was begun."""
        with self._database.writing() as connection:
            _forget(connection, refused_sign_ins.c.number == number)

    def note(self, refusal: Refusal, secret: Secret | None, generation: int | None = None) -> None:
        """Remember a refusal, unless a generation is named that is over; the newest fifty are kept."""
        salt = None if secret is None else self._salt()
        fingerprint = None if secret is None or salt is None else _fingerprint(secret, salt)
        self._kept(refusal, salt, fingerprint, generation)

    def _kept(
        self, refusal: Refusal, salt: bytes | None, fingerprint: bytes | None, generation: int | None
    ) -> int | None:
        values = _names(refusal.attempted) | {
            "at": refusal.at,
            "counts": refusal.counts,
            "problem": asdict(refusal.problem),
            "salt": salt,
            "fingerprint": fingerprint,
        }
        with self._database.writing() as connection:
            if generation is not None and generation_is_over(connection, generation):
                return None
            number = connection.execute(insert(refused_sign_ins), values).inserted_primary_key
            assert number is not None
            _forget(connection, refused_sign_ins.c.number <= number[0] - KEPT_REFUSALS)
            return int(number[0])

    def refusals(self, mailbox: str) -> tuple[Refusal, ...]:
        """Return what is remembered of a mailbox, oldest first."""
        of_it = refused_sign_ins.c.mailbox == mailbox.lower()
        query = select(refused_sign_ins).where(of_it).order_by(refused_sign_ins.c.number)
        with self._database.reading() as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(
            Refusal(
                Attempted(row["mailbox"], row["host"], row["username"]),
                row["at"],
                problem_of(row["problem"]),
                row["counts"],
            )
            for row in rows
        )

    def accepted(self, attempted: Attempted, secret: Secret) -> None:
        """Note that a sign-in worked: refusals count no longer, and this one is free again."""
        if not any(one.counts for one in self.refusals(attempted.mailbox)):
            return
        same = self._same(attempted, secret)
        of_it = refused_sign_ins.c.mailbox == attempted.mailbox.lower()
        with self._database.writing() as connection:
            connection.execute(update(refused_sign_ins).where(of_it).values(counts=False))
            if same is not None:
                _forget(connection, refused_sign_ins.c.number == same["number"])

    def _same(self, attempted: Attempted, secret: Secret) -> RowMapping | None:
        where = and_(*(refused_sign_ins.c[name] == text for name, text in _names(attempted).items()))
        query = select(refused_sign_ins).where(where, refused_sign_ins.c.fingerprint.is_not(None))
        with self._database.reading() as connection:
            newest_first = query.order_by(refused_sign_ins.c.number.desc())
            rows = connection.execute(newest_first).mappings().all()
        made = {salt: _fingerprint(secret, salt) for salt in {row["salt"] for row in rows}}
        return next((row for row in rows if hmac.compare_digest(made[row["salt"]], row["fingerprint"])), None)

    def _salt(self) -> bytes:
        """Return the salt of this store, so that many refusals are compared by one hash."""
        salts = select(refused_sign_ins.c.salt).where(refused_sign_ins.c.salt.is_not(None)).limit(1)
        with self._database.reading() as connection:
            return connection.scalar(salts) or secrets.token_bytes(_SALT_BYTES)


def _fingerprint(secret: Secret, salt: bytes) -> bytes:
    return hashlib.scrypt(secret.reveal().encode(), salt=salt, **_COST)


def _names(attempted: Attempted) -> dict[str, Any]:
    return {name: text.lower() for name, text in asdict(attempted).items()}


def _forget(connection: Connection, which: ColumnElement[bool]) -> None:
    connection.execute(delete(refused_sign_ins).where(which))
