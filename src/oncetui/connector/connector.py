"""The connector: keeps one profile's connection checked, restored and its busy time read."""

import contextlib
from collections.abc import Callable
from datetime import datetime, timedelta

from oncetui.connector.beating import heartbeat
from oncetui.connector.bookings.desk import Desk
from oncetui.connector.bookings.round import see_to_bookings
from oncetui.connector.checking import (
    GenerationOverError,
    calendars_to_read,
    check_calendars,
    is_at_rest,
    list_calendars,
    misses_calendars,
)
from oncetui.connector.deciding import Work, refused_elsewhere, work_for
from oncetui.connector.glancing import glance
from oncetui.connector.keeping import KeptGateway
from oncetui.connector.known_places import as_known
from oncetui.connector.noting import note_fault, note_refused, note_secret, note_success
from oncetui.connector.real_time import RealTime
from oncetui.connector.signing_in import after_a_refusal, remember_refusal, routed
from oncetui.connector.timing import Every, Moment
from oncetui.model.calendars import Calendar
from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.connection import ConnectionSettings, SyncMode
from oncetui.model.ports import CalendarGateway, Request
from oncetui.model.problem import ProblemError
from oncetui.model.problems.local import DISK_FULL, STORE_BUSY, STORE_UNUSABLE
from oncetui.model.problems.sign_in import PASSWORD_CHANGED
from oncetui.model.profile import Profile
from oncetui.model.schedule import AUTO_SYNC, IT_PROBE_AT_MOST, is_fresh
from oncetui.model.state import By, ConnectionRecord, State
from oncetui.model.sync import SyncInEffect
from oncetui.model.user_names import no_scheme_for_us

POLL_SECONDS = 0.5
READ_ANEW = timedelta(hours=24)
REFRESH = "refresh"
BOOKINGS = "bookings"
_OF_THE_STORE = (DISK_FULL.code, STORE_BUSY.code, STORE_UNUSABLE.code)


class Connector:
    """Does what the kept state asks for; `told` hears of each record that its work led to.

    Where the store can't be written it raises `ProblemError`: whoever runs it decides what then.
    """

    def __init__(
        self,
        profile: Profile,
        told: Callable[[ConnectionRecord], None] | None = None,
        *,
        listening: bool = False,
    ) -> None:
        self._profile = profile
        self._told = told
        self._steps = 0
        self._kept = KeptGateway(profile)
        self._record = profile.connection.load()
        self._settings: ConnectionSettings | None = None
        self._seen: int | None = None
        self._asked: tuple[Request, ...] = ()
        self._check = Every(profile.clock, AUTO_SYNC)
        self._read_anew = Every(profile.clock, READ_ANEW)
        self._clear = Every(profile.clock, AUTO_SYNC)
        self._cleared: int | None = None
        self._next_try = Moment(profile.clock)
        self._listening = listening
        self._real_time = RealTime(profile.clock)
        self._heard_with: str | None = None

    def run(self, cancellation: Cancellation) -> None:
        """Work until it is cancelled; the caller holds the profile's lock."""
        self._listening = True
        bell = self._real_time.bell
        with (
            heartbeat(self._profile, self._profile.clock.now(), lambda: self.sync) as beat,
            contextlib.closing(self),
            cancellation.waking(bell.set),
        ):
            told = self.sync
            try:
                while not cancellation.cancelled:
                    bell.clear()
                    self.step(cancellation)
                    if self.sync != told:
                        told = self.sync
                        beat()
                    if not cancellation.cancelled:
                        waits = min(POLL_SECONDS, max(self._real_time.seconds_to_news(), 0.0))
                        self._profile.clock.wait(bell, waits)
            except CancelledByUserError:
                if not cancellation.cancelled:
                    raise

    @property
    def progress(self) -> object:
        """A value that changes as long as work goes on: with each look at what is due, and each request."""
        return self._steps, *self._profile.trace.recent()[-1:]

    @property
    def live(self) -> CalendarGateway | None:
        """The gateway that is open at this moment, to ask the calendars without another sign-in."""
        return self._kept.open

    def close(self) -> None:
        """Cut the connections to the server; the next step opens one anew."""
        self._kept.drop()
        self._real_time.close()

    @property
    def sync(self) -> SyncInEffect | None:
        """How it learns of changes at the moment, None before it has begun to."""
        return self._real_time.sync

    def step(self, cancellation: Cancellation) -> None:
        """Do what is due now, if anything is; it takes no time where nothing is due."""
        self._steps += 1
        self._look_at_what_changed()
        record, settings = self._record, self._settings
        refusal = self._real_time.take_in()
        if refusal is not None and settings is not None and self._heard_with == record.secret_version:
            self._fail(refusal, settings, record.generation, cancellation)
            self._seen = None
            return
        if refused_elsewhere(record):
            self._take_over_refusal(record)
            return
        work = work_for(record)
        if work is Work.NOTHING or settings is None:
            self._kept.drop()
            self._check.at_once()
            self._listen()
            self._take_last_copies(record)
        elif settings.secret_version != record.secret_version:
            self._take_up(settings)
        elif self._is_due(record, settings):
            self._seen = None
            if not self._do(work, record, settings, cancellation):
                return
        # Only now, so that whoever asked waits for a check that began after it had asked.
        self._profile.commands.answered(self._asked)
        self._asked = ()

    def _look_at_what_changed(self) -> None:
        if self._profile.connection.version() == self._seen:
            return
        self._asked = self._profile.commands.waiting(self._profile.clock.now())
        # Asked before the reading, so that what is written meanwhile is looked at next time.
        self._seen = self._profile.connection.version()
        self._record = self._profile.connection.load()
        # Settings that can't be read now leave those in force that were read before; `status` warns of it.
        with contextlib.suppress(ProblemError):
            self._settings = self._profile.settings.load()
        if self._record.state is State.CONNECTED and self._has_unread_calendars():
            self._check.at_once()
        self._listen()

    def _has_unread_calendars(self) -> bool:
        now = self._profile.clock.now()
        return any(
            calendar.unreadable is None and not is_fresh(calendar.read_at, now) for calendar in self._in_use()
        )

    def _in_use(self) -> tuple[Calendar, ...]:
        return calendars_to_read(self._profile.pages.pages(), self._profile.busy.calendars())

    def _listen(self) -> None:
        """Listen to the calendars in use while the connection works and Real-time is wished for."""
        if not self._listening or self._settings is None:
            return
        wished = self._settings.sync_mode is SyncMode.REAL_TIME
        gateway = self._kept.opened
        if wished and gateway is not None and self._record.state is State.CONNECTED:
            self._heard_with = self._kept.secret_version
            self._real_time.follow(gateway, self._in_use())
        else:
            self._real_time.rest(wished=wished)

    def _is_due(self, record: ConnectionRecord, settings: ConnectionSettings) -> bool:
        now = self._profile.clock.now()
        asked = any(request.kind in (REFRESH, BOOKINGS) for request in self._asked)
        if asked and not record.asked_to_wait(now):
            return True
        if record.next_try is not None:
            return self._next_try.has_come(record.next_try, _longest_wait(record, now))
        if not self._kept.fits(settings, record) or self._real_time.has_news():
            return True
        if self._check.is_due() and self._is_all_spared():
            self._check.done()
        return self._check.is_due()

    def _is_all_spared(self) -> bool:
        in_use = self._in_use()
        spared = bool(in_use) and len(self._spared()) == len(in_use)
        return spared and not self._read_anew.is_due() and not self._profile.bookings.outbox()

    def _do(
        self, work: Work, record: ConnectionRecord, settings: ConnectionSettings, cancellation: Cancellation
    ) -> bool:
        """Do the work in this profile's turn; False where somebody else has it, or had it and changed things.

        The next step looks anew: what a sign-in that was under way came to is known before another begins.
        """
        turn = self._profile.guard.turn()
        if turn is None:
            return False
        with turn:
            now = self._profile.connection.load()
            if now != record:
                return False
            self._do_in_turn(work, record, settings, cancellation)
        return True

    def _do_in_turn(
        self, work: Work, record: ConnectionRecord, settings: ConnectionSettings, cancellation: Cancellation
    ) -> None:
        self._check.done()
        try:
            if work is not Work.CHECK:
                self._kept.drop()
                self._ask_without_credentials(work, settings, cancellation)
            self._read(settings, record, cancellation)
        except ProblemError as error:
            if error.problem.code in _OF_THE_STORE:
                # Says nothing of the connection, and could not be noted anyway.
                self._kept.drop()
                raise
            doubted = work is Work.PROBE_THEN_CHECK
            self._fail(error, settings, record.generation, cancellation, doubted=doubted)
        except GenerationOverError:
            self._kept.drop()
        else:
            version = settings.secret_version
            self._tell(note_success(self._profile, version, By.CONNECTOR, record.generation))

    def _fail(
        self,
        error: ProblemError,
        settings: ConnectionSettings,
        generation: int,
        cancellation: Cancellation,
        *,
        doubted: bool = False,
    ) -> None:
        """Note what befell the work."""
        version = settings.secret_version
        self._kept.drop()
        if error.secret_refused:
            # Before the question what it means: a process that dies meanwhile has still seen it refused.
            note_refused(self._profile, version)
        told = after_a_refusal(self._profile, settings, error, cancellation, doubted=doubted)
        if error.secret_refused and not told.secret_refused:
            note_refused(self._profile, version, refused=False)
        remember_refusal(self._profile, settings, told, generation=generation)
        self._tell(note_fault(self._profile, version, as_known(told)))

    def _ask_without_credentials(
        self, work: Work, settings: ConnectionSettings, cancellation: Cancellation
    ) -> None:
        route = routed(self._profile, settings).route
        if work is Work.REACH_THEN_CHECK:
            self._profile.opener.reach(settings.ews_url, route, cancellation)
            return
        probe = self._profile.discovery.probe(settings.ews_url, route, cancellation)
        if settings.sign_in.scheme not in probe.schemes:
            raise ProblemError(no_scheme_for_us(probe))

    def _read(
        self, settings: ConnectionSettings, record: ConnectionRecord, cancellation: Cancellation
    ) -> None:
        """Read what changed; a gateway just opened lists the calendars first, as does each new day."""
        listed = self._kept.fits(settings, record) and not self._read_anew.is_due()
        gateway = self._kept.gateway(settings, record, cancellation)
        anew = self._read_anew.is_due()
        with cancellation.waking(gateway.close):
            if not listed or misses_calendars(self._profile):
                list_calendars(self._profile, gateway, record.generation)
            spared = self._spared() if listed and not self._asked else frozenset[str]()
            self._real_time.reading()
            changed = check_calendars(
                self._profile, gateway, record.generation, anew=anew, spared=spared
            ).changed
            desk = Desk(self._profile, gateway, record.generation)
            if see_to_bookings(desk, changed, adopting=not listed):
                # What was written is busy from now on, and what was moved or removed no longer is.
                check_calendars(self._profile, gateway, record.generation)
            if not listed:
                glance(self._profile, gateway, record.generation)
        if anew:
            self._read_anew.done()

    def _spared(self) -> frozenset[str]:
        now = self._profile.clock.now()
        return frozenset(
            calendar.id
            for calendar in self._in_use()
            if self._real_time.spares(calendar) or is_at_rest(calendar, now)
        )

    def _take_over_refusal(self, record: ConnectionRecord) -> None:
        """Fail for a secret that a check has seen refused, without sending it once more."""
        self._kept.drop()
        refusal = ProblemError(PASSWORD_CHANGED.problem(), secret_refused=True)
        self._tell(note_fault(self._profile, record.secret_version, refusal))
        self._seen = None

    def _take_up(self, settings: ConnectionSettings) -> None:
        """Go on with a password that a person's sign-in proved and kept, and died before it could say so."""
        turn = self._profile.guard.turn()
        if turn is None:
            return
        with turn:
            if self._profile.settings.load() == settings:
                note_secret(self._profile, settings.secret_version)

    def _take_last_copies(self, record: ConnectionRecord) -> None:
        """Finish a Disconnect whose copies another program kept, as soon as that has ended."""
        over = record.state is State.DISCONNECTED and self._cleared != record.generation
        if over and self._clear.is_due():
            self._clear.done()
            self._cleared = record.generation if self._profile.eraser.settle() else None

    def _tell(self, record: ConnectionRecord) -> None:
        if self._told is not None:
            self._told(record)


def _longest_wait(record: ConnectionRecord, now: datetime) -> timedelta | None:
    """Bound a wait, so that a clock put back before a restart delays nothing by more than the whole of it."""
    servers = record.servers_wait if record.asked_to_wait(now) else None
    return IT_PROBE_AT_MOST if servers is None else max(servers, IT_PROBE_AT_MOST)
