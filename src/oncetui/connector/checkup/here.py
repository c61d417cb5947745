"""What a check finds on this computer: booking pages, and who keeps the connection."""

from collections.abc import Sequence

from oncetui.connector.watching import current_status
from oncetui.model.calendars import FoundCalendar
from oncetui.model.checkup import Stage
from oncetui.model.course import Course, Notes, NotTriedError
from oncetui.model.problems.local import CLOCK_WRONG
from oncetui.model.problems.network import IPV6_BROKEN
from oncetui.model.problems.sign_in import PASSWORD_EXPIRES_SOON
from oncetui.model.profile import Profile, run_command
from oncetui.model.status import PageStatus, Status

_OF_EARLIER_STAGES = (PASSWORD_EXPIRES_SOON.code, CLOCK_WRONG.code, IPV6_BROKEN.code)
"""Warnings that a stage of their own has just looked at anew."""


def look_here(profile: Profile, found: Sequence[FoundCalendar], course: Course) -> None:
    """Go through booking pages and connector of the saved connection."""
    status = current_status(profile)
    with course.stage(Stage.BOOKING) as notes:
        _note_pages(notes, status, {calendar.key: calendar for calendar in found})
    with course.stage(Stage.CONNECTOR) as notes:
        notes.note(state=status.record.state.public)
        if status.connector is None:
            command = run_command(profile.name, profile.home)
            notes.warn(f"No connector runs, so nobody checks the calendar: {command}")
        else:
            notes.note(process=status.connector.pid, since=f"{status.connector.started:%Y-%m-%dT%H:%M:%SZ}")


def leave_out(course: Course) -> None:
    """Leave booking pages and connector out where no saved connection is checked; raise `NotTriedError`."""
    with course.stage(Stage.BOOKING):
        raise NotTriedError("booking pages go with a saved connection")


def _note_pages(notes: Notes, status: Status, listed: dict[str, FoundCalendar]) -> None:
    opened = len(status.pages) - status.closed_pages
    notes.note(pages=f"{opened} of {len(status.pages)} open" if status.pages else "none yet")
    keys = {calendar.id: calendar for calendar in status.calendars}
    for page in status.pages:
        notes.note(**{page.page.name: _told(page)})
        main = keys.get(page.page.associated.main or "")
        if main is not None and main.owner is None and main.key not in listed:
            notes.warn(f"{main.name}, the main booking calendar of {page.page.name}, is no longer there.")
        elif main is not None and not listed.get(main.key, main).writable:
            notes.warn(f"{main.name}, the main booking calendar of {page.page.name}, is read-only.")
    for warning in status.warnings:
        if warning.code not in _OF_EARLIER_STAGES:
            notes.warn(warning.what)


def _told(page: PageStatus) -> str:
    return "open" if page.closed is None else f"closed: {page.closed.text}"
