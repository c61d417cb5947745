"""Taking a time for a customer: page, free time, name and email, and what came of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import ClassVar
from zoneinfo import ZoneInfo

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.events import DescendantBlur, DescendantFocus
from textual.widgets import Input

from oncetui.connector.bookings import actions
from oncetui.model.bookings import Booking, Customer
from oncetui.model.calendars import Calendar
from oncetui.model.cancellation import Cancellation
from oncetui.model.pages import BookingPage
from oncetui.model.profile import Profile
from oncetui.ui.commands import Command, bindings_of
from oncetui.ui.console.activity.doing import DoingScreen
from oncetui.ui.console.activity.free_times import FreeTimes, day_words
from oncetui.ui.console.consequences import listed
from oncetui.ui.console.drawing import sentence_lines
from oncetui.ui.console.drawn import Drawn
from oncetui.ui.console.times import LocalTime
from oncetui.ui.widgets.field import Field
from oncetui.ui.widgets.headline import Headline
from oncetui.ui.widgets.key_line import KeyLine

DAY = Command(
    "left,right",
    "nothing",
    "day",
    "Go to the day before or after; page up and page down go a week.",
    in_palette=False,
)
TIME = Command("up,down", "nothing", "time", "Choose another time.", in_palette=False)
PAGE = Command("ctrl+n", "next_page", "next page", "Go to the next booking page.", first=True)
NEXT = Command("tab", "app.focus_next", "next field", "Go to the next field.", in_palette=False)
BOOK = Command("enter", "book", "book", "Book the chosen time for this customer.")
BACK = Command("escape", "back", "back", "Go back; work under way is given up.")

HELP = {"name": "who comes, such as Dana Reyes", "email": "where the customer can be reached"}


def customer_error(field: str, value: str) -> str | None:
    """Return what is wrong with one field of a customer, None where nothing is."""
    try:
        Customer.named(**({"name": "Dana Reyes", "email": "dana@customer.example"} | {field: value}))
    except ValueError as error:
        return str(error)
    return None


def booked_sentence(booking: Booking, calendars: Mapping[str, Calendar], time: LocalTime) -> str:
    """Return that a booking is made, and in which calendars it is."""
    booked = f"{booking.customer} is booked for {time.day(booking.start)}"
    names = [
        calendars[one.calendar].name
        for one in booking.events
        if one.holds_an_event and one.calendar in calendars
    ]
    if not booking.events:
        return f"{booked}, in no calendar: none is connected."
    rest = " The other calendars get it in a moment." if booking.in_outbox else ""
    return f"{booked}, in {listed(names)}.{rest}"


class BookScreen(DoingScreen):
    """Shows the free times of a page, and who is to come."""

    CSS_PATH = "booking.tcss"
    AUTO_FOCUS: ClassVar[str | None] = "FreeTimes"
    KEYS: ClassVar[tuple[Command, ...]] = (BOOK, DAY, TIME, NEXT, PAGE, BACK)
    # Tab is bound by `OurScreen`, before the field that it leaves.
    BINDINGS: ClassVar[list[BindingType]] = bindings_of((PAGE, BOOK, BACK))
    ABOUT = (
        "Takes a time on a booking page for a customer. Arrow keys go through days and free times, Tab goes "
        "to name and email. The live calendar is asked before the booking is confirmed."
    )

    def __init__(self, pages: Sequence[BookingPage], page: BookingPage | None = None) -> None:
        super().__init__()
        self._pages = tuple(pages)
        self._page = page or self._pages[0]

    def compose(self) -> ComposeResult:
        """Lay out the free times and the customer."""
        yield Headline(f"Book · {self._page.name}", "")
        with Vertical(id="free"):
            yield FreeTimes(self._page, marks=self.marks, own=lambda: self.services.profile, id="times")
        yield Field("Name", id="name", help=HELP["name"], free_text=True)
        yield Field("Email", id="email", help=HELP["email"])
        yield Drawn(sentence_lines, "", id="outcome")
        yield KeyLine()

    def offers(self, command: Command) -> bool:
        """Offer days and times while the list is focused, other pages where there are any."""
        if command in (DAY, TIME):
            return isinstance(self.focused, FreeTimes)
        return command is not PAGE or len(self._pages) > 1

    @on(DescendantFocus)
    @on(DescendantBlur)
    def _repaint_times(self) -> None:
        self.query_one(FreeTimes).refresh()

    @on(FreeTimes.Turned)
    def _turned(self, turned: FreeTimes.Turned) -> None:
        self.query_one(Headline).show(f"Book · {turned.day.page.name}", day_words(turned.day))
        if turned.by_person and not self.is_under_way:
            self.tell("")

    @on(Input.Blurred)
    def _left(self, event: Input.Blurred) -> None:
        field = event.input.query_ancestor(Field)
        # An empty field is not wrong yet: one may have come by on the way to another.
        if field.id is not None and field.value:
            field.show(help=HELP[field.id], error=customer_error(field.id, field.value) or "")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_book()

    def action_next_page(self) -> None:
        """Look at the free times of the next page."""
        if len(self._pages) == 1:
            self.tell("This is the only booking page.")
            return
        self._page = self._pages[(self._pages.index(self._page) + 1) % len(self._pages)]
        self.query_one(FreeTimes).look_at(self._page)

    def action_book(self) -> None:
        """Book, or go to the first thing that is missing."""
        day = self.query_one(FreeTimes).day
        if self.is_under_way or day is None:
            return
        if day.slot is None:
            self.query_one(FreeTimes).focus()
            self.tell("Choose a free time first: ← and → lead to other days.")
            return
        for name, help_text in HELP.items():
            field = self.query_one(f"#{name}", Field)
            error = customer_error(name, field.value)
            if error is not None:
                # On the way from the times to the customer nothing is wrong yet.
                yet = bool(field.value) or not self._from_times()
                field.show(help=help_text, error=error if yet else "")
                field.focus_input()
                return
        typed = {name: self.query_one(f"#{name}", Field).value for name in HELP}
        booking = partial(self._book, day.page, day.slot.start, Customer.named(**typed))
        self.begin("Asking the calendar", booking)

    def unsaved(self) -> str:
        """Say that a customer was typed."""
        typed = [self.query_one(f"#{name}", Field).value.strip() for name in HELP]
        return f"{next(filter(None, typed))} is not booked yet. Enter books" if any(typed) else ""

    def could_not(self) -> None:
        """Read the day anew."""
        self.query_one(FreeTimes).read_again()

    def _from_times(self) -> bool:
        return isinstance(self.focused, FreeTimes)

    def _book(
        self,
        page: BookingPage,
        start: datetime,
        customer: Customer,
        profile: Profile,
        cancellation: Cancellation,
    ) -> str:
        booking = actions.book(profile, page, start, customer, cancellation)
        calendars = {calendar.id: calendar for calendar in profile.busy.calendars()}
        time = LocalTime(profile.clock.now(), ZoneInfo(profile.time_zone))
        return booked_sentence(booking, calendars, time)
