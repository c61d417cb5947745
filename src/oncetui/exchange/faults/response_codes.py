"""Response codes of Exchange Web Services (MS-OXWSCDATA 2.2.5.24) and the causes that they stand for."""

import re

from oncetui.exchange.faults.answers import FIRST_PAUSE
from oncetui.exchange.faults.circumstances import Circumstances
from oncetui.model.problem import Cause, ProblemError
from oncetui.model.problems import exchange, policy, sign_in
from oncetui.model.problems.unknown import UNKNOWN

_CODE = re.compile(r"Error[A-Za-z0-9]{1,100}", re.ASCII)
_CODES: tuple[tuple[Cause, tuple[str, ...]], ...] = (
    (
        exchange.MAILBOX_UNKNOWN,
        (
            "ErrorNonExistentMailbox",
            "ErrorMissingEmailAddress",
            "ErrorInvalidSmtpAddress",
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
            "ErrorNotEnoughMemory",
            "ErrorBatchProcessingStopped",
        ),
    ),
    (
        exchange.MAILBOX_ON_ANOTHER_SERVER,
        (
            "ErrorCrossSiteRequest",
            "ErrorProxyRequestNotAllowed",
            "ErrorProxyRequestProcessingFailed",
            "ErrorProxyCallFailed",
            "ErrorProxyServiceDiscoveryFailed",
            "ErrorNoRespondingCASInDestinationSite",
            "ErrorNoDestinationCASDueToVersionMismatch",
            "ErrorWrongServerVersion",
            "ErrorWrongServerVersionDelegate",
        ),
    ),
    (exchange.ALIAS_USED, ("ErrorNonPrimarySmtpAddress",)),
    (
        exchange.SCHEMA_REFUSED,
        (
            "ErrorInvalidServerVersion",
            "ErrorIncorrectSchemaVersion",
            "ErrorInvalidSchemaVersionForMailboxVersion",
        ),
    ),
    (
        exchange.CHANGES_LOST,
        (
            "ErrorSubscriptionNotFound",
            "ErrorSubscriptionUnsubscribed",
            "ErrorExceededSubscriptionCount",
            "ErrorExpiredSubscription",
            "ErrorInvalidSubscription",
            "ErrorInvalidWatermark",
            "ErrorInvalidSyncStateData",
            "ErrorSyncStateNotFound",
        ),
    ),
    (
        exchange.FREE_BUSY_REFUSED,
        (
            "ErrorNoFreeBusyAccess",
            "ErrorFreeBusyGenerationFailed",
            "ErrorMailRecipientNotFound",
            "ErrorFreeBusyDLLimitReached",
        ),
    ),
    (
        exchange.TOO_MUCH_AT_ONCE,
        ("ErrorCalendarViewRangeTooBig", "ErrorResultSetTooBig", "ErrorTimeIntervalTooBig"),
    ),
    (
        exchange.THROTTLED,
        (
            "ErrorServerBusy",
            "ErrorExceededConnectionCount",
            "ErrorExceededFindCountLimit",
            "ErrorTooManyObjectsOpened",
        ),
    ),
    (exchange.MAILBOX_FULL, ("ErrorQuotaExceeded",)),
    (exchange.MAILBOX_UNLICENSED, ("ErrorInvalidLicense",)),
    (
        exchange.ACCOUNT_NOT_ACCEPTED,
        ("ErrorCallerIsInvalidADAccount", "ErrorMailboxLogonFailed", "ErrorInvalidAuthorizationContext"),
    ),
    (sign_in.PASSWORD_EXPIRED, ("ErrorPasswordExpired", "ErrorPasswordChangeRequired")),
    (sign_in.ACCOUNT_DISABLED, ("ErrorAccountDisabled",)),
    (policy.EWS_SWITCHED_OFF, ("ErrorEWSNotEnabled",)),
    (policy.PROGRAM_NOT_ALLOWED, ("ErrorExchangeApplicationNotAllowed",)),
)
_CAUSES = {code: cause for cause, codes in _CODES for code in codes}
_OF_ONE_CALENDAR = (exchange.MAILBOX_DENIED, exchange.MAILBOX_UNKNOWN, exchange.ACCOUNT_NOT_ACCEPTED)


def problem_of_code(code: str, back_off: float | None, at: Circumstances) -> ProblemError:
    """Return the problem that a response code is; `back_off` is the server's wait in seconds."""
    cause = _CAUSES.get(code)
    if cause is None:
        told = code if _CODE.fullmatch(code) else "a response code that is none"
        return ProblemError(UNKNOWN.problem(signal=told, host=at.host, response_code=told))
    if at.calendar is not None and cause in _OF_ONE_CALENDAR:
        cause = exchange.CALENDAR_MISSING
    wait = back_off if back_off is not None or cause is not exchange.THROTTLED else FIRST_PAUSE
    problem = cause.problem(
        host=at.host,
        mailbox=at.mailbox,
        username=at.username,
        calendar=at.calendar,
        response_code=code,
        seconds=None if wait is None else round(wait),
    )
    return ProblemError(problem, retry_after=wait)
