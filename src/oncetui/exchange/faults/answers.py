"""What an HTTP answer means that is no answer of Exchange Web Services."""

from oncetui.exchange.faults.answer_facts import AnswerFacts
from oncetui.exchange.faults.circumstances import Circumstances
from oncetui.model.problem import Cause, ProblemError
from oncetui.model.problems import exchange, http, policy, proxies, sign_in
from oncetui.model.problems.unknown import UNKNOWN

_LOGIN_PATHS = ("/owa", "/adfs/", "/my.policy", "/oauth2/", "/saml", "/cgi/login", "/logon", "/login")
_BY_STATUS: dict[int, Cause] = {
    407: proxies.PROXY_SIGN_IN,
    429: exchange.THROTTLED,
    440: http.LOGIN_PAGE,
    **dict.fromkeys((413, 414, 431), http.REQUEST_TOO_LARGE),
    **dict.fromkeys((500, 502, 503, 504), http.GATEWAY_DOWN),
}


def problem_of_answer(facts: AnswerFacts, at: Circumstances, *, signed_in: bool) -> ProblemError:
    """Return the problem that an answer is; `signed_in` tells whether credentials went with the request."""
    cause = _cause(facts, signed_in=signed_in)
    problem = cause.problem(
        host=at.host,
        status=facts.status,
        signal=f"HTTP {facts.status}",
        offered=", ".join(facts.offered) or None,
        proxy=at.proxy,
        mailbox=at.mailbox,
        username=at.username,
        reason=facts.policy_reason,
        location=facts.location,
        seconds=None if facts.retry_after is None else round(facts.retry_after),
    )
    return ProblemError(problem, retry_after=facts.retry_after)


def _cause(facts: AnswerFacts, *, signed_in: bool) -> Cause:
    if "locked-out" in facts.says:
        return sign_in.ACCOUNT_LOCKED
    if facts.redirects:
        return _of_redirect(facts)
    if facts.status == 401:
        return _of_unauthorized(facts)
    if facts.status == 403:
        return _of_forbidden(facts, signed_in=signed_in)
    return _BY_STATUS.get(facts.status) or _of_others(facts)


def _of_redirect(facts: AnswerFacts) -> Cause:
    path = (facts.location or "").partition("://")[2].partition("/")[2].lower()
    if "genericerrorpage" in path:
        return http.GATEWAY_DOWN
    if any(f"/{path}".startswith(login) for login in _LOGIN_PATHS) or "internalsite/" in path:
        return http.LOGIN_PAGE
    return http.NOT_EXCHANGE


def _of_unauthorized(facts: AnswerFacts) -> Cause:
    offered = {scheme.lower() for scheme in facts.offered}
    if not offered:
        return sign_in.NO_SCHEME
    if offered & {"basic", "ntlm"}:
        return sign_in.PASSWORD_REFUSED
    return sign_in.MODERN_SIGN_IN_ONLY


def _of_forbidden(facts: AnswerFacts, *, signed_in: bool) -> Cause:
    if facts.policy_reason is not None:
        return policy.EWS_SWITCHED_OFF
    if signed_in and facts.from_exchange:
        return policy.FORBIDDEN
    return http.REJECTED_IN_FRONT


def _of_others(facts: AnswerFacts) -> Cause:
    if facts.status == 200:
        if "login-form" in facts.says:
            return http.LOGIN_PAGE
        return http.NOT_EXCHANGE if facts.content == "text/html" else http.NOT_UNDERSTOOD
    if facts.status in (400, 405, 406, 411, 415):
        return http.NOT_EXCHANGE if facts.from_exchange else http.REJECTED_IN_FRONT
    return http.NOT_EXCHANGE if facts.status in (404, 410) else UNKNOWN
