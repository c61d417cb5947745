"""What won't block with the calendars that are being chosen: events marked Free, by name, read live."""

from dataclasses import replace

from oncetui.model.calendars import BusyBlock
from oncetui.model.free_events import FreeEvent
from oncetui.model.oversights import Fortnight, coming_fortnight, free_events
from oncetui.model.pages import BookingPage
from oncetui.model.profile import Profile
from oncetui.setup.calendar_choice import CalendarChoice
from oncetui.setup.first_page import first_page
from oncetui.setup.signing_in import SignedIn


def free_events_of_choice(
    profile: Profile, signed_in: SignedIn, choice: CalendarChoice
) -> tuple[FreeEvent, ...]:
    """Return the Free events of the coming fortnight in working hours, by start; one request a calendar.

    It blocks, and keeps nothing. Calendars of which only free/busy may be read tell no subjects and are left
    out. Raises `ProblemError`.
    """
    now = profile.clock.now()
    window = coming_fortnight(now)
    pages = _pages(profile, signed_in, choice)
    found = []
    for calendar in choice.calendars:
        if calendar.id not in choice.associated.makes_busy or not calendar.full_read:
            continue
        named = {one.key: one for one in signed_in.gateway.named_events(calendar, window)}
        blocks = tuple(BusyBlock(one.key, one.start, one.end, one.showing) for one in named.values())
        free = free_events(pages, calendar, Fortnight(now, {calendar.id: blocks}))
        found += [FreeEvent(calendar, one.start, one.end, named[one.item].subject) for one in free]
    return tuple(sorted(found, key=lambda event: (event.start, event.calendar.name)))


def _pages(profile: Profile, signed_in: SignedIn, choice: CalendarChoice) -> tuple[BookingPage, ...]:
    chosen = tuple(page for page in profile.pages.pages() if page.id in choice.pages)
    made = (first_page(signed_in.access.mailbox, profile.time_zone),)
    return tuple(replace(page, associated=choice.associated) for page in chosen or made)
