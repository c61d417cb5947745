"""Rescheduling: a free time of the booking's page is chosen, and the live calendar is asked for it."""

from datetime import datetime
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from oncetui.connector.bookings import actions
from oncetui.model.bookings import Booking
from oncetui.model.cancellation import Cancellation
from oncetui.model.pages import BookingPage
from oncetui.model.profile import Profile
from oncetui.ui.commands import Command, bindings_of
from oncetui.ui.console.activity.deeds import who_is_told
from oncetui.ui.console.activity.doing import DoingScreen
from oncetui.ui.console.activity.free_times import FreeTimes, day_words
from oncetui.ui.console.activity.kept import KeptBookings
from oncetui.ui.console.drawing import fact_lines, sentence_lines, spaced
from oncetui.ui.console.drawn import Drawn
from oncetui.ui.console.parts import Fact
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
MOVE = Command("enter", "move", "move the booking", "Move the booking to the time that is chosen.")
BACK = Command("escape", "back", "back", "Go back; work under way is given up.")


class MovingScreen(DoingScreen):
    """Shows the free times, and what the move means."""

    CSS_PATH = "moving.tcss"
    AUTO_FOCUS: ClassVar[str | None] = "FreeTimes"
    KEYS: ClassVar[tuple[Command, ...]] = (MOVE, DAY, TIME, BACK)
    BINDINGS: ClassVar[list[BindingType]] = bindings_of((MOVE, BACK))
    ABOUT = (
        "The free times of the booking's page, a day at a time. Enter moves the booking: the live calendar "
        "is asked first, and the booking stays where it is until the new time is confirmed."
    )

    def __init__(self, booking: Booking, page: BookingPage, kept: KeptBookings) -> None:
        super().__init__()
        self._booking = booking
        self._page = page
        self._kept = kept

    def compose(self) -> ComposeResult:
        """Lay out the times and what the move means."""
        yield Headline(f"Move {self._booking.customer}", "")
        with Vertical(id="free"):
            yield FreeTimes(self._page, marks=self.marks, own=lambda: self.services.profile, id="times")
        yield Drawn(spaced(fact_lines), id="means")
        yield Drawn(sentence_lines, "", id="outcome")
        yield KeyLine()

    @on(FreeTimes.Turned)
    def _turned(self, turned: FreeTimes.Turned) -> None:
        day, time = turned.day, self._kept.time
        self.query_one(Headline).show(f"Move {self._booking.customer}", day_words(day))
        moves = time.day(self._booking.start)
        if day.slot is not None:
            moves += f" {self.marks.arrow} {time.day(day.slot.start)}"
        told = who_is_told(self._booking, self._kept, "the change")
        self.query_one("#means", Drawn).show((Fact("Moves", moves), Fact("Told", told)))
        if turned.by_person and not self.is_under_way:
            self.tell("")

    def action_move(self) -> None:
        """Move the booking to the chosen time."""
        day = self.query_one(FreeTimes).day
        if self.is_under_way or day is None:
            return
        if day.slot is None:
            self.tell("There is no free time on this day; ← and → lead to others.")
            return
        self.begin("Asking the calendar", partial(self._move, day.slot.start))

    def could_not(self) -> None:
        """Read the day anew."""
        self.query_one(FreeTimes).read_again()

    def _move(self, start: datetime, profile: Profile, cancellation: Cancellation) -> str:
        after = actions.reschedule(profile, self._booking.id, start, cancellation)
        return f"{after.customer} is moved to {self._kept.time.day(after.start)}."
