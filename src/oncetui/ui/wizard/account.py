"""The account step: email and password, the search that runs meanwhile, and the one attempt."""

from dataclasses import dataclass, replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.reactive import reactive
from textual.timer import Timer
from textual.widgets import Input
from textual.worker import Worker, WorkerState

from oncetui.model.connection import KeptIn
from oncetui.model.discovering import SearchResult
from oncetui.model.ports import DraftAnswers
from oncetui.model.problems.unknown import UNKNOWN
from oncetui.model.profile import Profile
from oncetui.model.secret import Secret
from oncetui.setup import account, evidence, searching
from oncetui.setup.account import AccountState, Mark
from oncetui.setup.fields import FieldName
from oncetui.setup.signing_in import SignedIn
from oncetui.ui.commands import Command, bindings_of
from oncetui.ui.screen import OurScreen
from oncetui.ui.troubleshoot.ways import WayOut, command_for
from oncetui.ui.widgets.headline import Headline
from oncetui.ui.widgets.key_line import KeyLine
from oncetui.ui.widgets.secret_input import SecretInput
from oncetui.ui.wizard.account_form import AccountForm
from oncetui.ui.wizard.account_keys import (
    ADDRESS,
    BACK,
    CONNECT,
    DETAILS,
    IN_THE_WAY,
    OFFER,
    SHOW,
    TROUBLESHOOT,
    USER_NAME,
)
from oncetui.ui.wizard.account_work import (
    ATTEMPT,
    SEARCH,
    AccountWork,
    AttemptEnded,
    AttemptTold,
    SearchEnded,
    StepTold,
)
from oncetui.ui.wizard.consent import ConsentLine
from oncetui.ui.wizard.demo_table import DemoTable
from oncetui.ui.wizard.search_list import SearchList
from oncetui.ui.wizard.sentence import SentenceLine
from oncetui.ui.wizard.way_on import WayOn, step_for, step_to

ONCE_MORE = "Press esc once more to {leave}. What you entered stays, except the password."


@dataclass(frozen=True)
class AccountEntered:
    """What the account step ends with: the open sign-in, its secret, and the state to come back to."""

    signed_in: SignedIn
    secret: Secret
    state: AccountState


class AccountScreen(OurScreen[AccountEntered | None]):
    """Paints an `AccountState`; every event goes through a transition of `setup`."""

    CSS_PATH = "account.tcss"
    ABOUT = (
        "Your Exchange (Outlook) address and its password are enough as a rule. The server is looked for "
        "while you type the password, and the password goes to nobody before it is found."
    )
    KEYS: ClassVar[tuple[Command, ...]] = (
        CONNECT,
        IN_THE_WAY,
        ADDRESS,
        BACK,
        DETAILS,
        TROUBLESHOOT,
        USER_NAME,
        SHOW,
        OFFER,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KEYS)

    state: reactive[AccountState] = reactive(
        lambda: account.opened(DraftAnswers()), init=False, repaint=False
    )

    def __init__(
        self,
        profile: Profile,
        start: AccountState,
        secret: Secret,
        keep_in: str = "",
    ) -> None:
        super().__init__()
        self.set_reactive(AccountScreen.state, start)
        self._clock = profile.clock
        self._work = AccountWork(self, profile)
        self._secret = secret
        self._keep_in = keep_in
        self._waits_for = ""
        self._leaving = False
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay out the step."""
        yield Headline("Connect your Exchange calendar", "step 1 of 4")
        yield SentenceLine(self.marks)
        yield ConsentLine()
        yield AccountForm(self._secret)
        yield SearchList(self.marks)
        if self.services.demo is not None:
            yield DemoTable(self.services.demo)
        yield KeyLine()

    def on_mount(self) -> None:
        """Paint the state as it opens, and search where an email is known already."""
        self._timer = self.set_interval(1.0, self._paint_time, pause=True)
        self._paint()
        self._form.go_to(self.state.focus)
        self._search_where_wanted()

    def on_unmount(self) -> None:
        """Stop whatever waits."""
        self._work.stop()

    @property
    def _form(self) -> AccountForm:
        return self.query_one(AccountForm)

    def watch_state(self, before: AccountState, after: AccountState) -> None:
        """Paint, and move the cursor where the state asks for it."""
        self._paint()
        if after.focus_asked == before.focus_asked:
            return
        if after.focus is FieldName.TRUST_HOST:
            self.query_one(ConsentLine).focus()
        else:
            self._form.go_to(after.focus)

    def _paint(self) -> None:
        state = self.state
        self.query_one(ConsentLine).display = state.consent is not None
        self._form.show(state)
        for table in self.query(DemoTable):
            table.show(state.email.meant)
        self._form.disabled = state.signing_in is not None
        if self._timer is not None:
            (self._timer.resume if state.signing_in is not None or self._searching else self._timer.pause)()
        self._paint_time()
        self.refresh_keys()

    def _paint_time(self) -> None:
        state, now = self.state, self._clock.monotonic()
        line = self.query_one(SentenceLine)
        if state.signing_in is not None:
            line.show(f"{self._waits_for or 'Signing in'}…", seconds=int(now - state.signing_in))
        elif state.wish:
            line.show("Connecting as soon as the server is found…")
        elif self._leaving:
            line.show(ONCE_MORE.format(leave=self._leave), Mark.CAUTION)
        elif state.headline is not None:
            line.show(state.headline.sentence, state.headline.mark)
        else:
            line.show("")
        self.query_one(SearchList).show(state.search, now)

    @property
    def _leave(self) -> str:
        return "go back" if self.our_app.console_is_open else "quit"

    @property
    def _searching(self) -> bool:
        return self.state.search is not None and not self.state.search.finished

    def commands_now(self) -> tuple[Command, ...]:
        """Return the commands that make sense, with Esc called what it would do."""
        searching = "stop the search" if self._searching else self._leave
        does = "stop" if self.state.signing_in is not None else searching
        return tuple(replace(one, label=does) if one is BACK else one for one in super().commands_now())

    def offers(self, command: Command) -> bool:
        """Leave out what is on the screen already, or has nothing to act on."""
        state = self.state
        possible = {
            CONNECT: state.signing_in is None,
            ADDRESS: state.ews_url is None and state.signing_in is None,
            USER_NAME: state.username is None and state.signing_in is None,
            DETAILS: state.problem is not None or (state.search is not None and state.search.finished),
            IN_THE_WAY: state.in_the_way and state.signing_in is None,
            TROUBLESHOOT: state.problem is not None and state.signing_in is None,
            OFFER: any(field.offer for field in state.fields),
        }
        return possible.get(command, True)

    @on(AccountForm.FieldLeft)
    def _field_left(self, event: AccountForm.FieldLeft) -> None:
        self.state = account.field_left(self.state, event.name, event.text)
        self._search_where_wanted()
        self._keep_draft()

    def _take_over_texts(self) -> None:
        for name, text in self._form.texts():
            self.state = account.field_left(self.state, name, text)

    def before_quit(self) -> None:
        """Keep the field that is being typed, too."""
        self._take_over_texts()
        self._work.keep_draft_now(self._draft)

    def _keep_draft(self) -> None:
        self._work.keep_draft(self._draft)

    @property
    def _draft(self) -> DraftAnswers:
        return account.draft_of(self.state, self._keep_in)

    def place_known(self, kept_in: KeptIn) -> None:
        """Say under the password where it will be kept."""
        self.state = account.place_known(self.state, kept_in)

    def action_address(self) -> None:
        """Reveal the EWS URL."""
        self._take_over_texts()
        self.state = account.knows_address(self.state)

    def action_user_name(self) -> None:
        r"""Reveal Domain\UserName."""
        self._take_over_texts()
        self.state = account.knows_user_name(self.state)

    def action_offer(self) -> None:
        """Take over the first corrected spelling that is offered."""
        offering = next((field for field in self.state.fields if field.offer), None)
        if offering is not None:
            self.state = account.offer_taken(self.state, offering.name)

    def action_show_password(self) -> None:
        """Show the password, or hide it again."""
        self._form.password.secret_input.toggle_shown()
        self._form.show(self.state)

    def action_details(self) -> None:
        """Show everything that is known so far."""
        from oncetui.ui.wizard.details import DetailsScreen  # noqa: PLC0415  # not needed for the first paint

        steps = () if self.state.search is None else self.state.search.steps
        self.app.push_screen(DetailsScreen(self.state.problem, steps))

    def action_in_the_way(self) -> None:
        """Let a person decide about the certificate or the proxy that is in the way."""
        step = step_for(self.state.problem, self.state.route)
        if step is not None:
            self.app.push_screen(step, self._decided)

    def _decided(self, way: WayOn | None) -> None:
        if way is None:
            return
        self.state = account.way_told(self.state, way.route)
        if way.ews_url:
            self.state = account.field_left(account.knows_address(self.state), FieldName.EWS_URL, way.ews_url)
        self.action_connect()

    def action_troubleshoot(self) -> None:
        """Say what is wrong, check without the password, write to IT, and come back to the field at fault."""
        from oncetui.ui.troubleshoot.screen import TroubleshootScreen  # noqa: PLC0415  # seldom used
        from oncetui.ui.wizard.trouble import trouble_of  # noqa: PLC0415

        self._take_over_texts()
        self.app.push_screen(TroubleshootScreen(trouble_of(self.state)), self._after_troubleshoot)

    def _after_troubleshoot(self, way: WayOut | None) -> None:
        if way is None:
            return
        step = step_to(way, self.state.route)
        if step is not None:
            self.app.push_screen(step, self._decided)
        else:
            self.state = evidence.gone_to(self.state, way.field, command_for(way.field))

    def _search_where_wanted(self) -> None:
        email = self.state.search_for
        if email is not None and self.state.signing_in is None:
            self.state = searching.search_began(self.state, self._clock.monotonic())
            self._work.search(email, self.state.route)

    @on(SecretInput.Changed)
    def _another_secret(self) -> None:
        self.state = evidence.secret_changed(self.state)

    @on(Input.Changed)
    def _stays(self) -> None:
        if self._leaving:
            self._leaving = False
            self._paint_time()

    @on(StepTold)
    def _step_told(self, event: StepTold) -> None:
        self.state = searching.step_told(self.state, event.email, event.step)

    @on(SearchEnded)
    def _search_ended(self, event: SearchEnded) -> None:
        wished = self.state.wish
        self.state = searching.search_ended(self.state, event.email, event.result)
        self._attempt_where_ready()
        if wished and self.state.in_the_way:
            self.action_in_the_way()

    @on(AccountForm.Entered)
    def action_connect(self) -> None:
        """Sign in once everything is there; go to what is missing otherwise."""
        if self.state.signing_in is not None:
            return
        self._leaving = False
        self._take_over_texts()
        given = not self._form.password.secret_input.is_empty
        self.state = account.submitted(self.state, password_given=given)
        if not self.state.has_address:
            self._search_where_wanted()
        self._keep_draft()
        self._attempt_where_ready()
        if given and not self.state.wish and self.state.signing_in is None and self.state.in_the_way:
            self.action_in_the_way()

    @on(ConsentLine.Answered)
    def _consent_answered(self, event: ConsentLine.Answered) -> None:
        if not event.agreed:
            self.action_address()
            return
        self.state = account.consent_given(self.state)
        if self._form.password.secret_input.is_empty:
            self._form.go_to(FieldName.PASSWORD)
        else:
            self.action_connect()

    def _attempt_where_ready(self) -> None:
        if not self.state.ready_to_sign_in:
            return
        self._waits_for = ""
        self._secret = self._form.password.secret_input.secret
        answers, found, insistence = account.answers_of(self.state), self.state.found, self.state.insistence
        self.state = evidence.attempt_began(self.state, self._clock.monotonic())
        self._work.attempt(answers, self._secret, found, insistence)

    @on(AttemptTold)
    def _attempt_told(self, event: AttemptTold) -> None:
        if self._work.is_current(event.cancellation):
            self._waits_for = event.sentence
            self._paint_time()

    @on(AttemptEnded)
    def _attempt_ended(self, event: AttemptEnded) -> None:
        if not self._work.is_current(event.cancellation):
            if event.signed_in is not None:
                event.signed_in.gateway.close()
            return
        self.state = evidence.attempt_ended(self.state, event.problem, refused=event.refused)
        if event.signed_in is not None:
            self.dismiss(AccountEntered(event.signed_in, self._secret, self.state))
        elif self.state.in_the_way:
            self.action_in_the_way()

    @on(Worker.StateChanged)
    def _worker_failed(self, event: Worker.StateChanged) -> None:
        """Show a failure that nobody foresaw as what it is; nothing that was typed is lost."""
        if event.state is not WorkerState.ERROR:
            return
        problem = UNKNOWN.problem(signal=type(event.worker.error).__name__)
        if event.worker.group == ATTEMPT:
            self.state = evidence.attempt_ended(self.state, problem)
        elif event.worker.group == SEARCH and self.state.search is not None:
            result = SearchResult(problem=problem)
            self.state = searching.search_ended(self.state, self.state.search.email, result)

    def action_back(self) -> None:
        """Stop what runs; otherwise leave, asked for twice once something is typed.

        A slow line may send an Esc that nobody pressed.
        """
        if self.state.signing_in is not None:
            self._work.stop_attempt()
            self.state = evidence.attempt_cancelled(self.state)
            self._form.go_to(FieldName.PASSWORD)
        elif self._searching:
            self._work.stop_search()
            self.state = searching.search_stopped(self.state)
        elif not self._leaving and self._form.is_filled:
            self._leaving = True
            self._paint_time()
        else:
            self.before_quit()
            self.dismiss(None)
