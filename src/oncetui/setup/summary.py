"""What the wizard ends on: what was found, how it signs in, where the password is, one event as proof."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from oncetui.model.calendars import Proof
from oncetui.model.connection import ConnectionSettings
from oncetui.model.event_times import span_text
from oncetui.model.problem import Problem
from oncetui.model.problems.local import CLOCK_WRONG
from oncetui.model.problems.network import IPV6_BROKEN
from oncetui.model.problems.sign_in import PASSWORD_EXPIRES_SOON
from oncetui.model.spelling import host_of
from oncetui.model.status import Protection
from oncetui.model.stream_check import StreamCheck
from oncetui.setup.answers import ENTERED, REMEMBERED
from oncetui.setup.keeping import kept_sentence, sync_sentence

_ABOUT = {PASSWORD_EXPIRES_SOON.code: "Password", CLOCK_WRONG.code: "Clock", IPV6_BROKEN.code: "Network"}


@dataclass(frozen=True)
class SummaryLine:
    """One fact: a label, what it is, and whether it is as it should be."""

    label: str
    text: str
    good: bool = True


@dataclass(frozen=True)
class Summary:
    """What set-up came to; `main` names the main booking calendar, None where the page has none.

    `warnings` tell what works and isn't right; `left` says what of a former connection could not be
    cleared away, `stream` what listening to the server came to where it was tried.
    """

    settings: ConnectionSettings
    email_refused: bool
    protection: Protection
    calendars: int
    main: str | None
    pages: tuple[str, ...]
    proof: Proof | None
    time_zone: str
    settings_path: str
    warnings: tuple[Problem, ...] = ()
    left: tuple[str, ...] = ()
    stream: StreamCheck | None = None
    console_command: str = "oncetui"
    run_command: str = "oncetui run"

    @property
    def lines(self) -> tuple[SummaryLine, ...]:
        """The facts in the order in which they are shown."""
        return (
            SummaryLine("Server", self._server()),
            SummaryLine("Sign-in", self._sign_in()),
            SummaryLine("Password", kept_sentence(self.protection)),
            SummaryLine("Calendars", self._calendars(), good=self.main is not None),
            SummaryLine("Booking page" + "s" * (len(self.pages) > 1), ", ".join(self.pages)),
            SummaryLine("Proof", self._proof()),
            SummaryLine("Sync", sync_sentence(self.settings.sync_mode, self.stream)),
            *(SummaryLine(_about(problem), problem.what, good=False) for problem in self.warnings),
            *(SummaryLine("Left", sentence, good=False) for sentence in self.left),
        )

    @property
    def saved(self) -> str:
        """Where the settings are."""
        return f"Saved in {self.settings_path}"

    def _server(self) -> str:
        found = self.settings.found_by
        told = {ENTERED: "address entered", REMEMBERED: "known from a colleague's calendar here"}
        how = told.get(found, f"found by {found.capitalize()}")
        return f"{host_of(self.settings.ews_url)} · {self.settings.server.product} · {how}"

    def _sign_in(self) -> str:
        sign_in = self.settings.sign_in
        refused = " (your email address was not accepted)" if self.email_refused else ""
        return f"{sign_in.told}{refused}"

    def _calendars(self) -> str:
        goes = (
            f"bookings go into {self.main}"
            if self.main
            else "no main booking calendar yet, so the page is closed"
        )
        return f"{self.calendars} found · {goes}"

    def _proof(self) -> str:
        if self.proof is None:
            return "the calendars were read; nothing is in the main one this week"
        when = span_text(self.proof.start, self.proof.end, ZoneInfo(self.time_zone))
        return f"next event: {when}, {self.proof.showing.value.lower()} · {self.proof.subject}"


def _about(problem: Problem) -> str:
    return _ABOUT.get(problem.code, "Mailbox")
