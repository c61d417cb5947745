"""Everything that can happen to a connection: to calendars, server, computer and people, by a seed."""

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from random import Random

from oncetui.connector.bookings.taking import take, take_another
from oncetui.connector.connector import BOOKINGS, REFRESH
from oncetui.connector.disconnecting import disconnect
from oncetui.connector.reconnecting import NothingToReconnectError, reconnect
from oncetui.model.bookings import Booking, BookingStatus, Customer, canceled
from oncetui.model.calendars import FoundCalendar, Showing, Window
from oncetui.model.connection import SyncMode
from oncetui.model.problem import ProblemError, Who
from oncetui.model.problems import causes
from oncetui.model.problems.exchange import CALENDAR_MISSING, CHANGES_LOST, MAILBOX_DENIED
from oncetui.model.problems.local import KEYRING_LOCKED
from oncetui.model.problems.network import CONNECTION_LOST
from oncetui.model.problems.real_time import REAL_TIME_LIMITED, REAL_TIME_REFUSED, REAL_TIME_SILENT
from oncetui.model.schedule import FREE_BUSY_AGAIN
from oncetui.model.secret import Secret
from oncetui.model.state import State
from tests.soak.invariants import Invariants
from tests.soak.machine import KilledError, Machine
from tests.soak.mail_server import KEYS, OWN, PRIVATE, TEAM, Stage, no_answer

OF_THE_STORE = ("folder-not-writable", "store-busy", "store-unusable")
FAULTS = tuple(cause for cause in causes() if cause.code not in OF_THE_STORE)
HOST = "mail.contoso.example"
HOUR = 3600.0
DAY = 24 * HOUR
SHOWINGS = tuple(Showing)
UNNOTICED = 100.0
"""Seconds after which an event stream without a sign of life is given up."""


class Happenings:
    """Lets one thing after the other happen, and undoes it when its time is over."""

    def __init__(self, machine: Machine, invariants: Invariants, random: Random) -> None:
        self.machine = machine
        self.invariants = invariants
        self.random = random
        self.events: deque[str] = deque(maxlen=80)
        self.happened: dict[str, int] = {}
        self.jumped_at = -1.0
        self._ends: list[tuple[float, str, Callable[[], None]]] = []
        self._passwords = 1
        self._typos = 0
        self._meddling = True
        self._kill_at = 0
        machine.server.meddle = self._meddle
        self.all: tuple[tuple[float, Callable[[], None]], ...] = (
            (40, self.event_is_added),
            (15, self.series_is_added),
            (15, self.event_is_moved),
            (15, self.event_is_deleted),
            (6, self.fault_begins),
            (2, self.server_is_gone),
            (2, self.server_wants_to_be_left_alone),
            (2, self.sign_in_is_out_of_order),
            (1, self.proxy_gets_in_between),
            (2, self.write_is_cut),
            (2, self.cursors_are_lost),
            (2, self.streams_are_lost),
            (2, self.streams_are_refused),
            (1.5, self.streams_fall_silent),
            (1.5, self.mode_is_changed),
            (2, self.team_is_no_longer_shared),
            (1.5, self.team_shows_free_and_busy_only),
            (1, self.private_is_deleted),
            (1, self.calendar_is_unreadable),
            (1.5, self.password_is_changed),
            (1, self.keyring_is_locked),
            (1.5, self.disk_is_full),
            (2, self.clock_is_put),
            (2, self.machine_sleeps),
            (2, self.process_restarts),
            (4, self.process_is_killed_at_a_write),
            (2, self.process_is_killed_at_a_request),
            (0.7, self.mailbox_is_disconnected),
            (3, self.person_asks_for_a_check),
            (3, self.person_reconnects),
            (10, self.customer_books),
            (4, self.customer_moves),
            (3, self.customer_cancels),
        )

    def one(self) -> None:
        """Let something happen."""
        weights, happenings = zip(*self.all, strict=True)
        (happening,) = self.random.choices(happenings, weights)
        name = happening.__name__.replace("_", " ")
        self.happened[name] = self.happened.get(name, 0) + 1
        self.note(name)
        happening()

    def end_what_is_over(self) -> bool:
        """Undo what has lasted long enough; tell whether anything had."""
        now = self.machine.times().passed
        over = [one for one in self._ends if one[0] <= now]
        self._ends = [one for one in self._ends if one[0] > now]
        for _, name, ending in over:
            self.note(f"over: {name}")
            ending()
        return bool(over)

    def end_all(self) -> None:
        """Undo everything, and let nothing more happen in the middle of a request."""
        self._meddling = False
        ends, self._ends = self._ends, []
        for _, _, ending in ends:
            ending()

    def note(self, what: str) -> None:
        """Keep what happened, for whoever has to find out why."""
        passed = self.machine.times().passed
        clock = self.machine.clock.now().strftime("%d %b %H:%M:%S")
        self.events.append(f"{passed / DAY:8.4f} d, clock {clock}: {what}")

    def _until(self, seconds: float, name: str, ending: Callable[[], None]) -> None:
        self._ends.append((self.machine.times().passed + seconds, name, ending))

    def _how_long(self) -> float:
        return float(self.random.choice((3, 8, 20, 90, 400, 2000, 9000, 20000)))

    # What the calendars see

    def _window(self) -> Window:
        near = self.random.random() < 0.6
        minutes = self.random.randrange(-2 * 24 * 60, (20 if near else 370) * 24 * 60, 15)
        start = self.machine.clock.now().replace(second=0, microsecond=0) + timedelta(minutes=minutes)
        return Window(start, start + timedelta(minutes=self.random.choice((15, 30, 60, 480, 1440, 4320))))

    def event_is_added(self) -> None:
        self.machine.server.mailbox.add_event(
            self.random.choice(KEYS), self._window(), self.random.choice(SHOWINGS)
        )

    def series_is_added(self) -> None:
        first, key = self._window(), self.random.choice(KEYS)
        for week in range(self.random.randrange(2, 12)):
            by = timedelta(weeks=week)
            self.machine.server.mailbox.add_event(key, Window(first.start + by, first.end + by))

    def event_is_moved(self) -> None:
        self._one_event(lambda key, item: self.machine.server.mailbox.move_event(key, item, self._window()))

    def event_is_deleted(self) -> None:
        self._one_event(self.machine.server.mailbox.remove_event)

    def _one_event(self, change: Callable[[str, str], None]) -> None:
        mailbox = self.machine.server.mailbox
        held = [
            (key, item) for key in KEYS for item in mailbox.events.get(key, {}) if item not in mailbox.booked
        ]
        if held:
            change(*self.random.choice(held))

    def cursors_are_lost(self) -> None:
        self.machine.server.mailbox.lose_cursors()

    # What customers do

    def customer_books(self) -> None:
        machine = self.machine
        page = self.random.choice(machine.store.pages.pages())
        customer = Customer("Dana", "dana@customer.example")
        self._asked(lambda: take(machine.profile, page, self._time(), customer))

    def customer_moves(self) -> None:
        machine = self.machine
        pages = {page.id: page for page in machine.store.pages.pages()}
        for booking in self._one_coming():
            page = pages[booking.page]
            self._asked(partial(take_another, machine.profile, page, booking, self._time()))

    def customer_cancels(self) -> None:
        for booking in self._one_coming():
            self._asked(partial(self.machine.store.bookings.change, booking.id, canceled))

    def _one_coming(self) -> list[Booking]:
        coming = [
            booking
            for booking in self.machine.store.bookings.since(self.machine.clock.now())
            if booking.status.stands and booking.status is not BookingStatus.REQUESTED
        ]
        return [self.random.choice(coming)] if coming else []

    def _time(self) -> datetime:
        day = self.machine.clock.now().replace(hour=10, minute=0, second=0, microsecond=0)
        return day + timedelta(days=self.random.randrange(1, 12), minutes=30 * self.random.randrange(12))

    def _asked(self, ask: Callable[[], object]) -> None:
        machine = self.machine
        try:
            ask()
        except ProblemError as error:
            self.note(f"  {error.problem.code}")
        machine.store.commands.ask(BOOKINGS, machine.clock.now() + timedelta(minutes=1))

    # What befalls the server and the way to it

    def _fault(self, error: ProblemError, stage: Stage, seconds: float) -> None:
        server = self.machine.server
        if server.fault is not None:
            return
        server.fault, server.fault_from = error, stage
        self.note(f"  {error.problem.code} ({error.problem.who}) from {stage.name} for {seconds} s")

        def ends() -> None:
            server.fault = None

        self._until(seconds, error.problem.code, ends)

    def fault_begins(self) -> None:
        cause = self.random.choice(FAULTS)
        waits = (None, 2.0, 7.0, 45.0, 600.0) if cause.who is not Who.USER else (None,)
        wait = self.random.choice(waits)
        problem = cause.problem(calendar="Team Sales")
        self._fault(
            ProblemError(problem, retry_after=wait), self.random.choice(tuple(Stage)), self._how_long()
        )

    def server_is_gone(self) -> None:
        self._fault(no_answer(), Stage.REACH, self._how_long())

    def server_wants_to_be_left_alone(self) -> None:
        throttled = next(cause for cause in FAULTS if cause.code == "throttled")
        wait = float(self.random.choice((5, 30, 120, 1800, 7200)))
        self._fault(ProblemError(throttled.problem(), retry_after=wait), Stage.SIGN_IN, self._how_long())

    def sign_in_is_out_of_order(self) -> None:
        server = self.machine.server
        server.names_schemes = False

        def ends() -> None:
            server.names_schemes = True

        self._until(self._how_long(), "sign-in out of order", ends)

    def proxy_gets_in_between(self) -> None:
        server = self.machine.server
        server.shows_a_proxy = True

        def ends() -> None:
            server.shows_a_proxy = False

        self._until(self._how_long(), "no proxy between", ends)

    def write_is_cut(self) -> None:
        self.machine.server.mailbox.cut_next_write = self.random.random() < 0.5

    def streams_are_lost(self) -> None:
        cause = self.random.choice((CHANGES_LOST, CONNECTION_LOST))
        self.machine.server.streams.end_all(ProblemError(cause.problem(host=HOST)))

    def streams_are_refused(self) -> None:
        server = self.machine.server
        cause = self.random.choice((REAL_TIME_REFUSED, REAL_TIME_LIMITED))
        server.no_streams = ProblemError(
            cause.problem(host=HOST), retry_after=self.random.choice((None, 90.0))
        )
        if self.random.random() < 0.5:
            server.streams.end_all(server.no_streams)

        def ends() -> None:
            server.no_streams = None

        self._until(self._how_long(), "streams are let in", ends)

    def streams_fall_silent(self) -> None:
        """Let what changes go untold, until whoever listens has waited for a sign of life for too long."""
        server = self.machine.server
        server.streams.fall_silent()
        for key in KEYS:
            server.may_lag(key, UNNOTICED, UNNOTICED)
        listeners = tuple(server.streams.standing.values())

        def ends() -> None:
            for listener in listeners:
                listener.end(ProblemError(REAL_TIME_SILENT.problem(host=HOST, seconds=UNNOTICED)))
            server.streams.settle()

        self._until(UNNOTICED, "the silence is noticed", ends)

    def mode_is_changed(self) -> None:
        settings = self.machine.store.settings.load()
        if settings is not None:
            other = SyncMode.AUTO if settings.sync_mode is SyncMode.REAL_TIME else SyncMode.REAL_TIME
            self.machine.store.settings.save(replace(settings, sync_mode=other))

    def password_is_changed(self) -> None:
        self._passwords += 1
        self.machine.server.password = f"password-{self._passwords}"
        if self.random.random() < 0.5:
            # As the simulator does; Active Directory lets what is signed in go on for a while.
            self.machine.server.streams.end_all(ProblemError(CONNECTION_LOST.problem(host=HOST)))
        self._until(self.random.uniform(600, 8 * HOUR), "a person hears of it", self.person_reconnects)

    # What becomes of single calendars

    def team_is_no_longer_shared(self) -> None:
        mailbox = self.machine.server.mailbox
        denied = ProblemError(MAILBOX_DENIED.problem(mailbox="team@contoso.example"))
        mailbox.shared["team@contoso.example"] = mailbox.unreadable["k-team"] = denied

        def ends() -> None:
            mailbox.shared["team@contoso.example"] = TEAM
            mailbox.unreadable.pop("k-team", None)

        self._until(self._how_long(), "Team Sales is shared again", ends)

    def team_shows_free_and_busy_only(self) -> None:
        server, longest = self.machine.server, FREE_BUSY_AGAIN.total_seconds()
        if server.mailbox.shared["team@contoso.example"] is not TEAM:
            return
        server.mailbox.shared["team@contoso.example"] = replace(TEAM, full_read=False)
        seconds = self._how_long()
        server.may_lag("k-team", longest, DAY + seconds)

        def ends() -> None:
            if not isinstance(server.mailbox.shared["team@contoso.example"], ProblemError):
                server.mailbox.shared["team@contoso.example"] = TEAM

        self._until(seconds, "Team Sales is shown in full", ends)

    def private_is_deleted(self) -> None:
        mailbox = self.machine.server.mailbox
        mailbox.calendars = [OWN]
        mailbox.unreadable["k-private"] = ProblemError(CALENDAR_MISSING.problem(calendar="Private"))

        def ends() -> None:
            mailbox.calendars = [OWN, PRIVATE]
            mailbox.unreadable.pop("k-private", None)

        self._until(self._how_long(), "Private is restored", ends)

    def calendar_is_unreadable(self) -> None:
        one: FoundCalendar = self.random.choice((OWN, TEAM))
        unreadable = self.machine.server.mailbox.unreadable
        unreadable[one.key] = ProblemError(CALENDAR_MISSING.problem(calendar=one.name))

        def ends() -> None:
            unreadable.pop(one.key, None)

        self._until(self._how_long(), f"{one.name} is readable", ends)

    # What befalls the machine

    def keyring_is_locked(self) -> None:
        place = self.machine.secret_place
        place.fails_with = KEYRING_LOCKED.problem()

        def ends() -> None:
            place.fails_with = None
            self.person_reconnects()

        self._until(self._how_long(), "the keyring is unlocked", ends)

    def disk_is_full(self) -> None:
        self.machine.disk_is_full = self.machine.fate.no_room = True

        def ends() -> None:
            self.machine.disk_is_full = self.machine.fate.no_room = False

        self._until(self._how_long(), "the disk has room", ends)

    def clock_is_put(self) -> None:
        seconds = self.random.choice((-90000, -3700, -600, -20, 20, 600, 3700, 90000))
        self.note(f"  by {seconds} s")
        self.machine.put_clock(seconds)
        if seconds < 0:
            self.invariants.clock_was_put_back(-seconds)
        else:
            self.jumped_at = self.machine.clock.monotonic()

    def machine_sleeps(self) -> None:
        seconds = self.random.choice((30, 400, 1000, 4 * HOUR, 14 * HOUR))
        self.note(f"  for {seconds} s")
        self.machine.suspend(seconds)
        if self.random.random() < 0.5:
            self.machine.server.streams.end_all(ProblemError(CONNECTION_LOST.problem(host=HOST)))
        else:
            self.streams_fall_silent()
        self.jumped_at = self.machine.clock.monotonic()

    def process_restarts(self) -> None:
        self.machine.restart(self.random.choice((0.0, 1.0, 60.0, 1000.0, 3 * HOUR)))

    def process_is_killed_at_a_write(self) -> None:
        self.machine.fate.writes_left = self.random.randrange(1, 8)
        self.machine.fate.after_it = self.random.random() < 0.5

    def process_is_killed_at_a_request(self) -> None:
        self._kill_at = self.random.randrange(1, 8)

    def _meddle(self, request: str) -> None:
        """Change something, or die, while the connector is in the middle of it."""
        if not self._meddling:
            return
        if self._kill_at:
            self._kill_at -= 1
            if not self._kill_at:
                self.machine.fate.die()
        if request == "changes" and self.random.random() < 0.05:
            self.note("while it reads, an event is added")
            self.event_is_added()

    # What people do

    def mailbox_is_disconnected(self) -> None:
        disconnect(self.machine.profile)
        self._until(self.random.uniform(60, 6 * HOUR), "it is connected again", self._connect_again)

    def _connect_again(self) -> None:
        if self.machine.profile.connection.load().state is not State.DISCONNECTED:
            return
        if len(self.machine.server.list_calendars()) < len(KEYS):
            self._until(HOUR, "it is connected again", self._connect_again)
        else:
            self.machine.connect()

    def person_asks_for_a_check(self) -> None:
        machine = self.machine
        machine.store.commands.ask(REFRESH, machine.clock.now() + timedelta(minutes=1))

    def person_reconnects(self) -> None:
        """Type the password, now and then another one first; what fails is tried again later."""
        machine = self.machine
        typed = [machine.server.password]
        if self.random.random() < 0.2:
            self._typos += 1
            typed.insert(0, f"typo-{self._typos}")
        for password in typed:
            try:
                reconnect(machine.profile, Secret(password))
            except NothingToReconnectError:
                return
            except ProblemError as error:
                self.note(f"  reconnect: {error.problem.code}")
            except KilledError:
                self.note("  reconnect: killed")
                machine.restart()
        # A person may ask at any time, also while the connector waits as it was told.
        machine.server.asked_to_wait.clear()
        if machine.profile.connection.load().state is State.FAILED_USER:
            self._until(self.random.uniform(600, 4 * HOUR), "a person tries again", self.person_reconnects)
