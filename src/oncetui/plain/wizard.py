"""The wizard line by line: the same steps, rules and sentences as on the screens."""

from dataclasses import dataclass, replace

from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import SyncMode
from oncetui.model.ports import DraftAnswers
from oncetui.model.problem import ProblemError
from oncetui.model.profile import Profile
from oncetui.model.secret import Secret
from oncetui.model.stream_check import check_stream
from oncetui.plain.account_questions import AccountQuestions
from oncetui.plain.calendar_questions import ask_calendars
from oncetui.plain.console_io import ConsoleIO
from oncetui.plain.free_events_lines import show_free_events
from oncetui.plain.given import Given
from oncetui.plain.keeping_questions import ask_place, with_passphrase
from oncetui.plain.problem_text import problem_lines
from oncetui.plain.summary_text import summary_lines
from oncetui.setup.account import opened
from oncetui.setup.account_state import AccountState
from oncetui.setup.calendar_choice import CalendarChoice, opened_choice
from oncetui.setup.finishing import finish
from oncetui.setup.keeping import KeepingState, opened_keeping, stream_checked, usable_places
from oncetui.setup.signing_in import SignedIn
from oncetui.setup.summary import Summary


def set_up(profile: Profile, io: ConsoleIO, given: Given, cancellation: Cancellation) -> Summary:
    """Ask, sign in and save; raise `ProblemError` for what no answer can put right.

    Leaving raises `CancelledByUserError`; what was answered, but no secret, is there the next time.
    """
    io.show("Connect your Exchange calendar.")
    io.show("Enter takes what stands in [brackets], a minus empties it, ctrl+d leaves.")
    io.show()
    state = _start(profile, given)
    account = AccountQuestions(profile, io, state, given, cancellation=cancellation)
    signed_in = account.signed_in()
    try:
        summary = _AfterSignIn(profile, io, given, signed_in, cancellation).finished(account.secret)
    finally:
        signed_in.gateway.close()
    for line in ("", *summary_lines(summary)):
        io.show(line)
    return summary


def _start(profile: Profile, given: Given) -> AccountState:
    draft, told = profile.drafts.load(), given.answers
    merged = DraftAnswers(
        email=told.email or draft.email,
        ews_url=told.ews_url or draft.ews_url,
        username=told.username or draft.username,
        route=draft.route,
    )
    return replace(opened(merged, profile.settings.load()), consented=given.consented)


@dataclass(frozen=True)
class _AfterSignIn:
    """The steps that follow an open sign-in."""

    profile: Profile
    io: ConsoleIO
    given: Given
    signed_in: SignedIn
    cancellation: Cancellation

    def finished(self, secret: Secret) -> Summary:
        """Ask for calendars and place, then save; what can be answered anew is asked for again."""
        choice = self._calendars(self._opened_choice())
        keeping = self._keeping(choice)
        while True:
            try:
                return self._finish(secret, choice, keeping)
            except ProblemError as error:
                if not {"calendar", "keep_password"} & set(error.problem.fields):
                    raise
                for line in problem_lines(error.problem):
                    self.io.show(line)
                if "calendar" in error.problem.fields:
                    choice = self._calendars(choice)
                else:
                    keeping = with_passphrase(self.io, ask_place(self.io, keeping))

    def _finish(self, secret: Secret, choice: CalendarChoice, keeping: KeepingState) -> Summary:
        self.io.show("Reading your calendars …")
        summary = finish(
            self.signed_in,
            choice,
            secret,
            keep_in=keeping.chosen,
            sync_mode=keeping.sync_mode,
            profile=self.profile,
            cancellation=self.cancellation,
            passphrase=keeping.passphrase,
        )
        return replace(summary, stream=keeping.stream)

    def _opened_choice(self) -> CalendarChoice:
        pages, known = self.profile.pages.pages(), self.profile.busy.calendars()
        return opened_choice(self.signed_in.calendars, self.signed_in.access.mailbox, pages, known)

    def _calendars(self, choice: CalendarChoice) -> CalendarChoice:
        chosen = ask_calendars(self.io, self.signed_in, choice, self.cancellation)
        show_free_events(self.io, self.profile, self.signed_in, chosen)
        return chosen

    def _keeping(self, choice: CalendarChoice) -> KeepingState:
        saved = self.profile.settings.load()
        wanted = self.given.answers.keep_in or (str(saved.kept_in) if saved is not None else "")
        keeping = opened_keeping(usable_places(self.profile.secret_places), wanted, self.given.sync_mode)
        if keeping.chosen != self.given.answers.keep_in:
            keeping = ask_place(self.io, keeping)
        keeping = with_passphrase(self.io, keeping)
        if keeping.sync_mode is SyncMode.REAL_TIME:
            self.io.show("Listening to the server …")
            stream = check_stream(
                self.signed_in.gateway, choice.calendars, self.profile.clock, self.cancellation
            )
            keeping = stream_checked(keeping, stream)
        self.io.show(f"Changes become known by {keeping.sync_sentence}.")
        return keeping
