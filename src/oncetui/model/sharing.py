"""Reading which calendar the owner of an address shares."""

from oncetui.model.calendars import FoundCalendar
from oncetui.model.ports import CalendarGateway
from oncetui.model.problem import ProblemError
from oncetui.model.problems.configuration import CALENDAR_NOT_SHARED
from oncetui.model.problems.exchange import CALENDAR_MISSING, MAILBOX_DENIED
from oncetui.model.problems.typing import EMAIL_SPELLING
from oncetui.model.spelling import email_spelling

_NOT_READABLE = (CALENDAR_MISSING.code, MAILBOX_DENIED.code)


def spelt_address(address: str) -> str:
    """Return an owner's address as it is meant; raise `ProblemError` where it can't be one."""
    spelt = email_spelling(address)
    if spelt.error is not None:
        raise ProblemError(EMAIL_SPELLING.problem(sentence=spelt.error))
    return spelt.value


def shared_by(gateway: CalendarGateway, address: str) -> tuple[FoundCalendar, ...]:
    """Return what the owner of an address shares, one calendar as a rule; it blocks.

    Raises `ProblemError` where nothing of it can be read.
    """
    try:
        listed = gateway.calendars((address,))
    except ProblemError as error:
        if error.problem.code not in _NOT_READABLE:
            raise
        raise ProblemError(CALENDAR_NOT_SHARED.problem(address=address)) from error
    theirs = tuple(one for one in listed if one.owner == address)
    if not theirs:
        raise ProblemError(CALENDAR_NOT_SHARED.problem(address=address))
    return theirs
