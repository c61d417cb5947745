"""Refused sign-ins for which the password is not to blame: something on the way swapped the certificate."""

from datetime import datetime, timedelta

from oncetui.model.problem import ProblemError
from oncetui.model.problems.certificates import TLS_INSPECTION
from oncetui.model.problems.sign_in import (
    EXTENDED_PROTECTION,
    PASSWORD_CHANGED,
    PASSWORD_REFUSED,
    USER_NAME_FORM,
)
from oncetui.model.state import ConnectionRecord

RENEWAL_IS_NO_REASON_FOR = timedelta(days=1)
_SWAPPED = (EXTENDED_PROTECTION.code, TLS_INSPECTION.code)
_REFUSALS = (PASSWORD_CHANGED.code, PASSWORD_REFUSED.code, USER_NAME_FORM.code)


def as_bridged(error: ProblemError, record: ConnectionRecord, now: datetime) -> ProblemError:
    """Tell a refusal as Extended Protection's where the certificate isn't that of the last success.

    A sign-in by NTLM is bound to the certificate that this computer sees; Exchange compares it with its own
    (`diagnosis` 46). One that was renewed looks the same, hence only a success of the past day counts, or a
    connection that has failed for it already. The secret stays refused: it may be wrong all the same.
    """
    seen, known = dict(error.problem.evidence).get("sha256"), record.way.certificate
    if error.problem.code not in _REFUSALS or None in {seen, known} or seen == known:
        return error
    if not _lately(record, now):
        return error
    told = dict(error.problem.evidence) | {"sha256_before": known}
    problem = EXTENDED_PROTECTION.problem(**told)
    return ProblemError(problem, retry_after=error.retry_after, secret_refused=error.secret_refused)


def _lately(record: ConnectionRecord, now: datetime) -> bool:
    if record.problem is not None and record.problem.code in _SWAPPED:
        return True
    succeeded = record.last_success
    return succeeded is not None and timedelta(0) <= now - succeeded <= RENEWAL_IS_NO_REASON_FOR
