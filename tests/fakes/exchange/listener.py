"""Somebody who listens to calendars in memory, and hears what a test tells."""

import threading
from collections.abc import Callable

from oncetui.model.cancellation import CancelledByUserError
from oncetui.model.problem import ProblemError
from tests.fakes.exchange.gate import PATIENCE


class Listener:
    """Somebody who listens to some calendars until the test or a cancellation ends it."""

    def __init__(self, keys: frozenset[str], heard: Callable[[frozenset[str]], None]) -> None:
        self._keys = keys
        self._heard = heard
        self._over = threading.Event()
        self._problem: ProblemError | None = None

    def tell(self, key: str) -> None:
        if key in self._keys:
            self._heard(frozenset({key}))

    def beat(self) -> None:
        """Give a sign of life."""
        self._heard(frozenset())

    def end(self, problem: ProblemError | None = None) -> None:
        self._problem = problem
        self._over.set()

    def listen(self) -> None:
        if not self._over.wait(PATIENCE):
            raise AssertionError("nobody ended the listening")
        if self._problem is not None:
            raise self._problem
        raise CancelledByUserError
