"""Whatever happens in whatever order: nothing that was typed is lost, and no password gets in."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from oncetui.model.discovering import SearchResult, SearchStep, StepMark
from oncetui.model.ports import DraftAnswers
from oncetui.model.problem import Problem
from oncetui.model.problems import causes
from oncetui.model.problems.sign_in import USER_NAME_FORM
from oncetui.setup import account
from oncetui.setup.evidence import attempt_began, attempt_cancelled, attempt_ended
from oncetui.setup.fields import FieldName
from oncetui.setup.searching import search_began, search_ended, search_stopped, step_told
from tests.setup.test_account import everything
from tests.setup.wizard import FOUND, NOTHING, OUTSIDE, SIGNPOSTED

SECRET = "s3cret-horse-battery"
EMAILS = st.sampled_from(
    ["anna@contoso.example", "ben@fabrikam.example", "anna", " ANNA@contoso.example ", ""]
)
ADDRESSES = st.sampled_from(["mail.contoso.example", "https://mail.contoso.example/owa", "a b", "", "x@y"])
NAMES = st.sampled_from(["CONTOSO\\anna", "contoso/anna", "anna", "a@b.example", "\\", ""])
PROBLEMS = st.one_of(
    st.none(),
    st.sampled_from([cause.problem(host="mail.contoso.example") for cause in causes()]),
    st.just(USER_NAME_FORM.problem(username="anna@contoso.example", windows_domain="CONTOSO")),
)
RESULTS = st.sampled_from([FOUND, NOTHING, OUTSIDE, SIGNPOSTED, replace(FOUND, provider="microsoft-365")])


class AnyOrder(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.state = account.opened(DraftAnswers())
        self.typed: dict[FieldName, str] = {}
        self.attempts = 0
        self.presses = 0

    def leave(self, name: FieldName, text: str) -> None:
        if self.state.shown(name) is not None:
            self.state = account.field_left(self.state, name, text)
            self.typed[name] = text

    @rule(text=EMAILS)
    def email_left(self, text: str) -> None:
        self.leave(FieldName.EMAIL, text)

    @rule(text=ADDRESSES)
    def ews_url_left(self, text: str) -> None:
        self.leave(FieldName.EWS_URL, text)

    @rule(text=NAMES)
    def user_name_left(self, text: str) -> None:
        self.leave(FieldName.USERNAME, text)

    @rule()
    def password_left(self) -> None:
        self.state = account.field_left(self.state, FieldName.PASSWORD, SECRET)

    @rule()
    def address_is_known(self) -> None:
        self.state = account.knows_address(self.state)

    @rule()
    def user_name_is_known(self) -> None:
        self.state = account.knows_user_name(self.state)

    @rule()
    def search_begins(self) -> None:
        if self.state.search_for is not None:
            self.state = search_began(self.state, 1.0)

    @rule(email=EMAILS)
    def step_is_told(self, email: str) -> None:
        self.state = step_told(self.state, email, SearchStep("a", "contoso.example", StepMark.ASKING))

    @rule(email=EMAILS, result=RESULTS)
    def search_ends(self, email: str, result: SearchResult) -> None:
        self.state = search_ended(self.state, email, result)

    @rule()
    def search_is_stopped(self) -> None:
        self.state = search_stopped(self.state)

    @rule(given=st.booleans())
    def enter_is_pressed(self, given: bool) -> None:
        self.presses += 1
        self.state = account.submitted(self.state, password_given=given)

    @rule()
    def consent_is_given(self) -> None:
        self.state = account.consent_given(self.state)

    @rule()
    def attempt_begins(self) -> None:
        if self.state.ready_to_sign_in:
            self.attempts += 1
            self.state = attempt_began(self.state, 2.0)

    @rule(problem=PROBLEMS, refused=st.booleans())
    def attempt_ends(self, problem: Problem | None, refused: bool) -> None:
        if self.state.signing_in is not None:
            self.state = attempt_ended(self.state, problem, refused=refused)

    @rule()
    def attempt_is_cancelled(self) -> None:
        self.state = attempt_cancelled(self.state)

    @invariant()
    def nothing_typed_is_lost(self) -> None:
        for name, text in self.typed.items():
            shown = self.state.shown(name)
            if text.strip():
                assert shown is not None
                assert shown.value == text

    @invariant()
    def no_attempt_without_a_press(self) -> None:
        assert self.attempts <= self.presses

    @invariant()
    def no_password_gets_in(self) -> None:
        assert SECRET not in everything(self.state)
        assert self.state.password.value == ""

    @invariant()
    def no_host_outside_gets_the_password_unasked(self) -> None:
        if self.state.ready_to_sign_in:
            assert self.state.consent is None


TestAnyOrder = AnyOrder.TestCase


@given(text=st.text())
def test_no_text_breaks_a_field(text: str) -> None:
    state = account.knows_user_name(account.knows_address(account.opened(DraftAnswers())))
    for name in (FieldName.EMAIL, FieldName.EWS_URL, FieldName.USERNAME):
        left = account.field_left(state, name, text).shown(name)
        assert left is not None
        assert left.value == text
        assert not (left.error and left.meant)
