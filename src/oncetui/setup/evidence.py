"""What a sign-in tells, and which field it puts on the screen for what reason."""

from dataclasses import replace

from oncetui.model.lock_outs import Insistence
from oncetui.model.problem import Problem
from oncetui.model.problems.autodiscover import HOST_NEEDS_CONSENT
from oncetui.model.problems.sign_in import LOCK_OUT_NEAR, PASSWORD_REFUSED, USER_NAME_FORM
from oncetui.model.user_names import likely_domain_name
from oncetui.setup.account import knows_address, knows_user_name, without_refused_proxy
from oncetui.setup.account_state import AccountState, focused, revealed, with_field
from oncetui.setup.fields import FieldName
from oncetui.setup.headline import Headline, Mark, by_hand, mark_of
from oncetui.setup.searching import asking_consent


def attempt_began(state: AccountState, at: float) -> AccountState:
    """Show that the one attempt is under way; `at` is monotonic seconds."""
    for one in state.fields:
        state = with_field(state, replace(one, error=None))
    state = with_field(state, replace(state.password, why=None))
    warned = Insistence(warned=state.insistence.warned)
    return replace(state, signing_in=at, wish=False, headline=None, problem=None, insistence=warned)


def attempt_ended(state: AccountState, problem: Problem | None, *, refused: bool = False) -> AccountState:
    r"""Take over how the attempt ended: None is success, `refused` that the server turned the secret down.

    A refused email address reveals Domain\UserName, filled where the server told its Windows domain; a
    refused password leads back to the password; a host outside waits for a yes; any other problem goes to
    the field that it names, or is shown as it is. Nothing that was typed changes.
    """
    state = replace(state, signing_in=None, wish=False, refusals=state.refusals + refused)
    if problem is None:
        return replace(state, problem=None, headline=Headline(Mark.GOOD, "Signed in."))
    host = dict(problem.evidence).get("host")
    if problem.code == HOST_NEEDS_CONSENT.code and host is not None:
        return asking_consent(replace(state, wish=True), host, problem)
    told = f"{problem.what} {problem.why if problem.code == USER_NAME_FORM.code else by_hand(problem).next}"
    if not refused and problem.code in (PASSWORD_REFUSED.code, USER_NAME_FORM.code):
        told = (
            f"{problem.what} It was not sent again: change something, or press Enter to send it all the same."
        )
        state = replace(state, insistence=replace(state.insistence, again=True))
    if problem.code == LOCK_OUT_NEAR.code:
        told = f"{told} Enter sends it now."
        warned = int(dict(problem.evidence).get("refusals", 0))
        state = replace(state, insistence=replace(state.insistence, warned=warned))
    state = replace(state, problem=problem, headline=Headline(mark_of(problem), told))
    if problem.code == USER_NAME_FORM.code:
        return _user_name_wanted(state, problem)
    if problem.code == PASSWORD_REFUSED.code:
        return _password_wanted(state)
    if state.in_the_way:
        return without_refused_proxy(state)
    return _at_fault(state, problem)


def attempt_cancelled(state: AccountState) -> AccountState:
    """Take the attempt away as if it had not been."""
    return replace(state, signing_in=None, wish=False)


def secret_changed(state: AccountState) -> AccountState:
    """Take back that a secret is sent all the same, and an Enter that waits: another one is being typed.

    The end of the search would move the cursor, and the rest of the password would be read by everybody.
    """
    return replace(state, insistence=replace(state.insistence, again=False), wish=False)


def gone_to(state: AccountState, field: str, otherwise: str | None) -> AccountState:
    """Go to a field by the name that problems use for it; `otherwise` is said where no screen has it."""
    if field not in tuple(FieldName):
        return replace(state, headline=Headline(Mark.CAUTION, otherwise)) if otherwise else state
    match FieldName(field):
        case FieldName.EWS_URL:
            return knows_address(state)
        case FieldName.USERNAME:
            return knows_user_name(state)
        case FieldName.TRUST_HOST if state.consent is None:
            return state
        case name:
            return focused(state, name)


def _user_name_wanted(state: AccountState, problem: Problem) -> AccountState:
    r"""Show Domain\UserName filled in, and leave the cursor in the password that Enter sends with it.

    Whoever doubts the password types it anew without looking: it must not land where everybody reads it.
    """
    windows_domain = dict(problem.evidence).get("windows_domain")
    fill = likely_domain_name(state.email.meant, windows_domain)
    state = revealed(state, FieldName.USERNAME, problem.what, fill=fill)
    if windows_domain and state.username is not None:
        said = f"{windows_domain} comes from the server; empty tries the email."
        state = with_field(state, replace(state.username, help=said))
    if state.username is not None and state.username.meant:
        said = f"Enter sends it with {state.username.meant}; or type it anew."
        state = with_field(state, replace(state.password, why=said))
        return focused(state, FieldName.PASSWORD)
    return focused(state, FieldName.USERNAME)


def _password_wanted(state: AccountState) -> AccountState:
    """Go back to the password; a refused email may want another form too, so the field is put beside it."""
    if state.username is None:
        state = revealed(
            state, FieldName.USERNAME, "Many servers want the Windows name instead of the email."
        )
    state = with_field(state, replace(state.password, error="Enter it again: it was refused."))
    return focused(state, FieldName.PASSWORD)


def _at_fault(state: AccountState, problem: Problem) -> AccountState:
    known = [FieldName(name) for name in problem.fields if name in tuple(FieldName)]
    if not known:
        return state
    first = known[0]
    shown = state.shown(first)
    if shown is None:
        return focused(revealed(state, first, problem.what), first)
    return focused(with_field(state, replace(shown, error=problem.what)), first)
