"""A life of months in minutes: the connector works while everything happens that can, and is looked at."""

from collections import Counter
from pathlib import Path
from random import Random

from oncetui.model.problem import ProblemError
from oncetui.model.schedule import AUTO_SYNC
from oncetui.model.state import State
from tests.soak.happenings import DAY, HOUR, Happenings
from tests.soak.invariants import BrokenError, Invariants
from tests.soak.machine import KilledError, Machine
from tests.soak.mail_server import KEYS

PACES = {
    State.CONNECTED: (2.0, 5.0, 10.0),
    State.INTERRUPTED: (0.5, 2.0, 4.0),
    **dict.fromkeys(set(State) - {State.CONNECTED, State.INTERRUPTED}, (5.0, 10.0, 20.0)),
}
"""Seconds from one look of the connector to the next: it takes no more where nothing is due."""
QUIET_PACE = 20.0
ANEW = 10.0
"""Seconds after which `run` starts a connector anew whose store took nothing."""


class Life:
    """Lets things happen, and the connector work, and looks whether all is well."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random = Random(seed)
        self.machine = Machine(folder)
        self.invariants = Invariants(self.machine)
        self.machine.connect()
        self.happenings = Happenings(self.machine, self.invariants, self.random)
        self.steps = 0
        self._record = self.machine.profile.connection.load()
        self._seen = (-1, -1)

    def live(self, days: float = 1000.0, steps: int = 10**9) -> None:
        """Let so many days pass, or the connector look so often at what is due."""
        end, last = self.machine.times().passed + days * DAY, self.steps + steps
        next_at = 0.0
        while self.machine.times().passed < end and self.steps < last:
            if self.machine.times().passed >= next_at:
                self.happenings.one()
                self._look()
                self.invariants.hold()
                next_at = self.machine.times().passed + self.random.expovariate(1 / 900)
            if self.happenings.end_what_is_over():
                self._look()
            self._step()

    def come_to_rest(self) -> None:
        """End every fault, let people do what is theirs, and see that all is well again."""
        self.happenings.end_all()
        self._look()
        for _ in range(3):
            self._live_quietly(20 * 60)
            state = self.machine.profile.connection.load().state
            if state is State.FAILED_USER:
                self.happenings.person_reconnects()
            if state is State.DISCONNECTED:
                self.machine.connect()
            self._look()
        self._live_quietly(3 * HOUR, until_connected=True)
        state = self.machine.profile.connection.load().state
        if state is not State.CONNECTED:
            raise BrokenError(f"still {state} after everything was put right")
        self._live_quietly(10 * 60)
        before = self.invariants.open_pages
        self.invariants.hold()
        if self.invariants.open_pages != before + 3:
            raise BrokenError("a page is still closed after everything was put right")
        self.invariants.bookings_are_in_the_calendar()
        self._costs_no_more_than_it_may()

    def _costs_no_more_than_it_may(self) -> None:
        """Count what an hour costs in which nothing happens: one request a calendar and poll."""
        server = self.machine.server
        server.requests.clear()
        self._live_quietly(HOUR)
        sync = self.machine.connector.sync
        assert sync is not None
        watched = 2 if sync.mode.value == "real-time" else 0
        polls = HOUR / AUTO_SYNC.total_seconds() + 1
        allowed = (len(KEYS) - watched) * polls + watched * (polls / 5 + 1)
        # A stream begun anew, or the reading of a new day, may fall into the hour.
        if len(server.requests) > allowed + 20:
            last = list(server.requests)[-30:]
            raise BrokenError(f"{len(server.requests)} requests in a quiet hour, at last {last}")

    def _live_quietly(self, seconds: float, *, until_connected: bool = False) -> None:
        end = self.machine.times().passed + seconds
        while self.machine.times().passed < end:
            self._step(quiet=True)
            if until_connected and self._record.state is State.CONNECTED:
                return

    def _step(self, *, quiet: bool = False) -> None:
        machine = self.machine
        self.steps += 1
        machine.server.streams.settle()
        before = self._record
        refused = machine.server.refused_secrets.copy()
        requests, began = len(machine.server.requests), machine.clock.monotonic()
        died = halted = False
        try:
            machine.connector.step(machine.cancellation)
        except KilledError:
            died = True
            self.happenings.note("the process is killed")
            machine.restart(self.random.choice((0.0, 5.0, 300.0)))
        except ProblemError as error:
            if not machine.disk_is_full:
                raise
            self.happenings.note(f"halted: {error.problem.code}")
            machine.halt(ANEW)
            halted = True
        machine.server.streams.settle()
        changed = self._look()
        after = self._record
        self._refusals_are_kept(machine.server.refused_secrets - refused, died=died)
        if before.state is State.FAILED_USER and after.state is not State.FAILED_USER:
            raise BrokenError(f"nobody left {before.state}, and it is {after.state}")
        if after.state is not before.state:
            cause = "" if after.problem is None else after.problem.code
            self.happenings.note(f"{before.state} → {after.state} {cause}")
        self._no_request_came_too_early(began)
        if changed or self.random.random() < 0.1:
            self.invariants.hold()
        busy = requests != len(machine.server.requests) or after.wobble is not None
        pace = (
            QUIET_PACE if quiet and after.state is State.CONNECTED else self.random.choice(PACES[after.state])
        )
        if halted:
            machine.halt(pace)
        else:
            machine.clock.advance(0.5 if busy else pace)

    def _look(self) -> bool:
        """Read the record again where anything was written; tell whether it was."""
        version = self.machine.profile.connection.version()
        if (self.machine.starts, version) == self._seen:
            return False
        self._seen = (self.machine.starts, version)
        self._record = self.machine.profile.connection.load()
        return True

    def _refusals_are_kept(self, refused: Counter[str], *, died: bool) -> None:
        """See that a refusal of this step is kept, but where the process died or could write nothing."""
        kept = self._record.refused_version is not None
        for secret in refused:
            if kept:
                continue
            if not died and not self.machine.disk_is_full:
                raise BrokenError(f"the refusal of {secret} is not kept")
            self.invariants.died_unheard[secret] += 1

    def _no_request_came_too_early(self, began: float) -> None:
        """Hold each request of this step against the waits that the server asked for before it."""
        server, jumped_at = self.machine.server, self.happenings.jumped_at
        server.asked_to_wait = [
            (at, wait)
            for at, wait in server.asked_to_wait
            if at + wait > began and (jumped_at < 0 or at > jumped_at)
        ]
        for at, wait in server.asked_to_wait:
            early = [
                (when, what) for when, what in server.requests if at < when < at + wait and when >= began
            ]
            if early:
                raise BrokenError(f"asked at {at} to wait for {wait} s, and these came: {early}")
