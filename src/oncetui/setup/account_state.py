"""The account step as one frozen view state; the password never enters it."""

from dataclasses import dataclass, replace

from oncetui.model.connection import STRAIGHT, NetworkRoute
from oncetui.model.discovering import SearchResult
from oncetui.model.lock_outs import UNASKED, Insistence
from oncetui.model.problem import Problem
from oncetui.setup.certificates import shown_facts
from oncetui.setup.fields import AccountField, FieldName, typed
from oncetui.setup.headline import Headline
from oncetui.setup.proxies import proxy_asked
from oncetui.setup.search_panel import SearchPanel

MICROSOFT_365_PROVIDER = "microsoft-365"


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
        if self.refusals == 1:
            return "One refused sign-in so far. Most servers lock the account after 5 to 10."
        return f"{self.refusals} refused sign-ins so far. One more could lock the account."

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
