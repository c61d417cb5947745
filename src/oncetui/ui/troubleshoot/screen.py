"""Troubleshoot: the problem in words, its evidence a key deeper, the requests one more; a live check."""

from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar
from zoneinfo import ZoneInfo

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.message import Message

from oncetui.connector.checkup.checking_up import check_up
from oncetui.connector.checkup.subject import EVERYTHING_AS_SAVED, CheckWishes, NothingToCheckError
from oncetui.connector.report.gathering import gathered, saved_report
from oncetui.connector.report.wording import report_text
from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.checkup import Checkup, Stage, StageResult
from oncetui.model.ports import StateChange
from oncetui.model.problem import Problem, ProblemError
from oncetui.ui.commands import Command, bindings_of
from oncetui.ui.console.drawing import lead_lines, log_lines, sentence_lines, spaced
from oncetui.ui.console.drawn import Drawn
from oncetui.ui.console.times import LocalTime
from oncetui.ui.screen import OurScreen
from oncetui.ui.troubleshoot.drawing import evidence_lines, request_lines, stage_lines
from oncetui.ui.troubleshoot.view import Depth, TroubleshootView, troubleshoot_view
from oncetui.ui.troubleshoot.ways import WayOut, field_at_fault, way_label
from oncetui.ui.widgets.headline import Headline
from oncetui.ui.widgets.key_line import KeyLine

FIX = Command("enter", "fix", "go to the field", "Go to the field that is at fault.")
CALENDARS = Command("c", "fix", "", "Choose the calendars of the booking page at fault.", in_palette=False)
CHECK = Command(
    "f", "check", "check", "Check every stage between here and your calendar; it changes nothing."
)
DEEPER = Command("d", "deeper", "evidence", "Show the evidence, then the last requests, then less again.")
FOR_IT = Command("t", "for_it", "text for IT", "Write a text for your IT support, without any password.")
RECONNECT = Command("r", "reconnect", "reconnect", "Reconnect: enter the password.")
BACK = Command("escape,q", "back", "back", "Stop the check that is running; otherwise go back.")

COPIED = "Copied too, where this terminal lets programs do that."
STOPPED = "The check is stopped; nothing was changed."


@dataclass(frozen=True)
class Trouble:
    """What the screen opens with: what is wrong, if anything, and what a check looks at.

    `can_reconnect` says that there is a connection to reconnect.
    """

    problem: Problem | None = None
    mailbox: str = ""
    wishes: CheckWishes = EVERYTHING_AS_SAVED
    history: tuple[StateChange, ...] = ()
    can_reconnect: bool = False


class TroubleshootScreen(OurScreen[WayOut | None]):
    """Closes with the field to go to, None for going back."""

    CSS_PATH = "troubleshoot.tcss"
    AUTO_FOCUS: ClassVar[str | None] = "#body"
    KEYS: ClassVar[tuple[Command, ...]] = (FIX, CALENDARS, CHECK, DEEPER, FOR_IT, RECONNECT, BACK)
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KEYS)
    ABOUT = (
        "Here stands what is wrong, why, and what to do next. The check goes through every stage between "
        "this computer and your calendar and changes nothing. The text for IT holds no password, no subject "
        "and no customer; read it before you send it. Arrow keys scroll."
    )

    @dataclass
    class StageTold(Message):
        """A stage of the check has begun or is over."""

        check: Cancellation
        result: StageResult

    @dataclass
    class Ended(Message):
        """The check is over: with what came of it, or with a sentence."""

        check: Cancellation
        checkup: Checkup | None = None
        sentence: str = ""

    @dataclass
    class Written(Message):
        """The text for IT is written, or could not be; `text` is there to be copied."""

        sentence: str
        text: str = ""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__()
        self._trouble = trouble
        self._depth = Depth.SENTENCE
        self._results: dict[Stage, StageResult] = {}
        self._checkup: Checkup | None = None
        self._under_way: Cancellation | None = None

    @property
    def problem(self) -> Problem | None:
        """What is wrong: by the check where there was one, else as it was when the screen opened."""
        return self._trouble.problem if self._checkup is None else self._checkup.problem

    def compose(self) -> ComposeResult:
        """Lay out the blocks; each draws itself from its part of the view."""
        marks = self.marks
        view = self._view()
        yield Headline("Troubleshoot", self._trouble.mailbox)
        with VerticalScroll(id="body"):
            yield Drawn(spaced(partial(lead_lines, marks=marks)), view.lead, id="lead")
            yield Drawn(spaced(evidence_lines), view.evidence, id="evidence")
            yield Drawn(spaced(partial(stage_lines, marks=marks)), view.stages, id="stages")
            yield Drawn(spaced(request_lines), view.requests, id="requests")
            yield Drawn(log_lines, view.log, id="log")
        yield Drawn(sentence_lines, "", id="message")
        yield KeyLine()

    def on_mount(self) -> None:
        """Leave the state changes out where there is no connection yet."""
        self.query_one("#log").display = self._trouble.can_reconnect or bool(self._trouble.history)

    def on_unmount(self) -> None:
        """Let no check outlive its screen."""
        self._stop()

    def commands_now(self) -> tuple[Command, ...]:
        """Return the commands, each called what it would do now."""
        field = field_at_fault(self.problem)
        names = {
            FIX: way_label(field) if field is not None else "",
            DEEPER: self._depth.key_label,
            BACK: "stop" if self._under_way is not None else "back",
        }
        return tuple(replace(one, label=names.get(one, one.label)) for one in super().commands_now())

    def offers(self, command: Command) -> bool:
        """Leave out what leads nowhere."""
        field = field_at_fault(self.problem)
        if command is FIX:
            return field is not None
        if command is CALENDARS:  # The words of these problems name the console's own key.
            return field == "calendar"
        if command is RECONNECT:
            return self._trouble.can_reconnect and field != "password"
        return command is not CHECK or self._under_way is None

    def say(self, sentence: str) -> None:
        """Put a sentence on the message line."""
        self.query_one("#message", Drawn).show(sentence)

    def tell(self, sentence: str) -> None:
        """Say it on the message line, where it covers nothing."""
        self.say(sentence)

    def action_check(self) -> None:
        """Check every stage, unless a check runs already."""
        if self._under_way is not None:
            return
        self._under_way = Cancellation()
        self._results, self._checkup = {}, None
        self.say("")
        self._check(self._under_way)

    def action_deeper(self) -> None:
        """Show more, after the most the least again."""
        self._depth = self._depth.deeper
        self._paint()

    def action_for_it(self) -> None:
        """Write the text for IT."""
        self.say("Writing the text for your IT support…")
        self._write(self.problem, self._checkup)

    def action_fix(self) -> None:
        """Go to the field that is at fault."""
        field = field_at_fault(self.problem)
        if field is not None:
            self.dismiss(WayOut(field, self.problem))

    def action_reconnect(self) -> None:
        """Go to the password."""
        if self._trouble.can_reconnect:
            self.dismiss(WayOut("password"))

    def action_back(self) -> None:
        """Stop the check that is running; without one go back."""
        if self._stop():
            self._results = {}
            self._paint()
            self.say(STOPPED)
        else:
            self.dismiss(None)

    @on(StageTold)
    def _stage_told(self, told: StageTold) -> None:
        if told.check is self._under_way:
            self._results[told.result.stage] = told.result
            self._paint()

    @on(Ended)
    def _ended(self, ended: Ended) -> None:
        if ended.check is not self._under_way:
            return
        self._under_way = None
        self._checkup = ended.checkup
        self._results = {one.stage: one for one in ended.checkup.stages} if ended.checkup else {}
        self.say(ended.sentence)
        self._paint()

    @on(Written)
    def _written(self, written: Written) -> None:
        if written.text:
            self.app.copy_to_clipboard(written.text)
        self.say(written.sentence)

    def _paint(self) -> None:
        view = self._view()
        for block, part in (
            ("#lead", view.lead),
            ("#evidence", view.evidence),
            ("#stages", view.stages),
            ("#requests", view.requests),
            ("#log", view.log),
        ):
            self.query_one(block, Drawn).show(part)
        self.refresh_keys()

    def _view(self) -> TroubleshootView:
        profile = self.services.profile
        return troubleshoot_view(
            self.problem,
            tuple(self._results.values()),
            self._checkup,
            depth=self._depth,
            requests=profile.trace.recent(),
            history=self._trouble.history,
            time=LocalTime(profile.clock.now(), ZoneInfo(profile.time_zone)),
        )

    def _stop(self) -> bool:
        running, self._under_way = self._under_way, None
        if running is not None:
            running.cancel()
        return running is not None

    @work(thread=True, group="check", description="a check of every stage")
    def _check(self, running: Cancellation) -> None:
        def told(result: StageResult) -> None:
            self.post_message(self.StageTold(running, result))

        try:
            checkup = check_up(self.services.profile, self._trouble.wishes, running, told)
        except NothingToCheckError:
            self.post_message(
                self.Ended(running, sentence="There is nothing to check: enter an email first.")
            )
        except CancelledByUserError:
            self.post_message(self.Ended(running, sentence=STOPPED))
        except ProblemError as error:
            self.post_message(self.Ended(running, sentence=f"{error.problem.what} {error.problem.next}"))
        else:
            self.post_message(self.Ended(running, checkup))

    @work(thread=True, group="report", exclusive=True, description="the text for IT")
    def _write(self, problem: Problem | None, checkup: Checkup | None) -> None:
        profile = self.services.profile
        try:
            text = report_text(gathered(profile, problem, checkup))
            path = saved_report(profile, text)
        except ProblemError as error:
            self.post_message(self.Written(f"{error.problem.what} {error.problem.next}"))
            return
        self.post_message(self.Written(f"Written to {path}, for you alone. {COPIED}", text))
