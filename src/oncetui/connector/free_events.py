"""The events of the coming fortnight that don't block, by their subjects where those can be read live."""

from oncetui.connector.availability import Known
from oncetui.connector.live_names import subjects
from oncetui.model.free_events import FreeEvent
from oncetui.model.oversights import coming_fortnight, free_events
from oncetui.model.ports import CalendarGateway
from oncetui.model.profile import Profile


def coming_free_events(profile: Profile, gateway: CalendarGateway | None) -> tuple[FreeEvent, ...]:
    """Return them by start; it blocks while subjects are read, and keeps none of them."""
    known = Known.of(profile)
    ahead = known.coming_fortnight()
    found = [
        (calendar, block)
        for calendar in known.calendars.values()
        for block in free_events(known.pages, calendar, ahead)
    ]
    asked = {calendar.id: calendar for calendar, _ in found}
    named = subjects(gateway, asked.values(), coming_fortnight(known.now))
    events = (FreeEvent(one, block.start, block.end, named.get(block.item, "")) for one, block in found)
    return tuple(sorted(events, key=lambda event: (event.start, event.calendar.name)))
