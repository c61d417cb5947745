"""The console's screen: it follows the store in a thread and paints what differs, in one place."""

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import ClassVar
from zoneinfo import ZoneInfo

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.events import Resize
from textual.message import Message
from textual.timer import Timer

from oncetui.connector.connector import REFRESH
from oncetui.connector.hosting import ConnectorHost
from oncetui.connector.reconnecting import NothingToReconnectError, reconnect
from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.ports import CalendarGateway, StateChange
from oncetui.model.problem import ProblemError
from oncetui.model.profile import run_command
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
from oncetui.ui.console.following import REQUEST_LASTS, Told, Unreadable, follow, read_now
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
    TROUBLESHOOT,
)
from oncetui.ui.console.leading import LeadingScreen
from oncetui.ui.console.leave import LeaveScreen
from oncetui.ui.console.parts import Lead, Tone
from oncetui.ui.console.times import LocalTime
from oncetui.ui.console.view import ConsoleView, console_view
from oncetui.ui.widgets.key_line import KeyLine

WIDE = 110
KEPT_BY_A_CONNECTOR = (State.CONNECTED, State.INTERRUPTED, State.FAILED_IT)
READING = Lead(Tone.QUIET, "Reading what is kept…")


class ConsoleScreen(LeadingScreen):
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
        LEAVE,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KEYS)
    ABOUT = (
        "The console shows how your mailbox is connected and keeps itself up to date. The first line says "
        "how things stand and what that means for your booking pages; below it stands what needs you, if "
        "anything does. Arrow keys scroll."
    )

    @dataclass
    class Answered(Message):
        """Something that a key began has ended, with a sentence."""

        sentence: str
        passing: bool = True

    def __init__(self) -> None:
        super().__init__()
        self._told: Told | None = None
        self._cancellation = Cancellation()
        self._host: ConnectorHost | None = None
        self._ticking: Timer | None = None
        self._checking: ConnectionRecord | None = None
        self._passing = False

    def commands_now(self) -> tuple[Command, ...]:
        """Return the commands, with Reconnect called what it does without a connection."""
        without = self.status is not None and self.status.settings is None
        return (CONNECT, *self.KEYS[1:]) if without else self.KEYS

    @property
    def status(self) -> Status | None:
        """What was told last, None before the first time."""
        return None if self._told is None else self._told.status

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
        self._host = ConnectorHost(self.services.profile)
        self._host.start()
        self._follow()

    def on_resize(self, event: Resize) -> None:
        """Put the log beside the rest where there is room."""
        self.set_class(event.size.width >= WIDE, "-wide")

    async def on_unmount(self) -> None:
        """Stop following, and end the connector if it runs here."""
        self._cancellation.cancel()
        if self._host is not None:
            await asyncio.to_thread(self._host.stop)

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

    def live(self) -> CalendarGateway | None:
        """Return the signed-in way to the calendars, None where the connector isn't in this console."""
        return None if self._host is None else self._host.live

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
        why = why_not.check(status, self.time, starting=self._starting)
        if not self._cannot(why) and status is not None:
            self._checking = status.record
            self.say("Checking now…", passing=True)
            self._ask_connector()

    async def action_leave(self) -> None:
        """Quit; where this console keeps the connection, tell once what that means."""
        await self.app.action_quit()

    def may_quit(self) -> bool:
        """Ask first where this console keeps the connection; quitting from that question is an answer."""
        state = None if self.status is None else self.status.record.state
        is_demo = self.services.demo is not None
        if is_demo or not self._hosting or state not in KEPT_BY_A_CONNECTOR:
            return True
        if isinstance(self.app.screen, LeaveScreen):
            return True
        profile = self.services.profile
        leave = LeaveScreen(profile.name, profile.home, connected=state is State.CONNECTED)
        self.app.push_screen(leave, self._leave)
        return False

    @property
    def history(self) -> tuple[StateChange, ...]:
        """The state changes that were told last."""
        return () if self._told is None else self._told.history

    @property
    def time(self) -> LocalTime:
        """The present moment, in the zone that people read."""
        profile = self.services.profile
        return LocalTime(profile.clock.now(), ZoneInfo(profile.time_zone))

    @property
    def _starting(self) -> bool:
        return self._host is not None and self._host.starting

    @property
    def _hosting(self) -> bool:
        return self._host is not None and self._host.hosting

    @on(Told)
    def _take(self, told: Told) -> None:
        changed = self.status is not None and _stands(self.status) != _stands(told.status)
        self._told = told
        self._repaint()
        if changed and (self._passing or told.status.record.problem is not None):
            self.say("")
        failure = None if self._host is None else self._host.failure
        if failure is not None:
            command = run_command(self.services.profile.name, self.services.profile.home)
            self.say(f"The connector in this console failed ({type(failure).__name__}). Run: {command}")
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
        if self._told is None or self._ticking is None:
            return
        told, time = self._told, self.time
        view = console_view(
            told.status,
            told.history,
            told.bookings,
            time.now,
            time.zone,
            hosting=self._hosting,
            starting=self._starting,
            waiting=told.waiting,
            unsettled=told.unsettled,
        )
        self.paint(view)
        self.refresh_keys()
        if view.counting and self.is_current:
            self._ticking.resume()
        else:
            self._ticking.pause()

    @on(Answered)
    def _answer(self, answered: Answered) -> None:
        self.say(answered.sentence, passing=answered.passing)

    @on(Unreadable)
    def _cannot_read(self, unreadable: Unreadable) -> None:
        self.say(unreadable.sentence, passing=True)

    def _leave(self, really: bool | None) -> None:  # noqa: FBT001  # what the question was answered with
        if really:
            self.app.exit(0)

    @work(thread=True, group="follow", description="following the store")
    def _follow(self) -> None:
        follow(self.services.profile, self._cancellation, self.post_message)

    @work(thread=True, group="read", description="reading what is kept")
    def read_now(self) -> None:
        """Read what is kept at this moment."""
        self.post_message(read_now(self.services.profile))

    @work(thread=True, group="try", exclusive=True, description="one try at once")
    def try_now(self) -> None:
        """Try at once to reach the server."""
        try:
            reconnect(self.services.profile, cancellation=self._cancellation)
        except ProblemError as error:
            self.post_message(self.Answered(f"Tried: {error.problem.what}"))
        except NothingToReconnectError as error:
            self.post_message(self.Answered(str(error)))
        except CancelledByUserError:
            return
        else:
            self.post_message(self.Answered("Tried: it answers again.", passing=False))

    @work(thread=True, group="request", description="a request to the connector")
    def _ask_connector(self) -> None:
        profile = self.services.profile
        profile.commands.ask(REFRESH, profile.clock.now() + REQUEST_LASTS)


def _stands(status: Status) -> tuple[State, bool, bool]:
    """Return what a passing sentence may have been about."""
    return status.record.state, status.attempt, status.connector is not None
