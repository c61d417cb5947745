"""The messages of an NTLM handshake that need no identity: asking for a challenge, and reading it."""

import base64
import binascii
import struct

import requests
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from spnego._ntlm_raw.messages import AvId, Challenge, Negotiate, NegotiateFlags
from spnego.channel_bindings import GssChannelBindings

_WEAK = {"md5", "sha1"}


def anonymous_negotiate(scheme: str = "NTLM") -> str:
    """Return the header's value that asks for a challenge and names nobody."""
    flags = (
        NegotiateFlags.unicode
        | NegotiateFlags.oem
        | NegotiateFlags.request_target
        | NegotiateFlags.ntlm
        | NegotiateFlags.always_sign
        | NegotiateFlags.extended_session_security
        | NegotiateFlags.key_128
        | NegotiateFlags.key_56
    )
    return f"{scheme} " + base64.b64encode(Negotiate(flags).pack()).decode("ascii")


def challenge_in(response: requests.Response, wanted: str = "NTLM") -> bytes | None:
    """Return the server's challenge from a 401, None where it sent none."""
    for value in response.raw.headers.getlist("WWW-Authenticate"):
        scheme, _, token = value.strip().partition(" ")
        if scheme.lower() == wanted.lower() and token:
            try:
                return base64.b64decode(token.strip(), validate=True)
            except binascii.Error:
                return None
    return None


def windows_domain_of(challenge: bytes) -> str | None:
    """Return the NetBIOS name of the server's domain (MS-NLMP 2.2.2.1), None without a printable one."""
    try:
        info = Challenge.unpack(challenge).target_info
        name = info.get(AvId.nb_domain_name) if info is not None else None
    except (ValueError, struct.error, IndexError, KeyError):
        return None
    return str(name) if name and str(name).isprintable() else None


def channel_bindings(certificate: bytes) -> GssChannelBindings | None:
    """Return the binding of a sign-in to the server's certificate (RFC 5929, tls-server-end-point).

    Extended Protection refuses a sign-in without it, on by default since Exchange 2019 CU14.
    """
    try:
        algorithm = x509.load_der_x509_certificate(certificate).signature_hash_algorithm
    except (UnsupportedAlgorithm, ValueError):
        return None
    strong = hashes.SHA256() if algorithm is None or algorithm.name in _WEAK else algorithm
    digest = hashes.Hash(strong)
    digest.update(certificate)
    return GssChannelBindings(application_data=b"tls-server-end-point:" + digest.finalize())
