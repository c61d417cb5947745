"""The NTLM acceptor against pyspnego's client, message by message."""

import hashlib
from typing import Any

import pytest
import spnego
from hypothesis import given
from hypothesis import strategies as st
from spnego._ntlm_raw.messages import AvId, Challenge
from spnego.channel_bindings import GssChannelBindings

from oncetui.simulator.sign_in.ntlm import (
    ExtendedProtection,
    NtlmAcceptor,
    NtlmProof,
    NtlmTokenError,
    ServerNames,
)

NAMES = ServerNames("CONTOSO", "EX01", "contoso.example")
OURS = hashlib.sha256(b"our certificate").digest()
THEIRS = hashlib.sha256(b"a certificate in between").digest()
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\\@:\0"), min_size=1, max_size=20)


def proof_of(user: str, password: str, binding: bytes | None = None) -> NtlmProof:
    bindings = GssChannelBindings(application_data=b"tls-server-end-point:" + binding) if binding else None
    client: Any = spnego.client(
        user, password, protocol="ntlm", channel_bindings=bindings, options=spnego.NegotiateOptions.use_ntlm
    )
    acceptor = NtlmAcceptor(client.step() or b"", NAMES)
    return acceptor.proof(client.step(acceptor.challenge) or b"")


@given(user=TEXT, domain=TEXT, password=TEXT, tried=TEXT)
def test_a_proof_holds_for_the_password_and_for_no_other(
    user: str, domain: str, password: str, tried: str
) -> None:
    proof = proof_of(f"{domain}\\{user}", password)
    assert (proof.user, proof.domain) == (user, domain)
    assert proof.holds(password, None, "allow")
    assert proof.holds(tried, None, "allow") == (tried == password)


@pytest.mark.parametrize(
    ("binding", "protection", "holds"),
    [
        (OURS, "off", True),
        (OURS, "allow", True),
        (OURS, "require", True),
        (THEIRS, "off", True),
        (THEIRS, "allow", False),
        (THEIRS, "require", False),
        (None, "off", True),
        (None, "allow", True),
        (None, "require", False),
    ],
)
def test_a_channel_binding_counts_as_extended_protection_says(
    binding: bytes | None, protection: ExtendedProtection, holds: bool
) -> None:
    assert proof_of("CONTOSO\\anna", "secret", binding).holds("secret", OURS, protection) is holds


def test_the_challenge_names_the_windows_domain() -> None:
    client: Any = spnego.client("x", "y", protocol="ntlm", options=spnego.NegotiateOptions.use_ntlm)
    challenge = Challenge.unpack(NtlmAcceptor(client.step(), NAMES).challenge)
    assert challenge.target_name == "CONTOSO"
    assert challenge.target_info is not None
    assert challenge.target_info[AvId.nb_domain_name] == "CONTOSO"
    assert challenge.target_info[AvId.dns_domain_name] == "contoso.example"


def test_a_changed_message_is_noticed_by_its_integrity_code() -> None:
    client: Any = spnego.client(
        "CONTOSO\\anna", "secret", protocol="ntlm", options=spnego.NegotiateOptions.use_ntlm
    )
    acceptor = NtlmAcceptor(client.step(), NAMES)
    message = bytearray(client.step(acceptor.challenge))
    message[-17] ^= 1  # in the encrypted session key, which only the integrity code covers
    assert not acceptor.proof(bytes(message)).holds("secret", None, "allow")


def test_an_answer_to_another_challenge_proves_nothing() -> None:
    client: Any = spnego.client(
        "CONTOSO\\anna", "secret", protocol="ntlm", options=spnego.NegotiateOptions.use_ntlm
    )
    negotiate = client.step()
    first, second = NtlmAcceptor(negotiate, NAMES), NtlmAcceptor(negotiate, NAMES)
    assert not second.proof(client.step(first.challenge)).holds("secret", None, "allow")


@pytest.mark.parametrize(
    "token", [b"", b"NTLMSSP\0", b"NTLMSSP\0\x01\0\0\0", b"NTLMSSP\0\x09\0\0\0" + b"x" * 60, b"x" * 80]
)
def test_what_is_no_ntlm_message_is_refused_as_such(token: bytes) -> None:
    with pytest.raises(NtlmTokenError):
        NtlmAcceptor(token, NAMES)
    client: Any = spnego.client("x", "y", protocol="ntlm", options=spnego.NegotiateOptions.use_ntlm)
    with pytest.raises(NtlmTokenError):
        NtlmAcceptor(client.step(), NAMES).proof(token)
