"""The acceptor's side of NTLM, one object a handshake, on pyspnego's message codecs and hashes.

pyspnego's own acceptor reads its accounts from a file named by an environment variable, names itself after
this machine and demands channel bindings from everybody once it has been given any; none of that fits a
server with accounts in memory that behaves as Windows does. Rules: MS-NLMP 3.2.5 (server), 3.3.2 (NTLMv2).
"""

import hmac
import os
import struct
from dataclasses import dataclass
from typing import Literal

from spnego._ntlm_raw.crypto import hmac_md5, md5, ntowfv1, ntowfv2, rc4k
from spnego._ntlm_raw.messages import (
    Authenticate,
    AvFlags,
    AvId,
    Challenge,
    FileTime,
    Negotiate,
    NegotiateFlags,
    NTClientChallengeV2,
    TargetInfo,
    Version,
)
from spnego.channel_bindings import GssChannelBindings
from spnego.exceptions import SpnegoError

ExtendedProtection = Literal["off", "allow", "require"]
_NO_BINDING = b"\0" * 16
_LM_AND_NT_V1_LENGTH = 24
_UNREADABLE = (ValueError, KeyError, IndexError, struct.error, SpnegoError)


class NtlmTokenError(ValueError):
    """The token is not the NTLM message that is due."""


@dataclass(frozen=True)
class ServerNames:
    """What the server tells of itself in its challenge."""

    windows_domain: str
    computer: str
    dns_domain: str


class NtlmAcceptor:
    """One handshake: a challenge, then the proof of one client's answer to it."""

    def __init__(self, negotiate: bytes, names: ServerNames) -> None:
        """Take the client's first message; raises NtlmTokenError where it is none."""
        self._negotiate = negotiate
        message = _negotiate_message(negotiate)
        self._server_challenge = os.urandom(8)
        flags = _challenge_flags(message.flags)
        self.challenge: bytes = Challenge(
            flags,
            self._server_challenge,
            target_name=names.windows_domain,
            target_info=_target_info(names),
            version=Version.get_current() if flags & NegotiateFlags.version else None,
        ).pack()

    def proof(self, authenticate: bytes) -> "NtlmProof":
        """Take the client's last message; raises NtlmTokenError where it is none."""
        return NtlmProof(
            _authenticate_message(authenticate), self._server_challenge, self._negotiate + self.challenge
        )


class NtlmProof:
    """A client's claim to be somebody, to be held against that account's password."""

    def __init__(self, message: Authenticate, server_challenge: bytes, before: bytes) -> None:
        """`before` is what the message's integrity code covers besides the message itself."""
        self._message = message
        self._server_challenge = server_challenge
        self._before = before
        self.user: str = message.user_name or ""
        self.domain: str = message.domain_name or ""
        self.flags: int = message.flags
        self._response: bytes = message.nt_challenge_response or b""

    def holds(self, password: str, end_point_hash: bytes | None, protection: ExtendedProtection) -> bool:
        """Whether the client knows `password` and, if `protection` asks for it, is bound to this channel."""
        return self.session_key(password, end_point_hash, protection) is not None

    def session_key(
        self, password: str, end_point_hash: bytes | None, protection: ExtendedProtection
    ) -> bytes | None:
        """Return the key that client and server share from now on, None where the proof doesn't hold.

        NTLMv2 only, as on domain controllers with LAN Manager authentication level 5.
        """
        if not self.user or len(self._response) <= _LM_AND_NT_V1_LENGTH:
            return None
        key = ntowfv2(self.user, ntowfv1(password), self.domain)
        expected = hmac_md5(key, self._server_challenge + self._response[16:])
        if not hmac.compare_digest(expected, self._response[:16]):
            return None
        pairs = self._pairs()
        session_key = self._exported(hmac_md5(key, expected))
        holds = self._is_whole(pairs, session_key) and _is_bound(pairs, end_point_hash, protection)
        return session_key if holds else None

    def _pairs(self) -> TargetInfo:
        try:
            return NTClientChallengeV2.unpack(self._response[16:]).av_pairs
        except _UNREADABLE:
            return TargetInfo()

    def _exported(self, session_base_key: bytes) -> bytes:
        if self.flags & NegotiateFlags.key_exch and self.flags & (NegotiateFlags.sign | NegotiateFlags.seal):
            return bytes(rc4k(session_base_key, self._message.encrypted_random_session_key or b""))
        return session_base_key

    def _is_whole(self, pairs: TargetInfo, session_key: bytes) -> bool:
        if not pairs.get(AvId.flags, 0) & AvFlags.mic:
            return True
        sent = self._message.mic or b""
        unsigned = _authenticate_message(self._message.pack())
        unsigned.mic = b"\0" * 16
        return hmac.compare_digest(hmac_md5(session_key, self._before + unsigned.pack()), sent)


def _is_bound(pairs: TargetInfo, end_point_hash: bytes | None, protection: ExtendedProtection) -> bool:
    """Whether the channel binding is the right one; without TLS there is nothing to bind to."""
    if protection == "off" or end_point_hash is None:
        return True
    sent = pairs.get(AvId.channel_bindings, _NO_BINDING)
    if sent == _NO_BINDING:
        return protection == "allow"
    bindings = GssChannelBindings(application_data=b"tls-server-end-point:" + end_point_hash)
    return hmac.compare_digest(md5(bindings.pack()), sent)


def _challenge_flags(asked: int) -> int:
    flags = asked | NegotiateFlags.request_target | NegotiateFlags.ntlm | NegotiateFlags.always_sign
    flags |= NegotiateFlags.target_info | NegotiateFlags.target_type_domain
    if flags & NegotiateFlags.unicode:
        flags &= ~NegotiateFlags.oem
    if flags & NegotiateFlags.extended_session_security:
        flags &= ~NegotiateFlags.lm_key
    return flags


def _target_info(names: ServerNames) -> TargetInfo:
    info = TargetInfo()
    info[AvId.nb_domain_name] = names.windows_domain
    info[AvId.nb_computer_name] = names.computer
    info[AvId.dns_domain_name] = names.dns_domain
    info[AvId.dns_computer_name] = f"{names.computer.lower()}.{names.dns_domain}"
    info[AvId.dns_tree_name] = names.dns_domain
    info[AvId.timestamp] = FileTime.now()
    return info


def _negotiate_message(token: bytes) -> Negotiate:
    try:
        return Negotiate.unpack(token)
    except _UNREADABLE as error:
        raise NtlmTokenError("this is not an NTLM negotiate message") from error


def _authenticate_message(token: bytes) -> Authenticate:
    try:
        return Authenticate.unpack(token)
    except _UNREADABLE as error:
        raise NtlmTokenError("this is not an NTLM authenticate message") from error
