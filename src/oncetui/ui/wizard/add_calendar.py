"""A question over the calendars step: whose calendar to add."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static
from textual.worker import Worker, WorkerState

from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.problem import ProblemError
from oncetui.setup.calendar_choice import CalendarChoice
from oncetui.setup.sharing import add_shared
from oncetui.setup.signing_in import SignedIn
from oncetui.ui.commands import Command, bindings_of
from oncetui.ui.screen import OurModal
from oncetui.ui.widgets.field import Field

HELP = "the address of the person or room that shares its calendar with you"
CANCEL = Command("escape", "cancel", "back", "Go back without adding one.", in_palette=False)


class AddCalendarScreen(OurModal[CalendarChoice | None]):
    """Reads the calendar of an address; the address stays where that fails."""

    CSS_PATH = "add_calendar.tcss"
    KEYS: ClassVar[tuple[Command, ...]] = (CANCEL,)
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KEYS)

    @dataclass
    class Ended(Message):
        """The reading ended: with a longer list, or with a sentence that says why not."""

        choice: CalendarChoice | None
        sentence: str = ""

    def __init__(self, signed_in: SignedIn, choice: CalendarChoice) -> None:
        super().__init__()
        self._signed_in = signed_in
        self._choice = choice
        self._reading: Cancellation | None = None

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        with Vertical(id="sheet"):
            yield Static("Add a shared calendar", classes="title")
            yield Field("Whose", id="whose", help=HELP)
            yield Static("enter add   esc back", classes="foot")

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        if self._reading is not None:
            return
        self._reading = Cancellation()
        self.query_one(Field).show(help="Reading it…")
        self._read(event.value, self._reading)

    @work(thread=True, group="shared", exit_on_error=False, description="shared calendar")
    def _read(self, address: str, cancellation: Cancellation) -> None:
        try:
            self.post_message(self.Ended(add_shared(self._signed_in, self._choice, address, cancellation)))
        except CancelledByUserError:
            return
        except ProblemError as error:
            problem = error.problem
            # How an address is spelt says already what to do.
            told = problem.what if problem.fields == ("email",) else f"{problem.what} {problem.next}"
            self.post_message(self.Ended(None, told))

    @on(Ended)
    def _ended(self, event: Ended) -> None:
        self._reading = None
        if event.choice is None:
            self.query_one(Field).show(error=event.sentence)
        else:
            self.dismiss(event.choice)

    @on(Worker.StateChanged)
    def _worker_failed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR:
            self.post_message(self.Ended(None, f"It can't be read: {type(event.worker.error).__name__}."))

    def action_cancel(self) -> None:
        """Go back; what is still being read is of no interest any more."""
        self.dismiss(None)
