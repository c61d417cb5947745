"""What the search for the server does to the account step; events of an earlier search change nothing."""

from dataclasses import replace

from oncetui.model.discovering import SearchResult, SearchStep
from oncetui.model.problem import Problem, Who
from oncetui.model.problems.autodiscover import HOST_NEEDS_CONSENT, NO_SERVER_FOUND
from oncetui.model.problems.sign_in import MICROSOFT_365
from oncetui.model.spelling import mail_domain
from oncetui.setup.account import without_refused_proxy
from oncetui.setup.account_state import MICROSOFT_365_PROVIDER, AccountState, focused, revealed
from oncetui.setup.fields import FieldName
from oncetui.setup.headline import Headline, Mark, by_hand, mark_of
from oncetui.setup.search_panel import SearchPanel

STOPPED = Headline(Mark.CAUTION, "The search is stopped. Press enter to search again.")


def search_began(state: AccountState, at: float) -> AccountState:
    """Open the panel of the search for the present email; `at` is monotonic seconds."""
    headline = None if state.headline == STOPPED else state.headline
    return replace(state, search=SearchPanel(state.email.meant, at), found=None, headline=headline)


def step_told(state: AccountState, email: str, step: SearchStep) -> AccountState:
    """Take over what one place of the search for an email told."""
    if not _is_current(state, email) or state.search is None:
        return state
    return replace(state, search=state.search.with_step(step))


def search_ended(state: AccountState, email: str, result: SearchResult) -> AccountState:
    """Take over what the search for an email found; nothing certain reveals the EWS URL, with the reason."""
    if not _is_current(state, email) or state.search is None:
        return state
    state = replace(state, search=state.search.ended(result), found=result)
    if state.has_address:
        return state
    if result.provider == MICROSOFT_365_PROVIDER:
        return _lives_elsewhere(state, result.problem or MICROSOFT_365.problem(mailbox=email))
    if not result.found_something:
        return _nothing_found(state, email, result)
    state = _without_idle_address(state)
    outside = outside_host(result)
    if outside is not None and outside.lower() not in state.consented:
        problem = HOST_NEEDS_CONSENT.problem(host=outside, domain=mail_domain(email))
        return asking_consent(state, outside, problem)
    return state


def search_stopped(state: AccountState) -> AccountState:
    """Close the panel of a search that was cancelled; the next Enter searches again."""
    if state.search is None or state.search.finished:
        return state
    return replace(state, search=None, wish=False, headline=STOPPED)


def search_again(state: AccountState) -> AccountState:
    """Forget a search that ended with nothing, so that it is begun again."""
    return replace(state, search=None, found=None, headline=None, problem=None)


def outside_host(result: SearchResult) -> str | None:
    """Return the host that the best find would send the password to, where it is outside the mail domain."""
    if result.servers:
        return result.servers[0].outside
    return result.signposts[0].outside if result.signposts else None


def asking_consent(state: AccountState, host: str, problem: Problem) -> AccountState:
    """Ask for a yes before the password goes to a host outside the mail domain."""
    sentence = f"{problem.what} Send the password there?"
    asking = replace(state, consent=host, problem=problem, headline=Headline(Mark.CAUTION, sentence))
    return focused(replace(asking, wish=False), FieldName.TRUST_HOST) if state.wish else asking


def _is_current(state: AccountState, email: str) -> bool:
    return state.search is not None and state.search.email == email and not state.search.finished


def _lives_elsewhere(state: AccountState, problem: Problem) -> AccountState:
    told = Headline(Mark.CAUTION, f"{problem.what} {problem.why}")
    after = replace(state, headline=told, problem=problem, wish=False)
    return focused(after, FieldName.EMAIL) if state.wish else after


def _nothing_found(state: AccountState, email: str, result: SearchResult) -> AccountState:
    domain = mail_domain(email)
    problem = result.problem or NO_SERVER_FOUND.problem(domain=domain)
    after = replace(state, problem=problem, wish=False)
    if after.in_the_way:
        told = Headline(mark_of(problem), f"{problem.what} Decide about that first.")
        return without_refused_proxy(replace(after, headline=told))
    if problem.who is Who.RETRY:
        return replace(after, headline=Headline(Mark.CAUTION, f"{problem.what} {by_hand(problem).next}"))
    sentence = f"{problem.what} Please enter its address."
    if problem.code != NO_SERVER_FOUND.code:
        sentence = f"{problem.what} {problem.next}"
    shown = replace(after, headline=Headline(mark_of(problem), sentence))
    shown = revealed(shown, FieldName.EWS_URL, problem.what)
    return focused(shown, FieldName.EWS_URL) if state.wish else shown


def _without_idle_address(state: AccountState) -> AccountState:
    """Take an EWS URL that an earlier search asked for, and nobody filled, off the screen."""
    idle = state.ews_url is not None and not state.ews_url.asked and not state.ews_url.value.strip()
    return replace(state, ews_url=None) if idle else state
