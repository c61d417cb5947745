"""The events that won't block with the chosen calendars, as lines."""

from zoneinfo import ZoneInfo

from oncetui.model.problem import ProblemError
from oncetui.model.profile import Profile
from oncetui.plain.console_io import CAUTION, ConsoleIO
from oncetui.setup.calendar_choice import CalendarChoice
from oncetui.setup.free_events import free_events_of_choice
from oncetui.setup.signing_in import SignedIn

AT_MOST = 10


def show_free_events(io: ConsoleIO, profile: Profile, signed_in: SignedIn, choice: CalendarChoice) -> None:
    """List the Free events of the coming fortnight by name; nothing is shown where there are none."""
    try:
        events = free_events_of_choice(profile, signed_in, choice)
    except ProblemError as error:
        io.show(f"{CAUTION} Which events are marked Free can't be read: {error.problem.what}")
        return
    if not events:
        return
    io.show(
        f"{CAUTION} Marked Free, so these won't block; set “Show as” to Busy in Outlook where one should:"
    )
    zone = ZoneInfo(profile.time_zone)
    for event in events[:AT_MOST]:
        io.show(f"    {event.when(zone)}  {event.calendar.name}  {event.subject}".rstrip())
    if len(events) > AT_MOST:
        io.show(f"    and {len(events) - AT_MOST} more")
