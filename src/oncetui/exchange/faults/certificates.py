"""What TLS says: verify codes (OpenSSL's x509_vfy.h) and alerts of the handshake."""

import ssl

from oncetui.exchange.faults.circumstances import Circumstances
from oncetui.model.problem import Cause, Problem
from oncetui.model.problems import certificates
from oncetui.model.problems.unknown import UNKNOWN

_BY_VERIFY_CODE: dict[int, Cause] = {
    2: certificates.INCOMPLETE_CHAIN,
    9: certificates.EXPIRED_CERTIFICATE,
    10: certificates.EXPIRED_CERTIFICATE,
    18: certificates.UNTRUSTED_CERTIFICATE,
    19: certificates.UNTRUSTED_CERTIFICATE,
    20: certificates.UNTRUSTED_CERTIFICATE,
    21: certificates.INCOMPLETE_CHAIN,
    62: certificates.WRONG_NAME_CERTIFICATE,
    64: certificates.WRONG_NAME_CERTIFICATE,
    # macOS (SecBase.h) and Windows (winerror.h), whose own checks truststore runs there.
    -67843: certificates.UNTRUSTED_CERTIFICATE,
    -67818: certificates.EXPIRED_CERTIFICATE,
    -67602: certificates.WRONG_NAME_CERTIFICATE,
    0x800B0109: certificates.UNTRUSTED_CERTIFICATE,
    0x800B010A: certificates.UNTRUSTED_CERTIFICATE,
    0x800B0101: certificates.EXPIRED_CERTIFICATE,
    0x800B010F: certificates.WRONG_NAME_CERTIFICATE,
}
_BY_REASON: dict[str, Cause] = {
    "WRONG_VERSION_NUMBER": certificates.NOT_TLS,
    "HTTP_REQUEST": certificates.NOT_TLS,
    "PACKET_LENGTH_TOO_LONG": certificates.NOT_TLS,
    "RECORD_LAYER_FAILURE": certificates.NOT_TLS,
    "UNSUPPORTED_PROTOCOL": certificates.TLS_TOO_OLD,
    "TLSV1_ALERT_PROTOCOL_VERSION": certificates.TLS_TOO_OLD,
    "UNEXPECTED_EOF_WHILE_READING": certificates.HANDSHAKE_CUT,
}


def problem_of_tls(error: ssl.SSLError, at: Circumstances) -> Problem:
    """Return the problem that an error of TLS is."""
    if isinstance(error, ssl.SSLCertVerificationError):
        code = getattr(error, "verify_code", None)
        message = str(getattr(error, "verify_message", "") or "") or "It can't be verified."
        cause = _BY_VERIFY_CODE.get(code or 0)
        if cause is None:
            return UNKNOWN.problem(signal=f"certificate: {message}", host=at.host, verify_code=code)
        return cause.problem(host=at.host, reason=_sentence(message), verify_code=code)
    if isinstance(error, (ssl.SSLEOFError, ssl.SSLZeroReturnError)):
        return certificates.HANDSHAKE_CUT.problem(host=at.host)
    reason = str(getattr(error, "reason", None) or "")
    known = _BY_REASON.get(reason)
    if known is not None:
        return known.problem(host=at.host, reason=reason)
    return UNKNOWN.problem(signal=f"TLS {reason or 'error'}", host=at.host)


def _sentence(message: str) -> str:
    return message[:1].upper() + message[1:].rstrip(".") + "."
