"""What TLS says: verify codes (OpenSSL's x509_vfy.h) and alerts of the handshake."""

import re
import ssl

from oncetui.exchange.faults.circumstances import Circumstances
from oncetui.exchange.transport.shown_certificate import ShownCertificate
from oncetui.model.problem import Cause, Problem
from oncetui.model.problems import certificates, network
from oncetui.model.problems.unknown import UNKNOWN

_BY_VERIFY_CODE: dict[int, Cause] = {
    2: certificates.INCOMPLETE_CHAIN,
    9: certificates.FUTURE_CERTIFICATE,
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
_INSPECTING = re.compile(
    r"\b(?:Zscaler|FortiGate|Fortinet|Palo Alto Networks|Blue Coat|Netskope|Sophos|Check Point|WatchGuard|"
    r"Barracuda|Forcepoint|Websense|Cisco Umbrella|iboss|Smoothwall|Kaspersky|ESET SSL Filter|"
    r"Avast Web|Bitdefender|McAfee Web Gateway|Untangle|mitmproxy|Squid)",
    re.IGNORECASE,
)
_SYMBOL = re.compile(r"[A-Z0-9_]{1,80}")
_BY_REASON: dict[str, Cause] = {
    "WRONG_VERSION_NUMBER": certificates.NOT_TLS,
    "HTTP_REQUEST": certificates.NOT_TLS,
    "PACKET_LENGTH_TOO_LONG": certificates.NOT_TLS,
    "RECORD_LAYER_FAILURE": certificates.NOT_TLS,
    "UNSUPPORTED_PROTOCOL": certificates.TLS_TOO_OLD,
    "TLSV1_ALERT_PROTOCOL_VERSION": certificates.TLS_TOO_OLD,
    "TLSV13_ALERT_CERTIFICATE_REQUIRED": certificates.CLIENT_CERTIFICATE_WANTED,
    "SSLV3_ALERT_HANDSHAKE_FAILURE": certificates.HANDSHAKE_REFUSED,
    "UNEXPECTED_EOF_WHILE_READING": network.CONNECTION_LOST,
}


def problem_of_tls(error: ssl.SSLError, at: Circumstances) -> Problem:
    """Return the problem that an error of TLS is."""
    if isinstance(error, ssl.SSLCertVerificationError):
        code = getattr(error, "verify_code", None)
        cause = _BY_VERIFY_CODE.get(code or 0)
        if cause is None:
            return UNKNOWN.problem(signal=f"certificate, verify code {code}", host=at.host, verify_code=code)
        return cause.problem(host=at.host, verify_code=code)
    if isinstance(error, (ssl.SSLEOFError, ssl.SSLZeroReturnError)):
        return network.CONNECTION_LOST.problem(host=at.host, port=at.port)
    reason = _symbol(getattr(error, "reason", None))
    known = _BY_REASON.get(reason)
    if known is not None:
        return known.problem(host=at.host, port=at.port, reason=reason)
    return UNKNOWN.problem(signal=f"TLS {reason or 'error'}", host=at.host)


def cause_of_distrust(shown: ShownCertificate) -> Cause:
    """Return why a certificate isn't trusted, by who made it and what was sent with it.

    A device that opens the encryption (`diagnosis` 26) names itself as the issuer. A certificate that
    comes alone and tells where its issuer's can be fetched leaves a gap that browsers fill
    (`diagnosis` 25).
    """
    if _INSPECTING.search(shown.issuer):
        return certificates.TLS_INSPECTION
    if len(shown.chain) == 1 and shown.issuer != shown.subject and shown.issuer_published:
        return certificates.INCOMPLETE_CHAIN
    return certificates.UNTRUSTED_CERTIFICATE


def _symbol(reason: object) -> str:
    # OpenSSL names its reasons so; whatever else stands there isn't shown.
    return reason if isinstance(reason, str) and _SYMBOL.fullmatch(reason) else ""
