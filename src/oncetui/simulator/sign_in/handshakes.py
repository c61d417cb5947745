"""Handshakes of several messages, one object a connection: NTLM by itself, and Negotiate with NTLM inside.

Rules: MS-NTHT (the `NTLM` scheme), RFC 4559 and RFC 4178 with MS-SPNG (the `Negotiate` scheme). Kerberos is
never agreed on: a client that can't do NTLM as well is refused.
"""

import hmac
import struct

from spnego._ntlm_raw.crypto import rc4init, sealkey, signkey
from spnego._ntlm_raw.security import sign
from spnego._spnego import (
    NegState,
    NegTokenInit,
    NegTokenResp,
    pack_mech_type_list,
    unpack_token,
)
from spnego.exceptions import SpnegoError

from oncetui.simulator.sign_in.ntlm import NtlmAcceptor, NtlmProof, NtlmTokenError, ServerNames

_NTLM_MESSAGE = b"NTLMSSP\0"
_NTLM_NEGOTIATE = _NTLM_MESSAGE + b"\x01\0\0\0"
_NTLM_MECHANISM = "1.3.6.1.4.1.311.2.2.10"
_UNREADABLE = (ValueError, KeyError, IndexError, struct.error, SpnegoError)


class NtlmHandshake:
    """The messages of NTLM as they are."""

    scheme = "NTLM"

    def __init__(self, names: ServerNames) -> None:
        self._names = names
        self._acceptor: NtlmAcceptor | None = None

    def take(self, token: bytes) -> bytes | NtlmProof:
        """Take the client's next token: the answer to it, or the proof that it holds.

        Raises NtlmTokenError where it is not the token that is due.
        """
        if token.startswith(_NTLM_NEGOTIATE):
            self._acceptor = NtlmAcceptor(token, self._names)
            return self._acceptor.challenge
        acceptor, self._acceptor = self._acceptor, None  # an answer counts for one challenge
        if acceptor is None:
            raise NtlmTokenError("no challenge has been given")
        return acceptor.proof(token)

    def last_token(self, _proof: NtlmProof, _session_key: bytes, /) -> bytes | None:
        """Return what an accepted client is told at the end; raises NtlmTokenError."""
        return None


class NegotiateHandshake(NtlmHandshake):
    """NTLM wrapped into SPNEGO; clients that leave the wrapping out are answered in kind, as by Windows."""

    scheme = "Negotiate"

    def __init__(self, names: ServerNames) -> None:
        super().__init__(names)
        self._mechanisms: list[str] = []
        self._agreed = False
        self._integrity: bytes | None = None

    def take(self, token: bytes) -> bytes | NtlmProof:
        """Take the client's next token, as its parent."""
        if token.startswith(_NTLM_MESSAGE):
            return super().take(token)
        message = _unpacked(token)
        if isinstance(message, NegTokenInit):
            self._mechanisms = list(message.mech_types)
            if _NTLM_MECHANISM not in self._mechanisms:
                raise NtlmTokenError("the client offers no NTLM inside Negotiate")
            if self._mechanisms[0] != _NTLM_MECHANISM or not message.mech_token:
                return self._answer(None, NegState.request_mic)
            inner: bytes | None = message.mech_token
        else:
            inner, self._integrity = message.response_token, message.mech_list_mic
        taken = super().take(inner or b"")
        return taken if isinstance(taken, NtlmProof) else self._answer(taken, NegState.accept_incomplete)

    def last_token(self, proof: NtlmProof, session_key: bytes, /) -> bytes | None:
        """Return the end of the negotiation, with our integrity code where the client has sent its own."""
        if not self._mechanisms:
            return None
        if self._integrity is None:
            return bytes(NegTokenResp(neg_state=NegState.accept_complete).pack())
        if not hmac.compare_digest(self._integrity, self._code(proof, session_key, "initiate")):
            raise NtlmTokenError("the list of mechanisms was changed on its way")
        ours = self._code(proof, session_key, "accept")
        return bytes(NegTokenResp(neg_state=NegState.accept_complete, mech_list_mic=ours).pack())

    def _answer(self, token: bytes | None, state: NegState) -> bytes:
        """Wrap a token; the mechanism is named in the first answer only (RFC 4178, 4.2.2)."""
        mechanism = None if self._agreed else _NTLM_MECHANISM
        self._agreed = True
        return bytes(NegTokenResp(neg_state=state, supported_mech=mechanism, response_token=token).pack())

    def _code(self, proof: NtlmProof, session_key: bytes, side: str) -> bytes:
        handle = rc4init(sealkey(proof.flags, session_key, side))
        key = signkey(proof.flags, session_key, side)
        return bytes(sign(proof.flags, handle, key, 0, pack_mech_type_list(self._mechanisms)))


def _unpacked(token: bytes) -> NegTokenInit | NegTokenResp:
    try:
        message = unpack_token(token)
    except _UNREADABLE as error:
        raise NtlmTokenError("this is not a Negotiate message") from error
    if not isinstance(message, (NegTokenInit, NegTokenResp)):
        raise NtlmTokenError("this is not a Negotiate message that holds NTLM")
    return message
