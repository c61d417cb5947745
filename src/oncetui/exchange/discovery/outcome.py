"""What a search comes to, from everything on its board."""

from urllib.parse import urlsplit

from oncetui.exchange.discovery.board import Board
from oncetui.exchange.discovery.questions import BY_MEMORY
from oncetui.model.discovering import FoundServer, SearchResult, Signpost
from oncetui.model.problem import Cause, Problem
from oncetui.model.problems import certificates, proxies
from oncetui.model.problems.autodiscover import ADDRESS_UNKNOWN, GOES_IN_CIRCLES, NO_SERVER_FOUND
from oncetui.model.problems.names import NAMES_UNAVAILABLE
from oncetui.model.problems.network import IPV6_BROKEN
from oncetui.model.problems.sign_in import MICROSOFT_365
from oncetui.model.spelling import mail_domain

CLOUD = "microsoft-365"
_IN_THE_WAY = frozenset(cause.code for cause in vars(proxies).values() if isinstance(cause, Cause)) | {
    certificates.CA_FILE_UNREADABLE.code
}
_CERTIFICATES = (
    certificates.UNTRUSTED_CERTIFICATE.code,
    certificates.TLS_INSPECTION.code,
    certificates.EXPIRED_CERTIFICATE.code,
    certificates.WRONG_NAME_CERTIFICATE.code,
    certificates.INCOMPLETE_CHAIN.code,
    certificates.CERTIFICATE_CHANGED.code,
)


def result_of(board: Board, email: str, seconds: float) -> SearchResult:
    """Return the result of a search that took so long: servers and signposts best first, or the problem.

    A hint at Microsoft 365 decides only where nothing else was found; a certain one always does. A server
    that is merely remembered gives way to an address of the mail domain that knows for sure.
    """
    steps = tuple(board.steps.values())
    found = bool(board.servers or board.signposts)
    certain_posts = any(signpost.outside is None for signpost in board.signposts)
    servers = [one for one in board.servers.values() if not (certain_posts and one.found_by == BY_MEMORY)]
    if board.cloud is not None and (board.cloud.certain or not found):
        problem = MICROSOFT_365.problem(mailbox=email, tried=_tried(board))
        return SearchResult(steps=steps, seconds=seconds, provider=CLOUD, problem=problem)
    return SearchResult(
        servers=tuple(sorted(servers, key=_server_order)),
        signposts=tuple(sorted(board.signposts, key=_signpost_order)),
        steps=steps,
        seconds=seconds,
        problem=None if found else _problem(board, email),
        warnings=tuple(
            IPV6_BROKEN.problem(host=host, address=silent) for host, silent in board.silent_ipv6.items()
        ),
    )


def _problem(board: Board, email: str) -> Problem:
    """Return why nothing was found, what stands furthest in front first."""
    domain, tried = mail_domain(email), _tried(board)
    problems = [trouble.problem for trouble in board.troubles if trouble.problem is not None]
    in_the_way = next((problem for problem in problems if problem.code in _IN_THE_WAY), None)
    if in_the_way is not None:
        return in_the_way.with_evidence(tried=tried)
    for problem in problems:
        # The domain's own web site has other certificates, which say nothing of Exchange (diagnosis 7).
        at_autodiscover = dict(problem.evidence).get("host", "").startswith("autodiscover.")
        if problem.code in _CERTIFICATES and at_autodiscover:
            return problem.with_evidence(tried=tried)
    asked = [place for place in board.places.values() if place.address is not None]
    if asked and len([one for one in problems if one.code == NAMES_UNAVAILABLE.code]) == len(asked):
        return NAMES_UNAVAILABLE.problem(host=domain, tried=tried)
    hops = _circle(board.redirects)
    if hops:
        return GOES_IN_CIRCLES.problem(domain=domain, hops=" → ".join(hops), tried=tried)
    if board.address_unknown:
        return ADDRESS_UNKNOWN.problem(mailbox=email, tried=tried)
    return NO_SERVER_FOUND.problem(domain=domain, mailbox=email, tried=tried)


def _tried(board: Board) -> str:
    return "; ".join(f"{step.place}: {step.told}" for step in board.steps.values())


def _circle(redirects: list[tuple[str, str]]) -> tuple[str, ...]:
    """Return the hosts of a circle of redirects in their order, the first once more at the end."""
    for start, _ in redirects:
        path: tuple[str, ...] = (start,)
        while True:
            onward = [there for here, there in redirects if here == path[-1]]
            if not onward:
                break
            if onward[0] in path:
                return (*path[path.index(onward[0]) :], onward[0])
            path = (*path, onward[0])
    return ()


def _server_order(server: FoundServer) -> tuple[bool, bool, bool]:
    return server.outside is not None, server.probe is None, server.found_by == BY_MEMORY


def _signpost_order(signpost: Signpost) -> tuple[bool, bool, bool]:
    host = urlsplit(signpost.url).hostname or ""
    return (
        signpost.outside is not None,
        not host.startswith("autodiscover."),
        signpost.kind != "pox",
    )
