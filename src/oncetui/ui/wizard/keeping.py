"""The step before the last: how changes become known, where the password is kept; then all is saved."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.timer import Timer
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.connection import KeptIn, SyncMode
from oncetui.model.ports import Clock
from oncetui.model.problem import Problem, ProblemError
from oncetui.model.problems.unknown import UNKNOWN
from oncetui.model.secret import Secret
from oncetui.model.stream_check import StreamCheck
from oncetui.setup.headline import Mark, by_hand, mark_of
from oncetui.setup.keeping import (
    MEANINGS,
    KeepingState,
    passphrase_chosen,
    place_chosen,
    stream_checked,
    sync_mode_chosen,
)
from oncetui.setup.summary import Summary
from oncetui.ui.commands import Command, bindings_of
from oncetui.ui.screen import OurScreen
from oncetui.ui.widgets.choice_list import ChoiceList, Option
from oncetui.ui.widgets.headline import Headline
from oncetui.ui.widgets.key_line import KeyLine
from oncetui.ui.wizard.passphrase import PassphraseScreen
from oncetui.ui.wizard.sentence import SentenceLine

OTHER = Command(
    "tab", "app.focus_next", "other question", "Go to the other question; arrows choose.", in_palette=False
)
SAVE = Command("enter", "save", "save and finish", "Read the calendars once and save the connection.")
BACK = Command("escape", "back", "back", "Go back to the calendars; nothing is lost.", in_palette=False)


@dataclass(frozen=True)
class Kept:
    """What the step ends with; without a summary a person went back, or stopped the reading."""

    state: KeepingState
    summary: Summary | None = None
    stopped: bool = False


class KeepingScreen(OurScreen[Kept]):
    """Paints a `KeepingState`; `finish` is the blocking end of the wizard, which a cancellation stops."""

    CSS_PATH = "keeping.tcss"
    ABOUT = "Nothing is saved before the connection has read your calendars once more."
    KEYS: ClassVar[tuple[Command, ...]] = (OTHER, SAVE, BACK)
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KEYS)

    state: reactive[KeepingState | None] = reactive(None, init=False, repaint=False)

    @dataclass
    class Finished(Message):
        """The connection was saved, or was not; neither a summary nor a problem means stopped."""

        summary: Summary | None = None
        problem: Problem | None = None

    @dataclass
    class Listened(Message):
        """The server was listened to, and this came of it."""

        stream: StreamCheck

    def __init__(
        self,
        start: KeepingState,
        clock: Clock,
        finish: Callable[[KeepingState, Cancellation], Summary],
        listen: Callable[[Cancellation], StreamCheck],
    ) -> None:
        super().__init__()
        self.set_reactive(KeepingScreen.state, start)
        self._start = start
        self._clock = clock
        self._finish_by = finish
        self._listen_by = listen
        self._listening = Cancellation()
        self._reading: Cancellation | None = None
        self._began = 0.0
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay out the step."""
        yield Headline("Changes and the password", "step 3 of 4")
        yield Static("How do changes in the calendar become known?", classes="question")
        yield ChoiceList(_modes(), self._start.sync_mode.value, marks=self.marks, id="modes")
        yield Static("Where is the password kept?", classes="question")
        yield ChoiceList(_places(self._start), self._start.chosen.value, marks=self.marks, id="places")
        yield SentenceLine(self.marks)
        yield KeyLine()

    def on_mount(self) -> None:
        """Paint the state as it opens."""
        self._timer = self.set_interval(1.0, self._paint_time, pause=True)
        self._paint(self._start)
        self.query_one("#modes", ChoiceList).focus()
        if self._start.stream is None:
            self.query_one(SentenceLine).show("Listening to the server for its first heartbeat…")
            self._listen()

    def on_unmount(self) -> None:
        """Cut the reading short, so that the program never waits for it."""
        self._listening.cancel()
        if self._reading is not None:
            self._reading.cancel()

    def watch_state(self, _before: KeepingState | None, after: KeepingState | None) -> None:
        """Paint."""
        if after is not None:
            self._paint(after)

    def _paint(self, state: KeepingState) -> None:
        self.query_one("#modes", ChoiceList).show(state.sync_mode.value)
        self.query_one("#places", ChoiceList).show(state.chosen.value)
        if state.stream is not None and self._reading is None:
            works = state.stream.seconds is not None
            told = f"Changes become known by {state.sync_sentence}."
            self.query_one(SentenceLine).show(told, Mark.GOOD if works else Mark.CAUTION)

    def _paint_time(self) -> None:
        if self._reading is not None:
            seconds = int(self._clock.monotonic() - self._began)
            self.query_one(SentenceLine).show("Reading your calendars and saving…", seconds=seconds)

    @on(ChoiceList.Chosen)
    def _chosen(self, event: ChoiceList.Chosen) -> None:
        if self.state is None:
            return
        if event.choice_list.id == "modes":
            self.state = sync_mode_chosen(self.state, SyncMode(event.key))
        else:
            self.state = place_chosen(self.state, KeptIn(event.key))

    def action_save(self) -> None:
        """Read the calendars once and save."""
        if self._reading is not None or self.state is None:
            return
        if self.state.wants_passphrase:
            self.app.push_screen(PassphraseScreen(), self._sealed_with)
            return
        self._listening.cancel()
        self._reading = Cancellation()
        self._began = self._clock.monotonic()
        self._paint_time()
        if self._timer is not None:
            self._timer.resume()
        self._finish(self.state, self._reading)

    def _sealed_with(self, passphrase: Secret | None) -> None:
        if passphrase is not None and self.state is not None:
            self.state = passphrase_chosen(self.state, passphrase)
            self.action_save()

    @work(thread=True, group="listen", exit_on_error=False, description="listen")
    def _listen(self) -> None:
        # Whether it was stopped or failed for a reason of its own, the reading that follows tells.
        with contextlib.suppress(CancelledByUserError):
            self.post_message(self.Listened(self._listen_by(self._listening)))

    @on(Listened)
    def _listened(self, event: Listened) -> None:
        if self.state is not None:
            self.state = stream_checked(self.state, event.stream)

    @work(thread=True, group="finish", exit_on_error=False, description="finish")
    def _finish(self, state: KeepingState, cancellation: Cancellation) -> None:
        try:
            summary = self._finish_by(state, cancellation)
        except CancelledByUserError:
            self.post_message(self.Finished())
        except ProblemError as error:
            self.post_message(self.Finished(problem=error.problem))
        else:
            self.post_message(self.Finished(summary))

    @on(Finished)
    def _finished(self, event: Finished) -> None:
        self._reading = None
        if self._timer is not None:
            self._timer.pause()
        if event.problem is not None:
            told = f"{event.problem.what} {by_hand(event.problem).next}"
            self.query_one(SentenceLine).show(told, mark_of(event.problem))
        elif self.state is not None:
            self.dismiss(Kept(self.state, event.summary, stopped=event.summary is None))

    @on(Worker.StateChanged)
    def _worker_failed(self, event: Worker.StateChanged) -> None:
        """Show a failure that nobody foresaw as what it is."""
        if event.state is WorkerState.ERROR:
            problem = UNKNOWN.problem(signal=type(event.worker.error).__name__)
            self.post_message(self.Finished(problem=problem))

    def action_back(self) -> None:
        """Go back to the calendars; a reading that is under way is stopped, and its end leads on."""
        if self._reading is not None:
            self._reading.cancel()
        elif self.state is not None:
            self.dismiss(Kept(self.state))


def _modes() -> tuple[Option, ...]:
    return tuple(Option(mode.value, mode.label, MEANINGS[mode]) for mode in SyncMode)


def _places(state: KeepingState) -> tuple[Option, ...]:
    return tuple(
        Option(place.kept_in.value, f"In {place.label}", place.protection.sentence) for place in state.places
    )
