"""What a check reads once it is in: the server, the mailbox, its calendars; never a subject."""

from collections.abc import Sequence
from datetime import timedelta

from oncetui.connector.checkup.subject import Subject
from oncetui.model.calendars import FoundCalendar, Window
from oncetui.model.cancellation import Cancellation
from oncetui.model.checkup import Stage
from oncetui.model.connection import ConnectionSettings, SyncMode
from oncetui.model.course import Course, Notes
from oncetui.model.other_addresses import told_of_address
from oncetui.model.ports import CalendarGateway
from oncetui.model.profile import Profile
from oncetui.model.schedule import AUTO_SYNC
from oncetui.model.stream_check import check_stream

AHEAD = timedelta(days=7)
_NAMED = 10


def read_mailbox(
    profile: Profile,
    subject: Subject,
    gateway: CalendarGateway,
    course: Course,
    cancellation: Cancellation,
) -> tuple[FoundCalendar, ...]:
    """Go through protocol, mailbox and calendar, and return the calendars that the server lists."""
    with course.stage(Stage.PROTOCOL) as notes:
        server = gateway.server
        notes.note(product=server.product, build=server.build, schema=server.schema)
    with course.stage(Stage.MAILBOX) as notes:
        notes.note(mailbox=gateway.address)
        for warning in told_of_address(subject.email, gateway.address):
            notes.warn(warning.what)
        found = gateway.calendars()
    with course.stage(Stage.CALENDAR) as notes:
        notes.note(found=len(found))
        notes.note(calendars=", ".join(map(_named, found[:_NAMED])))
        main = next((one for one in found if one.default), None)
        if main is not None:
            now = profile.clock.now()
            ahead = gateway.busy_time(main, Window(now, now + AHEAD))
            notes.note(read=f"{main.name}: {len(ahead)} events in the next {AHEAD.days} days")
        if not any(one.writable for one in found):
            notes.warn("No calendar can be written to, so no bookings can go into any.")
        _listen_once(profile, subject.saved, gateway, found, notes=notes, cancellation=cancellation)
    return found


def _listen_once(
    profile: Profile,
    saved: ConnectionSettings | None,
    gateway: CalendarGateway,
    found: Sequence[FoundCalendar],
    *,
    notes: Notes,
    cancellation: Cancellation,
) -> None:
    """Listen for the first heartbeat of an event stream, where Real-time is chosen or may be."""
    if saved is not None and saved.sync_mode is SyncMode.AUTO:
        notes.note(real_time="not looked at: Auto-sync is chosen")
        return
    stream = check_stream(gateway, [one for one in found if one.default], profile.clock, cancellation)
    if stream.seconds is not None:
        notes.note(real_time=f"the server tells of changes, first heartbeat after {stream.seconds:.1f} s")
        return
    notes.note(real_time="no")
    notes.warn(
        f"Real-time does not work: {stream.reason}. Changes are asked for every {AUTO_SYNC.seconds} s."
    )


def _named(calendar: FoundCalendar) -> str:
    return calendar.name if calendar.writable else f"{calendar.name} (read-only)"
