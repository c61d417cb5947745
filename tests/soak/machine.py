"""What the connector runs on: a real store, a process that dies and comes back, a clock that jumps."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, NoReturn

from oncetui.connector.connector import Connector
from oncetui.connector.noting import note_success
from oncetui.model.associations import AssociatedCalendars
from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import ConnectionSettings, KeptIn, Scheme, SignIn, UsernameForm
from oncetui.model.pages import BookingPage
from oncetui.model.problem import ProblemError
from oncetui.model.problems.local import DISK_FULL
from oncetui.model.profile import Profile
from oncetui.model.secret import Secret
from oncetui.model.state import By
from oncetui.store.home import locate_home
from oncetui.store.opening import Store, open_store
from tests.fakes.clock import FakeClock
from tests.fakes.profile import faked_profile
from tests.fakes.secrets import InMemorySecretPlaces, InMemorySecretStore
from tests.soak.mail_server import URL, MailServer, Times

ANNA = "anna@contoso.example"


class KilledError(BaseException):
    """The process was killed here: nothing after this point was done, and nobody cleaned up."""


class Fate:
    """Kills the process before or after one of its next writes; None lets it live.

    `no_room` lets every write fail. A process that is dead writes nothing more, whatever unwinds in it.
    """

    def __init__(self) -> None:
        self.writes_left: int | None = None
        self.after_it = False
        self.no_room = False
        self.dead = False

    def write(self, work: Callable[[], Any]) -> Any:
        """Do a write, fail at it, or die at it."""
        if self.dead:
            raise KilledError
        if self.no_room:
            raise ProblemError(DISK_FULL.problem(path="the store", reason="the disk is full"))
        if self.writes_left is None:
            return work()
        self.writes_left -= 1
        if self.writes_left > 0:
            return work()
        if self.after_it:
            work()
        return self.die()

    def die(self) -> NoReturn:
        """End the process here."""
        self.dead = True
        raise KilledError


class Mortal:
    """A port whose writes the process may not survive."""

    def __init__(self, port: Any, fate: Fate, *writes: str) -> None:
        self._port = port
        self._fate = fate
        self._writes = writes

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._port, name)
        if name not in self._writes:
            return found
        return lambda *given, **named: self._fate.write(lambda: found(*given, **named))


class Machine:
    """Holds everything that outlives the process, and the process."""

    def __init__(self, folder: Path) -> None:
        self.clock = FakeClock()
        self.suspended = self.downtime = self.put_back_ever = 0.0
        self.server = MailServer(self.clock, self.times)
        self.fate = Fate()
        self.disk_is_full = False
        self.secret_place = InMemorySecretStore(KeptIn.FILE)
        self.settings_versions = self.starts = 0
        self.cancellation = Cancellation()
        self._home = locate_home(folder / "home")
        self.store: Store = open_store(self._home, "default", self.clock)
        self.profile: Profile = self._person_profile()
        self.connector = Connector(self._mortal_profile(), listening=True)

    def times(self) -> Times:
        """The time that passed in truth, whatever the clock says."""
        running = self.clock.monotonic()
        return Times(running + self.suspended, running - self.downtime)

    def connect(self) -> None:
        """Connect the mailbox as the wizard does, with two pages."""
        self.settings_versions += 1
        version = f"v{self.settings_versions}"
        # A wizard keeps nothing in a locked keyring: it is unlocked first.
        self.secret_place.fails_with = None
        self.secret_place.save(Secret(self.server.password))
        sign_in = SignIn(ANNA, UsernameForm.EMAIL, Scheme.NTLM)
        self.store.settings.save(ConnectionSettings(ANNA, URL, sign_in, KeptIn.FILE, version))
        record = self.profile.connection.load()
        record = note_success(self.profile, version, By.PERSON, record.generation)
        self.store.busy.note_calendars(self.server.list_calendars(), record.generation)
        ids = {calendar.key: calendar.id for calendar in self.store.busy.calendars()}
        own, team, private = ids["k-own"], ids["k-team"], ids["k-private"]
        self._page("one", AssociatedCalendars(main=own))
        self._page("two", AssociatedCalendars(main=own, busy=frozenset({own, team})))
        self._page("three", AssociatedCalendars(main=private, additional=frozenset({own})))

    def remembers_the_password(self) -> None:
        """Have the password that an earlier process of this home kept."""
        self.secret_place.save(Secret(self.server.password))

    def restart(self, downtime: float = 0.0) -> None:
        """Let the process end, whatever it was at, and start another one."""
        self.starts += 1
        self.server.streams.end_all()
        self.fate = Fate()
        self.fate.no_room = self.disk_is_full
        self.store.close()
        self.clock.advance(downtime)
        self.downtime += downtime
        self.store = open_store(self._home, "default", self.clock)
        self.profile = self._person_profile()
        self.connector = Connector(self._mortal_profile(), listening=True)

    def halt(self, seconds: float) -> None:
        """Let time pass in which the connector can do nothing, since the store takes nothing."""
        self.connector.close()
        self.server.streams.settle()
        self.clock.advance(seconds)
        self.downtime += seconds

    def suspend(self, seconds: float) -> None:
        """Sleep: the clock goes on and nothing that counts the passing of time does."""
        self.clock.put_to(self.clock.now() + timedelta(seconds=seconds))
        self.suspended += seconds

    def put_clock(self, seconds: float) -> None:
        """Put the clock forward, or back where it is negative."""
        self.clock.put_to(self.clock.now() + timedelta(seconds=seconds))
        self.put_back_ever += max(0.0, -seconds)

    def _page(self, link: str, associated: AssociatedCalendars) -> None:
        page = BookingPage.named(link.title(), 30, "UTC", link=link)
        self.store.pages.save(replace(page, minimum_notice_minutes=0, associated=associated))

    def _person_profile(self) -> Profile:
        places = InMemorySecretPlaces(self.secret_place)
        return faked_profile(self.store, self.clock, self.server.discovery, self.server, places)

    def _mortal_profile(self) -> Profile:
        mortal = self.profile
        return replace(
            mortal,
            connection=Mortal(mortal.connection, self.fate, "change"),
            busy=Mortal(
                mortal.busy,
                self.fate,
                "note_calendars",
                "take_reading",
                "note_cursor",
                "note_read",
                "note_unreadable",
            ),
            bookings=Mortal(mortal.bookings, self.fate, "change"),
            commands=Mortal(mortal.commands, self.fate, "answered"),
            guard=Mortal(mortal.guard, self.fate, "note", "accepted", "begin", "end"),
        )
