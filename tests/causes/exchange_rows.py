"""What Exchange and its Autodiscover answer."""

from oncetui.exchange.listening import Patience
from oncetui.model.cancellation import Cancellation
from oncetui.model.problem import Problem
from tests.causes.producing import IT, RETRY, USER, Autodiscover, Code, SignedIn, status_alone
from tests.causes.row import Row, Stage, caught
from tests.exchange.site import HORIZON


def _shared_denied(stage: Stage) -> Problem:
    gateway = stage.gateway()
    try:
        return caught(lambda: gateway.calendars(["nobody@contoso.example"]))
    finally:
        gateway.close()


def _changes_lost(stage: Stage) -> Problem:
    gateway = stage.gateway()
    calendar = gateway.calendars()[0]
    stage.play("ews-error", code="ErrorSubscriptionNotFound")
    try:
        return caught(lambda: gateway.changes(calendar, None, HORIZON))
    finally:
        gateway.close()


class Listened:
    """Listen to the calendars of a server that has a fault."""

    def __init__(self, fault: str, **values: object) -> None:
        self._fault, self._values = fault, values

    def __call__(self, stage: Stage) -> Problem:
        gateway = stage.gateway(patience=Patience(first=0.3))
        stage.play(self._fault, operation="GetStreamingEvents", **self._values)
        try:
            return caught(lambda: gateway.watch(gateway.calendars(), lambda _: None, Cancellation()))
        finally:
            gateway.close()


EXCHANGE_ROWS = (
    Row(
        "66",
        "mailbox-unknown",
        USER,
        "ErrorNonExistentMailbox",
        "Check the email",
        SignedIn("ews-error", code="ErrorNonExistentMailbox"),
    ),
    Row(
        "66",
        "mailbox-unknown",
        USER,
        "ErrorMissingEmailAddress",
        "Check the email",
        SignedIn("ews-error", code="ErrorMissingEmailAddress"),
    ),
    Row(
        "67",
        "alias-used",
        USER,
        "ErrorNonPrimarySmtpAddress",
        "Enter the main address",
        SignedIn("ews-error", code="ErrorNonPrimarySmtpAddress"),
    ),
    Row(
        "68",
        "mailbox-denied",
        IT,
        "ErrorAccessDenied",
        "Ask IT",
        SignedIn("ews-error", code="ErrorAccessDenied"),
    ),
    Row(
        "68",
        "mailbox-denied",
        IT,
        "ErrorImpersonateUserDenied",
        "Ask IT",
        SignedIn("ews-error", code="ErrorImpersonateUserDenied"),
    ),
    Row(
        "69",
        "calendar-missing",
        USER,
        "ErrorFolderNotFound",
        "Choose the calendars",
        Code("ErrorFolderNotFound"),
    ),
    Row(
        "69", "calendar-missing", USER, "a calendar that isn't shared", "Choose the calendars", _shared_denied
    ),
    Row(
        "70",
        "calendar-read-only",
        USER,
        "ErrorCreateItemAccessDenied",
        "Choose another main",
        Code("ErrorCreateItemAccessDenied"),
    ),
    Row(
        "71",
        "mailbox-unavailable",
        RETRY,
        "a mailbox that is being moved",
        "Wait",
        SignedIn("moving-mailbox"),
    ),
    Row("71", "mailbox-unavailable", RETRY, "a database that is down", "Wait", SignedIn("store-down")),
    Row("71", "mailbox-unavailable", RETRY, "a directory that is down", "Wait", Code("ErrorADUnavailable")),
    Row(
        "72",
        "mailbox-on-another-server",
        RETRY,
        "ErrorCrossSiteRequest",
        "Wait",
        Code("ErrorCrossSiteRequest"),
    ),
    Row(
        "73",
        "schema-refused",
        IT,
        "ErrorInvalidServerVersion for every version",
        "Ask IT",
        SignedIn("ews-error", code="ErrorInvalidServerVersion", form="fault"),
    ),
    Row("74", "throttled", RETRY, "ErrorServerBusy", "Wait", SignedIn("server-busy")),
    Row("74", "throttled", RETRY, "429", "Wait", status_alone(429)),
    Row(
        "74",
        "throttled",
        RETRY,
        "503 of Exchange with Retry-After",
        "Wait",
        SignedIn("unavailable", retry_after=90),
    ),
    Row("75", "changes-lost", RETRY, "ErrorSubscriptionNotFound", "Wait", _changes_lost),
    Row(
        "75",
        "real-time-refused",
        RETRY,
        "a stream is answered with ErrorInvalidRequest",
        "Nothing",
        Listened("ews-error", code="ErrorInvalidRequest"),
    ),
    Row(
        "75",
        "real-time-limited",
        RETRY,
        "ErrorExceededConnectionCount",
        "Nothing",
        Listened("ews-error", code="ErrorExceededConnectionCount"),
    ),
    Row("75", "real-time-silent", RETRY, "a stream is held back", "Nothing", Listened("no-answer")),
    Row(
        "76",
        "free-busy-refused",
        USER,
        "ErrorNoFreeBusyAccess",
        "Ask its owner",
        Code("ErrorNoFreeBusyAccess"),
    ),
    Row(
        "77",
        "too-much-at-once",
        RETRY,
        "ErrorCalendarViewRangeTooBig",
        "Wait",
        Code("ErrorCalendarViewRangeTooBig"),
    ),
    Row("77", "mailbox-full", USER, "ErrorQuotaExceeded", "Delete something", Code("ErrorQuotaExceeded")),
    Row("77", "mailbox-unlicensed", IT, "ErrorInvalidLicense", "Ask IT", Code("ErrorInvalidLicense")),
    Row(
        "78",
        "account-not-accepted",
        IT,
        "ErrorCallerIsInvalidADAccount",
        "Ask IT",
        SignedIn("ews-error", code="ErrorCallerIsInvalidADAccount"),
    ),
)

AUTODISCOVER_ROWS = (
    Row(
        "9",
        "redirect-loop",
        IT,
        "Autodiscover that refers to itself",
        "Enter the EWS URL",
        Autodiscover(
            "autodiscover-redirect", to="https://autodiscover.contoso.example/autodiscover/autodiscover.xml"
        ),
    ),
    Row(
        "10",
        "host-needs-consent",
        USER,
        "Autodiscover that refers to another domain",
        "Accept",
        Autodiscover(
            "autodiscover-redirect", to="https://autodiscover.fabrikam.example/autodiscover/autodiscover.xml"
        ),
    ),
    Row(
        "12",
        "address-unknown",
        USER,
        "Autodiscover's error 500",
        "Check the email",
        Autodiscover("autodiscover-error", kind="unknown-user"),
    ),
    Row(
        "13",
        "no-exchange-licence",
        IT,
        "Autodiscover's error 603",
        "Ask IT",
        Autodiscover("autodiscover-error", kind="not-available"),
    ),
    Row(
        "14",
        "microsoft-365",
        USER,
        "an address at onmicrosoft.com",
        "Use a mailbox",
        Autodiscover("autodiscover-redirect", to="anna@contoso.onmicrosoft.com"),
    ),
    Row(
        "15",
        "top-level-never-asked",
        IT,
        "Autodiscover that refers to autodiscover.com",
        "Enter the EWS URL",
        Autodiscover("autodiscover-redirect", to="https://autodiscover.com/autodiscover/autodiscover.xml"),
    ),
)
