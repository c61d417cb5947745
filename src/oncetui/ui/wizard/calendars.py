"""The calendars step: which calendars the first booking page goes with."""

from functools import partial
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.reactive import reactive
from textual.widgets import Static

from oncetui.model.cancellation import Cancellation
from oncetui.setup.calendar_choice import CalendarChoice, additional_toggled, busy_toggled, main_chosen
from oncetui.setup.free_events import free_events_of_choice
from oncetui.setup.headline import Mark
from oncetui.setup.sharing import add_shared
from oncetui.setup.signing_in import SignedIn
from oncetui.ui.add_calendar import AddCalendarScreen
from oncetui.ui.commands import Command, bindings_of
from oncetui.ui.screen import OurScreen
from oncetui.ui.widgets.choice_matrix import ChoiceMatrix, Column
from oncetui.ui.widgets.headline import Headline
from oncetui.ui.widgets.key_line import KeyLine
from oncetui.ui.wizard.sentence import SentenceLine

ADD = Command("a", "add", "add calendar", "Add a calendar that somebody shares with you.")
TOGGLE = Command("space", "toggle_here", "toggle", "Choose or leave out the calendar under the cursor.")
EVENTS = Command("e", "events", "free events", "List the events of the coming fortnight that don't block.")
ON = Command("enter", "go_on", "continue", "Go on with this choice.", in_palette=False)
BACK = Command("escape", "back", "back", "Go back to the account; nothing is lost.", in_palette=False)

_TRANSITIONS = {
    Column.MAIN: main_chosen,
    Column.ADDITIONAL: additional_toggled,
    Column.BUSY: busy_toggled,
}


class CalendarsScreen(OurScreen[CalendarChoice | None]):
    """Paints a `CalendarChoice`; the rules of each toggle are the model's."""

    CSS_PATH = "calendars.tcss"
    ABOUT = (
        "Bookings go into one main calendar, and into others as well if you like. Events in the calendars "
        "that make busy can't be booked over. All of it can be changed later."
    )
    KEYS: ClassVar[tuple[Command, ...]] = (TOGGLE, ADD, EVENTS, ON, BACK)
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KEYS)

    choice: reactive[CalendarChoice | None] = reactive(None, init=False, repaint=False)

    def __init__(self, choice: CalendarChoice, signed_in: SignedIn) -> None:
        super().__init__()
        self.set_reactive(CalendarsScreen.choice, choice)
        self._start = choice
        self._signed_in = signed_in

    def compose(self) -> ComposeResult:
        """Lay out the step."""
        yield Headline("Which calendars?", "step 2 of 4")
        yield Static(f"{self._start.title} …", id="for-page", markup=False)
        yield ChoiceMatrix(self._start.calendars, self._start.associated, marks=self.marks)
        yield Static(id="meaning", markup=False)
        yield SentenceLine(self.marks)
        yield KeyLine()

    def on_mount(self) -> None:
        """Paint the choice as it opens."""
        self._paint(self._start)
        self.query_one(ChoiceMatrix).focus()

    def watch_choice(self, _before: CalendarChoice | None, after: CalendarChoice | None) -> None:
        """Paint."""
        if after is not None:
            self._paint(after)

    def _paint(self, choice: CalendarChoice) -> None:
        self.query_one(ChoiceMatrix).show(choice.calendars, choice.associated)
        self.query_one("#meaning", Static).update("\n".join(choice.sentences))
        line = self.query_one(SentenceLine)
        if choice.refused and choice.said:
            line.show(choice.said, Mark.CAUTION)
        elif choice.warning:
            line.show(choice.warning, Mark.CAUTION)
        else:
            line.show("")

    @on(ChoiceMatrix.Toggled)
    def _toggled(self, event: ChoiceMatrix.Toggled) -> None:
        if self.choice is not None:
            self.choice = _TRANSITIONS[event.column](self.choice, event.calendar.id)

    def action_toggle_here(self) -> None:
        """Toggle the cell under the cursor, from the palette too."""
        self.query_one(ChoiceMatrix).action_press()

    @work(group="add-calendar", description="add a calendar")
    async def action_add(self) -> None:
        """Ask whose calendar to add, and add it."""
        choice = self.choice
        if choice is None:
            return

        def read(address: str, _: Cancellation) -> CalendarChoice:
            # The gateway is the wizard's own, so going back from the question must not cut it.
            return add_shared(self._signed_in, choice, address, Cancellation())

        added = await self.app.push_screen_wait(AddCalendarScreen(read))
        self.choice = added or self.choice

    def action_events(self) -> None:
        """List the events that are marked Free, read with the sign-in that stands."""
        from oncetui.ui.console.free_events import FreeEventsScreen  # noqa: PLC0415  # seldom asked for

        choice, profile = self.choice, self.services.profile
        if choice is not None:
            listed = partial(free_events_of_choice, profile, self._signed_in, choice)
            self.app.push_screen(FreeEventsScreen(listed))

    def action_go_on(self) -> None:
        """Go on with this choice."""
        self.dismiss(self.choice)

    def action_back(self) -> None:
        """Go back to the account."""
        self.dismiss(None)
