"""Rescheduling: a free time of the booking's page is chosen, and the live calendar is asked for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message

from oncetui.connector.bookings import actions
from oncetui.model.bookings import Booking
from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.pages import BookingPage
from oncetui.model.problem import ProblemError
from oncetui.ui.commands import Command, bindings_of
from oncetui.ui.console.activity.deeds import who_is_told
from oncetui.ui.console.activity.free_times import FreeTimes, day_words
from oncetui.ui.console.activity.kept import KeptBookings
from oncetui.ui.console.activity.outcomes import STOPPED, failure_sentence
from oncetui.ui.console.drawing import fact_lines, sentence_lines, spaced
from oncetui.ui.console.drawn import Drawn
from oncetui.ui.console.parts import Fact
from oncetui.ui.screen import OurScreen
from oncetui.ui.widgets.headline import Headline
from oncetui.ui.widgets.key_line import KeyLine

DAY = Command("left,right", "nothing", "day", "Go to the day before or after.", in_palette=False)
TIME = Command("up,down", "nothing", "time", "Choose another time.", in_palette=False)
MOVE = Command("enter", "move", "move the booking", "Move the booking to the time that is chosen.")
BACK = Command("escape", "back", "back", "Go back; work under way is given up.")


class MovingScreen(OurScreen[str | None]):
    """Closes with the sentence that says what was done, or with None where nothing was."""

    CSS_PATH = "moving.tcss"
    AUTO_FOCUS: ClassVar[str | None] = "FreeTimes"
    KEYS: ClassVar[tuple[Command, ...]] = (DAY, TIME, MOVE, BACK)
    BINDINGS: ClassVar[list[BindingType]] = bindings_of((MOVE, BACK))
    ABOUT = (
        "The free times of the booking's page, a day at a time. Enter moves the booking: the live calendar "
        "is asked first, and the booking stays where it is until the new time is confirmed."
    )

    @dataclass
    class Done(Message):
        """It is moved, or could not be."""

        sentence: str
        done: bool

    def __init__(self, booking: Booking, page: BookingPage, kept: KeptBookings) -> None:
        super().__init__()
        self._booking = booking
        self._page = page
        self._kept = kept
        self._under_way: Cancellation | None = None

    def compose(self) -> ComposeResult:
        """Lay out the times and what the move means."""
        yield Headline(f"Move {self._booking.customer}", "")
        with Vertical(id="free"):
            yield FreeTimes(self._page, marks=self.marks, own=lambda: self.services.profile, id="times")
        yield Drawn(spaced(fact_lines), id="means")
        yield Drawn(sentence_lines, "", id="outcome")
        yield KeyLine()

    def on_unmount(self) -> None:
        """Give up what is under way."""
        if self._under_way is not None:
            self._under_way.cancel()

    @on(FreeTimes.Turned)
    def _turned(self, turned: FreeTimes.Turned) -> None:
        day, time = turned.day, self._kept.time
        self.query_one(Headline).show(f"Move {self._booking.customer}", day_words(day))
        moves = time.day(self._booking.start)
        if day.slot is not None:
            moves += f" {self.marks.arrow} {time.day(day.slot.start)}"
        told = who_is_told(self._booking, self._kept, "the change")
        self.query_one("#means", Drawn).show((Fact("Moves", moves), Fact("Told", told)))
        if turned.by_person and self._under_way is None:
            self._tell("")

    def action_move(self) -> None:
        """Move the booking to the chosen time."""
        day = self.query_one(FreeTimes).day
        if self._under_way is not None or day is None:
            return
        if day.slot is None:
            self._tell("There is no free time on this day; ← and → lead to others.")
            return
        self._under_way = Cancellation()
        self._tell("Asking the calendar… (esc stops waiting)")
        self._work(day.slot.start, self._under_way)

    def action_back(self) -> None:
        """Go back; where the move is under way, stop waiting for it."""
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

    def _tell(self, sentence: str) -> None:
        self.query_one("#outcome", Drawn).show(sentence)

    @work(thread=True, group="deed", description="moving a booking")
    def _work(self, start: datetime, cancellation: Cancellation) -> None:
        try:
            after = actions.reschedule(self.services.profile, self._booking.id, start, cancellation)
        except ProblemError as error:
            self.post_message(self.Done(failure_sentence(error.problem), done=False))
        except CancelledByUserError:
            self.post_message(self.Done(STOPPED, done=True))
        else:
            moved = f"{after.customer} is moved to {self._kept.time.day(after.start)}."
            self.post_message(self.Done(moved, done=True))
