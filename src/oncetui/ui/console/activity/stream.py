"""The list of bookings: to come first, filtered by words, with the keys that change the chosen one."""

from functools import partial
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.events import Resize
from textual.widgets import Input

from oncetui.model.bookings import Booking
from oncetui.model.cancellation import Cancellation
from oncetui.ui.commands import Command, bindings_of
from oncetui.ui.console.activity.asking import AskingScreen
from oncetui.ui.console.activity.changing import CHANGES, ChangingScreen
from oncetui.ui.console.activity.details import BookingScreen
from oncetui.ui.console.activity.foreign import taking_over
from oncetui.ui.console.activity.kept import Kept, KeptBookings, follow_bookings
from oncetui.ui.console.activity.rows import (
    ActivityRow,
    Shown,
    StreamView,
    chosen_sentence,
    rows_shown,
    stream_lines,
)
from oncetui.ui.console.drawing import sentence_lines
from oncetui.ui.console.drawn import Drawn
from oncetui.ui.console.sentences import counted
from oncetui.ui.widgets.field import Field
from oncetui.ui.widgets.headline import Headline
from oncetui.ui.widgets.key_line import KeyLine

UP = Command("up", "choose(-1)", "", "Choose the booking above.", in_palette=False)
DOWN = Command("down", "choose(1)", "", "Choose the booking below.", in_palette=False)
PAGE_UP = Command("pageup,home", "choose(-15)", "", "Go up the list.", in_palette=False)
PAGE_DOWN = Command("pagedown,end", "choose(15)", "", "Go down the list.", in_palette=False)
DETAILS = Command("enter", "details", "show", "Show this booking with each of its events.")
FILTER = Command("slash", "filter", "filter", "Show only bookings that hold some words, of state too.")
PAST = Command("p", "past", "past", "Show past and canceled bookings too, or hide them again.")
BOOK = Command("b", "book", "book", "Take a time for a customer.")
TAKE_OVER = Command("o", "take_over", "take over", "Take over what another installation booked.")
BACK = Command("escape", "back", "back", "Take the filter away, or go back.")

READING = "One moment: the bookings are being read."
NOTHING_TO_COME = "No bookings to come. b books one; p shows past and canceled ones."
NOTHING_MATCHES = "No booking to come matches; p looks through past and canceled ones too."
FILTER_HELP = "words of customer, page or state, such as: kim canceled"


class ActivityScreen(ChangingScreen[str | None]):
    """Closes with `book` where a booking is to be made next."""

    CSS_PATH = "stream.tcss"
    AUTO_FOCUS: ClassVar[str | None] = ""
    KEYS: ClassVar[tuple[Command, ...]] = (
        DETAILS,
        *CHANGES,
        FILTER,
        PAST,
        BOOK,
        TAKE_OVER,
        UP,
        DOWN,
        PAGE_UP,
        PAGE_DOWN,
        BACK,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KEYS)
    ABOUT = (
        "The bookings to come, those that wait for the calendar, and those that somebody changed in the "
        "calendar. / filters by words: of customer, page and state. p shows what is past and canceled too."
    )

    def __init__(self, filter: str = "") -> None:  # noqa: A002  # what the screen calls it
        super().__init__()
        self._shown = Shown(filter=filter)
        self._kept: KeptBookings | None = None
        self._rows: tuple[ActivityRow, ...] = ()
        self._chosen = 0
        self._told = ""
        self._cancellation = Cancellation()

    def compose(self) -> ComposeResult:
        """Lay out the filter, the list and the line below."""
        yield Headline("Activity stream", "")
        yield Field("Filter", id="filter", help=FILTER_HELP, value=self._shown.filter)
        with Vertical(id="stream"):
            yield Drawn(partial(stream_lines, marks=self.marks), StreamView((), 0, 1), id="rows")
        yield Drawn(sentence_lines, READING, id="outcome")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show what is kept, and go on following it."""
        self.query_one("#filter").display = bool(self._shown.filter)
        self._follow()

    def on_unmount(self) -> None:
        """Stop following."""
        self._cancellation.cancel()

    @on(Resize)
    def _resized(self) -> None:
        self.call_after_refresh(self._paint)

    def tell(self, sentence: str) -> None:
        """Say something below the list, until another booking is chosen."""
        self._told = sentence
        self._paint()

    def chosen(self) -> tuple[Booking, KeptBookings] | None:
        """Return the booking under the mark."""
        if self._kept is None or not self._rows:
            return None
        booking = self._kept.booking(self._rows[self._chosen].id)
        return None if booking is None else (booking, self._kept)

    def action_choose(self, by: int) -> None:
        """Choose another booking, up to the ends of the list."""
        self._chosen = max(0, min(self._chosen + by, len(self._rows) - 1))
        self.tell("")

    def action_details(self) -> None:
        """Show the chosen booking."""
        found = self.chosen()
        if found is not None:
            self.app.push_screen(BookingScreen(*found))

    def action_filter(self) -> None:
        """Open the filter."""
        field = self.query_one("#filter", Field)
        field.display = True
        field.focus_input()

    def action_past(self) -> None:
        """Show past and canceled bookings too, or hide them."""
        self._show(Shown(not self._shown.past, self._shown.filter))

    def offers(self, command: Command) -> bool:
        """Offer to take over what is known to be another installation's."""
        if command is TAKE_OVER:
            return self._kept is not None and self._kept.has_foreign
        return super().offers(command)

    def action_take_over(self) -> None:
        """Ask before it is done, or say why there is nothing to take over."""
        deed = READING if self._kept is None else taking_over(self._kept)
        if isinstance(deed, str):
            self.tell(deed)
        else:
            self.app.push_screen(AskingScreen(deed), self._after)

    def action_book(self) -> None:
        """Go on to a new booking."""
        self.dismiss("book")

    def action_back(self) -> None:
        """Leave the filter, then the screen."""
        field = self.query_one("#filter", Field)
        if field.display:
            field.value = ""
            field.display = False
            self.set_focus(None)
            self._show(Shown(self._shown.past))
        else:
            self.dismiss(None)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._show(Shown(self._shown.past, event.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.set_focus(None)
        self.refresh_keys()

    @on(Kept)
    def _take(self, told: Kept) -> None:
        if told.kept is None:
            self.tell(told.failure)
            return
        first, self._kept = self._kept is None, told.kept
        self._list_anew(keep=not first)

    def _show(self, shown: Shown) -> None:
        if shown != self._shown:
            self._shown, self._told = shown, ""
            self._list_anew(keep=True)

    def _list_anew(self, *, keep: bool) -> None:
        """Work out the rows; the mark stays on its booking, where that is still listed."""
        if self._kept is None:
            return
        here = self._rows[self._chosen].id if keep and self._rows else ""
        self._rows = rows_shown(self._kept, self._shown)
        ids = [row.id for row in self._rows]
        self._chosen = ids.index(here) if here in ids else min(self._chosen, max(0, len(ids) - 1))
        self._paint()

    def _paint(self) -> None:
        if self._kept is None:
            return
        self.query_one(Headline).show("Activity stream", self._summary(self._kept))
        room = self.query_one("#stream").size.height
        self.query_one("#rows", Drawn).show(StreamView(self._rows, self._chosen, room))
        nothing = NOTHING_MATCHES if self._shown.filter else NOTHING_TO_COME
        said = chosen_sentence(self._rows[self._chosen]) if self._rows else nothing
        self.query_one("#outcome", Drawn).show(self._told or said)
        self.refresh_keys()

    def _summary(self, kept: KeptBookings) -> str:
        waiting = sum(one.in_outbox for one in kept.bookings)
        unsettled = sum(bool(one.unsettled) for one in kept.bookings)
        parts = [counted(len(self._rows), "booking") + (" with past ones" if self._shown.past else "")]
        parts += [f"{waiting} waiting"] if waiting else []
        parts += [f"{unsettled} to settle"] if unsettled else []
        return " · ".join(parts)

    @work(thread=True, group="follow", description="following the bookings")
    def _follow(self) -> None:
        follow_bookings(self.services.profile, self._cancellation, self.post_message)
