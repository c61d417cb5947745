"""One round of reading: what changed in each calendar that a booking page relies on."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from oncetui.connector.horizon import horizon, within
from oncetui.model.calendars import Calendar, Changes, FoundCalendar, Window
from oncetui.model.ports import CalendarGateway, Reading
from oncetui.model.problem import Problem, ProblemError, Who
from oncetui.model.problems.exchange import (
    CALENDAR_MISSING,
    MAILBOX_DENIED,
    MAILBOX_UNKNOWN,
    TEMPORARILY_UNAVAILABLE,
)
from oncetui.model.profile import Profile
from oncetui.model.schedule import FREE_BUSY_AGAIN

_OF_ITS_OWNER = (MAILBOX_DENIED.code, MAILBOX_UNKNOWN.code, TEMPORARILY_UNAVAILABLE.code)
_NOT_LISTED = (*_OF_ITS_OWNER, CALENDAR_MISSING.code)


class GenerationOverError(Exception):
    """The mailbox was disconnected while it was being read, so nothing may be written any more."""


@dataclass(frozen=True)
class Round:
    """What a round of reading came to: calendars asked, those that had changed, those that can't be read."""

    asked: int = 0
    changed: tuple[Calendar, ...] = ()
    unreadable: int = 0


def list_calendars(profile: Profile, gateway: CalendarGateway, generation: int) -> tuple[Calendar, ...]:
    """Take over the mailbox's calendars as the server lists them now, shared ones that are known included."""
    known = profile.busy.calendars()
    owners = sorted({calendar.owner for calendar in known if calendar.owner is not None})
    try:
        found = gateway.calendars(owners)
    except ProblemError as error:
        if not owners or error.problem.code not in _NOT_LISTED:
            raise
        found = _owner_by_owner(gateway, owners, known)
    return profile.busy.note_calendars(found, generation)


def calendars_to_read(profile: Profile) -> tuple[Calendar, ...]:
    """Return the known calendars that some page uses, or that hold events of bookings to come.

    Those that only take copies of bookings are among them: what becomes of a copy is told as well. So are
    those that a page used once: what is booked there is still looked after.
    """
    wanted = profile.bookings.calendars_holding(profile.clock.now())
    wanted = wanted.union(*(page.associated.in_use for page in profile.pages.pages()))
    return tuple(calendar for calendar in profile.busy.calendars() if calendar.id in wanted)


def misses_calendars(profile: Profile) -> bool:
    """Tell whether a page relies on a calendar that the server did not list lately; it may be back."""
    known = {calendar.id for calendar in profile.busy.calendars()}
    return any(not page.associated.makes_busy <= known for page in profile.pages.pages())


def check_calendars(
    profile: Profile,
    gateway: CalendarGateway,
    generation: int,
    *,
    anew: bool = False,
    spared: Container[str] = (),
) -> Round:
    """Bring the busy time of each calendar in use up to date; `anew` reads the whole horizon again.

    Calendars that are `spared`, by their short ids, are not asked.

    A calendar that can't be read is noted and the others go on: only the pages that use it close. Raises
    `ProblemError` where the connection itself is at fault, `GenerationOverError` after a Disconnect.
    """
    asked = unreadable = 0
    changed: list[Calendar] = []
    for calendar in calendars_to_read(profile):
        if calendar.id in spared:
            continue
        asked += 1
        try:
            if _read(profile, gateway, calendar, generation, anew=anew):
                changed.append(calendar)
        except ProblemError as error:
            # A wait that the server asks for holds for all that it is asked.
            waits = error.retry_after is not None and error.problem.who is Who.RETRY
            if waits or not concerns_one_calendar(error.problem, calendar):
                raise
            unreadable += 1
            _note(profile.busy.note_unreadable(calendar.id, error.problem.what, generation))
    return Round(asked, tuple(changed), unreadable)


def is_at_rest(calendar: Calendar, now: datetime) -> bool:
    """Tell whether a calendar of which only free/busy may be read was read lately; it costs many requests."""
    read_at = calendar.read_at
    if calendar.full_read or read_at is None or calendar.unreadable is not None:
        return False
    return timedelta(0) <= now - read_at < FREE_BUSY_AGAIN


def concerns_one_calendar(problem: Problem, calendar: Calendar) -> bool:
    """Tell whether a problem is about this calendar alone and says nothing of the connection.

    What befalls another person's mailbox is about the calendars shared from it (`diagnosis` 66 to 76).
    """
    if "calendar" in problem.fields and problem.who is Who.USER:
        return True
    return calendar.owner is not None and problem.code in _OF_ITS_OWNER


def as_found(calendar: Calendar) -> FoundCalendar:
    """Return a known calendar as the server lists it."""
    return FoundCalendar(
        calendar.key,
        calendar.name,
        calendar.writable,
        calendar.default,
        calendar.owner,
        calendar.full_read,
    )


def _owner_by_owner(
    gateway: CalendarGateway, owners: Iterable[str], known: Iterable[Calendar]
) -> tuple[FoundCalendar, ...]:
    """List the calendars so that an owner whose mailbox fails keeps those that are known from it."""
    found = {calendar.key: calendar for calendar in gateway.calendars()}
    for owner in owners:
        try:
            theirs = gateway.calendars([owner])
        except ProblemError as error:
            if error.problem.code not in _NOT_LISTED:
                raise
            theirs = tuple(as_found(calendar) for calendar in known if calendar.owner == owner)
        found.update((calendar.key, calendar) for calendar in theirs)
    return tuple(found.values())


def _read(
    profile: Profile, gateway: CalendarGateway, calendar: Calendar, generation: int, *, anew: bool
) -> bool:
    read_at = profile.clock.now()
    limits = horizon(read_at)
    cursor = profile.busy.cursor(calendar.id)

    def reached(further: str) -> None:
        _note(profile.busy.note_cursor(calendar.id, further, generation))

    changes = gateway.changes(calendar, cursor, limits, reached)
    windows = _windows_to_read(changes, limits, everything=anew or cursor is None)
    if not windows and changes.cursor is not None:
        _note(profile.busy.note_read(calendar.id, changes.cursor, read_at, generation))
        return False
    blocks = {
        (block.item, block.start): block
        for window in windows
        for block in gateway.busy_time(calendar, window)
    }
    reading = Reading(windows, tuple(blocks.values()), changes.cursor, read_at, limits)
    _note(profile.busy.take_reading(calendar.id, reading, generation))
    return True


def _windows_to_read(changes: Changes, limits: Window, *, everything: bool) -> tuple[Window, ...]:
    if everything or changes.everything:
        return (limits,)
    return within(changes.touched, limits)


def _note(taken: bool) -> None:  # noqa: FBT001 - the store's answer, passed on as it is
    if not taken:
        raise GenerationOverError
