"""Which servers the credentials may go to, best first."""

from collections.abc import Iterator
from dataclasses import dataclass

from oncetui.model.discovering import FoundServer, SearchResult, Signpost
from oncetui.model.problem import Cause, Problem, ProblemError
from oncetui.model.problems import sign_in
from oncetui.model.problems.autodiscover import HOST_NEEDS_CONSENT, NO_SERVER_FOUND
from oncetui.model.problems.sign_in import MICROSOFT_365
from oncetui.model.spelling import mail_domain
from oncetui.setup.account_state import MICROSOFT_365_PROVIDER
from oncetui.setup.answers import ENTERED, Answers

_SIGN_IN_CODES = frozenset(cause.code for cause in vars(sign_in).values() if isinstance(cause, Cause))


@dataclass(frozen=True)
class Signposts:
    """Addresses that tell the server only to those who sign in, best first."""

    posts: tuple[Signpost, ...]

    def __iter__(self) -> Iterator[Signpost]:
        return iter(self.posts)

    @staticmethod
    def others_may_know(problem: Problem) -> bool:
        """Tell whether the next address may be asked: never after trouble with the sign-in itself."""
        return problem.code not in _SIGN_IN_CODES


def servers_of(answers: Answers, search: SearchResult) -> tuple[FoundServer, ...] | Signposts:
    """Return where to sign in, never a host outside the mail domain without consent.

    An EWS URL that a person gave goes first and is consent to its host. Raises `ProblemError` where there
    is nowhere to go, or where the best find waits for consent (`diagnosis` 6, 10, 14).
    """
    if answers.ews_url:
        return (FoundServer(answers.ews_url, ENTERED),)
    if search.provider == MICROSOFT_365_PROVIDER:
        raise ProblemError(search.problem or MICROSOFT_365.problem(mailbox=answers.email))
    if search.servers:
        refuse_without_consent(answers, search.servers[0].outside)
        return tuple(one for one in search.servers if _agreed(answers, one.outside))
    if search.signposts:
        refuse_without_consent(answers, search.signposts[0].outside)
        return Signposts(tuple(one for one in search.signposts if _agreed(answers, one.outside)))
    raise ProblemError(search.problem or NO_SERVER_FOUND.problem(domain=mail_domain(answers.email)))


def refuse_without_consent(answers: Answers, outside: str | None) -> None:
    """Raise `ProblemError` where a host lies outside the mail domain and nobody agreed to it."""
    if outside is not None and not _agreed(answers, outside):
        raise ProblemError(HOST_NEEDS_CONSENT.problem(host=outside, domain=mail_domain(answers.email)))


def _agreed(answers: Answers, outside: str | None) -> bool:
    return outside is None or outside.lower() in answers.consented
