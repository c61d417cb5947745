"""Adding the calendar of somebody else, while the calendars step is open."""

from oncetui.model.cancellation import Cancellation
from oncetui.model.problem import ProblemError
from oncetui.model.problems.configuration import CALENDAR_NOT_SHARED
from oncetui.model.problems.exchange import CALENDAR_MISSING, MAILBOX_DENIED
from oncetui.model.problems.typing import EMAIL_SPELLING
from oncetui.model.spelling import email_spelling
from oncetui.setup.calendar_choice import CalendarChoice, calendars_added
from oncetui.setup.signing_in import SignedIn

_NOT_READABLE = (CALENDAR_MISSING.code, MAILBOX_DENIED.code)


def add_shared(
    signed_in: SignedIn, choice: CalendarChoice, address: str, cancellation: Cancellation
) -> CalendarChoice:
    """Read the calendar that the owner of an address shares, and add it to the list; it blocks.

    Raises `ProblemError` where the address can't be right or its calendar can't be read; the choice then
    stays as it was. A cancellation cuts the gateway.
    """
    spelt = email_spelling(address)
    if spelt.error is not None:
        raise ProblemError(EMAIL_SPELLING.problem(sentence=spelt.error))
    try:
        with cancellation.waking(signed_in.gateway.close):
            listed = signed_in.gateway.calendars((spelt.value,))
    except ProblemError as error:
        if error.problem.code not in _NOT_READABLE:
            raise
        raise ProblemError(CALENDAR_NOT_SHARED.problem(address=spelt.value)) from error
    return calendars_added(choice, listed)
