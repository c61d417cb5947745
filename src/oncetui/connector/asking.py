"""Having something done by whoever runs the connector, or by this process where nobody does."""

import contextlib
from collections.abc import Callable
from datetime import timedelta

from oncetui.connector.connector import POLL_SECONDS, Connector
from oncetui.model.cancellation import Cancellation
from oncetui.model.ports import Request
from oncetui.model.profile import Profile

WITHIN = timedelta(seconds=60)


class NobodyAnsweredError(Exception):
    """The running connector did not do it within the time that was given."""


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
    at once, whoever holds it does the work of all. Raises `NobodyAnsweredError` and `CancelledByUserError`.
    """
    request = profile.commands.ask(kind, profile.clock.now() + within)
    until = profile.clock.monotonic() + within.total_seconds()
    with contextlib.ExitStack() as held:
        connector: Connector | None = None
        while profile.clock.monotonic() < until:
            cancellation.raise_if_cancelled()
            if connector is None:
                connector = _taken_over(profile, held)
            if connector is not None:
                connector.step(cancellation)
            if _is_answered(profile, request) and settled():
                return
            profile.clock.wait(cancellation.event, POLL_SECONDS)
    raise NobodyAnsweredError


def _taken_over(profile: Profile, held: contextlib.ExitStack) -> Connector | None:
    lock = profile.lock.take()
    if lock is None:
        return None
    held.enter_context(lock)
    return held.enter_context(contextlib.closing(Connector(profile)))


def _is_answered(profile: Profile, request: Request) -> bool:
    return request not in profile.commands.waiting(profile.clock.now())
