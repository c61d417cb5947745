"""Any exception at all, classified by its chain: what it is, not what its text says."""

import http.client
import ssl
from collections.abc import Callable, Iterator

import urllib3

from oncetui.exchange.faults.answer_errors import (
    NotUnderstoodError,
    ResponseCodeError,
    UnexpectedAnswerError,
)
from oncetui.exchange.faults.answers import problem_of_answer
from oncetui.exchange.faults.certificates import problem_of_tls
from oncetui.exchange.faults.circumstances import Circumstances
from oncetui.exchange.faults.network import problem_of_our_failure, problem_of_socket
from oncetui.exchange.faults.response_codes import problem_of_code
from oncetui.exchange.signing_in.kerberos import KerberosError, TicketTrouble
from oncetui.exchange.signing_in.latch import SecretRefusedError
from oncetui.exchange.transport.shown_certificate import sha256_of
from oncetui.model.problem import ProblemError
from oncetui.model.problems import kerberos, sign_in
from oncetui.model.problems.http import NOT_UNDERSTOOD
from oncetui.model.problems.network import CONNECTION_LOST, NO_ANSWER
from oncetui.model.problems.unknown import UNKNOWN

_LONGEST_CHAIN = 20
_CAUSES_OF_TICKETS = {
    TicketTrouble.NO_LIBRARY: kerberos.KERBEROS_MISSING,
    TicketTrouble.NO_TICKET: kerberos.NO_KERBEROS_TICKET,
    TicketTrouble.UNREACHABLE: kerberos.KERBEROS_UNREACHABLE,
    TicketTrouble.UNKNOWN_SERVICE: kerberos.KERBEROS_SERVICE_UNKNOWN,
    TicketTrouble.CLOCK: kerberos.KERBEROS_CLOCK,
    TicketTrouble.REFUSED: kerberos.KERBEROS_REFUSED,
}
_Reading = Callable[[BaseException, Circumstances], ProblemError | None]


def problem_of(error: BaseException, at: Circumstances) -> ProblemError:
    """Return the problem that an exception is; one that isn't known is told as unknown, never guessed at.

    The readings go from what is certain to what is vague, each over the whole chain: a refused connection
    counts before the time-out that urllib3 derives from it.
    """
    chain = tuple(chain_of(error))
    for reading in (_ready, _of_exchange, _of_ours, _of_tls, _of_sockets, _of_http):
        for link in chain:
            problem = reading(link, at)
            if problem is not None:
                return problem
    signal = " ← ".join(dict.fromkeys(type(link).__name__ for link in chain))
    return ProblemError(UNKNOWN.problem(signal=signal, host=at.host))


def chain_of(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception and those that it came from, near ones first, each once."""
    waiting: list[BaseException] = [error]
    seen: set[int] = set()
    while waiting and len(seen) < _LONGEST_CHAIN:
        link = waiting.pop(0)
        if id(link) in seen:
            continue
        seen.add(id(link))
        yield link
        inside = [arg for arg in getattr(link, "args", ()) if isinstance(arg, BaseException)]
        reason = getattr(link, "reason", None)  # urllib3's MaxRetryError keeps its cause there
        context = None if link.__suppress_context__ else link.__context__
        candidates = (link.__cause__, context, reason, *inside)
        waiting += [near for near in candidates if isinstance(near, BaseException)]


def _ready(link: BaseException, _: Circumstances) -> ProblemError | None:
    return link if isinstance(link, ProblemError) else None


def _of_exchange(link: BaseException, at: Circumstances) -> ProblemError | None:
    match link:
        case SecretRefusedError():
            offered = ", ".join(link.facts.offered) or None
            bound_to = None if link.certificate is None else sha256_of(link.certificate)
            problem = sign_in.PASSWORD_REFUSED.problem(
                username=at.username, host=at.host, offered=offered, sha256=bound_to
            )
            return ProblemError(problem, secret_refused=True)
        case KerberosError():
            return ProblemError(_CAUSES_OF_TICKETS[link.trouble].problem(host=at.host))
        case ResponseCodeError():
            return problem_of_code(link.code, link.back_off, at)
        case UnexpectedAnswerError():
            return problem_of_answer(link.facts, at, signed_in=True)
        case NotUnderstoodError():
            return ProblemError(NOT_UNDERSTOOD.problem(host=at.host, reason=str(link)))
        case _:
            return None


def _of_ours(link: BaseException, at: Circumstances) -> ProblemError | None:
    problem = problem_of_our_failure(link, at)
    return None if problem is None else ProblemError(problem)


def _of_tls(link: BaseException, at: Circumstances) -> ProblemError | None:
    return ProblemError(problem_of_tls(link, at)) if isinstance(link, ssl.SSLError) else None


def _of_sockets(link: BaseException, at: Circumstances) -> ProblemError | None:
    problem = problem_of_socket(link, at) if isinstance(link, OSError) else None
    return None if problem is None else ProblemError(problem)


def _of_http(link: BaseException, at: Circumstances) -> ProblemError | None:
    match link:
        case urllib3.exceptions.TimeoutError():
            return ProblemError(NO_ANSWER.problem(host=at.host, port=at.port))
        case urllib3.exceptions.DecodeError():
            return ProblemError(NOT_UNDERSTOOD.problem(host=at.host))
        case (
            http.client.RemoteDisconnected()
            | http.client.IncompleteRead()
            | urllib3.exceptions.IncompleteRead()
        ):
            return ProblemError(CONNECTION_LOST.problem(host=at.host, port=at.port))
        case http.client.HTTPException():
            return ProblemError(NOT_UNDERSTOOD.problem(host=at.host))
        case _:
            return None
