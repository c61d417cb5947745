"""What an HTTP answer means that is no answer of Exchange Web Services."""

import re
from urllib.parse import urlsplit

from oncetui.exchange.faults.answer_facts import AnswerFacts
from oncetui.exchange.faults.circumstances import Circumstances
from oncetui.model.problem import Cause, ProblemError
from oncetui.model.problems import certificates, exchange, http, policy, proxies, sign_in
from oncetui.model.problems.unknown import UNKNOWN

_LOGIN_PATHS = ("/owa", "/my.policy", "/cgi/login", "/logon", "/login")
_COMPANY_LOGIN = ("/adfs/", "/oauth2/", "/saml", "/idp/", "/sso")
_COMPANY_LOGIN_HOSTS = ("login.microsoftonline.com", "login.windows.net")
_HOST_NAME = re.compile(r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,10}")
_TOO_LONG = frozenset({"request-too-long", "headers-too-long"})
FIRST_PAUSE = 10.0
_BY_STATUS: dict[int, Cause] = {
    407: proxies.PROXY_SIGN_IN,
    429: exchange.THROTTLED,
    440: http.LOGIN_PAGE,
    456: sign_in.SIGN_IN_ON_THE_WEB,
    511: proxies.CAPTIVE_PORTAL,
    **dict.fromkeys((413, 414, 431), http.REQUEST_TOO_LARGE),
    **dict.fromkeys((502, 504), http.GATEWAY_DOWN),
}


def problem_of_answer(facts: AnswerFacts, at: Circumstances, *, signed_in: bool) -> ProblemError:
    """Return the problem that an answer is; `signed_in` tells whether credentials went with the request."""
    cause = _cause(facts, signed_in=signed_in)
    wait = facts.retry_after
    if wait is None and cause is exchange.THROTTLED:
        wait = FIRST_PAUSE
    problem = cause.problem(
        host=at.host,
        status=facts.status,
        signal=f"HTTP {facts.status}",
        server=facts.server,
        request_id=facts.request_id,
        offered=", ".join(facts.offered) or None,
        proxy=at.proxy,
        mailbox=at.mailbox,
        username=at.username,
        policy_reason=facts.policy_reason,
        diagnostics=facts.diagnostics,
        leads_to=_host_of(facts.location),
        seconds=None if wait is None else round(wait),
    )
    return ProblemError(problem, retry_after=wait)


def _cause(facts: AnswerFacts, *, signed_in: bool) -> Cause:
    if "locked-out" in facts.says:
        return sign_in.ACCOUNT_LOCKED
    if facts.redirects:
        return _of_redirect(facts)
    match facts.status:
        case 401:
            return _of_unauthorized(facts, signed_in=signed_in)
        case 403:
            return _of_forbidden(facts, signed_in=signed_in)
        case 500 | 503:
            return _of_trouble(facts)
        case status:
            return _BY_STATUS.get(status) or _of_others(facts)


def _of_redirect(facts: AnswerFacts) -> Cause:
    path = "/" + (facts.location or "").partition("://")[2].partition("/")[2].lower()
    if "genericerrorpage" in path or facts.back_end_error:
        return http.EXCHANGE_ERROR_PAGE
    if "/internalsite/" in path:
        return http.GATEWAY_FAULT
    if path.startswith(_COMPANY_LOGIN) or _host_of(facts.location) in _COMPANY_LOGIN_HOSTS:
        return http.COMPANY_SIGN_IN_PAGE
    if path.startswith(_LOGIN_PATHS):
        return http.LOGIN_PAGE
    return http.NOT_EXCHANGE


def _of_unauthorized(facts: AnswerFacts, *, signed_in: bool) -> Cause:
    offered = {scheme.lower() for scheme in facts.offered}
    if "legacy-blocked" in facts.says:
        return sign_in.SCHEME_SWITCHED_OFF
    if signed_in and facts.diagnostics is not None and not offered & {"basic", "ntlm"}:
        return sign_in.TOKEN_NOT_ACCEPTED
    if not offered:
        return sign_in.NO_SCHEME
    if offered & {"basic", "ntlm"}:
        return sign_in.PASSWORD_REFUSED
    return sign_in.MODERN_SIGN_IN_ONLY


def _of_forbidden(facts: AnswerFacts, *, signed_in: bool) -> Cause:
    if facts.policy_reason == "EWS is disabled":
        return policy.EWS_SWITCHED_OFF
    if facts.policy_reason == "blocked by policy":
        return policy.PROGRAM_NOT_ALLOWED
    if facts.policy_reason is not None:
        return policy.FORBIDDEN
    if "client-certificate" in facts.says:
        return certificates.CLIENT_CERTIFICATE_WANTED
    if signed_in and facts.from_exchange:
        return policy.FORBIDDEN
    return http.REJECTED_IN_FRONT


def _of_trouble(facts: AnswerFacts) -> Cause:
    if facts.status == 503:
        asked_to_wait = facts.from_exchange and facts.retry_after is not None
        return exchange.THROTTLED if asked_to_wait else http.GATEWAY_DOWN
    is_exchange = facts.from_exchange or facts.back_end_error or "application-error" in facts.says
    return http.EXCHANGE_ERROR_PAGE if is_exchange else http.GATEWAY_DOWN


def _of_others(facts: AnswerFacts) -> Cause:
    if facts.status == 200:
        if "login-form" in facts.says:
            return http.LOGIN_PAGE
        return http.NOT_EXCHANGE if facts.content == "text/html" else http.NOT_UNDERSTOOD
    if facts.status == 400 and facts.says & _TOO_LONG:
        return http.REQUEST_TOO_LARGE
    if facts.status in (400, 405, 406, 411, 415):
        return http.NOT_EXCHANGE if facts.from_exchange else http.REJECTED_IN_FRONT
    return http.NOT_EXCHANGE if facts.status in (404, 410) else UNKNOWN


def _host_of(location: str | None) -> str | None:
    if location is None:
        return None
    try:
        host = urlsplit(location).hostname or ""
    except ValueError:
        return None
    return host if _HOST_NAME.fullmatch(host) else None
