"""The bookings with what is needed to tell of them, read from the store in one go and followed from there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from textual.message import Message

from oncetui.model.bookings import Booking
from oncetui.model.calendars import Calendar, told_apart
from oncetui.model.cancellation import Cancellation
from oncetui.model.pages import BookingPage
from oncetui.model.problem import ProblemError
from oncetui.model.profile import Profile
from oncetui.model.state import State
from oncetui.ui.console.consequences import listed
from oncetui.ui.console.times import LocalTime

LOOK_AGAIN_SECONDS = 0.5


@dataclass(frozen=True)
class KeptBookings:
    """Every booking by start, the pages and calendars by id, and when all of it was read."""

    bookings: tuple[Booking, ...]
    pages: Mapping[str, BookingPage]
    calendars: Mapping[str, Calendar]
    state: State
    time: LocalTime

    def page_name(self, booking: Booking) -> str:
        """Return the name of a booking's page, its link name where the page was deleted."""
        page = self.pages.get(booking.page)
        return booking.page if page is None else page.name

    def calendar_name(self, calendar: str) -> str:
        """Return the name of a calendar, or that the server no longer lists it."""
        known = self.calendars.get(calendar)
        return "a calendar that is gone" if known is None else known.name

    def holding(self, booking: Booking) -> str:
        """Return the names of the calendars that hold the booking, as in a sentence."""
        return listed([self.calendar_name(one.calendar) for one in booking.events if one.holds_an_event])

    def invites(self, booking: Booking) -> bool:
        """Tell whether Exchange tells the customer of changes."""
        page = self.pages.get(booking.page)
        return page is not None and page.event_texts.invite_customer and bool(booking.email)

    @property
    def has_foreign(self) -> bool:
        """Whether a calendar holds bookings of another installation, as of the last look."""
        return any(calendar.foreign_bookings for calendar in self.calendars.values())

    def booking(self, booking: str) -> Booking | None:
        """Return one booking by its id."""
        return next((one for one in self.bookings if one.id == booking), None)


@dataclass
class Kept(Message):
    """What is kept of the bookings, at once and after each change; a sentence where it can't be read."""

    kept: KeptBookings | None
    failure: str = ""

    def can_replace(self, message: Message) -> bool:
        """Let the newest stand for those before it."""
        return isinstance(message, Kept)


def kept_bookings(profile: Profile) -> KeptBookings:
    """Read them."""
    now: datetime = profile.clock.now()
    return KeptBookings(
        profile.bookings.since(),
        {page.id: page for page in profile.pages.pages()},
        {calendar.id: calendar for calendar in told_apart(profile.busy.calendars())},
        profile.connection.load().state,
        LocalTime(now, ZoneInfo(profile.time_zone)),
    )


def follow_bookings(profile: Profile, cancellation: Cancellation, post: Callable[[Kept], object]) -> None:
    """Post the bookings at once and after each change of the store, until it is cancelled."""
    seen: int | None = None
    while not cancellation.cancelled:
        try:
            version = profile.connection.version()
            if version != seen:
                post(Kept(kept_bookings(profile)))
                seen = version
        except ProblemError as error:
            post(Kept(None, f"{error.problem.what} {error.problem.next}"))
        profile.clock.wait(cancellation.event, LOOK_AGAIN_SECONDS)
