"""Signing in over real TLS connections: Basic, NTLM, what is counted and what a connection remembers."""

import base64
from collections.abc import Callable
from typing import Any

import pytest
import requests
import spnego
from requests.auth import HTTPBasicAuth
from requests_ntlm import HttpNtlmAuth

from oncetui.simulator.serve import RunningSimulator

EWS = "https://mail.contoso.example/EWS/Exchange.asmx"
FABRIKAM_EWS = "https://mail.fabrikam.example/EWS/Exchange.asmx"
ANNA, BEN, CARLA = "Süß & 5 €", "ben's password", "carla:colon"
Client = Callable[[RunningSimulator], requests.Session]
Control = Callable[..., requests.Response]


def basic(user: str, password: str) -> HTTPBasicAuth:
    return HTTPBasicAuth(user.encode(), password.encode())


def outcomes(simulator: RunningSimulator) -> list[str]:
    return [seen.sign_in.value for seen in simulator.log.all()]


def offered(answer: requests.Response) -> list[str]:
    headers: Any = answer.raw.headers
    return list(headers.getlist("WWW-Authenticate"))


def test_a_request_without_credentials_learns_the_schemes_one_header_each(
    small: RunningSimulator, client: Client
) -> None:
    answer = client(small).post(EWS)
    assert answer.status_code == 401
    assert offered(answer) == ["Negotiate", "NTLM", 'Basic realm="mail.contoso.example"']
    assert offered(client(small).post(FABRIKAM_EWS)) == ['Basic realm="mail.fabrikam.example"']
    assert outcomes(small) == ["none", "none"]


@pytest.mark.parametrize(
    "user",
    ["anna@contoso.example", "ANNA@Contoso.Example", "anna@corp.contoso.example", "contoso\\Anna", "anna"],
)
def test_basic_takes_every_form_of_the_name_that_the_account_accepts(
    small: RunningSimulator, client: Client, user: str
) -> None:
    assert client(small).get(EWS, auth=basic(user, ANNA)).status_code == 200
    assert [(seen.sign_in.value, seen.mailbox, seen.user) for seen in small.log.all()] == [
        ("accepted", "anna@contoso.example", user)
    ]


def test_a_password_may_hold_a_colon(small: RunningSimulator, client: Client) -> None:
    assert client(small).get(FABRIKAM_EWS, auth=basic("carla@fabrikam.example", CARLA)).status_code == 200


@pytest.mark.parametrize(
    ("user", "password", "named"),
    [
        ("anna@contoso.example", "wrong", "anna@contoso.example"),
        ("FABRIKAM\\carla", CARLA, "carla@fabrikam.example"),
        ("CONTOSO\\bmeyer", BEN, "ben@contoso.example"),
        ("nobody@contoso.example", "wrong", None),
    ],
    ids=["password", "form of the name", "scheme", "nobody"],
)
def test_a_refused_basic_sign_in_is_counted_once_and_offers_the_schemes_again(
    small: RunningSimulator, client: Client, user: str, password: str, named: str | None
) -> None:
    answer = client(small).get(EWS, auth=basic(user, password))
    assert answer.status_code == 401
    assert offered(answer) == ["Negotiate", "NTLM", 'Basic realm="mail.contoso.example"']
    assert [(seen.sign_in.value, seen.mailbox) for seen in small.log.all()] == [("refused", named)]


@pytest.mark.parametrize(
    "token", ["Basic", "Basic !", "Basic " + base64.b64encode(b"anna").decode(), "Bearer x", "NTLM x"]
)
def test_credentials_that_cannot_be_read_are_refused(
    small: RunningSimulator, client: Client, token: str
) -> None:
    assert client(small).get(EWS, headers={"Authorization": token}).status_code == 401
    assert outcomes(small) == ["refused"]


@pytest.mark.parametrize("user", ["CONTOSO\\bmeyer", "contoso\\BMEYER", "bmeyer"])
@pytest.mark.parametrize("binding", [True, False], ids=["bound", "unbound"])
def test_ntlm_signs_in_on_one_connection_with_and_without_channel_binding(
    small: RunningSimulator, client: Client, user: str, binding: bool
) -> None:
    session = client(small)
    session.auth = HttpNtlmAuth(user, BEN, send_cbt=binding)
    assert session.get(EWS).status_code == 200
    assert outcomes(small) == ["none", "challenge", "accepted"]
    assert len({seen.connection for seen in small.log.all()}) == 1
    assert small.log.all()[-1].mailbox == "ben@contoso.example"


def test_an_address_signs_in_by_ntlm_where_the_account_accepts_it(
    small: RunningSimulator, client: Client
) -> None:
    session = client(small)
    assert session.get(EWS, auth=HttpNtlmAuth("anna@contoso.example", ANNA)).status_code == 200
    assert client(small).get(EWS, auth=HttpNtlmAuth("ben@contoso.example", BEN)).status_code == 401
    assert outcomes(small)[-1] == "refused"
    assert small.log.all()[-1].mailbox == "ben@contoso.example"


def test_a_wrong_password_by_ntlm_is_refused_once(small: RunningSimulator, client: Client) -> None:
    answer = client(small).get(EWS, auth=HttpNtlmAuth("CONTOSO\\bmeyer", "wrong"))
    assert answer.status_code == 401
    assert outcomes(small) == ["none", "challenge", "refused"]


def test_a_connection_stays_signed_in_and_another_is_not(small: RunningSimulator, client: Client) -> None:
    session = client(small)
    assert session.get(EWS, auth=HttpNtlmAuth("CONTOSO\\bmeyer", BEN)).status_code == 200
    again = session.get(EWS)
    assert again.status_code == 200
    assert again.headers["Persistent-Auth"] == "true"
    assert client(small).get(EWS).status_code == 401
    assert outcomes(small)[-2:] == ["accepted", "none"]


def test_a_refused_attempt_ends_what_the_connection_was_signed_in_as(
    small: RunningSimulator, client: Client
) -> None:
    session = client(small)
    session.get(EWS, auth=HttpNtlmAuth("CONTOSO\\bmeyer", BEN))
    assert session.get(EWS, auth=basic("anna@contoso.example", "wrong")).status_code == 401
    assert session.get(EWS).status_code == 401


def test_a_handshake_belongs_to_its_connection(small: RunningSimulator, client: Client) -> None:
    context: Any = spnego.client(
        "CONTOSO\\bmeyer", BEN, protocol="ntlm", options=spnego.NegotiateOptions.use_ntlm
    )

    def send(session: requests.Session, token: bytes) -> requests.Response:
        return session.get(EWS, headers={"Authorization": "NTLM " + base64.b64encode(token).decode()})

    first, second = client(small), client(small)
    challenge = offered(send(first, context.step()))[0].removeprefix("NTLM ")
    answer = context.step(base64.b64decode(challenge))
    assert send(second, answer).status_code == 401
    assert send(first, answer).status_code == 200
    assert send(first, answer).status_code == 401, "an answer counts for one challenge"


def test_extended_protection_can_be_required(
    small: RunningSimulator, client: Client, control: Control
) -> None:
    control(small, "PUT", "/faults/extended-protection", {"mode": "require"}).raise_for_status()
    unbound = client(small).get(EWS, auth=HttpNtlmAuth("CONTOSO\\bmeyer", BEN, send_cbt=False))
    bound = client(small).get(EWS, auth=HttpNtlmAuth("CONTOSO\\bmeyer", BEN))
    assert (unbound.status_code, bound.status_code) == (401, 200)


def test_the_body_of_a_challenged_request_does_not_disturb_the_connection(
    small: RunningSimulator, client: Client
) -> None:
    session = client(small)
    answer = session.post(EWS, data=b"x" * 300_000, auth=HttpNtlmAuth("CONTOSO\\bmeyer", BEN))
    assert "ErrorSchemaValidation" in answer.text
    assert len({seen.connection for seen in small.log.all()}) == 1
