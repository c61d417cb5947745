"""The account step: what typing, pressing Enter and consent do to its state.

A caller holds one `AccountState`, puts every event through a transition and shows what comes back. After
each transition it looks at two properties: `search_for` is the email whose server wants to be searched now,
`ready_to_sign_in` says that the one attempt may begin.
"""

from dataclasses import replace

from oncetui.model.connection import ConnectionSettings, KeptIn, NetworkRoute, combined_route, kept_route
from oncetui.model.lock_outs import UNASKED
from oncetui.model.ports import DraftAnswers
from oncetui.model.problem import Who
from oncetui.model.problems.proxies import PROXY_PASSWORD_REFUSED
from oncetui.model.secret import Secret
from oncetui.model.user_names import likely_domain_name
from oncetui.setup.account_state import AccountState, focused, revealed, with_field
from oncetui.setup.answers import Answers, entered_before
from oncetui.setup.fields import AccountField, FieldName, typed


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
        KeptIn.PASSPHRASE: "kept in an encrypted file",
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
