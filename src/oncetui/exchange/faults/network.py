"""What the network says before HTTP is spoken, and where it breaks off."""

import errno
import os
import socket
import ssl

from oncetui.exchange.faults.certificates import cause_of_distrust, problem_of_tls
from oncetui.exchange.faults.circumstances import Circumstances
from oncetui.exchange.transport.failures import (
    AnswerTooLargeError,
    CaFileUnreadableError,
    CertificateRefusedError,
    HandshakeCutError,
    InsideAddressError,
    NotKeptAliveError,
    PinnedCertificateChangedError,
    ProxyCertificateError,
    ProxyCutError,
    ProxyRefusalError,
    ProxyUnreachableError,
)
from oncetui.model.problem import Cause, Problem
from oncetui.model.problems import certificates, http, names, network, proxies, sign_in

_NO_SUCH_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}

_BY_KIND: dict[type[BaseException], Cause] = {
    HandshakeCutError: certificates.HANDSHAKE_CUT,
    ProxyCertificateError: proxies.PROXY_CERTIFICATE,
    ProxyCutError: proxies.PROXY_CUTS,
    ProxyUnreachableError: proxies.PROXY_UNREACHABLE,
}
_GATEWAY_TROUBLE = (502, 503, 504)
_UNREACHABLE = {errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL}
_BROKEN = {errno.ENOTCONN, errno.EPIPE}


def problem_of_our_failure(error: BaseException, at: Circumstances) -> Problem | None:
    """Return the problem that one of the transport's own exceptions is, None for any other."""
    where = {"proxy": at.proxy, "host": at.host}
    problem: Problem | None
    cause: Cause | None
    match error:
        case CaFileUnreadableError():
            problem = certificates.CA_FILE_UNREADABLE.problem(path=error.path, reason=error.reason)
        case PinnedCertificateChangedError():
            shown = error.shown.as_evidence()
            problem = certificates.CERTIFICATE_CHANGED.problem(host=error.host, pinned=error.pinned, **shown)
        case CertificateRefusedError():
            problem = _problem_of_certificate(error, at)
        case ProxyRefusalError():
            problem = problem_of_proxy(error, at)
        case NotKeptAliveError():
            cause = proxies.PROXY_BREAKS_SIGN_IN if at.proxy else sign_in.CONNECTION_NOT_KEPT
            problem = cause.problem(**where)
        case AnswerTooLargeError():
            problem = http.NOT_UNDERSTOOD.problem(host=at.host, reason=str(error))
        case _:
            cause = next((its for kind, its in _BY_KIND.items() if isinstance(error, kind)), None)
            problem = None if cause is None else cause.problem(**where)
    return problem


def problem_of_proxy(error: ProxyRefusalError, at: Circumstances) -> Problem:
    """Return the problem that a proxy's refusal of a tunnel is (`diagnosis` 18 and 20)."""
    offered = {scheme.lower() for scheme in error.offered}
    if error.status == 407 and offered and "basic" not in offered:
        cause = proxies.PROXY_SIGN_IN_UNSUPPORTED
    elif error.status == 407:
        cause = proxies.PROXY_PASSWORD_REFUSED if error.signed_in else proxies.PROXY_SIGN_IN
    else:
        cause = proxies.PROXY_CANT_REACH if error.status in _GATEWAY_TROUBLE else proxies.PROXY_REFUSES
    return cause.problem(
        proxy=at.proxy,
        proxy_user=at.proxy_user,
        host=at.host,
        status=error.status,
        offered=", ".join(error.offered) or None,
        reason=error.reason,
    )


def _problem_of_certificate(error: CertificateRefusedError, at: Circumstances) -> Problem | None:
    if not isinstance(error.__cause__, ssl.SSLError):
        return None
    problem = problem_of_tls(error.__cause__, at)
    if error.shown is None:
        return problem
    shown = error.shown.as_evidence() | {"resolves": error.resolves}
    if problem.code == certificates.UNTRUSTED_CERTIFICATE.code:
        return cause_of_distrust(error.shown).problem(**dict(problem.evidence), **shown)
    return problem.with_evidence(**shown)


def problem_of_socket(error: OSError, at: Circumstances) -> Problem | None:
    """Return the problem that an error of a socket is, None where it says too little."""
    match error:
        case socket.gaierror():
            cause = names.HOST_NOT_FOUND if error.errno in _NO_SUCH_NAME else names.NAMES_UNAVAILABLE
            return cause.problem(host=at.host)
        case ConnectionRefusedError():
            return network.CONNECTION_REFUSED.problem(host=at.host, port=at.port)
        case InsideAddressError():
            return names.INSIDE_ADDRESS.problem(host=at.host, address=error.address)
        case TimeoutError():
            return network.NO_ANSWER.problem(host=at.host, port=at.port)
        case ConnectionError():
            return network.CONNECTION_LOST.problem(host=at.host, port=at.port)
        case _:
            return _problem_of_number(error, at)


def _problem_of_number(error: OSError, at: Circumstances) -> Problem | None:
    if error.errno in _UNREACHABLE:
        return network.NO_ANSWER.problem(host=at.host, port=at.port, reason=os.strerror(error.errno))
    if error.errno in _BROKEN:
        return network.CONNECTION_LOST.problem(host=at.host, port=at.port)
    return None
