"""The account step: email and password, the search that runs meanwhile, and the one attempt."""

from textual import on
from textual.widgets import Input
from textual.worker import Worker, WorkerState

from oncetui.model.connection import KeptIn
from oncetui.model.discovering import SearchResult
from oncetui.model.ports import DraftAnswers
from oncetui.model.problems.unknown import UNKNOWN
from oncetui.model.profile import Profile
from oncetui.model.secret import Secret
from oncetui.setup import account, evidence, searching
from oncetui.setup.account_state import AccountState
from oncetui.setup.fields import FieldName
from oncetui.ui.troubleshoot.ways import WayOut, command_for
from oncetui.ui.widgets.secret_input import SecretInput
from oncetui.ui.wizard.account_drawn import DrawnAccount
from oncetui.ui.wizard.account_form import AccountForm
from oncetui.ui.wizard.account_work import (
    ATTEMPT,
    SEARCH,
    AccountEntered,
    AccountWork,
    AttemptEnded,
    AttemptTold,
    SearchEnded,
    StepTold,
)
from oncetui.ui.wizard.consent import ConsentLine
from oncetui.ui.wizard.way_on import WayOn, step_for, step_to


class AccountScreen(DrawnAccount):
    """Puts every event through a transition of `setup`, and what comes of it is painted."""

    def __init__(
        self,
        profile: Profile,
        start: AccountState,
        secret: Secret,
        keep_in: str = "",
    ) -> None:
        super().__init__(profile.clock, start, secret)
        self._work = AccountWork(self, profile)
        self._keep_in = keep_in

    def on_mount(self) -> None:
        """Paint the state as it opens, and search where an email is known already."""
        self.paint_first()
        self._search_where_wanted()

    def on_unmount(self) -> None:
        """Stop whatever waits."""
        self._work.stop()

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
        elif self._searching:
            self._work.stop_search()
            self.state = searching.search_stopped(self.state)
        elif not self._leaving and self._form.is_filled:
            self._leaving = True
            self._paint_time()
        else:
            self.before_quit()
            self.dismiss(None)
