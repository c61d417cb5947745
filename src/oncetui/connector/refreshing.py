"""A check now, by whoever runs the connector, or by this process where nobody does."""

from datetime import timedelta

from oncetui.connector.connector import POLL_SECONDS, REFRESH, Connector
from oncetui.model.cancellation import Cancellation
from oncetui.model.ports import Request
from oncetui.model.profile import Profile
from oncetui.model.state import ConnectionRecord

WITHIN = timedelta(seconds=60)


class NobodyAnsweredError(Exception):
    """The running connector did not check within the time that was given."""


def refresh(profile: Profile, cancellation: Cancellation, within: timedelta = WITHIN) -> ConnectionRecord:
    """Check now and return the record after it; a first fault is waited out until it is decided.

    Nothing is sent where a person must act, or while the server asked to be left alone. Raises
    `NobodyAnsweredError` and `CancelledByUserError`.
    """
    before = profile.connection.load()
    if not before.may_sign_in or before.asked_to_wait(profile.clock.now()):
        return before
    request = profile.commands.ask(REFRESH, profile.clock.now() + within)
    held = profile.lock.take()
    if held is None:
        return _awaited(profile, request, None, cancellation, within)
    with held:
        connector = Connector(profile)
        try:
            return _awaited(profile, request, connector, cancellation, within)
        finally:
            connector.close()


def _awaited(
    profile: Profile,
    request: Request,
    connector: Connector | None,
    cancellation: Cancellation,
    within: timedelta,
) -> ConnectionRecord:
    until = profile.clock.monotonic() + within.total_seconds()
    while profile.clock.monotonic() < until:
        cancellation.raise_if_cancelled()
        if connector is not None:
            connector.step(cancellation)
        if request not in profile.commands.waiting(profile.clock.now()):
            record = profile.connection.load()
            if record.wobble is None:
                return record
        profile.clock.wait(cancellation.event, POLL_SECONDS)
    raise NobodyAnsweredError
