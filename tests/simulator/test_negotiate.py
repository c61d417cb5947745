"""Negotiate with NTLM inside: SPNEGO as pyspnego and Windows wrap it, and NTLM as it is."""

import base64
from collections.abc import Callable
from typing import Any

import pytest
import requests
import spnego
from requests_ntlm import HttpNtlmAuth
from spnego._spnego import NegState, NegTokenInit, NegTokenResp, unpack_token

from oncetui.simulator.serve import RunningSimulator
from oncetui.simulator.sign_in.handshakes import NegotiateHandshake
from oncetui.simulator.sign_in.ntlm import NtlmProof, NtlmTokenError, ServerNames
from tests.simulator.wire import BEN, EWS, offered

Client = Callable[[RunningSimulator], requests.Session]
Control = Callable[..., requests.Response]
NTLM, KERBEROS = "1.3.6.1.4.1.311.2.2.10", "1.2.840.113554.1.2.2"
NAMES = ServerNames("CONTOSO", "EX01", "contoso.example")


def ntlm_client(user: str = BEN[0], password: str = BEN[1]) -> Any:
    return spnego.client(user, password, protocol="ntlm", options=spnego.NegotiateOptions.use_ntlm)


def negotiating(user: str, password: str) -> Any:
    return spnego.client(user, password, protocol="negotiate", options=spnego.NegotiateOptions.use_negotiate)


def sign_in(session: requests.Session, context: Any) -> requests.Response:
    """Shake hands over HTTP until there is nothing more to say."""
    token, answer = context.step(), None
    while token:
        header = "Negotiate " + base64.b64encode(token).decode()
        answer = session.get(EWS, headers={"Authorization": header}, timeout=10)
        given = [value for value in offered(answer) if value.startswith("Negotiate ")]
        token = context.step(base64.b64decode(given[0].partition(" ")[2])) if given else None
    assert answer is not None
    return answer


def test_negotiate_signs_in_on_one_connection_and_completes_on_both_sides(
    small: RunningSimulator, client: Client
) -> None:
    context, session = negotiating(*BEN), client(small)
    answer = sign_in(session, context)
    assert answer.status_code == 200
    assert context.complete, "the server's integrity code was right"
    assert answer.headers["Persistent-Auth"] == "true"
    assert session.get(EWS, timeout=10).status_code == 200
    seen = small.log.all()
    assert [one.sign_in.value for one in seen] == ["challenge", "accepted", "accepted"]
    assert len({one.connection for one in seen}) == 1


def test_a_wrong_password_by_negotiate_is_refused_with_the_offers(
    small: RunningSimulator, client: Client
) -> None:
    answer = sign_in(client(small), negotiating(BEN[0], "wrong"))
    assert answer.status_code == 401
    assert offered(answer)[:2] == ["Negotiate", "NTLM"]
    assert small.log.all()[-1].sign_in.value == "refused"


def test_ntlm_without_any_wrapping_is_answered_in_kind(
    small: RunningSimulator, client: Client, control: Control
) -> None:
    control(small, "PUT", "/faults/schemes", {"schemes": ["negotiate"]}).raise_for_status()
    session = client(small)
    session.auth = HttpNtlmAuth(*BEN)
    assert session.get(EWS, timeout=10).status_code == 200
    assert {one.user for one in small.log.all()} == {None, BEN[0]}


def test_a_challenge_comes_with_the_other_schemes(small: RunningSimulator, client: Client) -> None:
    header = "NTLM " + base64.b64encode(ntlm_client().step()).decode()
    first, *others = offered(client(small).get(EWS, headers={"Authorization": header}, timeout=10))
    assert first.startswith("NTLM TlRMTVNTUAAC")
    assert others == ["Negotiate", 'Basic realm="mail.contoso.example"']


def test_a_client_that_would_rather_do_kerberos_is_asked_for_ntlm() -> None:
    handshake = NegotiateHandshake(NAMES)
    answer = handshake.take(NegTokenInit([KERBEROS, NTLM], mech_token=b"a ticket").pack())
    assert isinstance(answer, bytes)
    asked = unpack_token(answer)
    assert (asked.neg_state, asked.supported_mech) == (NegState.request_mic, NTLM)
    context = ntlm_client()
    challenge = handshake.take(NegTokenResp(response_token=context.step()).pack())
    assert isinstance(challenge, bytes)
    told = unpack_token(challenge)
    assert told.supported_mech is None, "named once"
    proof = handshake.take(NegTokenResp(response_token=context.step(told.response_token)).pack())
    assert isinstance(proof, NtlmProof)
    assert proof.holds(BEN[1], None, "allow")


def test_a_list_of_mechanisms_that_was_changed_on_its_way_is_noticed() -> None:
    context, handshake = negotiating(*BEN), NegotiateHandshake(NAMES)
    init = unpack_token(context.step())
    changed = NegTokenInit([NTLM, KERBEROS], mech_token=init.mech_token).pack()
    challenge = handshake.take(changed)
    assert isinstance(challenge, bytes)
    proof = handshake.take(context.step(challenge))
    assert isinstance(proof, NtlmProof)
    key = proof.session_key(BEN[1], None, "allow")
    assert key is not None
    with pytest.raises(NtlmTokenError):
        handshake.last_token(proof, key)


@pytest.mark.parametrize(
    "token", [b"", b"x", b"\x60\x03\x06\x01\x00", NegTokenInit([KERBEROS], mech_token=b"x").pack()]
)
def test_what_holds_no_ntlm_is_refused(token: bytes) -> None:
    with pytest.raises(NtlmTokenError):
        NegotiateHandshake(NAMES).take(token)
