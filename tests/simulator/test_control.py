"""The control address: who may call it, and what each call does."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
import requests
from requests.auth import HTTPBasicAuth

from oncetui.simulator.serve import RunningSimulator

Client = Callable[[RunningSimulator], requests.Session]
Control = Callable[..., requests.Response]
EWS = "https://mail.contoso.example/EWS/Exchange.asmx"
ANNA = HTTPBasicAuth(b"anna@contoso.example", "Süß & 5 €".encode())


def signed_in(password: str) -> HTTPBasicAuth:
    return HTTPBasicAuth(b"anna@contoso.example", password.encode())


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic eDp5"}])
@pytest.mark.parametrize(("method", "path"), [("GET", "/requests"), ("PUT", "/down"), ("GET", "/nothing")])
def test_nobody_gets_in_without_the_token(
    small: RunningSimulator, header: dict[str, str], method: str, path: str
) -> None:
    answer = requests.request(method, small.ready["control"] + path, headers=header, timeout=5)
    assert answer.status_code == 401
    assert "token" in answer.json()["error"]


def test_requests_tells_what_was_seen_and_forgets_it(
    small: RunningSimulator, client: Client, control: Control
) -> None:
    client(small).get(EWS, auth=ANNA)
    [seen] = control(small, "GET", "/requests").json()
    assert {
        key: seen[key] for key in ("sign_in", "mailbox", "operation", "status", "path", "method", "host")
    } == {
        "sign_in": "accepted",
        "mailbox": "anna@contoso.example",
        "operation": None,
        "status": 200,
        "path": "/EWS/Exchange.asmx",
        "method": "GET",
        "host": "mail.contoso.example",
    }
    assert seen["time"].endswith("Z")
    assert datetime.fromisoformat(seen["time"]).utcoffset() == timedelta(0)
    assert control(small, "DELETE", "/requests").status_code == 204
    assert control(small, "GET", "/requests").json() == []


def test_requests_tells_the_operation(small: RunningSimulator, client: Client, control: Control) -> None:
    body = (
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" '
        'xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"><s:Body>'
        '<m:GetServerTimeZones ReturnFullTimeZoneData="false"/></s:Body></s:Envelope>'
    )
    answer = client(small).post(EWS, data=body, auth=ANNA)
    assert answer.status_code == 200
    assert "GetServerTimeZonesResponse" in answer.text
    assert control(small, "GET", "/requests").json()[-1]["operation"] == "GetServerTimeZones"


def test_no_password_and_no_token_is_in_what_was_seen(
    small: RunningSimulator, client: Client, control: Control
) -> None:
    client(small).get(EWS, auth=ANNA)
    client(small).get(EWS, auth=signed_in("another secret"))
    seen = control(small, "GET", "/requests").text
    assert "secret" not in seen
    assert "Süß" not in seen
    assert small.token not in seen


def test_a_changed_password_cuts_the_connections_of_its_mailbox_only(
    small: RunningSimulator, client: Client, control: Control
) -> None:
    annas, carlas = client(small), client(small)
    annas.get(EWS, auth=ANNA)
    carla = HTTPBasicAuth("carla@fabrikam.example", "carla:colon")
    carlas.get("https://mail.fabrikam.example/EWS/Exchange.asmx", auth=carla)
    assert len(small.connections) == 2
    answer = control(small, "PUT", "/mailboxes/Anna@contoso.example/password", {"password": "new"})
    assert answer.status_code == 204
    assert annas.get(EWS, auth=ANNA).status_code == 401
    assert annas.get(EWS, auth=signed_in("new")).status_code == 200
    carlas.get("https://mail.fabrikam.example/EWS/Exchange.asmx", auth=carla)
    by_mailbox: dict[str | None, set[int]] = {}
    for seen in small.log.all():
        by_mailbox.setdefault(seen.mailbox, set()).add(seen.connection)
    assert len(by_mailbox["anna@contoso.example"]) == 2
    assert len(by_mailbox["carla@fabrikam.example"]) == 1


@pytest.mark.parametrize("values", [None, {}, {"password": ""}, {"password": 5}])
def test_a_password_that_is_none_is_refused_and_changes_nothing(
    small: RunningSimulator, client: Client, control: Control, values: Any
) -> None:
    answer = control(small, "PUT", "/mailboxes/anna@contoso.example/password", values)
    assert answer.status_code == 400
    assert "password" in answer.json()["error"]
    assert client(small).get(EWS, auth=ANNA).status_code == 200


def test_a_password_runs_out_when_it_is_told_to_and_a_new_one_never(
    small: RunningSimulator, control: Control
) -> None:
    def expires() -> datetime | None:
        return small.exchange.mailboxes["anna@contoso.example"].password_expires

    path = "/mailboxes/anna@contoso.example/password-expiry"
    moment = {"expires": "2026-12-24T10:00:00+01:00"}
    assert control(small, "PUT", path, moment).status_code == 204
    assert expires() == datetime(2026, 12, 24, 9, tzinfo=UTC)
    assert control(small, "DELETE", path).status_code == 204
    assert expires() is None
    control(small, "PUT", path, moment)
    control(small, "PUT", "/mailboxes/anna@contoso.example/password", {"password": "new"})
    assert expires() is None


def test_events_are_added_changed_and_deleted(small: RunningSimulator, control: Control) -> None:
    event = {
        "subject": "Dentist",
        "start": "2026-03-02T09:00:00Z",
        "end": "2026-03-02T10:00:00Z",
        "status": "Busy",
    }
    added = control(small, "POST", "/mailboxes/anna@contoso.example/events", event)
    assert added.status_code == 201
    path = f"/mailboxes/anna@contoso.example/events/{quote(added.json()['id'], safe='')}"
    assert control(small, "PATCH", path, {"subject": "Dentist, again"}).status_code == 200
    assert control(small, "DELETE", path).status_code == 204
    assert control(small, "DELETE", path).status_code == 404


@pytest.mark.parametrize(
    ("call", "status", "says"),
    [
        (("PUT", "/mailboxes/nobody@x.example/password", {"password": "x"}), 404, "anna@contoso.example"),
        (("PUT", "/mailboxes/anna@contoso.example/password-expiry", {"expires": "soon"}), 400, "2026-12-24"),
        (("PUT", "/mailboxes/anna@contoso.example/password-expiry", {}), 400, "2026-12-24"),
        (("PUT", "/faults/nonsense", {}), 400, "slow"),
        (("PUT", "/faults/slow", {"seconds": "long"}), 400, "seconds"),
        (("PUT", "/faults/slow", {"second": 1}), 400, "second"),
        (("PUT", "/faults/slow", {"seconds": 1, "times": 0}), 400, "times"),
        (("PUT", "/faults/status", {"status": 99}), 400, "503"),
        (("PUT", "/faults/locked", {}), 400, "mailbox"),
        (("PUT", "/faults/schemes", {"schemes": ["kerberos"]}), 400, "ntlm"),
        (("PUT", "/faults/schemes", {"schemes": ["ntlm"], "times": 2}), 400, "times"),
        (("PUT", "/faults/slow", [1]), 400, "object"),
        (("POST", "/mailboxes/anna@contoso.example/events", {"subject": "x"}), 400, "start"),
        (("GET", "/nothing", None), 404, ""),
    ],
)
def test_a_wrong_call_is_told_what_would_be_right(
    small: RunningSimulator, control: Control, call: tuple[str, str, Any], status: int, says: str
) -> None:
    answer = control(small, *call)
    assert answer.status_code == status
    assert says in answer.json()["error"]


def test_mailboxes_are_listed_without_their_passwords(small: RunningSimulator, control: Control) -> None:
    answer = control(small, "GET", "/mailboxes")
    assert [box["email"] for box in answer.json()] == list(small.exchange.mailboxes)
    assert "password" not in answer.text
