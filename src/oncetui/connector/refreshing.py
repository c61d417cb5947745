"""A check now, by whoever runs the connector, or by this process where nobody does."""

from datetime import timedelta

from oncetui.connector.asking import WITHIN, have_done
from oncetui.connector.connector import REFRESH
from oncetui.connector.deciding import refused_elsewhere
from oncetui.model.cancellation import Cancellation
from oncetui.model.profile import Profile
from oncetui.model.state import ConnectionRecord


def refresh(profile: Profile, cancellation: Cancellation, within: timedelta = WITHIN) -> ConnectionRecord:
    """Check now and return the record after it; a first fault is waited out until it is decided.

    Nothing is sent where a person must act, or while the server asked to be left alone. Raises
    `NobodyAnsweredError` and `CancelledByUserError`.
    """
    before = profile.connection.load()
    # A refusal that is known and not yet decided on is about to change the state: it is waited for.
    at_rest = not before.may_sign_in and not refused_elsewhere(before)
    if at_rest or before.asked_to_wait(profile.clock.now()):
        return before
    have_done(profile, REFRESH, cancellation, within, settled=lambda: _is_decided(profile))
    return profile.connection.load()


def _is_decided(profile: Profile) -> bool:
    record = profile.connection.load()
    return record.wobble is None and not refused_elsewhere(record)
