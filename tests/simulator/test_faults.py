"""Each fault, on the wire."""

import time
from collections.abc import Callable

import pytest
import requests
from lxml import etree
from requests.auth import HTTPBasicAuth

from oncetui.simulator.serve import RunningSimulator

Client = Callable[[RunningSimulator], requests.Session]
Control = Callable[..., requests.Response]
EWS = "https://mail.contoso.example/EWS/Exchange.asmx"
ANNA = HTTPBasicAuth(b"anna@contoso.example", "Süß & 5 €".encode())
DORA = HTTPBasicAuth("dora@tailspin.example", "dora's password")


def test_slow_delays_each_answer_until_it_is_taken_back(
    small: RunningSimulator, client: Client, control: Control
) -> None:
    control(small, "PUT", "/faults/slow", {"seconds": 0.3}).raise_for_status()
    session = client(small)
    for _ in range(2):
        before = time.monotonic()
        assert session.get(EWS).status_code == 401
        assert time.monotonic() - before >= 0.3
    control(small, "PUT", "/faults/slow", {"seconds": 60}).raise_for_status()
    assert control(small, "DELETE", "/faults").status_code == 204
    assert session.get(EWS, timeout=20).status_code == 401


def test_status_answers_without_looking_at_credentials(
    small: RunningSimulator, client: Client, control: Control
) -> None:
    control(small, "PUT", "/faults/status", {"status": 503, "retry_after": 30}).raise_for_status()
    answer = client(small).post(EWS, auth=ANNA)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert small.log.all()[-1].sign_in.value == "none"


def test_a_counted_fault_ends_after_it_has_acted_so_often(
    small: RunningSimulator, client: Client, control: Control
) -> None:
    control(small, "PUT", "/faults/status", {"status": 502, "times": 2}).raise_for_status()
    session = client(small)
    assert [session.get(EWS, auth=ANNA).status_code for _ in range(3)] == [502, 502, 200]


def test_server_busy_is_a_fault_with_its_back_off_in_front(
    small: RunningSimulator, client: Client, control: Control
) -> None:
    control(small, "PUT", "/faults/server-busy", {"back_off_ms": 2500}).raise_for_status()
    assert client(small).post(EWS, data="<x/>").status_code == 401, "only those who are signed in learn of it"
    answer = client(small).post(EWS, data="<x/>", auth=ANNA)
    assert answer.status_code == 500
    envelope = etree.fromstring(answer.content)
    assert envelope.findtext(".//{*}ResponseCode") == "ErrorServerBusy"
    value = envelope.find(".//{http://schemas.microsoft.com/exchange/services/2006/types}Value")
    assert value is not None
    assert (value.get("Name"), value.text) == ("BackOffMilliseconds", "2500")


def test_a_locked_account_is_refused_with_its_right_password(
    small: RunningSimulator, client: Client, control: Control
) -> None:
    control(small, "PUT", "/faults/locked", {"mailbox": "Anna@contoso.example"}).raise_for_status()
    answer = client(small).get(EWS, auth=ANNA)
    assert answer.status_code == 401
    assert "currently locked out" in answer.text
    assert small.log.all()[-1].sign_in.value == "refused"
    assert client(small).get(EWS, auth=DORA).status_code == 200


def test_schemes_can_be_taken_away(small: RunningSimulator, client: Client, control: Control) -> None:
    control(small, "PUT", "/faults/schemes", {"schemes": ["ntlm"]}).raise_for_status()
    answer = client(small).get(EWS, auth=ANNA)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "NTLM"


def test_silent_discovery_takes_connections_and_says_nothing(
    small: RunningSimulator, client: Client, control: Control
) -> None:
    session = client(small)
    url = "https://autodiscover.fabrikam.example/autodiscover/autodiscover.xml"
    control(small, "PUT", "/faults/silent-discovery").raise_for_status()
    with pytest.raises(requests.Timeout):
        session.get(url, timeout=0.3)
    control(small, "DELETE", "/faults").raise_for_status()
    with pytest.raises(requests.ConnectionError, match="refused"):
        session.get(url, timeout=5)
