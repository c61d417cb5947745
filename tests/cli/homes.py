"""Homes for tests of the command line: what set-up leaves behind, made without a server."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from oncetui.cli.compose import Composition, GlobalOptions
from oncetui.cli.outcome import outcome_of
from oncetui.connector.horizon import horizon
from oncetui.model.associations import AssociatedCalendars
from oncetui.model.calendars import FoundCalendar
from oncetui.model.connection import ConnectionSettings, KeptIn, Scheme, SignIn, UsernameForm
from oncetui.model.pages import BookingPage
from oncetui.model.ports import Reading
from oncetui.model.profile import Profile
from oncetui.model.secret import Secret
from oncetui.model.state import By, Faulted, Succeeded, advance
from tests.cli.ended import Ended

ANNA = "anna@contoso.example"
PASSWORD = "Winter-2026"
NOWHERE = "https://mail.contoso.example:9/EWS/Exchange.asmx"


@dataclass(frozen=True)
class CommandLine:
    """Runs commands in this process, in one home."""

    home: Path
    read: Callable[[], tuple[str, str]]

    def __call__(self, *arguments: str) -> Ended:
        code = outcome_of(["--home", str(self.home), *arguments])
        out, err = self.read()
        return Ended(code, out, err)

    def profile(self, work: Callable[[Profile], object], name: str = "default") -> None:
        """Do something with the profile's ports."""
        composition = Composition(GlobalOptions(name, self.home))
        try:
            work(composition.profile)
        finally:
            composition.close()

    def connect(self, name: str = "default", mailbox: str = ANNA) -> None:
        """Leave behind what set-up does: a connected profile with three calendars, one page, fresh."""
        self.profile(lambda profile: _connect(profile, mailbox), name)

    def fault(self, event: Callable[[Profile], Faulted]) -> None:
        """Let the kept state go through a fault."""
        self.profile(lambda it: it.connection.change(lambda record: advance(record, event(it))))


def _connect(profile: Profile, mailbox: str) -> None:
    now = profile.clock.now()
    profile.secret_places.place(KeptIn.FILE).save(Secret(PASSWORD))
    sign_in = SignIn(mailbox, UsernameForm.EMAIL, Scheme.NTLM)
    profile.settings.save(ConnectionSettings(mailbox, NOWHERE, sign_in, KeptIn.FILE, "v1"))
    record = profile.connection.change(lambda it: advance(it, Succeeded(now, By.PERSON, "v1")))
    found = (
        FoundCalendar("k1", "Calendar", writable=True, default=True),
        FoundCalendar("k2", "Private", writable=True),
        FoundCalendar("k3", "Team Sales", writable=False, owner="team@contoso.example"),
    )
    for calendar in profile.busy.note_calendars(found, record.generation):
        reading = Reading((horizon(now),), (), "cursor", now)
        profile.busy.take_reading(calendar.id, reading, record.generation)
    page = BookingPage("intro", "Intro call", 30, "Europe/Berlin", associated=AssociatedCalendars(main="c1"))
    profile.pages.save(page)
