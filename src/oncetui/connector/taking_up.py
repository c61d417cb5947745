"""What a connector does first: it takes up what was put right where the password comes from."""

import contextlib

from oncetui.connector.reconnecting import NothingToReconnectError, reconnect
from oncetui.connector.signing_in import attempted
from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import ConnectionSettings, KeptIn
from oncetui.model.problem import ProblemError
from oncetui.model.problems.local import PASSPHRASE_WRONG, SECRET_COMMAND_FAILED, SECRET_UNREADABLE
from oncetui.model.profile import Profile
from oncetui.model.state import ConnectionRecord, State

_OF_THE_PLACE = (SECRET_COMMAND_FAILED.code, SECRET_UNREADABLE.code)


def take_up_changed_secret(profile: Profile, cancellation: Cancellation) -> None:
    """Sign in once with a password of a command or of systemd that wasn't refused before.

    A person changed it there and started the connector: that is their Reconnect. So is the right passphrase
    after a wrong one. Nothing is sent where the
    connection failed for another reason. Raises `CancelledByUserError`.
    """
    record = profile.connection.load()
    # What can't be read, or doesn't work, leaves the state as it is: it tells what is to be done.
    with contextlib.suppress(ProblemError, NothingToReconnectError):
        settings = profile.settings.load()
        if settings is None or not _waits_for_a_secret(settings, record):
            return
        secret = profile.secret_places.place(settings.kept_in).load()
        if profile.guard.answer_to(attempted(settings), secret) is None:
            reconnect(profile, cancellation=cancellation)


def _waits_for_a_secret(settings: ConnectionSettings, record: ConnectionRecord) -> bool:
    if record.state is not State.FAILED_USER:
        return False
    if settings.kept_in is KeptIn.PASSPHRASE:
        return record.problem is not None and record.problem.code in (PASSPHRASE_WRONG.code, *_OF_THE_PLACE)
    if not settings.kept_in.filled_elsewhere:
        return False
    if record.refused_version == settings.secret_version:
        return True
    return record.problem is not None and record.problem.code in _OF_THE_PLACE
