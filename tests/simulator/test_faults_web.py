"""Faults of the web server, of signing in and of Autodiscover, on the wire."""

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
import requests
from lxml import etree
from requests_ntlm import HttpNtlmAuth

from oncetui.simulator.serve import RunningSimulator, start
from oncetui.simulator.world import Exchange
from tests.simulator.routed import RoutedAdapter
from tests.simulator.wire import ANNA, BEN, EWS, GET_FOLDER, HOST, XML, offered

Client = Callable[[RunningSimulator], requests.Session]
Control = Callable[..., requests.Response]
AUTODISCOVER = "https://autodiscover.contoso.example/autodiscover/autodiscover"


def asked(session: requests.Session) -> requests.Response:
    return session.post(EWS, data=GET_FOLDER, auth=ANNA, headers=XML, allow_redirects=False, timeout=10)


@pytest.mark.parametrize(
    ("call", "status", "headers", "says"),
    [
        (("unavailable", {}), 503, {"Retry-After": "30"}, ""),
        (("not-found", {}), 404, {"X-FEServer": "EX01"}, "404"),
        (("login-timeout", {}), 440, {"X-FEServer": "EX01"}, "440 Login Timeout"),
        (("login-page", {}), 200, {"Content-Type": "text/html; charset=utf-8"}, "logonForm"),
        (
            ("redirect", {"location": "https://sso.example/"}),
            302,
            {"Location": "https://sso.example/"},
            "",
        ),
        (("error-page", {}), 302, {"X-CasErrorCode": "ServerNotFound"}, "/ews/genericerrorpage.htm"),
        (("forbidden", {}), 403, {"X-FEServer": "EX01"}, ""),
        (("forbidden", {"reason": "blocked"}), 403, {"X-EWS-Policy-Reason": "blocked"}, ""),
        (("firewall", {}), 403, {}, "rejected"),
        (("bad-gateway", {}), 502, {}, "gateway"),
    ],
)
def test_the_web_server_answers_in_place_of_ews(
    small_exchange: Exchange, call: tuple[str, Any], status: int, headers: dict[str, str], says: str
) -> None:
    faults = {call[0]: {**call[1], "host": HOST, "times": 1}}
    with start(small_exchange, faults=faults) as simulator, requests.Session() as session:
        session.mount("https://", RoutedAdapter(simulator.ready))
        answer, again = asked(session), asked(session)
    assert answer.status_code == status
    assert headers.items() <= answer.headers.items()
    assert says in answer.text
    assert again.status_code == 200, "it acted once"


@pytest.mark.parametrize("fault", ["firewall", "bad-gateway"])
def test_a_box_in_front_has_no_marks_of_exchange(
    small: RunningSimulator, client: Client, control: Control, fault: str
) -> None:
    control(small, "PUT", f"/faults/{fault}").raise_for_status()
    assert not {"X-FEServer", "request-id", "X-OWA-Version"} & set(asked(client(small)).headers)


def test_a_refusal_by_policy_has_no_reason_unless_one_is_given(
    small: RunningSimulator, client: Client, control: Control
) -> None:
    control(small, "PUT", "/faults/forbidden", {"mailbox": "anna@contoso.example"}).raise_for_status()
    assert "X-EWS-Policy-Reason" not in asked(client(small)).headers
    assert client(small).get(EWS, auth=HttpNtlmAuth(*BEN), timeout=5).status_code == 200


def test_a_redirect_to_owa_ends_at_a_form(small: RunningSimulator, client: Client, control: Control) -> None:
    control(small, "PUT", "/faults/redirect-to-owa").raise_for_status()
    answer = client(small).post(EWS, data=GET_FOLDER, auth=ANNA, timeout=10)
    assert [one.status_code for one in answer.history] == [302]
    assert answer.url.startswith(f"https://{HOST}/owa/auth/logon.aspx?")
    assert "logonForm" in answer.text


@pytest.mark.parametrize("seconds", [900, -86_400])
def test_the_servers_clock_can_be_wrong(
    small: RunningSimulator, client: Client, control: Control, seconds: int
) -> None:
    control(small, "PUT", "/faults/clock-skew", {"seconds": seconds}).raise_for_status()
    told = parsedate_to_datetime(asked(client(small)).headers["Date"])
    assert abs((told - datetime.now(UTC)).total_seconds() - seconds) < 60


@pytest.mark.parametrize(
    ("call", "offers"),
    [
        (("wrong-scheme", {}), ["Kerberos"]),
        (("wrong-scheme", {"offer": 'Digest realm="x"'}), ['Digest realm="x"']),
        (("basic-off", {}), ["Negotiate", "NTLM"]),
        (("schemes", {"schemes": ["negotiate"]}), ["Negotiate"]),
        (("schemes", {"schemes": []}), []),
    ],
)
def test_a_password_by_basic_is_refused_where_it_is_not_offered(
    small: RunningSimulator, client: Client, control: Control, call: tuple[str, Any], offers: list[str]
) -> None:
    control(small, "PUT", f"/faults/{call[0]}", call[1]).raise_for_status()
    answer = asked(client(small))
    assert answer.status_code == 401
    assert offered(answer) == offers


def test_bearer_points_to_a_sign_in_page(small: RunningSimulator, client: Client, control: Control) -> None:
    uri = "https://login.contoso.example/authorize"
    control(small, "PUT", "/faults/bearer", {"authorization_uri": uri}).raise_for_status()
    [offer] = offered(asked(client(small)))
    assert offer.startswith("Bearer ")
    assert f'authorization_uri="{uri}"' in offer


@pytest.mark.parametrize(("form", "status"), [("fault", 500), ("401", 401)])
def test_an_expired_password_is_told_or_not(
    small: RunningSimulator, client: Client, control: Control, form: str, status: int
) -> None:
    values = {"form": form, "mailbox": "anna@contoso.example"}
    control(small, "PUT", "/faults/expired-password", values).raise_for_status()
    answer = asked(client(small))
    assert answer.status_code == status
    assert ("ErrorPasswordExpired" in answer.text) is (form == "fault")


def autodiscovered(session: requests.Session, dialect: str) -> requests.Response:
    schema = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a"
    body = (
        f"<Autodiscover><Request><EMailAddress>anna@contoso.example</EMailAddress>"
        f"<AcceptableResponseSchema>{schema}</AcceptableResponseSchema></Request></Autodiscover>"
    )
    if dialect == "json":
        query = "?Email=anna@contoso.example&Protocol=EWS"
        return session.get(f"{AUTODISCOVER}.json{query}", allow_redirects=False, timeout=10)
    return session.post(f"{AUTODISCOVER}.{dialect}", data=body, auth=ANNA, timeout=10)


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("unknown-user", ("500", "InvalidUser", "UserNotFound")),
        ("not-available", ("603", "SettingIsNotAvailable", "ProtocolNotSupported")),
        ("invalid-request", ("600", "InvalidRequest", "InvalidRequest")),
    ],
)
def test_autodiscover_has_its_errors_in_every_dialect(
    small: RunningSimulator, client: Client, control: Control, kind: str, told: tuple[str, str, str]
) -> None:
    pox, soap, json = told
    control(small, "PUT", "/faults/autodiscover-error", {"kind": kind}).raise_for_status()
    session = client(small)
    assert etree.fromstring(autodiscovered(session, "xml").content).findtext(".//{*}ErrorCode") == pox
    codes = etree.fromstring(autodiscovered(session, "svc").content).iter("{*}ErrorCode")
    assert [code.text for code in codes] == ["NoError", soap]
    assert autodiscovered(session, "json").json()["ErrorCode"] == json


def test_autodiscover_refers_to_another_address(
    small: RunningSimulator, client: Client, control: Control
) -> None:
    control(small, "PUT", "/faults/autodiscover-redirect", {"to": "anna@fabrikam.example"}).raise_for_status()
    session = client(small)
    pox = etree.fromstring(autodiscovered(session, "xml").content)
    assert pox.findtext(".//{*}RedirectAddr") == "anna@fabrikam.example"
    soap = etree.fromstring(autodiscovered(session, "svc").content)
    assert soap.findtext(".//{*}RedirectTarget") == "anna@fabrikam.example"
    assert autodiscovered(session, "json").status_code == 200


def test_autodiscover_refers_to_another_place(
    small: RunningSimulator, client: Client, control: Control
) -> None:
    url = "https://autodiscover.fabrikam.example/autodiscover/autodiscover.xml"
    control(small, "PUT", "/faults/autodiscover-redirect", {"to": url}).raise_for_status()
    session = client(small)
    assert etree.fromstring(autodiscovered(session, "xml").content).findtext(".//{*}RedirectUrl") == url
    assert autodiscovered(session, "json").headers["Location"] == url


def test_autodiscover_says_that_the_mailbox_is_in_the_cloud(
    small: RunningSimulator, client: Client, control: Control
) -> None:
    control(small, "PUT", "/faults/autodiscover-cloud").raise_for_status()
    found = autodiscovered(client(small), "json").json()
    assert found["Url"] == "https://outlook.office365.com/EWS/Exchange.asmx"
