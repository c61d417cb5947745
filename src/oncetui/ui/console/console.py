"""The console's screen: what it shows, painted in one place, and what its keys begin."""

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.events import Resize
from textual.timer import Timer

from oncetui.model.state import ConnectionRecord, State
from oncetui.model.status import Status
from oncetui.ui.commands import Command, bindings_of
from oncetui.ui.console import why_not
from oncetui.ui.console.drawing import (
    booking_lines,
    connection_lines,
    fact_lines,
    lead_lines,
    log_lines,
    page_lines,
    rule_line,
    sentence_lines,
    spaced,
)
from oncetui.ui.console.drawn import Drawn
from oncetui.ui.console.following import Told, Unreadable
from oncetui.ui.console.keys import (
    ACTIVITY,
    BOOK,
    CALENDARS,
    CHECK,
    CONNECT,
    DISCONNECT,
    EVENTS,
    LEAVE,
    NEW_PAGE,
    PAGES,
    RECONNECT,
    SYNC,
    TROUBLESHOOT,
)
from oncetui.ui.console.leave import LeaveScreen
from oncetui.ui.console.parts import Lead, Tone
from oncetui.ui.console.view import ConsoleView, console_view
from oncetui.ui.console.working import WorkingScreen
from oncetui.ui.widgets.key_line import KeyLine

WIDE = 110
KEPT_BY_A_CONNECTOR = (State.CONNECTED, State.INTERRUPTED, State.FAILED_IT)
READING = Lead(Tone.QUIET, "Reading what is kept…")


class ConsoleScreen(WorkingScreen):
    """Sentence, what needs a person, facts, keys."""

    CSS_PATH = "console.tcss"
    AUTO_FOCUS: ClassVar[str | None] = "#body"
    KEYS: ClassVar[tuple[Command, ...]] = (
        RECONNECT,
        DISCONNECT,
        CALENDARS,
        PAGES,
        ACTIVITY,
        TROUBLESHOOT,
        CHECK,
        BOOK,
        NEW_PAGE,
        EVENTS,
        SYNC,
        LEAVE,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KEYS)
    ABOUT = (
        "The console shows how your mailbox is connected and keeps itself up to date. The first line says "
        "how things stand and what that means for your booking pages; below it stands what needs you, if "
        "anything does. Arrow keys scroll."
    )

    def __init__(self) -> None:
        super().__init__()
        self._ticking: Timer | None = None
        self._checking: ConnectionRecord | None = None
        self._passing = False

    def commands_now(self) -> tuple[Command, ...]:
        """Return the commands, with Reconnect called what it does without a connection."""
        without = self.status is not None and self.status.settings is None
        return (CONNECT, *self.KEYS[1:]) if without else self.KEYS

    def compose(self) -> ComposeResult:
        """Lay out the blocks; each draws itself from its part of the view."""
        marks = self.marks
        yield Drawn(partial(lead_lines, marks=marks), READING, id="lead")
        yield Drawn(rule_line, marks, id="rule")
        with VerticalScroll(id="body"):
            with Vertical(id="now"):
                yield Drawn(spaced(fact_lines), id="explanation")
                yield Drawn(spaced(partial(page_lines, marks=marks)), id="pages")
                yield Drawn(spaced(booking_lines), id="bookings")
                yield Drawn(spaced(connection_lines), id="facts")
            yield Drawn(log_lines, id="log")
        yield Drawn(sentence_lines, "", id="message")
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin to follow the store, and to run the connector where nobody else does."""
        self._ticking = self.set_interval(1.0, self._repaint, pause=True)
        self.begin_to_work()

    def on_resize(self, event: Resize) -> None:
        """Put the log beside the rest where there is room."""
        self.set_class(event.size.width >= WIDE, "-wide")

    def on_screen_suspend(self) -> None:
        """Let nothing tick under another screen."""
        if self._ticking is not None:
            self._ticking.pause()

    def on_screen_resume(self) -> None:
        """Show what has changed meanwhile."""
        self._repaint()

    def say(self, sentence: str, *, passing: bool = False) -> None:
        """Put a sentence on the message line until the next one, or until the state makes it untrue.

        Each goes when the connection is lost; a passing one goes with any change of state.
        """
        self._passing = passing
        self.query_one("#message", Drawn).show(sentence)

    def tell(self, sentence: str) -> None:
        """Say it on the message line, where it covers nothing."""
        self.say(sentence, passing=True)

    def paint(self, view: ConsoleView) -> int:
        """Paint what differs from the view before, and return how many blocks did."""
        parts = {
            "#lead": view.lead,
            "#explanation": view.explanation,
            "#facts": view.facts,
            "#pages": view.pages,
            "#bookings": view.bookings,
            "#log": view.log,
        }
        return sum(self.query_one(block, Drawn).show(part) for block, part in parts.items())

    def action_check(self) -> None:
        """Have the connector check now."""
        status = self.status
        why = why_not.check(status, self.time, starting=self.starting)
        if not self._cannot(why) and status is not None:
            self._checking = status.record
            self.say("Checking now…", passing=True)
            self.ask_for_a_check()

    async def action_leave(self) -> None:
        """Quit; where this console keeps the connection, tell once what that means."""
        await self.app.action_quit()

    def may_quit(self) -> bool:
        """Ask first where this console keeps the connection; quitting from that question is an answer."""
        state = None if self.status is None else self.status.record.state
        is_demo = self.services.demo is not None
        if is_demo or not self.hosting or state not in KEPT_BY_A_CONNECTOR:
            return True
        if isinstance(self.app.screen, LeaveScreen):
            return True
        profile = self.services.profile
        leave = LeaveScreen(profile.name, profile.home, connected=state is State.CONNECTED)
        self.app.push_screen(leave, self._leave)
        return False

    @on(Told)
    def _take(self, told: Told) -> None:
        changed = self.status is not None and _stands(self.status) != _stands(told.status)
        self.told = told
        self._repaint()
        if changed and (self._passing or told.status.record.problem is not None):
            self.say("")
        if self.hosts_failure:
            self.say(self.hosts_failure)
        self._tell_of_check(told.status.record)

    def _tell_of_check(self, record: ConnectionRecord) -> None:
        before = self._checking
        if before is None or record == before:
            return
        self._checking = None
        if record.last_success is not None and record.last_success != before.last_success:
            self.say(f"Checked at {self.time.clock(record.last_success)}.", passing=True)
        else:
            self.say("The check failed; the first line tells how things stand.", passing=True)

    def _repaint(self) -> None:
        if self.told is None or self._ticking is None:
            return
        told, time = self.told, self.time
        view = console_view(
            told.status,
            told.history,
            told.bookings,
            time.now,
            time.zone,
            hosting=self.hosting,
            starting=self.starting,
            waiting=told.waiting,
            unsettled=told.unsettled,
        )
        self.paint(view)
        self.refresh_keys()
        if view.counting and self.is_current:
            self._ticking.resume()
        else:
            self._ticking.pause()

    @on(WorkingScreen.Answered)
    def _answer(self, answered: WorkingScreen.Answered) -> None:
        self.say(answered.sentence, passing=answered.passing)

    @on(Unreadable)
    def _cannot_read(self, unreadable: Unreadable) -> None:
        self.say(unreadable.sentence, passing=True)

    def _leave(self, really: bool | None) -> None:  # noqa: FBT001  # what the question was answered with
        if really:
            self.app.exit(0)


def _stands(status: Status) -> tuple[State, bool, bool]:
    """Return what a passing sentence may have been about."""
    return status.record.state, status.attempt, status.connector is not None
