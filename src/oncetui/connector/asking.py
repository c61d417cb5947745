"""Having something done by whoever runs the connector, or by this process where nobody does."""

import contextlib
from collections.abc import Callable
from datetime import timedelta

from oncetui.connector.connector import POLL_SECONDS, Connector
from oncetui.connector.holding import hanging
from oncetui.model.cancellation import Cancellation
from oncetui.model.ports import Request
from oncetui.model.problem import Problem
from oncetui.model.profile import Profile

WITHIN = timedelta(seconds=60)
HANGS_AFTER = timedelta(seconds=4)
"""How long a connector may show no sign of life while one waits; after a computer's sleep it needs 2 s."""


class NobodyAnsweredError(Exception):
    """The running connector did not do it in the time that was given; `problem` tells of one that hangs."""

    def __init__(self, problem: Problem | None = None) -> None:
        super().__init__("nobody answered" if problem is None else problem.code)
        self.problem = problem


def have_done(
    profile: Profile,
    kind: str,
    cancellation: Cancellation,
    within: timedelta = WITHIN,
    *,
    settled: Callable[[], bool] = lambda: True,
) -> None:
    """Ask the connector for something and return once it is done and `settled` says so.

    The lock is taken as soon as nobody else holds it, and given back at the end: of many processes that ask
    at once, whoever holds it does the work of all. A connector that hangs isn't waited for. Raises
    `NobodyAnsweredError` and `CancelledByUserError`.
    """
    request = profile.commands.ask(kind, profile.clock.now() + within)
    until = profile.clock.monotonic() + within.total_seconds()
    silence = _Silence(profile)
    with contextlib.ExitStack() as held:
        connector: Connector | None = None
        while profile.clock.monotonic() < until:
            cancellation.raise_if_cancelled()
            if connector is None:
                connector = _taken_over(profile, held)
            if connector is None:
                silence.raise_if_long()
            else:
                connector.step(cancellation)
            if _is_answered(profile, request) and settled():
                return
            profile.clock.wait(cancellation.event, POLL_SECONDS)
    raise NobodyAnsweredError


class _Silence:
    """Watches for how long the connector has shown no sign of life."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._since: float | None = None

    def raise_if_long(self) -> None:
        """Raise `NobodyAnsweredError` once it is clear that the connector hangs."""
        problem, now = hanging(self._profile), self._profile.clock.monotonic()
        if problem is None:
            self._since = None
        elif self._since is None:
            self._since = now
        elif now - self._since >= HANGS_AFTER.total_seconds():
            raise NobodyAnsweredError(problem)


def _taken_over(profile: Profile, held: contextlib.ExitStack) -> Connector | None:
    lock = profile.lock.take()
    if lock is None:
        return None
    held.enter_context(lock)
    return held.enter_context(contextlib.closing(Connector(profile)))


def _is_answered(profile: Profile, request: Request) -> bool:
    return request not in profile.commands.waiting(profile.clock.now())
