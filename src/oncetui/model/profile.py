"""One profile with everything that its services need, put together once and passed along."""

import contextlib
import shlex
from collections.abc import Iterator
from dataclasses import dataclass

from oncetui.model.connection import NetworkRoute
from oncetui.model.ports import (
    BookingStore,
    BusyStore,
    Clock,
    CommandStore,
    ConnectionStore,
    ConnectorLock,
    Discovery,
    DraftStore,
    Eraser,
    Examiner,
    GatewayOpener,
    OnChangeStore,
    PageStore,
    Programs,
    Reports,
    SecretPlaces,
    SettingsStore,
    SignInGuard,
)
from oncetui.model.schedule import ATTEMPT_AT_MOST
from oncetui.model.tracing import RequestTrace


@dataclass(frozen=True)
class Profile:
    """A named connection with its ports.

    `installation` names this home in the stamps of calendar events. `route` is what this run was told on the
    command line: it goes before what is saved. `trace` holds the last requests of this process. `time_zone`
    is the IANA name of the zone that times are shown in. `settings_path` is shown to people. `home` is the
    folder that `--home` named, None without it; `password_command` is what this run was told to get the
    password by.
    """

    name: str
    installation: str
    clock: Clock
    discovery: Discovery
    opener: GatewayOpener
    examiner: Examiner
    trace: RequestTrace
    reports: Reports
    settings: SettingsStore
    drafts: DraftStore
    connection: ConnectionStore
    busy: BusyStore
    pages: PageStore
    bookings: BookingStore
    eraser: Eraser
    commands: CommandStore
    lock: ConnectorLock
    guard: SignInGuard
    secret_places: SecretPlaces
    route: NetworkRoute
    time_zone: str
    settings_path: str
    on_change: OnChangeStore
    programs: Programs
    home: str | None = None
    password_command: tuple[str, ...] = ()

    @contextlib.contextmanager
    def shown_as_attempt(self) -> Iterator[None]:
        """Show that a sign-in is under way while the block lasts; a process that dies shows it no longer."""
        self.connection.begin_attempt(self.clock.now() + ATTEMPT_AT_MOST)
        try:
            yield
        finally:
            self.connection.end_attempt()


def run_command(profile: str, home: str | None) -> str:
    """Return the command that keeps a profile's connection without a screen."""
    return command_line(profile, home, "run")


def command_line(profile: str, home: str | None, command: str = "") -> str:
    """Return a command as it is typed to reach this profile in this home, None being the usual one."""
    folder = [] if home is None else ["--home", shlex.quote(home)]
    named = [] if profile == "default" else ["--profile", profile]
    return " ".join(filter(None, ["oncetui", *folder, *named, command]))
