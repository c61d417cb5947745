"""What the connector does next, read off the kept state."""

from enum import StrEnum

from oncetui.model.problems.sign_in import NO_SCHEME
from oncetui.model.state import ConnectionRecord, State


class Work(StrEnum):
    """What a state asks for once it is due."""

    NOTHING = "nothing"
    CHECK = "check"
    REACH_THEN_CHECK = "reach, then check"
    PROBE_THEN_CHECK = "probe, then check"


def work_for(record: ConnectionRecord) -> Work:
    """Return what the state asks for; what asks for nothing keeps no connection open either.

    While interrupted a server is reached without credentials before the secret goes to it. Where the
    sign-in itself was in doubt it also has to name its schemes first, so that no account is locked by
    repeated attempts at a server that turns everything down.
    """
    if not record.may_sign_in:
        return Work.NOTHING
    if record.state is State.CONNECTED:
        return Work.CHECK if record.wobble is None else Work.PROBE_THEN_CHECK
    if record.state is State.FAILED_IT:
        return Work.PROBE_THEN_CHECK
    in_doubt = record.problem is not None and record.problem.code == NO_SCHEME.code
    return Work.PROBE_THEN_CHECK if in_doubt else Work.REACH_THEN_CHECK


def refused_elsewhere(record: ConnectionRecord) -> bool:
    """Tell whether a check saw the kept secret refused while the state still says otherwise."""
    kept = record.state in (State.CONNECTED, State.INTERRUPTED)
    return kept and record.secret_version is not None and record.secret_version == record.refused_version
