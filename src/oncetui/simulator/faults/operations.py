"""Faults of EWS operations: throttling, stores and mailboxes that can't be reached, states that are lost."""

import re
from dataclasses import dataclass
from typing import ClassVar, Self

from oncetui.simulator.faults.fault import Fault
from oncetui.simulator.faults.occasion import Occasion
from oncetui.simulator.faults.soap_errors import FORMS, Form, back_off, error_answer
from oncetui.simulator.faults.values import FaultError, FaultValues
from oncetui.simulator.soap.envelope import VERSIONS, read
from oncetui.simulator.soap.failures import EwsError, SoapFaultError
from oncetui.simulator.web.messages import HttpAnswer

_CODE = re.compile(r"Error[A-Za-z0-9]{2,80}")
_SYNCHRONISING = frozenset({"SyncFolderItems", "SyncFolderHierarchy"})
_SUBSCRIBED = frozenset({"GetStreamingEvents", "GetEvents", "Unsubscribe"})


@dataclass(frozen=True)
class EwsFault(Fault):
    """`ews-error {"code"?: CODE, "text"?: TEXT, "form"?: "message"|"fault"}`: any error code of EWS."""

    failure: EwsError
    form: Form
    aims = ("host", "mailbox", "operation")

    @classmethod
    def read(cls, values: FaultValues) -> Self:
        """By default ErrorInternalServerTransientError, as messages in an answer."""
        code = values.text("code", "ErrorInternalServerTransientError")
        if not _CODE.fullmatch(code):
            raise FaultError(f'code is a response code, such as "ErrorFolderNotFound"; it was {code!r}')
        text = values.text("text", "An error happened on the server. Try again later.")
        return cls(EwsError(code, text), values.choice("form", FORMS, "message"))

    def instead_of_operation(self, occasion: Occasion, /) -> HttpAnswer:
        """Return the error."""
        return error_answer(occasion.request.body, self.failure, self.form)


@dataclass(frozen=True)
class ServerBusy(Fault):
    """`server-busy {"back_off_ms"?: 60000, "form"?: "fault"|"message"}`: EWS throttles (ErrorServerBusy)."""

    back_off_ms: int
    form: Form
    aims = ("host", "mailbox", "operation")

    @classmethod
    def read(cls, values: FaultValues) -> Self:
        """By default a minute, as a fault with HTTP 500."""
        return cls(values.whole("back_off_ms", 60_000), values.choice("form", FORMS, "fault"))

    def instead_of_operation(self, occasion: Occasion, /) -> HttpAnswer:
        """Return the error, with the time to stay away in milliseconds."""
        text = "The server cannot service this request right now. Try again later."
        failure = EwsError("ErrorServerBusy", text, back_off(self.back_off_ms))
        return error_answer(occasion.request.body, failure, self.form)


@dataclass(frozen=True)
class _Unreachable(Fault):
    """One error for every operation; each kind says which."""

    form: Form
    aims = ("host", "mailbox", "operation")
    failure: ClassVar[EwsError]

    @classmethod
    def read(cls, values: FaultValues) -> Self:
        """By default as messages in an answer."""
        return cls(values.choice("form", FORMS, "message"))

    def instead_of_operation(self, occasion: Occasion, /) -> HttpAnswer:
        """Return the error."""
        return error_answer(occasion.request.body, self.failure, self.form)


class MovingMailbox(_Unreachable):
    """`moving-mailbox {"form"?: "message"|"fault"}`: ErrorMailboxMoveInProgress for every operation."""

    failure = EwsError("ErrorMailboxMoveInProgress", "Mailbox move in progress. Try again later.")


class StoreDown(_Unreachable):
    """`store-down {"form"?: "message"|"fault"}`: ErrorMailboxStoreUnavailable for every operation."""

    failure = EwsError("ErrorMailboxStoreUnavailable", "The mailbox database is temporarily unavailable.")


class StaleSyncState(Fault):
    """`stale-sync-state {}`: every synchronisation state is refused with ErrorInvalidSyncStateData."""

    aims = ("host", "mailbox", "operation")

    def instead_of_operation(self, occasion: Occasion, /) -> HttpAnswer | None:
        """Return the error to whoever brings a state; one who begins anew gets an answer."""
        if occasion.operation not in _SYNCHRONISING or b"SyncState>" not in occasion.request.body:
            return None
        text = "Synchronization state data is corrupt or otherwise invalid."
        return error_answer(occasion.request.body, EwsError("ErrorInvalidSyncStateData", text), "message")


class LostSubscription(Fault):
    """`lost-subscription {}`: open streams end, and no subscription is known any more."""

    aims = ("host", "mailbox")
    ends_streams = True

    def instead_of_operation(self, occasion: Occasion, /) -> HttpAnswer | None:
        """Return the error to whoever names a subscription; new ones can be made."""
        if occasion.operation not in _SUBSCRIBED:
            return None
        text = "The specified subscription was not found."
        return error_answer(occasion.request.body, EwsError("ErrorSubscriptionNotFound", text), "message")


@dataclass(frozen=True)
class OldSchema(Fault):
    """`old-schema {"newest"?: "Exchange2010_SP2"}`: later versions are ErrorInvalidServerVersion."""

    newest: str
    aims = ("host",)

    @classmethod
    def read(cls, values: FaultValues) -> Self:
        """By default Exchange 2010 SP2."""
        return cls(values.choice("newest", VERSIONS, "Exchange2010_SP2"))

    def instead_of_operation(self, occasion: Occasion, /) -> HttpAnswer | None:
        """Return the fault to whoever asks for a later version."""
        failure = EwsError("ErrorInvalidServerVersion", "The specified server version is invalid.")
        try:
            late = VERSIONS.index(read(occasion.request.body).version) > VERSIONS.index(self.newest)
        except SoapFaultError:
            return None
        return error_answer(occasion.request.body, failure, "fault") if late else None
