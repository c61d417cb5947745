r"""The account step as one frozen view state, and what typing, pressing Enter and consent do to it.

A caller holds one `AccountState`, puts every event through a transition and shows what comes back. After
each transition it looks at two properties: `search_for` is the email whose server wants to be searched now,
`ready_to_sign_in` says that the one attempt may begin. The password never enters the state.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from oncetui.model.connection import (
    STRAIGHT,
    ConnectionSettings,
    KeptIn,
    NetworkRoute,
    combined_route,
    kept_route,
)
from oncetui.model.discovering import SearchResult
from oncetui.model.ports import DraftAnswers
from oncetui.model.problem import Problem, Who
from oncetui.model.problems.proxies import PROXY_PASSWORD_REFUSED
from oncetui.model.secret import Secret
from oncetui.model.user_names import likely_domain_name
from oncetui.setup.answers import UNASKED, Answers, Insistence, entered_before
from oncetui.setup.certificates import shown_facts
from oncetui.setup.fields import AccountField, FieldName, typed
from oncetui.setup.proxies import proxy_asked
from oncetui.setup.search_panel import SearchPanel

MICROSOFT_365_PROVIDER = "microsoft-365"


class Mark(StrEnum):
    """What stands before a headline: `✓`, `!` or `✗`, or its ASCII form."""

    GOOD = "good"
    CAUTION = "caution"
    FAILED = "failed"


@dataclass(frozen=True)
class Headline:
    """The sentence above the fields."""

    mark: Mark
    sentence: str


@dataclass(frozen=True)
class AccountState:
    """Everything that the account step shows.

    `ews_url` and `username` are None until they are revealed. `found` is what the search for the present
    email ended with. `signing_in` is the monotonic time at which the attempt under way began. `refusals`
    counts the sign-ins that the server refused. `route` is what the steps for certificate and proxy told; a
    proxy's password in it is a `Secret`, and no draft keeps it. `consent` is the host outside the mail
    domain that waits for a yes. `wish` is a pressed Enter that waits for the search to end. `insistence` is
    what the next Enter sends all the same, since the screen has told what speaks against it.

    `focus` is the field to go to whenever `focus_asked` has grown; otherwise the cursor stays where it is,
    since a cursor that moves while a password is typed would show the rest of it.
    """

    email: AccountField
    password: AccountField
    ews_url: AccountField | None = None
    username: AccountField | None = None
    headline: Headline | None = None
    search: SearchPanel | None = None
    found: SearchResult | None = None
    signing_in: float | None = None
    refusals: int = 0
    problem: Problem | None = None
    consent: str | None = None
    consented: frozenset[str] = frozenset()
    wish: bool = False
    insistence: Insistence = UNASKED
    route: NetworkRoute = STRAIGHT
    focus: FieldName = FieldName.EMAIL
    focus_asked: int = 0

    @property
    def fields(self) -> tuple[AccountField, ...]:
        """The fields that are on the screen, from top to bottom."""
        inputs = (self.email, self.password, self.ews_url, self.username)
        return tuple(one for one in inputs if one is not None)

    @property
    def refusals_sentence(self) -> str | None:
        """How many sign-ins were refused and what more of them would do; None before the first."""
        if self.refusals == 0:
            return None
        counted = "One refused sign-in" if self.refusals == 1 else f"{self.refusals} refused sign-ins"
        return f"{counted} so far. Most servers lock the account after 5 to 10."

    @property
    def search_for(self) -> str | None:
        """The email address whose server is to be searched now, None where nothing is to be searched."""
        email = self.email.meant
        if not email or (self.search is not None and self.search.email == email):
            return None
        return email

    @property
    def ready_to_sign_in(self) -> bool:
        """Whether Enter was pressed and everything that the attempt needs is there."""
        if not self.wish or self.signing_in is not None or self.consent is not None:
            return False
        return self.has_address or self.found_a_way

    @property
    def found_a_way(self) -> bool:
        """Whether the search ended with a server that takes passwords, or with one that knows it."""
        found = self.found
        return found is not None and found.found_something and found.provider != MICROSOFT_365_PROVIDER

    @property
    def in_the_way(self) -> bool:
        """Whether a certificate or a proxy is in the way, for which there is a step of its own."""
        return shown_facts(self.problem) is not None or proxy_asked(self.problem, self.route) is not None

    @property
    def has_address(self) -> bool:
        """Whether an EWS URL was given."""
        return self.ews_url is not None and bool(self.ews_url.meant)

    @property
    def windows_domain(self) -> str | None:
        """The Windows domain that a server of the search told, None where none did."""
        found = self.found or SearchResult()
        probes = [server.probe for server in found.servers] + [post.probe for post in found.signposts]
        return next((probe.windows_domain for probe in probes if probe and probe.windows_domain), None)

    def shown(self, name: FieldName) -> AccountField | None:
        """Return a field, None while it isn't revealed."""
        return next((one for one in self.fields if one.name is name), None)


def opened(draft: DraftAnswers, settings: ConnectionSettings | None = None) -> AccountState:
    """Return the state of a wizard that opens, with what a draft holds or what is saved already."""
    if settings is not None and not draft.email:
        draft = _as_draft(settings)
    email = typed(AccountField.named(FieldName.EMAIL), draft.email)
    state = AccountState(email, AccountField.named(FieldName.PASSWORD), route=draft.route)
    before = "Entered before."
    if draft.ews_url:
        state = field_left(revealed(state, FieldName.EWS_URL, before), FieldName.EWS_URL, draft.ews_url)
    if draft.username:
        state = field_left(revealed(state, FieldName.USERNAME, before), FieldName.USERNAME, draft.username)
    return replace(state, focus=FieldName.PASSWORD if email.meant else FieldName.EMAIL)


def draft_of(state: AccountState, keep_in: str = "") -> DraftAnswers:
    """Return what to keep of the state, so that a hang-up loses no finished field; never a secret."""
    return DraftAnswers(
        email=state.email.value,
        ews_url="" if state.ews_url is None else state.ews_url.value,
        username="" if state.username is None or state.username.ours else state.username.value,
        keep_in=keep_in,
        route=kept_route(state.route),
    )


def answers_of(state: AccountState) -> Answers:
    """Return the answers as they will be used."""
    return Answers(
        email=state.email.meant,
        ews_url="" if state.ews_url is None else state.ews_url.meant,
        username="" if state.username is None else state.username.meant,
        consented=state.consented,
        route=state.route,
    )


def field_left(state: AccountState, name: FieldName, text: str) -> AccountState:
    """Take over what stands in a field that is left, checked; the text of the password is not looked at.

    Another email address takes what belonged to the one before it off the screen: its search, its
    refusals, and a user name that nobody typed.
    """
    left = state.shown(name)
    if left is None:
        return state
    state = with_field(state, typed(left, text))
    if name is FieldName.EMAIL and state.email.meant.lower() != left.meant.lower():
        return _for_another_mailbox(state)
    if name is FieldName.EWS_URL and state.has_address:
        return replace(state, consent=None)
    return state


def offer_taken(state: AccountState, name: FieldName) -> AccountState:
    """Take over the corrected text that a field offers."""
    offering = state.shown(name)
    return state if offering is None or offering.offer is None else field_left(state, name, offering.offer)


def place_known(state: AccountState, kept_in: KeptIn) -> AccountState:
    """Say under the password where it will be kept."""
    told = {
        KeptIn.KEYRING: "kept in the system keyring, not in a file",
        KeptIn.FILE: "kept in an encrypted file",
    }
    said = told.get(kept_in, state.password.help)
    return replace(state, password=replace(state.password, help=said))


def knows_address(state: AccountState) -> AccountState:
    """Reveal the EWS URL because a person wants to enter it."""
    if state.ews_url is None:
        state = revealed(state, FieldName.EWS_URL, "You know your server's address.", asked=True)
    return focused(state, FieldName.EWS_URL)


def knows_user_name(state: AccountState) -> AccountState:
    r"""Reveal Domain\UserName because a person wants to enter it."""
    if state.username is None:
        fill = likely_domain_name(state.email.meant, state.windows_domain)
        state = revealed(state, FieldName.USERNAME, "You know your user name.", fill=fill, asked=True)
    return focused(state, FieldName.USERNAME)


def consent_given(state: AccountState) -> AccountState:
    """Agree to send the password to the host that waits for it."""
    if state.consent is None:
        return state
    agreed = state.consented | {state.consent.lower()}
    return replace(state, consent=None, consented=agreed, headline=None, problem=None)


def submitted(state: AccountState, *, password_given: bool) -> AccountState:
    """Wish to connect: check every field, and go to the first that is wrong or missing.

    Where all are right the state holds the wish until the search has ended; see `ready_to_sign_in`.
    """
    checked = _checked(state, password_given=password_given)
    wrong = next((one for one in checked.fields if one.error is not None), None)
    if wrong is not None:
        return focused(replace(checked, wish=False), wrong.name)
    if checked.has_address:
        return replace(checked, wish=True)
    if checked.consent is not None:
        return focused(replace(checked, wish=False), FieldName.TRUST_HOST)
    if checked.found is None or checked.found_a_way:
        return replace(checked, wish=True)
    return _nothing_to_sign_in_to(checked)


def way_told(state: AccountState, route: NetworkRoute) -> AccountState:
    """Take over what the step for certificate or proxy told; the search is begun anew on the new way."""
    known = combined_route(route, state.route)
    return replace(state, route=known, search=None, found=None, headline=None, problem=None)


def without_refused_proxy(state: AccountState) -> AccountState:
    """Take away the password that the proxy has refused, wherever it came from; it is not sent again."""
    if state.problem is None or state.problem.code != PROXY_PASSWORD_REFUSED.code:
        return state
    return replace(state, route=replace(state.route, proxy_password=Secret("")))


def wish_withdrawn(state: AccountState) -> AccountState:
    """Take a pressed Enter back while it waits for the search."""
    return replace(state, wish=False)


def with_field(state: AccountState, changed: AccountField) -> AccountState:
    """Return the state with a field replaced or revealed."""
    match changed.name:
        case FieldName.EMAIL:
            return replace(state, email=changed)
        case FieldName.PASSWORD:
            return replace(state, password=changed)
        case FieldName.EWS_URL:
            return replace(state, ews_url=changed)
        case FieldName.USERNAME:
            return replace(state, username=changed)
        case FieldName.TRUST_HOST:
            return state


def revealed(
    state: AccountState, name: FieldName, why: str, *, fill: str = "", asked: bool = False
) -> AccountState:
    """Return the state with a field on the screen and why it is there; what was typed stays.

    `fill` goes into a field that is empty.
    """
    known = state.shown(name) or AccountField.named(name)
    known = replace(known, why=why, asked=known.asked or asked)
    if fill and not known.value.strip():
        known = replace(typed(known, fill), ours=True)
    return with_field(state, known)


def focused(state: AccountState, name: FieldName) -> AccountState:
    """Ask for the cursor to go to a field."""
    return replace(state, focus=name, focus_asked=state.focus_asked + 1)


def mark_of(problem: Problem) -> Mark:
    """Return the mark for a problem: red only where nobody here can do anything."""
    return Mark.FAILED if problem.who is Who.IT else Mark.CAUTION


def _checked(state: AccountState, *, password_given: bool) -> AccountState:
    for one in state.fields:
        if one.name is not FieldName.PASSWORD:
            checked = typed(one, one.value, blank_is_wrong=one.name is FieldName.EMAIL)
            state = with_field(state, checked)
    missing = None if password_given else "Please enter the password of this mailbox."
    return replace(state, password=replace(state.password, error=missing))


def _nothing_to_sign_in_to(state: AccountState) -> AccountState:
    assert state.found is not None
    problem = state.found.problem
    if state.in_the_way:
        return replace(state, wish=False)
    if problem is not None and problem.who is Who.RETRY:
        return replace(state, search=None, found=None, headline=None, problem=None, wish=True)
    if state.ews_url is None or state.found.provider is not None:
        return focused(replace(state, wish=False), FieldName.EMAIL)
    missing = typed(state.ews_url, state.ews_url.value, blank_is_wrong=True)
    return focused(replace(state, ews_url=missing, wish=False), FieldName.EWS_URL)


def _for_another_mailbox(state: AccountState) -> AccountState:
    ours = state.username is not None and state.username.ours
    return replace(
        state,
        username=None if ours else state.username,
        password=replace(state.password, why=None),
        headline=None,
        search=None,
        found=None,
        refusals=0,
        problem=None,
        consent=None,
        insistence=UNASKED,
        wish=False,
    )


def _as_draft(settings: ConnectionSettings) -> DraftAnswers:
    before = entered_before(settings)
    return DraftAnswers(before.email, before.ews_url, before.username, str(settings.kept_in))
