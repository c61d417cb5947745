"""What the ready line says that a person has to type is what the server really asks for."""

from collections.abc import Callable
from typing import Any

import pytest
import requests
from requests.auth import AuthBase, HTTPBasicAuth
from requests_ntlm import HttpNtlmAuth

from oncetui.simulator.serve import RunningSimulator

Client = Callable[[RunningSimulator], requests.Session]
EMAILS = [
    "anna@contoso.example",
    "ben@fabrikam.example",
    "carla@contoso.example",
    "dora@fabrikam.example",
    "emil@contoso.example",
    "frida@northwind.example",
]


@pytest.fixture(params=EMAILS)
def box(simulator: RunningSimulator, request: pytest.FixtureRequest) -> dict[str, Any]:
    [found] = [box for box in simulator.ready["mailboxes"] if box["email"] == request.param]
    return dict(found)


def credentials(simulator: RunningSimulator, box: dict[str, Any], user: str) -> AuthBase:
    if "ntlm" in simulator.exchange.mailboxes[box["email"]].schemes:
        return HttpNtlmAuth(user, box["password"])
    return HTTPBasicAuth(user.encode(), box["password"].encode())


def test_every_mailbox_is_tried_here(simulator: RunningSimulator) -> None:
    assert [box["email"] for box in simulator.ready["mailboxes"]] == EMAILS


def test_the_user_name_given_signs_in(
    simulator: RunningSimulator, client: Client, box: dict[str, Any]
) -> None:
    answer = client(simulator).get(box["ews_url"], auth=credentials(simulator, box, box["username"]))
    assert answer.status_code == 200


def test_the_address_signs_in_unless_a_user_name_is_needed(
    simulator: RunningSimulator, client: Client, box: dict[str, Any]
) -> None:
    answer = client(simulator).get(box["ews_url"], auth=credentials(simulator, box, box["email"]))
    assert (answer.status_code == 401) == ("username" in box["needs"])


def test_the_server_is_found_unless_its_url_is_needed(
    simulator: RunningSimulator, client: Client, box: dict[str, Any]
) -> None:
    host = "autodiscover." + box["email"].partition("@")[2]
    place = f"/autodiscover/autodiscover.json?Email={box['email']}&Protocol=EWS"
    found = None
    for scheme in ("https", "http"):
        try:
            found = found or client(simulator).get(f"{scheme}://{host}{place}").json()["Url"]
        except requests.ConnectionError:
            continue
    assert found == (None if "ews_url" in box["needs"] else box["ews_url"])
