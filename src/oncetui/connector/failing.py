"""What a fault of the connector's work comes to, down to the record after it."""

from oncetui.connector.known_places import as_known
from oncetui.connector.noting import RefusalHeard, note_fault, note_refused
from oncetui.connector.signing_in import after_a_refusal, remember_refusal
from oncetui.model.bridged_sign_in import as_bridged
from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import ConnectionSettings
from oncetui.model.password_expiry import as_expired
from oncetui.model.problem import ProblemError
from oncetui.model.problems.sign_in import PASSWORD_CHANGED
from oncetui.model.profile import Profile
from oncetui.model.state import ConnectionRecord


def fail(
    profile: Profile,
    settings: ConnectionSettings,
    error: ProblemError,
    generation: int,
    cancellation: Cancellation,
    *,
    heard: RefusalHeard | None = None,
    doubted: bool = False,
) -> ConnectionRecord:
    """Find out what a fault means and note it.

    `heard` may have noted a refusal that proved to be none; `doubted` says that the sign-in was in doubt
    before.
    """
    version = settings.secret_version
    if error.secret_refused:
        # Before the question what it means: a process that dies meanwhile has still seen it refused.
        note_refused(profile, version)
    told = after_a_refusal(profile, settings, error, cancellation, doubted=doubted)
    if error.secret_refused and not told.secret_refused:
        note_refused(profile, version, refused=False)
    elif heard is not None and not told.secret_refused:
        heard.take_back()
    record, now = profile.connection.load(), profile.clock.now()
    told = as_expired(as_bridged(told, record, now), record, now)
    remember_refusal(profile, settings, told, generation=generation)
    return note_fault(profile, version, as_known(told))


def take_over_refusal(profile: Profile, record: ConnectionRecord) -> ConnectionRecord:
    """Fail for a secret that a check has seen refused, without sending it once more."""
    refusal = ProblemError(PASSWORD_CHANGED.problem(), secret_refused=True)
    return note_fault(profile, record.secret_version, refusal)
