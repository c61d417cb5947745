"""What a check reads once it is in: the server, the mailbox, its calendars; never a subject."""

from datetime import timedelta

from oncetui.model.calendars import FoundCalendar, Window
from oncetui.model.checkup import Stage
from oncetui.model.course import Course
from oncetui.model.other_addresses import told_of_address
from oncetui.model.ports import CalendarGateway
from oncetui.model.profile import Profile

AHEAD = timedelta(days=7)
_NAMED = 10


def read_mailbox(
    profile: Profile, mailbox: str, gateway: CalendarGateway, course: Course
) -> tuple[FoundCalendar, ...]:
    """Go through protocol, mailbox and calendar, and return the calendars that the server lists."""
    with course.stage(Stage.PROTOCOL) as notes:
        server = gateway.server
        notes.note(product=server.product, build=server.build, schema=server.schema)
    with course.stage(Stage.MAILBOX) as notes:
        notes.note(mailbox=gateway.address)
        for warning in told_of_address(mailbox, gateway.address):
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
    return found


def _named(calendar: FoundCalendar) -> str:
    return calendar.name if calendar.writable else f"{calendar.name} (read-only)"
