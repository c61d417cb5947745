"""The associated calendars: for each booking page a row a calendar, with the rules kept as one toggles."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.message import Message

from oncetui.connector.bookings.moving_calendar import move_bookings_along
from oncetui.connector.connector import REFRESH
from oncetui.connector.sharing import Listed, add_shared_calendar, take_off_list
from oncetui.model.associations import AssociatedCalendars
from oncetui.model.calendars import Calendar, told_apart
from oncetui.model.cancellation import Cancellation
from oncetui.model.pages import BookingPage
from oncetui.model.ports import CalendarGateway
from oncetui.model.problem import ProblemError
from oncetui.ui.add_calendar import AddCalendarScreen
from oncetui.ui.commands import Command, bindings_of
from oncetui.ui.console.consequences import (
    bookings_that_stay,
    calendar_listed,
    consequences,
    main_calendars_moved,
    pages_that_close,
    still_used,
)
from oncetui.ui.console.drawing import fact_lines, sentence_lines, spaced
from oncetui.ui.console.drawn import Drawn
from oncetui.ui.console.following import REQUEST_LASTS
from oncetui.ui.console.sentences import counted
from oncetui.ui.console.unsaved import UnsavedScreen
from oncetui.ui.widgets.choice_matrix import ChoiceMatrix
from oncetui.ui.widgets.headline import Headline
from oncetui.ui.widgets.key_line import KeyLine

TOGGLE = Command("space", "nothing", "toggle", "Toggle what the mark stands on.", in_palette=False)
NEXT_PAGE = Command("tab", "turn(1)", "next page", "Go to the next booking page.", first=True)
PAGE_BEFORE = Command("shift+tab", "turn(-1)", "", "Go to the booking page before.", first=True)
ADD = Command("a", "add", "add", "Add a calendar that somebody shares with you, by the owner's address.")
TAKE_OFF = Command("x", "take_off", "", "Take a shared calendar off the list that no booking page uses.")
SAVE = Command("enter", "save", "save", "Save the choices of all pages.")
ALONG = Command("m", "move_along", "move them along", "Save, and move upcoming bookings along.")
BACK = Command("escape", "back", "back", "Go back without saving.")


class CalendarsScreen(UnsavedScreen[str]):
    """Closes with the sentence that says what was saved."""

    CSS_PATH = "calendars.tcss"
    AUTO_FOCUS: ClassVar[str | None] = "ChoiceMatrix"
    KEYS: ClassVar[tuple[Command, ...]] = (TOGGLE, SAVE, ALONG, NEXT_PAGE, PAGE_BEFORE, ADD, TAKE_OFF, BACK)
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KEYS[1:])
    ABOUT = (
        "For each booking page: bookings go into one calendar, also into as many others as you like, and "
        "events in the calendars that make busy close the times they take. Arrow keys move, Space toggles. "
        "Of a calendar marked free/busy only nothing but its busy times may be read."
    )

    @dataclass
    class Ended(Message):
        """The choices were saved, or could not be."""

        sentence: str
        saved: bool

    @dataclass
    class Moving(Message):
        """What becomes of upcoming bookings when main calendars move, empty where there are none."""

        sentence: str
        changed: Mapping[str, AssociatedCalendars]

    @dataclass
    class Shorter(Message):
        """A calendar was taken off the list, or could not be."""

        calendars: tuple[Calendar, ...]
        sentence: str

    def __init__(
        self,
        pages: Sequence[BookingPage],
        calendars: Sequence[Calendar],
        live: Callable[[], CalendarGateway | None] = lambda: None,
    ) -> None:
        super().__init__()
        self._live = live
        self._pages = tuple(pages)
        self._calendars = told_apart(calendars)
        self._chosen: dict[str, AssociatedCalendars] = {page.id: page.associated for page in self._pages}
        self._at = 0
        self._warned_of = ""
        self._asked_of_bookings = False

    def compose(self) -> ComposeResult:
        """Lay out the matrix and what it means."""
        yield Headline("Which calendars?")
        with VerticalScroll(id="sheet", can_focus=False):
            yield Drawn(spaced(sentence_lines), id="page")
            yield ChoiceMatrix(self._calendars, self._page.associated, marks=self.marks)
            yield Drawn(spaced(fact_lines), id="meaning")
            yield Drawn(sentence_lines, "", id="outcome")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show the first page."""
        self._show_page()

    def offers(self, command: Command) -> bool:
        """Offer to turn where there are several pages."""
        if command is ALONG:
            return self._asked_of_bookings
        return command not in (NEXT_PAGE, PAGE_BEFORE) or len(self._pages) > 1

    @on(ChoiceMatrix.Toggled)
    def _toggled(self, toggled: ChoiceMatrix.Toggled) -> None:
        self._warned_of, self._asked_of_bookings = "", False
        self.refresh_keys()
        self._chosen[self._page.id] = toggled.choice.associated
        self._show_choice()
        self.tell(toggled.choice.sentence)

    def action_turn(self, by: int) -> None:
        """Go to another page; what was chosen stays."""
        if len(self._pages) == 1:
            self.tell("This is the only booking page.")
            return
        self._at = (self._at + by) % len(self._pages)
        self.tell("")
        self._show_page()

    def action_add(self) -> None:
        """Ask whose calendar to add to the list."""
        self.app.push_screen(AddCalendarScreen(self._add), self._added)

    def action_take_off(self) -> None:
        """Take the calendar under the cursor off the list, unless a page uses it."""
        calendar = self.query_one(ChoiceMatrix).calendar
        if calendar is None:
            return
        uses = [page.name for page in self._pages if calendar.id in self._uses(page)]
        why = still_used(calendar, uses)
        if why is None:
            self._take_off(calendar)
        else:
            self.tell(why)

    def action_save(self) -> None:
        """Save; where a page would close by it, say so first and save on the second press."""
        changed = self._changed()
        if not changed:
            self.dismiss("Nothing was changed.")
            return
        closing = pages_that_close(self._pages, changed)
        if closing and self._warned_of != "save":
            self._warned_of = "save"
            self.tell(f"{closing} Enter saves it all the same.")
            return
        moved = main_calendars_moved(self._pages, changed)
        if moved and self._warned_of == "":
            self._look_for_bookings(moved, changed)
            return
        self._save(changed)

    def action_move_along(self) -> None:
        """Save, and let upcoming bookings go into the new main calendars."""
        if self._asked_of_bookings:
            self._save(self._changed(), along=True)

    @on(Moving)
    def _moving(self, moving: Moving) -> None:
        if moving.sentence:
            self._warned_of, self._asked_of_bookings = "save", True
            self.tell(f"{moving.sentence} Enter leaves them there, m moves them along, esc goes back.")
            self.refresh_keys()
        else:
            self._save(moving.changed)

    def unsaved(self) -> str:
        """Say that pages are changed."""
        number = len(self._changed())
        pages = f"{counted(number, 'booking page')} {'is' if number == 1 else 'are'}"
        return f"{pages} changed and not saved. Enter saves" if number else ""

    def left(self) -> str | None:
        """Say that nothing of it was saved."""
        return "Left without saving; nothing was changed." if self._changed() else None

    @on(Ended)
    def _ended(self, ended: Ended) -> None:
        if ended.saved:
            self.dismiss(ended.sentence)
        else:
            self.tell(ended.sentence)

    @on(Shorter)
    def _shorter(self, shorter: Shorter) -> None:
        self._show_list(shorter.calendars, shorter.sentence)

    def _added(self, listed: Listed | None) -> None:
        if listed is not None:
            self._show_list(listed.calendars, calendar_listed(listed))
            self.query_one(ChoiceMatrix).go_to(listed.shared.id)

    def _show_list(self, calendars: Sequence[Calendar], sentence: str) -> None:
        self._calendars = told_apart(calendars)
        self._show_choice()
        self.tell(sentence)

    def _uses(self, page: BookingPage) -> frozenset[str]:
        """Return the calendars that a page uses by what is saved or by what is chosen here."""
        return page.associated.in_use | self._chosen[page.id].in_use

    def _add(self, address: str, cancellation: Cancellation) -> Listed:
        return add_shared_calendar(self.services.profile, address, self._live(), cancellation)

    @property
    def _page(self) -> BookingPage:
        return self._pages[self._at]

    def _changed(self) -> dict[str, AssociatedCalendars]:
        return {
            page.id: self._chosen[page.id] for page in self._pages if self._chosen[page.id] != page.associated
        }

    def _show_page(self) -> None:
        self.query_one(Headline).show("Which calendars?", f"page {self._at + 1} of {len(self._pages)}")
        self.query_one("#page", Drawn).show(f"Bookings of “{self._page.name}” …")
        self._show_choice()

    def _show_choice(self) -> None:
        chosen = self._chosen[self._page.id]
        self.query_one(ChoiceMatrix).show(self._calendars, chosen)
        self.query_one("#meaning", Drawn).show(consequences(chosen, self._calendars))

    def tell(self, sentence: str) -> None:
        """Say something below the matrix."""
        self.query_one("#outcome", Drawn).show(sentence)

    @work(thread=True, group="list", exclusive=True, description="taking a calendar off the list")
    def _take_off(self, calendar: Calendar) -> None:
        try:
            left = take_off_list(self.services.profile, calendar, Cancellation())
        except ProblemError as error:
            self.post_message(self.Shorter(self._calendars, f"{error.problem.what} {error.problem.next}"))
        else:
            gone = all(one.id != calendar.id for one in left)
            told = "is off the list." if gone else "stays: a booking page began to use it."
            self.post_message(self.Shorter(left, f"{calendar.name} {told}"))

    @work(thread=True, group="associate", exclusive=True, description="looking for upcoming bookings")
    def _look_for_bookings(
        self, moved: Sequence[BookingPage], changed: Mapping[str, AssociatedCalendars]
    ) -> None:
        profile = self.services.profile
        try:
            upcoming = profile.bookings.since(profile.clock.now())
        except ProblemError as error:
            self.post_message(self.Ended(f"{error.problem.what} {error.problem.next}", saved=False))
        else:
            sentence = bookings_that_stay(moved, upcoming, self._calendars)
            self.post_message(self.Moving(sentence, changed))

    @work(thread=True, group="associate", exclusive=True, description="saving calendars")
    def _save(self, changed: Mapping[str, AssociatedCalendars], *, along: bool = False) -> None:
        profile = self.services.profile
        number = 0
        try:
            for page, associated in changed.items():
                profile.pages.associate(page, associated)
                number += move_bookings_along(profile, page, associated) if along else 0
            profile.commands.ask(REFRESH, profile.clock.now() + REQUEST_LASTS)
        except KeyError as missing:
            sentence = f"The page {missing.args[0]} was deleted meanwhile; the others are saved."
            self.post_message(self.Ended(sentence, saved=False))
        except ProblemError as error:
            self.post_message(self.Ended(f"{error.problem.what} {error.problem.next}", saved=False))
        else:
            told = f"The calendars of {counted(len(changed), 'booking page')} are saved."
            if number:
                told += f" {counted(number, 'booking')} {'moves' if number == 1 else 'move'} along."
            self.post_message(self.Ended(told, saved=True))
