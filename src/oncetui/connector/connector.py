"""The connector: keeps one profile's connection checked, restored and its busy time read."""

import contextlib
from collections.abc import Callable

from oncetui.connector.beating import heartbeat
from oncetui.connector.checking import GenerationOverError
from oncetui.connector.deciding import Work, refused_elsewhere, work_for
from oncetui.connector.failing import fail, take_over_refusal
from oncetui.connector.keeping import KeptGateway
from oncetui.connector.noting import note_secret, note_success
from oncetui.connector.real_time import RealTime
from oncetui.connector.rounds import Rounds
from oncetui.connector.signing_in import ask_without_credentials
from oncetui.connector.timing import Every
from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.connection import ConnectionSettings, SyncMode
from oncetui.model.ports import CalendarGateway, Request
from oncetui.model.problem import ProblemError
from oncetui.model.problems.local import DISK_FULL, STORE_BUSY, STORE_UNUSABLE
from oncetui.model.profile import Profile
from oncetui.model.schedule import AUTO_SYNC
from oncetui.model.state import By, ConnectionRecord, State
from oncetui.model.sync import BEGINNING, NOT_CONNECTED, SyncInEffect

POLL_SECONDS = 0.5
REFRESH = "refresh"
BOOKINGS = "bookings"
TAKE_OVER = "take-over"
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
        self._clear = Every(profile.clock, AUTO_SYNC)
        self._cleared: int | None = None
        self._listening = listening
        self._real_time = RealTime(profile.clock)
        self._rounds = Rounds(profile, self._kept, self._real_time)
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
        return self._kept.gateway

    def close(self) -> None:
        """Cut the connections to the server; the next step opens one anew."""
        # In this order: the server is told by the open gateway that nobody listens any more.
        self._real_time.close()
        self._kept.drop()

    @property
    def sync(self) -> SyncInEffect | None:
        """How it learns of changes at the moment, None before it has begun to."""
        return self._real_time.sync

    def step(self, cancellation: Cancellation) -> None:
        """Do what is due now, if anything is; it takes no time where nothing is due."""
        self._steps += 1
        self._look_at_what_changed()
        if self._is_refused(cancellation):
            return
        record, settings = self._record, self._settings
        work = work_for(record)
        if work is Work.NOTHING or settings is None:
            self._kept.drop()
            self._rounds.at_once()
            self._listen()
            self._take_last_copies(record)
        elif settings.secret_version != record.secret_version:
            self._take_up(settings)
        elif self._rounds.is_due(record, settings, asked=self._is_asked_for()):
            self._seen = None
            if not self._do(work, record, settings, cancellation):
                return
        # Only now, so that whoever asked waits for a check that began after it had asked.
        self._profile.commands.answered(self._asked)
        self._asked = ()

    def _is_refused(self, cancellation: Cancellation) -> bool:
        """Tell whether the kept secret was refused: by what was heard, or to a check; then none is sent."""
        record, settings = self._record, self._settings
        refusal = self._real_time.take_in()
        if refusal is not None and settings is not None and self._heard_with == record.secret_version:
            self._failed(refusal, settings, record.generation, cancellation)
            self._seen = None
            return True
        heard = self._kept.refusal
        if heard is not None and heard.noted:
            # By the thread that listens, which asks what it means before it ends.
            if not self._real_time.listens:
                heard.take_back()
                self._seen = None
            return True
        if refused_elsewhere(record):
            self._kept.drop()
            self._tell(take_over_refusal(self._profile, record))
            self._seen = None
            return True
        return False

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
        if self._record.state is State.CONNECTED and self._rounds.have_unread_calendars():
            self._rounds.at_once()
        self._listen()

    def _is_asked_for(self) -> bool:
        return any(request.kind in (REFRESH, BOOKINGS, TAKE_OVER) for request in self._asked)

    def _listen(self) -> None:
        """Listen to the calendars in use while the connection works and Real-time is wished for."""
        if not self._listening or self._settings is None:
            return
        gateway = self._kept.gateway
        if self._settings.sync_mode is not SyncMode.REAL_TIME:
            self._real_time.rest(None)
        elif self._record.state is not State.CONNECTED:
            self._real_time.rest(NOT_CONNECTED)
        elif gateway is None:
            self._real_time.rest(BEGINNING)
        else:
            self._heard_with = self._kept.secret_version
            self._real_time.follow(gateway, self._rounds.in_use())

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
        self._rounds.begun()
        try:
            if work is not Work.CHECK:
                self._kept.drop()
                ask_without_credentials(self._profile, work, settings, cancellation)
            asked = frozenset(request.kind for request in self._asked)
            way = self._rounds.read(
                settings, record, cancellation, asked=bool(asked), taking_over=TAKE_OVER in asked
            )
        except ProblemError as error:
            if error.problem.code in _OF_THE_STORE:
                # Says nothing of the connection, and could not be noted anyway.
                self._kept.drop()
                raise
            doubted = work is Work.PROBE_THEN_CHECK
            self._failed(error, settings, record.generation, cancellation, doubted=doubted)
        except GenerationOverError:
            self._kept.drop()
        else:
            version = settings.secret_version
            self._tell(note_success(self._profile, version, By.CONNECTOR, record.generation, way))

    def _failed(
        self,
        error: ProblemError,
        settings: ConnectionSettings,
        generation: int,
        cancellation: Cancellation,
        *,
        doubted: bool = False,
    ) -> None:
        heard = self._kept.refusal
        self._kept.drop()
        record = fail(self._profile, settings, error, generation, cancellation, heard=heard, doubted=doubted)
        self._tell(record)

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
