"""Until when the password is good that one is signed in with."""

from datetime import UTC, datetime

from exchangelib.util import MNS

from oncetui.exchange.faults.answer_errors import (
    NotUnderstoodError,
    ResponseCodeError,
    UnexpectedAnswerError,
)
from oncetui.exchange.operations.payloads import Element, element
from oncetui.exchange.operations.service import LeanService

_NOT_OFFERED = (400, 404, 405, 500, 501)
_FOR_NOW = "ErrorServerBusy"
_NOBODY_WAITS_SO_LONG = 3000
_BEFORE_EXCHANGE = 1996


class GetPasswordExpirationDate(LeanService):
    """The day on which the caller's password ends; Exchange 2010 SP1 and later have it, others may not."""

    SERVICE_NAME = "GetPasswordExpirationDate"

    def of_the_caller(self) -> datetime | None:
        """Return the moment in UTC, None where the password never ends or the server doesn't tell.

        A server that doesn't know the question, or answers it with an error, tells nothing; one that is
        throttling raises `ResponseCodeError`, so that its wait is obeyed.
        """
        try:
            told = self.message(element("m:GetPasswordExpirationDate"))
        except ResponseCodeError as error:
            if error.back_off is not None or error.code == _FOR_NOW:
                raise
            return None
        except UnexpectedAnswerError as error:
            if error.facts.status not in _NOT_OFFERED:
                raise
            return None
        except NotUnderstoodError:
            return None
        return _moment(told.findtext(f"{{{MNS}}}PasswordExpirationDate") or "")

    def _get_soap_messages(self, body: Element) -> list[Element]:
        # The answer is itself the message, as a rule; the schema allows for one inside as well.
        return super()._get_soap_messages(body) or [body.find(self._response_tag())]


def _moment(text: str) -> datetime | None:
    """Return a moment in UTC; the ends of the calendar stand for never."""
    try:
        parsed = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if not _BEFORE_EXCHANGE < parsed.year < _NOBODY_WAITS_SO_LONG:
        return None
    return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
