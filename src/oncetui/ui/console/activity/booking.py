"""Taking a time for a customer: page, free time, name and email, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.events import DescendantBlur, DescendantFocus
from textual.message import Message
from textual.widgets import Input

from oncetui.connector.bookings import actions
from oncetui.model.bookings import Booking, Customer
from oncetui.model.calendars import Calendar
from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.pages import BookingPage
from oncetui.model.problem import ProblemError
from oncetui.model.problems.bookings import NOT_YET_CONFIRMED
from oncetui.ui.commands import Command, bindings_of
from oncetui.ui.console.activity.free_times import FreeTimes, day_words
from oncetui.ui.console.activity.outcomes import STOPPED, failure_sentence
from oncetui.ui.console.consequences import listed
from oncetui.ui.console.drawing import sentence_lines
from oncetui.ui.console.drawn import Drawn
from oncetui.ui.console.times import LocalTime
from oncetui.ui.screen import OurScreen
from oncetui.ui.widgets.field import Field
from oncetui.ui.widgets.headline import Headline
from oncetui.ui.widgets.key_line import KeyLine

DAY = Command("left,right", "nothing", "day", "Go to the day before or after.", in_palette=False)
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


class BookScreen(OurScreen[str | None]):
    """Closes with the sentence that says what was booked."""

    CSS_PATH = "booking.tcss"
    AUTO_FOCUS: ClassVar[str | None] = "FreeTimes"
    KEYS: ClassVar[tuple[Command, ...]] = (DAY, TIME, PAGE, NEXT, BOOK, BACK)
    # Tab is bound by `OurScreen`, before the field that it leaves.
    BINDINGS: ClassVar[list[BindingType]] = bindings_of((PAGE, BOOK, BACK))
    ABOUT = (
        "Takes a time on a booking page for a customer. Arrow keys go through days and free times, Tab goes "
        "to name and email. The live calendar is asked before the booking is confirmed."
    )

    @dataclass
    class Done(Message):
        """It is booked, or could not be."""

        sentence: str
        done: bool

    def __init__(self, pages: Sequence[BookingPage], page: BookingPage | None = None) -> None:
        super().__init__()
        self._pages = tuple(pages)
        self._page = page or self._pages[0]
        self._under_way: Cancellation | None = None

    def compose(self) -> ComposeResult:
        """Lay out the free times and the customer."""
        yield Headline(f"Book · {self._page.name}", "")
        with Vertical(id="free"):
            yield FreeTimes(self._page, marks=self.marks, own=lambda: self.services.profile, id="times")
        yield Field("Name", id="name", help=HELP["name"], free_text=True)
        yield Field("Email", id="email", help=HELP["email"])
        yield Drawn(sentence_lines, "", id="outcome")
        yield KeyLine()

    def on_unmount(self) -> None:
        """Give up what is under way."""
        if self._under_way is not None:
            self._under_way.cancel()

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
        if turned.by_person and self._under_way is None:
            self._tell("")

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
            self._tell("This is the only booking page.")
            return
        self._page = self._pages[(self._pages.index(self._page) + 1) % len(self._pages)]
        self.query_one(FreeTimes).look_at(self._page)

    def action_book(self) -> None:
        """Book, or go to the first thing that is missing."""
        day = self.query_one(FreeTimes).day
        if self._under_way is not None or day is None:
            return
        if day.slot is None:
            self.query_one(FreeTimes).focus()
            self._tell("Choose a free time first: ← and → lead to other days.")
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
        self._under_way = Cancellation()
        self._tell("Asking the calendar… (esc stops waiting)")
        self._work(day.page, day.slot.start, Customer.named(**typed), self._under_way)

    def action_back(self) -> None:
        """Go back; where a booking is under way, stop waiting for it."""
        if self._under_way is None:
            self.dismiss(None)
        else:
            self._under_way.cancel()

    @on(Done)
    def _done(self, done: Done) -> None:
        self._under_way = None
        if done.done:
            self.dismiss(done.sentence)
            return
        self._tell(done.sentence)
        self.query_one(FreeTimes).read_again()

    def _from_times(self) -> bool:
        return isinstance(self.focused, FreeTimes)

    def _tell(self, sentence: str) -> None:
        self.query_one("#outcome", Drawn).show(sentence)

    @work(thread=True, group="deed", description="booking a time")
    def _work(
        self, page: BookingPage, start: datetime, customer: Customer, cancellation: Cancellation
    ) -> None:
        profile = self.services.profile
        try:
            booking = actions.book(profile, page, start, customer, cancellation)
            calendars = {calendar.id: calendar for calendar in profile.busy.calendars()}
        except ProblemError as error:
            waits = error.problem.code == NOT_YET_CONFIRMED.code
            self.post_message(self.Done(failure_sentence(error.problem), done=waits))
        except CancelledByUserError:
            self.post_message(self.Done(STOPPED, done=True))
        else:
            time = LocalTime(profile.clock.now(), ZoneInfo(profile.time_zone))
            self.post_message(self.Done(booked_sentence(booking, calendars, time), done=True))
