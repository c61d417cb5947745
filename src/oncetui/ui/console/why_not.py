"""Why a key can't act at this moment: one sentence each, None where it can."""

from oncetui.model.profile import run_command
from oncetui.model.state import State
from oncetui.model.status import Status
from oncetui.ui.console.times import LocalTime

STILL_READING = "One moment: what is kept is still being read."
UNDER_WAY = "A sign-in is under way already; see first what comes of it."
_WITHOUT = (State.NOT_CONNECTED, State.DISCONNECTED)


def reconnect(status: Status | None, time: LocalTime) -> str | None:
    """Answer for Reconnect, which while interrupted means to try at once."""
    if status is None:
        return STILL_READING
    if status.attempt:
        return UNDER_WAY
    return _told_to_wait(status, time) if status.record.state is State.INTERRUPTED else None


def disconnect(status: Status | None) -> str | None:
    """Answer for Disconnect."""
    if status is None:
        return STILL_READING
    if status.record.state in _WITHOUT:
        return "Nothing to disconnect: no mailbox is connected. Press r to connect one."
    return None


def calendars(status: Status | None) -> str | None:
    """Answer for the associated calendars."""
    if status is None:
        return STILL_READING
    if status.record.state in _WITHOUT:
        return "No calendars to choose from: no mailbox is connected. Press r to connect one."
    if not status.calendars:
        return "No calendar has been read yet; you can choose once a check has worked."
    if not status.pages:
        return "There is no booking page to choose calendars for. Press n to make one."
    return None


def pages(status: Status | None) -> str | None:
    """Answer for the list of booking pages."""
    if status is None:
        return STILL_READING
    return None if status.pages else "There is no booking page yet. Press n to make one."


def activity(status: Status | None) -> str | None:
    """Answer for the activity stream."""
    return STILL_READING if status is None else None


def free_events(status: Status | None) -> str | None:
    """Answer for the events that don't block."""
    if status is not None and status.record.state in _WITHOUT:
        return "No calendar is looked at: no mailbox is connected. Press r to connect one."
    return STILL_READING if status is None else None


def sync(status: Status | None) -> str | None:
    """Answer for the sync mode."""
    if status is not None and status.settings is None:
        return "No calendar is looked at: no mailbox is connected. Press r to connect one."
    return STILL_READING if status is None else None


def new_page(status: Status | None) -> str | None:
    """Answer for a new booking page."""
    return STILL_READING if status is None else None


def troubleshoot(status: Status | None) -> str | None:
    """Answer for the troubleshoot screen."""
    return STILL_READING if status is None else None


def check(status: Status | None, time: LocalTime, *, starting: bool) -> str | None:
    """Answer for a check at once; a connector that is `starting` takes it up."""
    if status is None:
        return STILL_READING
    match status.record.state:
        case State.NOT_CONNECTED | State.DISCONNECTED:
            return "Nothing to check: no mailbox is connected. Press r to connect one."
        case State.FAILED_USER:
            return "A check would need what failed. Press r to reconnect."
    if status.attempt:
        return UNDER_WAY
    if status.connector is None and not starting:
        return (
            f"No connector runs that could check. Start one with: {run_command(status.profile, status.home)}"
        )
    return _told_to_wait(status, time)


def _told_to_wait(status: Status, time: LocalTime) -> str | None:
    if status.record.next_try is None or not status.record.asked_to_wait(time.now):
        return None
    return f"The server asked to be left alone until {time.clock(status.record.next_try)}; it is tried then."
