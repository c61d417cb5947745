"""Autodiscover in its three dialects, judged by its schema and by exchangelib."""

from collections.abc import Callable
from pathlib import Path

import pytest
import requests
from lxml import etree
from requests.auth import HTTPBasicAuth

from oncetui.simulator.serve import RunningSimulator

Client = Callable[[RunningSimulator], requests.Session]
HOST = "https://autodiscover.contoso.example"
EWS = "https://mail.contoso.example/EWS/Exchange.asmx"
ANNA = HTTPBasicAuth(b"anna@contoso.example", "Süß & 5 €".encode())
SCHEMAS = Path(__file__).parents[3] / "shared/exchange/schema/autodiscover"
OUTLOOK = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a"
A = "{http://schemas.microsoft.com/exchange/2010/Autodiscover}"


@pytest.fixture
def schema() -> Callable[[str], etree.XMLSchema]:
    if not SCHEMAS.exists():
        pytest.skip("the Autodiscover schemas are not beside this project")
    return lambda name: etree.XMLSchema(etree.parse(SCHEMAS / name))


def soap_request(user: str, *settings: str) -> str:
    asked = "".join(f"<a:Setting>{setting}</a:Setting>" for setting in settings)
    return (
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" '
        'xmlns:a="http://schemas.microsoft.com/exchange/2010/Autodiscover"><s:Header>'
        "<a:RequestedServerVersion>Exchange2013</a:RequestedServerVersion></s:Header><s:Body>"
        f"<a:GetUserSettingsRequestMessage><a:Request><a:Users><a:User><a:Mailbox>{user}</a:Mailbox></a:User>"
        f"</a:Users><a:RequestedSettings>{asked}</a:RequestedSettings></a:Request>"
        "</a:GetUserSettingsRequestMessage></s:Body></s:Envelope>"
    )


def pox_request(user: str, schema: str = OUTLOOK) -> str:
    return (
        '<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006">'
        f"<Request><EMailAddress>{user}</EMailAddress>"
        f"<AcceptableResponseSchema>{schema}</AcceptableResponseSchema></Request></Autodiscover>"
    )


def ask_soap(session: requests.Session, body: str) -> requests.Response:
    return session.post(f"{HOST}/autodiscover/autodiscover.svc", data=body, auth=ANNA)


def ask_pox(session: requests.Session, body: str) -> requests.Response:
    return session.post(f"{HOST}/Autodiscover/Autodiscover.xml", data=body, auth=ANNA)


def test_soap_gives_the_settings_it_has_and_names_those_it_has_not(
    small: RunningSimulator, client: Client
) -> None:
    body = soap_request("anna@contoso.example", "ExternalEwsUrl", "PublicFolderServer", "UserDisplayName")
    answer = etree.fromstring(ask_soap(client(small), body).content)
    values = {
        setting.findtext(f"{A}Name"): setting.findtext(f"{A}Value")
        for setting in answer.iter(f"{A}UserSetting")
    }
    assert values == {"ExternalEwsUrl": EWS, "UserDisplayName": "Anna"}
    assert [error.findtext(f"{A}SettingName") for error in answer.iter(f"{A}UserSettingError")] == [
        "PublicFolderServer"
    ]


def test_soap_says_of_an_unknown_address_that_it_is_no_user(small: RunningSimulator, client: Client) -> None:
    answer = ask_soap(client(small), soap_request("nobody@contoso.example", "ExternalEwsUrl"))
    assert answer.status_code == 200
    codes = [element.text for element in etree.fromstring(answer.content).iter(f"{A}ErrorCode")]
    assert codes == ["NoError", "InvalidUser"]
    assert "Invalid user 'nobody@contoso.example'" in answer.text


@pytest.mark.parametrize(
    "body", ["", "<", "<a/>", soap_request("x", "y").replace("GetUserSettings", "GetWeather")]
)
def test_soap_answers_what_it_does_not_know_with_a_fault(
    small: RunningSimulator, client: Client, body: str
) -> None:
    answer = ask_soap(client(small), body)
    assert answer.status_code == 500
    assert etree.fromstring(answer.content).find(".//{*}Fault/faultcode") is not None


@pytest.mark.parametrize("user", ["anna@contoso.example", "nobody@contoso.example", ""])
def test_soap_answers_are_valid(
    small: RunningSimulator, client: Client, schema: Callable[[str], etree.XMLSchema], user: str
) -> None:
    body = soap_request(user, "ExternalEwsUrl", "PublicFolderServer")
    answer = etree.fromstring(ask_soap(client(small), body).content)
    message = answer.find("{*}Body")
    assert message is not None
    schema("autodiscover-soap.xsd").assertValid(etree.fromstring(etree.tostring(message[0])))


def test_pox_gives_the_ews_url_inside_and_outside(small: RunningSimulator, client: Client) -> None:
    answer = etree.fromstring(ask_pox(client(small), pox_request("Anna@Contoso.example")).content)
    protocols = {
        protocol.findtext("{*}Type"): protocol.findtext("{*}EwsUrl")
        for protocol in answer.iter("{*}Protocol")
    }
    assert protocols == {"EXCH": EWS, "EXPR": EWS}
    assert answer.findtext(".//{*}AutoDiscoverSMTPAddress") == "anna@contoso.example"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (pox_request("nobody@contoso.example"), "500"),
        ("<Autodiscover><Request/></Autodiscover>", "600"),
        ("", "600"),
        (pox_request("anna@contoso.example", "urn:other"), "601"),
    ],
)
def test_pox_errors_have_their_numbers(small: RunningSimulator, client: Client, body: str, code: str) -> None:
    answer = ask_pox(client(small), body)
    assert answer.status_code == 200
    assert etree.fromstring(answer.content).findtext(".//{*}ErrorCode") == code


@pytest.mark.parametrize(
    "body", [pox_request("anna@contoso.example"), pox_request("nobody@contoso.example"), ""]
)
def test_pox_answers_are_valid(
    small: RunningSimulator, client: Client, schema: Callable[[str], etree.XMLSchema], body: str
) -> None:
    schema("autodiscover-pox.xsd").assertValid(etree.fromstring(ask_pox(client(small), body).content))


@pytest.mark.parametrize("path", ["autodiscover.svc", "autodiscover.xml"])
def test_xml_dialects_want_a_sign_in(small: RunningSimulator, client: Client, path: str) -> None:
    answer = client(small).post(f"{HOST}/autodiscover/{path}", data=pox_request("anna@contoso.example"))
    assert answer.status_code == 401
    assert "WWW-Authenticate" in answer.headers


@pytest.mark.parametrize(
    "form", ["?Email=anna@contoso.example&Protocol=EWS", "/v1.0/anna@contoso.example?protocol=ews"]
)
def test_json_gives_the_ews_url_without_a_sign_in(small: RunningSimulator, client: Client, form: str) -> None:
    answer = client(small).get(f"{HOST}/autodiscover/autodiscover.json{form}")
    assert answer.status_code == 200
    assert answer.json() == {"Protocol": "EWS", "Url": EWS}


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("?Email=nobody@contoso.example&Protocol=EWS", 404, "UserNotFound"),
        ("?Email=anna@contoso.example", 400, "MandatoryParameterMissing"),
        ("?Protocol=EWS", 400, "MandatoryParameterMissing"),
        ("?Email=anna@contoso.example&Protocol=Gopher", 400, "InvalidProtocol"),
    ],
)
def test_json_errors_have_their_codes(
    small: RunningSimulator, client: Client, query: str, status: int, code: str
) -> None:
    answer = client(small).get(f"{HOST}/autodiscover/autodiscover.json{query}")
    assert (answer.status_code, answer.json()["ErrorCode"]) == (status, code)


def test_a_redirected_domain_is_led_over_http_to_where_its_mailbox_is_known(
    small: RunningSimulator, client: Client
) -> None:
    session = client(small)
    with pytest.raises(requests.ConnectionError):
        session.get("https://autodiscover.tailspin.example/autodiscover/autodiscover.xml")
    answer = session.get(
        "http://autodiscover.tailspin.example/autodiscover/autodiscover.xml", allow_redirects=False
    )
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{HOST}/autodiscover/autodiscover.xml"
    dora = HTTPBasicAuth("dora@tailspin.example", "dora's password")
    found = session.post(answer.headers["Location"], data=pox_request("dora@tailspin.example"), auth=dora)
    assert etree.fromstring(found.content).findtext(".//{*}EwsUrl") == EWS
