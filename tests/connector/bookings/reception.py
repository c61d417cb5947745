"""A connected booking page over fakes, for all that happens to its bookings."""

from dataclasses import replace
from datetime import datetime, timedelta

from oncetui.connector.bookings import actions
from oncetui.model.associations import AssociatedCalendars
from oncetui.model.bookings import Booking, Customer
from oncetui.model.pages import BookingPage
from oncetui.model.problem import ProblemError
from oncetui.model.problems.network import CONNECTION_LOST
from tests.connector.world import World

DANA = Customer("Dana Reyes", "dana@customer.example")
KIM = Customer("Kim Osei", "kim@customer.example")
HALF = timedelta(minutes=30)


class Reception(World):
    """A connected page `desk` that is open at all hours: main Calendar, additional Private."""

    def __init__(self) -> None:
        super().__init__()
        self.connected()
        always = ((datetime.min.time(), datetime.min.time()),)
        self.page = replace(
            BookingPage.named("Desk", 30, "UTC"),
            working_hours=(always,) * 7,
            minimum_notice_minutes=0,
        )
        self.associate()
        self.step()
        self.noon = (self.clock.now() + timedelta(days=1)).replace(hour=12, minute=0, second=0, microsecond=0)

    def associate(self) -> None:
        """Give the page its calendars: main Calendar, additional Private."""
        ids = {calendar.name: calendar.id for calendar in self.store.busy.calendars()}
        chosen = AssociatedCalendars(ids["Calendar"], frozenset({ids["Private"]}))
        self.page = replace(self.page, associated=chosen)
        self.store.pages.save(self.page)

    def book(self, start: datetime | None = None, customer: Customer = DANA) -> Booking:
        (page,) = (page for page in self.store.pages.pages() if page.id == self.page.id)
        return actions.book(self.profile, page, start or self.noon, customer, self.cancellation)

    def events(self, key: str = "k-own") -> list[tuple[datetime, str]]:
        """Return what a calendar holds, by start, with the subjects."""
        held = self.mailbox.events.get(key, {}).values()
        return sorted((block.start, self.mailbox.subjects[block.item]) for block in held)

    def kept(self, booking: Booking) -> Booking:
        known = self.store.bookings.booking(booking.id)
        assert known is not None
        return known

    def cut_next_write(self, *, written: bool) -> None:
        """Lose the answer to the next write, and let the next sign-in fail as well."""
        lost = ProblemError(CONNECTION_LOST.problem(host="mail.contoso.example"))
        self.mailbox.cut_next_write = written
        self.mailbox.after_next_cut = lambda: self.opener.problems.append(lost)

    def goes_on(self) -> None:
        """Let the connector check again, as it does each minute."""
        self.run_for(61)
