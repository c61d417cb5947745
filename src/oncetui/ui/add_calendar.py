"""A question over the calendars, in the wizard and on the console: whose calendar to add."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static
from textual.worker import Worker, WorkerState

from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.problem import ProblemError
from oncetui.ui.commands import Command, bindings_of
from oncetui.ui.screen import OurModal
from oncetui.ui.widgets.field import Field

HELP = "the address of the person or room that shares its calendar with you"
CANCEL = Command("escape", "cancel", "back", "Go back without adding one.", in_palette=False)

Listed = TypeVar("Listed")
Reading = Callable[[str, Cancellation], Listed]
"""Reads the calendar of an address, blocking, and returns the longer list; raises `ProblemError`."""


class AddCalendarScreen(OurModal[Listed | None], Generic[Listed]):
    """Closes with what was read of an address; the address stays where that fails."""

    CSS_PATH = "add_calendar.tcss"
    KEYS: ClassVar[tuple[Command, ...]] = (CANCEL,)
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KEYS)
    ABOUT = "Type the email address of whoever shares a calendar with you. Enter reads it, Esc goes back."

    @dataclass
    class Ended(Message):
        """The reading ended: with a list, or with a sentence that says why not."""

        listed: object
        sentence: str = ""

    def __init__(self, reading: Reading[Listed]) -> None:
        super().__init__()
        self._read = reading
        self._under_way: Cancellation | None = None

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        with Vertical(id="sheet"):
            yield Static("Add a shared calendar", classes="title")
            yield Field("Whose", id="whose", help=HELP)
            yield Static("enter add   esc back   ? help", classes="foot")

    def on_unmount(self) -> None:
        """Stop what is still being read."""
        if self._under_way is not None:
            self._under_way.cancel()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        if self._under_way is None:
            self._under_way = Cancellation()
            self.query_one(Field).show(help="Reading it…")
            self._work(event.value, self._under_way)

    @work(thread=True, group="shared", exit_on_error=False, description="shared calendar")
    def _work(self, address: str, cancellation: Cancellation) -> None:
        try:
            self.post_message(self.Ended(self._read(address, cancellation)))
        except CancelledByUserError:
            return
        except ProblemError as error:
            problem = error.problem
            # How an address is spelt says already what to do.
            told = problem.what if problem.fields == ("email",) else f"{problem.what} {problem.next}"
            self.post_message(self.Ended(None, told))

    @on(Ended)
    def _ended(self, event: Ended) -> None:
        self._under_way = None
        if event.listed is None:
            self.query_one(Field).show(error=event.sentence)
        else:
            self.dismiss(event.listed)  # type: ignore[arg-type]  # what the reading returned

    @on(Worker.StateChanged)
    def _worker_failed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR:
            self.post_message(self.Ended(None, f"It can't be read: {type(event.worker.error).__name__}."))

    def action_cancel(self) -> None:
        """Go back; what is still being read is of no interest any more."""
        self.dismiss(None)
