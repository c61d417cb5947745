"""The wizard from its first screen to the console: one straight coroutine over the steps."""

import asyncio
from dataclasses import dataclass, field, replace

from textual import work
from textual.app import ComposeResult
from textual.events import ScreenResume

from oncetui.model.cancellation import Cancellation
from oncetui.model.ports import DraftAnswers
from oncetui.model.problem import ProblemError
from oncetui.model.secret import Secret
from oncetui.model.stream_check import StreamCheck, check_stream
from oncetui.setup.account import opened
from oncetui.setup.account_state import AccountState
from oncetui.setup.calendar_choice import CalendarChoice, opened_choice
from oncetui.setup.finishing import finish
from oncetui.setup.headline import Headline, Mark, mark_of
from oncetui.setup.keeping import KeepingState, opened_keeping, usable_places
from oncetui.setup.summary import Summary
from oncetui.ui.screen import OurScreen
from oncetui.ui.wizard.account import AccountScreen
from oncetui.ui.wizard.account_work import AccountEntered
from oncetui.ui.wizard.calendars import CalendarsScreen
from oncetui.ui.wizard.keeping import KeepingScreen, Kept
from oncetui.ui.wizard.summary import SummaryScreen

_STOPPED = Headline(Mark.CAUTION, "Stopped; nothing was saved. Press enter to connect again.")


@dataclass(frozen=True)
class _Sofar:
    """What the wizard holds in memory between its steps, so that Back loses nothing; never written down."""

    account: AccountState
    secret: Secret = field(default_factory=lambda: Secret(""))
    keeping: KeepingState | None = None


class WizardScreen(OurScreen[None]):
    """The base of the setup mode: empty itself, it leads through the steps above it."""

    def __init__(self) -> None:
        super().__init__()
        self._leading = False
        self._wanted_place = ""

    def compose(self) -> ComposeResult:
        """Stay empty: the first step is painted at once."""
        yield from ()

    def on_screen_resume(self, _event: ScreenResume) -> None:
        """Begin when the mode is shown, not again between two steps."""
        if not self._leading:
            self._leading = True
            self._lead()

    @work(group="setup", description="wizard")
    async def _lead(self) -> None:
        try:
            finished = await self._steps()
        finally:
            self._leading = False
        if finished or self.our_app.console_is_open:
            self.our_app.open_console()
        else:
            self.our_app.exit(0)

    async def _steps(self) -> bool:
        """Lead through all steps; False where a person left."""
        so_far = _Sofar(self._opened())
        while True:
            entered = await self._account(so_far)
            if entered is None:
                return False
            so_far = replace(so_far, account=_as_left(entered.state), secret=entered.secret)
            try:
                summary, so_far = await self._after_sign_in(entered, so_far)
            finally:
                entered.signed_in.gateway.close()
            if summary is not None:
                await self.app.push_screen_wait(SummaryScreen(summary))
                return True

    def _opened(self) -> AccountState:
        profile = self.services.profile
        try:
            draft = profile.drafts.load()
            self._wanted_place = draft.keep_in
            return opened(draft, profile.settings.load())
        except ProblemError as error:
            told = Headline(mark_of(error.problem), f"{error.problem.what} {error.problem.next}")
            return replace(opened(DraftAnswers()), headline=told, problem=error.problem)

    async def _account(self, so_far: _Sofar) -> AccountEntered | None:
        screen = AccountScreen(self.services.profile, so_far.account, so_far.secret, self._wanted_place)
        if so_far.keeping is None:
            self._look_for_places(screen)
        return await self.app.push_screen_wait(screen)

    @work(group="setup-places", exclusive=True, exit_on_error=False, description="places")
    async def _look_for_places(self, screen: AccountScreen) -> None:
        keeping = await self._keeping_opened()
        if screen.is_attached:
            screen.place_known(keeping.chosen)

    async def _keeping_opened(self) -> KeepingState:
        places = await asyncio.to_thread(usable_places, self.services.profile.secret_places)
        return opened_keeping(places, self._wanted_place)

    async def _after_sign_in(self, entered: AccountEntered, so_far: _Sofar) -> tuple[Summary | None, _Sofar]:
        """Lead through the steps after the sign-in; no summary means back to the account."""
        choice = await asyncio.to_thread(self._calendars_opened, entered)
        keeping = so_far.keeping or await self._keeping_opened()
        while True:
            chosen = await self.app.push_screen_wait(CalendarsScreen(choice, entered.signed_in))
            if chosen is None:
                return None, replace(so_far, keeping=keeping)
            choice = chosen
            kept = await self._keeping(entered, choice, keeping)
            keeping = kept.state
            so_far = replace(so_far, keeping=keeping)
            if kept.stopped:
                return None, replace(so_far, account=replace(so_far.account, headline=_STOPPED))
            if kept.summary is not None:
                return kept.summary, so_far

    def _calendars_opened(self, entered: AccountEntered) -> CalendarChoice:
        profile, signed_in = self.services.profile, entered.signed_in
        known = profile.busy.calendars()
        return opened_choice(signed_in.calendars, signed_in.access.mailbox, profile.pages.pages(), known)

    async def _keeping(self, entered: AccountEntered, choice: CalendarChoice, keeping: KeepingState) -> Kept:
        profile = self.services.profile

        def finished(state: KeepingState, cancellation: Cancellation) -> Summary:
            summary = finish(
                entered.signed_in,
                choice,
                entered.secret,
                keep_in=state.chosen,
                sync_mode=state.sync_mode,
                profile=profile,
                cancellation=cancellation,
                passphrase=state.passphrase,
            )
            return replace(summary, stream=state.stream)

        def listened(cancellation: Cancellation) -> StreamCheck:
            return check_stream(entered.signed_in.gateway, choice.calendars, profile.clock, cancellation)

        return await self.app.push_screen_wait(KeepingScreen(keeping, profile.clock, finished, listened))


def _as_left(state: AccountState) -> AccountState:
    """Return the state to come back to: what was entered, without what the attempt said."""
    return replace(state, headline=None, problem=None, signing_in=None, wish=False)
