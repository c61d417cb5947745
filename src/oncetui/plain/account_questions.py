"""The account step line by line: one question at a time, one sign-in for each answer that allows it."""

import contextlib
from dataclasses import replace

from oncetui.model.cancellation import Cancellation
from oncetui.model.discovering import SearchResult, SearchStep, StepMark
from oncetui.model.lock_outs import Insistence
from oncetui.model.problem import Problem, ProblemError, Who
from oncetui.model.problems.sign_in import USER_NAME_FORM
from oncetui.model.profile import Profile
from oncetui.model.secret import Secret
from oncetui.plain.console_io import CAUTION, FAILED, GOOD, ConsoleIO
from oncetui.plain.given import Given
from oncetui.plain.problem_text import problem_lines
from oncetui.plain.way_questions import ask_way_on
from oncetui.setup import account, evidence, searching
from oncetui.setup.account_state import AccountState
from oncetui.setup.fields import FieldName
from oncetui.setup.headline import by_hand
from oncetui.setup.signing_in import SignedIn, find_server, sign_in_once

_MARKS = {
    StepMark.RESOLVING: "…",
    StepMark.ASKING: "…",
    StepMark.FOUND: GOOD,
    StepMark.NOTHING: "·",
    StepMark.FAILED: FAILED,
}
_NO_SECRET = Secret("")


class AccountQuestions:
    """Asks for what the account state shows, until a sign-in works; `secret` is then the one that worked."""

    def __init__(
        self,
        profile: Profile,
        io: ConsoleIO,
        state: AccountState,
        given: Given,
        *,
        cancellation: Cancellation,
    ) -> None:
        self.secret = given.secret
        self._profile = profile
        self._io = io
        self._state = state
        self._given = given
        self._cancellation = cancellation
        self._told: set[tuple[str, StepMark, str]] = set()

    def signed_in(self) -> SignedIn:
        """Ask and sign in until it works."""
        if not (self._given.answers.email and self._state.email.meant):
            self._ask(FieldName.EMAIL)
        self._ask_what_a_draft_holds()
        while True:
            while not self._knows_the_way():
                self._find_the_way()
            if not self.secret:
                self._ask_password()
            self._state = account.submitted(self._state, password_given=True)
            if not self._state.ready_to_sign_in:
                self._ask(self._state.focus)
                continue
            signed_in = self._attempt()
            if signed_in is not None:
                return signed_in

    def _ask_what_a_draft_holds(self) -> None:
        told = self._given.answers
        for name, given in ((FieldName.EWS_URL, told.ews_url), (FieldName.USERNAME, told.username)):
            if self._state.shown(name) is not None and not given:
                self._ask(name)

    def _knows_the_way(self) -> bool:
        state = self._state
        return state.consent is None and (state.has_address or state.found_a_way)

    def _find_the_way(self) -> None:
        state = self._state
        if state.in_the_way and state.problem is not None:
            self._decide(state.problem)
        elif state.search_for is not None:
            self._search(state.search_for)
        elif state.consent is not None:
            self._ask_consent(state.consent)
        elif state.problem is not None and state.problem.who is Who.RETRY:
            self._io.ask("Press Enter to look once more: ")
            self._state = searching.search_again(state)
        elif state.ews_url is not None:
            self._ask(FieldName.EWS_URL, required=True)
        else:
            self._ask(FieldName.EMAIL)

    def _search(self, email: str) -> None:
        self._state = searching.search_began(self._state, self._profile.clock.monotonic())
        self._told.clear()
        self._io.show("Looking for your Exchange server …")
        try:
            result = find_server(email, self._profile, self._show_step, self._cancellation, self._state.route)
        except ProblemError as error:
            result = SearchResult(problem=error.problem)
        self._state = searching.search_ended(self._state, email, result)
        if self._state.search is not None:
            self._io.show(f"{self._state.search.title}.")
        self._show_headline()

    def _show_step(self, step: SearchStep) -> None:
        # A place that is asked a second thing tells of itself again.
        told = (step.place, step.mark, step.told)
        if step.mark in _MARKS and told not in self._told:
            self._told.add(told)
            self._io.show(f"  {_MARKS[step.mark]} {step.place}  {step.told}".rstrip())

    def _show_headline(self) -> None:
        if self._state.headline is not None:
            self._io.show(f"{CAUTION} {self._state.headline.sentence}")

    def _ask(self, name: FieldName, *, required: bool = False) -> None:
        r"""Ask for one field until what stands in it can be right; a minus empties it."""
        if name is FieldName.PASSWORD:
            self._ask_password()
            return
        if name is FieldName.TRUST_HOST and self._state.consent is not None:
            self._ask_consent(self._state.consent)
            return
        required = required or name is FieldName.EMAIL
        field = self._state.shown(name)
        while field is not None:
            offered = field.offer or ("" if field.error else field.value)
            self._io.show(f"  {field.help}")
            typed = self._io.ask(f"{field.label} [{offered}]: " if offered else f"{field.label}: ")
            text = "" if typed.strip() == "-" else typed or offered
            self._state = account.field_left(self._state, name, text)
            field = self._state.shown(name)
            if field is None or (field.error is None and (field.meant or not required)):
                break
            self._io.show(f"  {CAUTION} {field.error or 'Please enter it.'}")
        if field is not None and field.note:
            self._io.show(f"  {field.note}")
        self._keep_draft()

    def _ask_password(self) -> None:
        self.secret = _NO_SECRET
        while not self.secret:
            self.secret = self._io.ask_secret("Password: ")
            if not self.secret:
                self._io.show(f"  {CAUTION} Please enter the password of this mailbox.")

    def _ask_consent(self, host: str) -> None:
        answer = self._io.ask(f"Send the password to {host}? yes or no [no]: ").strip().lower()
        if answer in ("y", "yes"):
            self._state = account.consent_given(self._state)
        else:
            self._state = account.knows_address(self._state)
            self._ask(FieldName.EWS_URL, required=True)

    def _attempt(self) -> SignedIn | None:
        answers = replace(account.answers_of(self._state), pins=self._given.pins)
        found = self._state.found
        before, insistence = self._state.focus_asked, self._state.insistence
        self._state = evidence.attempt_began(self._state, self._profile.clock.monotonic())
        try:
            signed_in = sign_in_once(
                answers,
                self.secret,
                found,
                profile=self._profile,
                insistence=insistence,
                cancellation=self._cancellation,
                told=lambda sentence: self._io.show(f"{sentence} …"),
            )
        except ProblemError as error:
            self._failed(error, before, insistence)
            return None
        self._state = evidence.attempt_ended(self._state, None)
        return signed_in

    def _failed(self, error: ProblemError, focus_asked: int, insistence: Insistence) -> None:
        self._state = evidence.attempt_ended(self._state, error.problem, refused=error.secret_refused)
        for line in problem_lines(by_hand(error.problem)):
            self._io.show(line)
        if self._state.refusals_sentence is not None:
            self._io.show(self._state.refusals_sentence)
        now = self._state.insistence
        if (now.again or now.warned > insistence.warned) and self._sends_all_the_same():
            return
        if self._state.in_the_way:
            self._decide(error.problem)
        elif self._state.focus_asked == focus_asked:
            self._io.ask("Press Enter to try once more: ")
        elif error.problem.code == USER_NAME_FORM.code:
            self._ask(FieldName.USERNAME)
        elif self._state.focus is FieldName.PASSWORD:
            self._ask(FieldName.USERNAME)
            self._ask_password()
        else:
            self._ask(self._state.focus)

    def _sends_all_the_same(self) -> bool:
        if self._state.headline is not None:
            self._io.show(f"{CAUTION} {self._state.headline.sentence}")
        if self._io.ask("Send it all the same? yes or no [no]: ").strip().lower() in ("y", "yes"):
            return True
        self._state = evidence.secret_changed(self._state)
        return False

    def _decide(self, problem: Problem) -> None:
        """Ask about the certificate or the proxy that is in the way."""
        way = ask_way_on(self._io, problem, self._state.route)
        self._state = account.way_told(self._state, way.route)
        if way.ews_url:
            state = account.knows_address(self._state)
            self._state = account.field_left(state, FieldName.EWS_URL, way.ews_url)

    def _keep_draft(self) -> None:
        # A draft that can't be written stops nobody here: saving the connection will tell why.
        with contextlib.suppress(ProblemError):
            self._profile.drafts.save(account.draft_of(self._state, self._given.answers.keep_in))
