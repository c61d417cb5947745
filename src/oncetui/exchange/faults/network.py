"""What the network says before HTTP is spoken, and where it breaks off."""

import errno
import socket

from oncetui.exchange.faults.circumstances import Circumstances
from oncetui.exchange.transport.failures import (
    AnswerTooLargeError,
    CaFileUnreadableError,
    PinnedCertificateChangedError,
    ProxyRefusalError,
    ProxyUnreachableError,
)
from oncetui.model.problem import Problem
from oncetui.model.problems import certificates, http, names, network, proxies

_NO_SUCH_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}

_UNREACHABLE = {errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL}
_BROKEN = {errno.ENOTCONN, errno.EPIPE}


def problem_of_our_failure(error: BaseException, at: Circumstances) -> Problem | None:
    """Return the problem that one of the transport's own exceptions is, None for any other."""
    where = {"proxy": at.proxy, "host": at.host}
    problem: Problem | None = None
    match error:
        case CaFileUnreadableError():
            problem = certificates.CA_FILE_UNREADABLE.problem(path=error.path, reason=error.reason)
        case PinnedCertificateChangedError():
            problem = certificates.UNTRUSTED_CERTIFICATE.problem(host=at.host, sha256=error.shown)
        case ProxyUnreachableError():
            problem = proxies.PROXY_UNREACHABLE.problem(**where)
        case ProxyRefusalError():
            cause = proxies.PROXY_SIGN_IN if error.status == 407 else proxies.PROXY_REFUSES
            problem = cause.problem(**where, status=error.status)
        case AnswerTooLargeError():
            problem = http.NOT_UNDERSTOOD.problem(host=at.host, reason=str(error))
        case _:
            pass
    return problem


def problem_of_socket(error: OSError, at: Circumstances) -> Problem | None:
    """Return the problem that an error of a socket is, None where it says too little."""
    match error:
        case socket.gaierror():
            cause = names.HOST_NOT_FOUND if error.errno in _NO_SUCH_NAME else names.NAMES_UNAVAILABLE
            return cause.problem(host=at.host)
        case ConnectionRefusedError():
            return network.CONNECTION_REFUSED.problem(host=at.host, port=at.port)
        case TimeoutError():
            return network.NO_ANSWER.problem(host=at.host, port=at.port)
        case ConnectionError():
            return network.CONNECTION_LOST.problem(host=at.host, port=at.port)
        case _:
            return _problem_of_number(error, at)


def _problem_of_number(error: OSError, at: Circumstances) -> Problem | None:
    if error.errno in _UNREACHABLE:
        return network.NO_ANSWER.problem(host=at.host, port=at.port, reason=error.strerror)
    if error.errno in _BROKEN:
        return network.CONNECTION_LOST.problem(host=at.host, port=at.port)
    return None
