"""A life of months in minutes: everything that can happen to a connection, by a seeded generator."""

from collections import deque
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random

from oncetui.connector.bookings.taking import take
from oncetui.connector.connector import BOOKINGS, REFRESH
from oncetui.connector.disconnecting import disconnect
from oncetui.connector.reconnecting import NothingToReconnectError, reconnect
from oncetui.model.bookings import Customer
from oncetui.model.calendars import FoundCalendar, Showing, Window
from oncetui.model.problem import ProblemError, Who
from oncetui.model.problems import causes
from oncetui.model.problems.exchange import CALENDAR_MISSING, MAILBOX_DENIED
from oncetui.model.secret import Secret
from oncetui.model.state import State
from tests.soak.invariants import BrokenError, Invariants
from tests.soak.machine import KilledError, Machine
from tests.soak.mail_server import KEYS, OWN, PRIVATE, TEAM, Stage, no_answer

OF_THE_STORE = ("folder-not-writable", "store-busy", "store-unusable")
FAULTS = tuple(cause for cause in causes() if cause.code not in OF_THE_STORE)
HOUR = 3600.0
DAY = 24 * HOUR
SHOWINGS = tuple(Showing)
PACES = {
    State.CONNECTED: (2.0, 5.0, 10.0),
    State.INTERRUPTED: (0.5, 2.0, 4.0),
    **dict.fromkeys(set(State) - {State.CONNECTED, State.INTERRUPTED}, (5.0, 10.0, 20.0)),
}
"""Seconds from one look of the connector to the next: it takes no more where nothing is due."""


class Life:
    """Lets things happen, and the connector work, and looks whether all is well."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random = Random(seed)
        self.machine = Machine(folder)
        self.invariants = Invariants(self.machine)
        self.events: deque[str] = deque(maxlen=60)
        self.happened: dict[str, int] = {}
        self._ends: list[tuple[float, str, Callable[[], None]]] = []
        self._passwords = 1
        self._typos = 0
        self._excused_until = 0.0
        self._jumped_at = -1.0
        self.machine.connect()
        self.machine.server.meddle = self._meddle
        self._record = self.machine.profile.connection.load()
        self._seen = (-1, -1)
        self._meddling = True
        self._happenings: tuple[tuple[float, Callable[[], None]], ...] = (
            (40, self.event_is_added),
            (15, self.series_is_added),
            (15, self.event_is_moved),
            (15, self.event_is_deleted),
            (6, self.fault_begins),
            (2, self.server_is_gone),
            (2, self.server_wants_to_be_left_alone),
            (2, self.sign_in_is_out_of_order),
            (2, self.cursors_are_lost),
            (2, self.team_is_no_longer_shared),
            (1, self.private_is_deleted),
            (1, self.calendar_is_unreadable),
            (1.5, self.password_is_changed),
            (2, self.clock_is_put),
            (2, self.machine_sleeps),
            (2, self.process_restarts),
            (4, self.process_is_killed_at_a_write),
            (2, self.process_is_killed_at_a_request),
            (0.7, self.mailbox_is_disconnected),
            (3, self.person_asks_for_a_check),
            (3, self.person_reconnects),
            (10, self.customer_books),
        )

    def live(self, days: float) -> None:
        """Let so many days pass; what breaks is told with the last events."""
        end = self.machine.times().passed + days * DAY
        next_at = 0.0
        while self.machine.times().passed < end:
            if self.machine.times().passed >= next_at:
                self._something_happens()
                next_at = self.machine.times().passed + self.random.expovariate(1 / 900)
            self._ends_what_is_over()
            self._step()

    def come_to_rest(self) -> None:
        """End every fault, let people do what is theirs, and see that all is well again."""
        self._meddling = False
        for _, _, ending in self._ends:
            ending()
        self._ends.clear()
        self._look()
        for _ in range(3):
            self._live_quietly(20 * 60)
            state = self.machine.profile.connection.load().state
            if state is State.FAILED_USER:
                self.person_reconnects()
            if state is State.DISCONNECTED:
                self.machine.connect()
            self._look()
        self._live_quietly(3 * HOUR)
        state = self.machine.profile.connection.load().state
        if state is not State.CONNECTED:
            raise BrokenError(f"still {state} after everything was put right")
        before = self.invariants.open_pages
        self.invariants.hold()
        if self.invariants.open_pages != before + 3:
            raise BrokenError("a page is still closed after everything was put right")
        self.invariants.bookings_are_in_the_calendar()

    def _live_quietly(self, seconds: float) -> None:
        end = self.machine.times().passed + seconds
        while self.machine.times().passed < end:
            self._step()

    def _step(self) -> None:
        machine = self.machine
        before = self._record
        refused = machine.server.refused_secrets.copy()
        requests, began = len(machine.server.requests), machine.clock.monotonic()
        try:
            machine.connector.step(machine.cancellation)
        except KilledError:
            self._note("the process is killed")
            # It died before it could note a refusal that it had just seen.
            machine.server.refused_secrets.subtract(machine.server.refused_secrets - refused)
            machine.restart(self.random.choice((0.0, 5.0, 300.0)))
        changed = self._look()
        after = self._record
        if before.state is State.FAILED_USER and after.state is not State.FAILED_USER:
            raise BrokenError(f"nobody left {before.state}, and it is {after.state}")
        if after.state is not before.state:
            cause = "" if after.problem is None else after.problem.code
            self._note(f"{before.state} → {after.state} {cause}")
        self._no_request_came_too_early(began)
        if changed or self.random.random() < 0.1:
            self.invariants.hold()
        busy = requests != len(machine.server.requests) or after.wobble is not None
        machine.clock.advance(0.5 if busy else self.random.choice(PACES[after.state]))

    def _look(self) -> bool:
        """Read the record again where anything was written; tell whether it was."""
        version = self.machine.profile.connection.version()
        if (self.machine.starts, version) == self._seen:
            return False
        self._seen = (self.machine.starts, version)
        self._record = self.machine.profile.connection.load()
        return True

    def _no_request_came_too_early(self, began: float) -> None:
        """Hold each request of this step against the waits that the server asked for before it."""
        server = self.machine.server
        server.asked_to_wait = [(at, wait) for at, wait in server.asked_to_wait if at + wait > began]
        if self._jumped_at >= 0:
            server.asked_to_wait = [(at, wait) for at, wait in server.asked_to_wait if at > self._jumped_at]
        for at, wait in server.asked_to_wait:
            early = [
                (when, what) for when, what in server.requests if at < when < at + wait and when >= began
            ]
            if early:
                raise BrokenError(f"asked at {at} to wait for {wait} s, and these came: {early}")

    def _something_happens(self) -> None:
        weights, happenings = zip(*self._happenings, strict=True)
        (happening,) = self.random.choices(happenings, weights)
        name = happening.__name__.replace("_", " ")
        self.happened[name] = self.happened.get(name, 0) + 1
        self._note(name)
        happening()
        self._look()
        self.invariants.hold()

    def _ends_what_is_over(self) -> None:
        now = self.machine.times().passed
        over = [one for one in self._ends if one[0] <= now]
        self._ends = [one for one in self._ends if one[0] > now]
        for _, name, ending in over:
            self._note(f"over: {name}")
            ending()
            self._look()

    def _until(self, seconds: float, name: str, ending: Callable[[], None]) -> None:
        self._ends.append((self.machine.times().passed + seconds, name, ending))

    def _note(self, what: str) -> None:
        passed = self.machine.times().passed
        clock = self.machine.clock.now().strftime("%d %b %H:%M:%S")
        self.events.append(f"{passed / DAY:8.4f} d, clock {clock}: {what}")

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

    def customer_books(self) -> None:
        machine = self.machine
        page = self.random.choice(machine.store.pages.pages())
        now = machine.clock.now()
        start = now.replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(
            days=self.random.randrange(1, 12)
        )
        start += timedelta(minutes=30 * self.random.randrange(12))
        try:
            take(machine.profile, page, start, Customer("Dana", "dana@customer.example"))
        except ProblemError as error:
            self._note(f"  {error.problem.code}")
        machine.store.commands.ask(BOOKINGS, now + timedelta(minutes=1))

    # What befalls the server and the way to it

    def _fault(self, error: ProblemError, stage: Stage, seconds: float) -> None:
        server = self.machine.server
        if server.fault is not None:
            return
        server.fault, server.fault_from = error, stage
        self._note(f"  {error.problem.code} ({error.problem.who}) from {stage.name} for {seconds} s")

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

    def password_is_changed(self) -> None:
        self._passwords += 1
        self.machine.server.password = f"password-{self._passwords}"
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

    def clock_is_put(self) -> None:
        seconds = self.random.choice((-90000, -3700, -600, -20, 20, 600, 3700, 90000))
        self._note(f"  by {seconds} s")
        self.machine.put_clock(seconds)
        if seconds < 0:
            self.invariants.clock_was_put_back(-seconds)
        else:
            self._jumped_at = self.machine.clock.monotonic()

    def machine_sleeps(self) -> None:
        seconds = self.random.choice((30, 400, 1000, 4 * HOUR, 14 * HOUR))
        self._note(f"  for {seconds} s")
        self.machine.suspend(seconds)
        self._jumped_at = self.machine.clock.monotonic()

    def process_restarts(self) -> None:
        self.machine.restart(self.random.choice((0.0, 1.0, 60.0, 1000.0, 3 * HOUR)))

    def process_is_killed_at_a_write(self) -> None:
        self.machine.fate.writes_left = self.random.randrange(1, 8)
        self.machine.fate.after_it = self.random.random() < 0.5

    def process_is_killed_at_a_request(self) -> None:
        self._kill_at = self.random.randrange(1, 8)

    _kill_at = 0

    def _meddle(self, request: str) -> None:
        """Change something, or die, while the connector is in the middle of it."""
        if not self._meddling:
            return
        if self._kill_at:
            self._kill_at -= 1
            if not self._kill_at:
                raise KilledError
        if request == "changes" and self.random.random() < 0.05:
            self._note("while it reads, an event is added")
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
                self._note(f"  reconnect: {error.problem.code}")
            except KilledError:
                self._note("  reconnect: killed")
                machine.restart()
        # A person may ask at any time, also while the connector waits as it was told.
        machine.server.asked_to_wait.clear()
        if machine.profile.connection.load().state is State.FAILED_USER:
            self._until(self.random.uniform(600, 4 * HOUR), "a person tries again", self.person_reconnects)
