"""Response codes of Exchange Web Services (MS-OXWSCDATA 2.2.5.24) and the causes that they stand for."""

from oncetui.exchange.faults.circumstances import Circumstances
from oncetui.model.problem import Cause, ProblemError
from oncetui.model.problems import exchange, policy, sign_in
from oncetui.model.problems.unknown import UNKNOWN

_CODES: tuple[tuple[Cause, tuple[str, ...]], ...] = (
    (
        exchange.MAILBOX_UNKNOWN,
        (
            "ErrorNonExistentMailbox",
            "ErrorMissingEmailAddress",
            "ErrorInvalidSmtpAddress",
            "ErrorNonPrimarySmtpAddress",
            "ErrorCannotFindUser",
            "ErrorNameResolutionNoMailbox",
            "ErrorNameResolutionNoResults",
        ),
    ),
    (
        exchange.MAILBOX_DENIED,
        (
            "ErrorAccessDenied",
            "ErrorImpersonateUserDenied",
            "ErrorImpersonationDenied",
            "ErrorImpersonationFailed",
            "ErrorCallerIsInvalidADAccount",
            "ErrorMailboxLogonFailed",
        ),
    ),
    (
        exchange.CALENDAR_MISSING,
        (
            "ErrorFolderNotFound",
            "ErrorItemNotFound",
            "ErrorNoCalendar",
            "ErrorCalendarFolderIsInvalidForCalendarView",
            "ErrorParentFolderNotFound",
            "ErrorSyncFolderNotFound",
        ),
    ),
    (exchange.CALENDAR_READ_ONLY, ("ErrorCreateItemAccessDenied",)),
    (
        exchange.TEMPORARILY_UNAVAILABLE,
        (
            "ErrorMailboxMoveInProgress",
            "ErrorMailboxStoreUnavailable",
            "ErrorMailboxFailover",
            "ErrorConnectionFailed",
            "ErrorInternalServerTransientError",
            "ErrorInternalServerError",
            "ErrorADUnavailable",
            "ErrorADOperation",
            "ErrorInsufficientResources",
            "ErrorTimeoutExpired",
            "ErrorCrossSiteRequest",
            "ErrorProxyRequestNotAllowed",
            "ErrorProxyRequestProcessingFailed",
            "ErrorProxyCallFailed",
            "ErrorNoRespondingCASInDestinationSite",
            "ErrorNoDestinationCASDueToVersionMismatch",
            "ErrorNotEnoughMemory",
            "ErrorSubscriptionNotFound",
        ),
    ),
    (
        exchange.THROTTLED,
        (
            "ErrorServerBusy",
            "ErrorExceededConnectionCount",
            "ErrorExceededSubscriptionCount",
            "ErrorExceededFindCountLimit",
            "ErrorTooManyObjectsOpened",
        ),
    ),
    (exchange.QUOTA_OR_LICENCE, ("ErrorQuotaExceeded", "ErrorInvalidLicense")),
    (sign_in.PASSWORD_EXPIRED, ("ErrorPasswordExpired", "ErrorPasswordChangeRequired")),
    (sign_in.ACCOUNT_DISABLED, ("ErrorAccountDisabled",)),
    (policy.EWS_SWITCHED_OFF, ("ErrorEWSNotEnabled", "ErrorExchangeApplicationNotAllowed")),
)
_CAUSES = {code: cause for cause, codes in _CODES for code in codes}
_OF_ONE_CALENDAR = (exchange.MAILBOX_DENIED, exchange.MAILBOX_UNKNOWN)
FIRST_PAUSE = 10.0


def problem_of_code(code: str, back_off: float | None, at: Circumstances) -> ProblemError:
    """Return the problem that a response code is; `back_off` is the server's wait in seconds."""
    cause = _CAUSES.get(code)
    if cause is None:
        return ProblemError(UNKNOWN.problem(signal=code, host=at.host, response_code=code))
    if at.calendar is not None and cause in _OF_ONE_CALENDAR:
        cause = exchange.CALENDAR_MISSING
    wait = back_off if back_off is not None or cause is not exchange.THROTTLED else FIRST_PAUSE
    problem = cause.problem(
        host=at.host,
        mailbox=at.mailbox,
        username=at.username,
        calendar=at.calendar,
        response_code=code,
        reason=f"Exchange answers {code}." if cause is policy.EWS_SWITCHED_OFF else None,
        seconds=None if wait is None else round(wait),
    )
    return ProblemError(problem, retry_after=wait)
