"""The status of a profile, now and whenever it changes; it never takes the connector's lock."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from oncetui.connector.availability import Known
from oncetui.connector.holding import hanging
from oncetui.connector.protecting import protection_of
from oncetui.connector.timing import Every
from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import ConnectionSettings
from oncetui.model.oversights import oversights
from oncetui.model.password_expiry import expiry_warnings
from oncetui.model.problem import Problem, ProblemError
from oncetui.model.problems.bookings import ANOTHER_INSTALLATION, OUTBOX_WAITS
from oncetui.model.problems.configuration import CALENDAR_UNREADABLE
from oncetui.model.problems.local import CHANGE_COMMAND_FAILED
from oncetui.model.profile import Profile
from oncetui.model.spelling import host_of
from oncetui.model.state import State
from oncetui.model.status import Heartbeat, Status
from oncetui.model.sync import AUTO, SyncInEffect, in_effect

POLL_SECONDS = 0.5
TELL_AT_LEAST_EVERY = timedelta(seconds=60)


def current_status(profile: Profile) -> Status:
    """Work out the status from what is kept and the clock.

    Settings that can't be read are a warning: what the store knows is still told.
    """
    settings, warnings = _settings(profile)
    warnings += tuple(filter(None, (hanging(profile),))) + _of_telling(profile)
    known = Known.of(profile)
    connector = profile.commands.heartbeat()
    sync = _sync(settings, connector)
    warnings += _of_the_password(profile, known, settings)
    if known.record.state is State.CONNECTED:
        warnings += _of_the_way(known, settings) + _page_warnings(known)
    warnings += _outbox_warning(profile)
    return Status(
        profile=profile.name,
        now=known.now,
        record=known.record,
        settings=settings,
        protection=None if settings is None else protection_of(profile, settings),
        attempt=profile.connection.attempting(known.now),
        pages=tuple(known.page_status(page) for page in known.pages),
        calendars=tuple(known.calendars.values()),
        connector=connector,
        effective_mode=None if sync is None else sync.mode,
        mode_reason=None if sync is None else sync.reason,
        warnings=warnings,
        home=profile.home,
    )


def watch(profile: Profile, cancellation: Cancellation, told: Callable[[Status], None]) -> None:
    """Call back with a fresh status at once and after each change, until it is cancelled.

    A change by any process is told within half a second, one that time alone brings within a minute.
    """
    seen: int | None = None
    last: Status | None = None
    again = Every(profile.clock, TELL_AT_LEAST_EVERY)
    while not cancellation.cancelled:
        version = profile.connection.version()
        if version != seen or again.is_due():
            seen = version
            status = current_status(profile)
            if again.is_due() or last is None or not _reads_the_same(status, last):
                last = status
                again.done()
                told(status)
        profile.clock.wait(cancellation.event, POLL_SECONDS)


def _reads_the_same(status: Status, last: Status) -> bool:
    """Tell whether nothing but the time and the heartbeat moved on."""
    before, now = last.connector, status.connector
    if before is not None and now is not None:
        now = replace(now, seen=before.seen)
    return replace(status, now=last.now, connector=now) == last


def _settings(profile: Profile) -> tuple[ConnectionSettings | None, tuple[Problem, ...]]:
    try:
        return profile.settings.load(), ()
    except ProblemError as error:
        return None, (error.problem,)


def _of_telling(profile: Profile) -> tuple[Problem, ...]:
    try:
        reason = profile.on_change.failure()
        runs = bool(reason) and bool(profile.on_change.command())
    except ProblemError:
        return ()  # settings that can't be read are a warning already
    return (CHANGE_COMMAND_FAILED.problem(reason=reason),) if runs else ()


def _sync(settings: ConnectionSettings | None, connector: Heartbeat | None) -> SyncInEffect | None:
    if settings is None:
        return None
    return in_effect(settings.sync_mode, None if connector is None else connector.sync or AUTO)


def _of_the_password(
    profile: Profile, known: Known, settings: ConnectionSettings | None
) -> tuple[Problem, ...]:
    if settings is None or known.record.state not in (State.CONNECTED, State.INTERRUPTED):
        return ()  # where it failed, the problem says what is to be done
    return expiry_warnings(settings.mailbox, known.record.password_expires, known.now, profile.time_zone)


def _of_the_way(known: Known, settings: ConnectionSettings | None) -> tuple[Problem, ...]:
    return () if settings is None else known.record.way.warnings(host_of(settings.ews_url))


def _outbox_warning(profile: Profile) -> tuple[Problem, ...]:
    number = len(profile.bookings.outbox())
    if not number:
        return ()
    told = f"{_counted(number)} {'waits' if number == 1 else 'wait'}"
    return (OUTBOX_WAITS.problem(bookings=told),)


def _counted(bookings: int) -> str:
    return "1 booking" if bookings == 1 else f"{bookings} bookings"


def _page_warnings(known: Known) -> tuple[Problem, ...]:
    relied_on = frozenset[str]().union(*(page.associated.makes_busy for page in known.pages))
    unreadable = tuple(
        CALENDAR_UNREADABLE.problem(calendar=calendar.name, reason=calendar.unreadable)
        for calendar in known.calendars.values()
        if calendar.id in relied_on and calendar.unreadable is not None
    )
    foreign = tuple(
        ANOTHER_INSTALLATION.problem(
            calendar=calendar.name,
            bookings=_counted(calendar.foreign_bookings),
        )
        for calendar in known.calendars.values()
        if calendar.foreign_bookings
    )
    return unreadable + foreign + oversights(known.pages, known.calendars, known.coming_fortnight())
