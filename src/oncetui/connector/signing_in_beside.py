"""A look at the calendars by a process that doesn't keep the connection: one sign-in with the kept secret."""

import contextlib
from collections.abc import Iterator

from oncetui.connector.failing import fail
from oncetui.connector.reconnecting import NothingToReconnectError
from oncetui.connector.signing_in import attempted, journalled, kept_secret, sign_in_once
from oncetui.model.cancellation import Cancellation
from oncetui.model.ports import CalendarGateway
from oncetui.model.problem import ProblemError
from oncetui.model.profile import Profile
from oncetui.model.turns import turn_to_sign_in


@contextlib.contextmanager
def signed_in_beside(profile: Profile, cancellation: Cancellation) -> Iterator[CalendarGateway]:
    """Sign in once with the kept secret; what befalls that is noted as the connector notes it.

    Raises `ProblemError`, `NothingToReconnectError` without a connection, and `CancelledByUserError`.
    """
    settings = profile.settings.load()
    if settings is None:
        raise NothingToReconnectError
    with turn_to_sign_in(profile, cancellation):
        record = profile.connection.load()
        if record.problem is not None and record.asked_to_wait(profile.clock.now()):
            raise ProblemError(record.problem)
        secret = kept_secret(profile, settings, record)
        try:
            with journalled(profile, settings, record.generation):
                gateway = sign_in_once(profile, settings, secret, cancellation)
        except ProblemError as error:
            fail(profile, settings, error, record.generation, cancellation)
            raise
        profile.guard.accepted(attempted(settings), secret)
    with contextlib.closing(gateway), cancellation.waking(gateway.close):
        yield gateway
