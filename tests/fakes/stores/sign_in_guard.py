"""The memory of refused sign-ins, in memory."""

import threading
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime

from oncetui.model.problem import Problem
from oncetui.model.problems.sign_in import SIGN_IN_UNANSWERED
from oncetui.model.secret import Secret
from oncetui.model.sign_in_guard import Attempted, Refusal
from tests.fakes.stores.connection import InMemoryConnection


class InMemoryGuard:
    """What was refused, with the secrets themselves: nobody else gets at a test's memory."""

    def __init__(self, connection: "InMemoryConnection") -> None:
        self._connection = connection
        self._turn = threading.Lock()
        self._kept: list[tuple[Refusal, Secret | None]] = []
        self._begun: list[Refusal] = []

    def turn(self) -> AbstractContextManager[None] | None:
        return _Released(self._turn) if self._turn.acquire(blocking=False) else None

    def answer_to(self, attempted: Attempted, secret: Secret) -> Problem | None:
        same = [
            one.problem
            for one, kept in self._kept
            if _lowered(one.attempted) == _lowered(attempted) and kept == secret
        ]
        return same[-1] if same else None

    def begin(self, attempted: Attempted, at: datetime, generation: int) -> int | None:
        if generation != self._connection.load().generation:
            return None
        problem = SIGN_IN_UNANSWERED.problem(username=attempted.username)
        self._begun.append(Refusal(_lowered(attempted), at, problem))
        self._kept.append((self._begun[-1], None))
        return len(self._begun) - 1

    def end(self, number: int) -> None:
        self._kept = [pair for pair in self._kept if pair[0] is not self._begun[number]]

    def note(self, refusal: Refusal, secret: Secret | None, generation: int | None = None) -> None:
        if generation is not None and generation != self._connection.load().generation:
            return
        self._kept.append((replace(refusal, attempted=_lowered(refusal.attempted)), secret))

    def refusals(self, mailbox: str) -> tuple[Refusal, ...]:
        return tuple(one for one, _ in self._kept if one.attempted.mailbox == mailbox.lower())

    def accepted(self, attempted: Attempted, secret: Secret) -> None:
        left = [
            (one, kept)
            for one, kept in self._kept
            if not (one.counts and one.attempted == _lowered(attempted) and kept == secret)
        ]
        mine = attempted.mailbox.lower()
        self._kept = [
            (replace(one, counts=one.counts and one.attempted.mailbox != mine), kept) for one, kept in left
        ]

    def forget(self) -> None:
        """Forget everything, as erasing does."""
        self._kept.clear()


class _Released(AbstractContextManager[None]):
    def __init__(self, lock: threading.Lock) -> None:
        self._lock = lock

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def _lowered(attempted: Attempted) -> Attempted:
    return Attempted(attempted.mailbox.lower(), attempted.host.lower(), attempted.username.lower())
