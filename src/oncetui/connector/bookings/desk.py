"""Where bookings meet the calendars: a profile, a signed-in way, and the journal between them."""

from collections.abc import Callable
from dataclasses import dataclass

from oncetui.connector.checking import GenerationOverError
from oncetui.model.booked_events import BookedEvent, StampedEvent
from oncetui.model.booking_texts import as_copy, event_of
from oncetui.model.bookings import Booking
from oncetui.model.calendars import Calendar
from oncetui.model.event_links import EventLink
from oncetui.model.pages import BookingPage
from oncetui.model.ports import CalendarGateway
from oncetui.model.profile import Profile
from oncetui.model.stamps import Mark


@dataclass(frozen=True)
class Desk:
    """One round of work on bookings; what it notes is fenced by the generation of the connection."""

    profile: Profile
    gateway: CalendarGateway
    generation: int

    def page(self, booking: Booking) -> BookingPage | None:
        """Return the page of a booking, None where it was deleted."""
        return next((page for page in self.profile.pages.pages() if page.id == booking.page), None)

    def calendar(self, calendar: str) -> Calendar | None:
        """Return a calendar by its short id, None where the server no longer lists it."""
        return next((one for one in self.profile.busy.calendars() if one.id == calendar), None)

    def mark(self, booking: str) -> Mark:
        """Return what the stamps of a booking begin with."""
        return Mark(self.profile.installation, self.profile.name, booking)

    def find(self, booking: Booking, calendar: Calendar) -> tuple[StampedEvent, ...]:
        """Look in the calendar for the events of a booking: one, as a rule."""
        return self.gateway.stamped_events(calendar, self.mark(booking.id).prefix)

    def event(self, booking: Booking, link: EventLink) -> BookedEvent:
        """Return the event that a booking wants in the calendar of a link."""
        page = self.page(booking)
        # The page may be gone; the customer still comes.
        named = page or BookingPage.named(booking.page, 30, self.profile.time_zone, link=booking.page)
        event = event_of(booking, named, self.mark(booking.id))
        return event if link.main else as_copy(event)

    def note(self, booking: Booking, advance: Callable[[Booking], Booking]) -> Booking:
        """Change a booking in the store; raise `GenerationOverError` after a Disconnect."""
        changed = self.profile.bookings.change(booking.id, advance, self.generation)
        if changed is None:
            raise GenerationOverError
        return changed

    def note_event(self, booking: Booking, link: EventLink) -> Booking:
        """Note what is known now of one event of a booking."""
        return self.note(booking, lambda known: known.with_event(link))
