"""Servers of older generations know nothing of what came later; newer ones go by the header's version."""

import pytest
import requests

from oncetui.simulator import start
from oncetui.simulator.web.generations import GENERATIONS, GenerationName
from oncetui.simulator.world import Exchange

from .asking import Client, small_world
from .wire import XML, envelope

NEVER = "<m:GetReminders/>"
WALL_CLOCK = (
    '<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties>'
    '<t:FieldURI FieldURI="calendar:StartWallClock"/></t:AdditionalProperties></m:ItemShape>'
    '<m:ParentFolderIds><t:DistinguishedFolderId Id="calendar"/></m:ParentFolderIds></m:FindItem>'
)


def client_of(generation: GenerationName) -> Client:
    exchange = small_world()
    exchange.newest_version = GENERATIONS[generation].newest_version
    return Client(exchange)


@pytest.mark.parametrize(
    ("generation", "version", "code"),
    [
        ("2010", "Exchange2013", "ErrorInvalidServerVersion"),
        ("2013", "Exchange2016", "ErrorInvalidServerVersion"),
        ("2010", "Exchange2010_SP2", "ErrorInvalidRequest"),
        ("2013", "Exchange2010_SP2", "ErrorIncorrectSchemaVersion"),
    ],
)
def test_a_later_version_and_a_later_operation_are_refused_each_in_its_way(
    generation: GenerationName, version: str, code: str
) -> None:
    assert client_of(generation).fault(NEVER, version=version) == code


@pytest.mark.parametrize("generation", ["2013", "2016", "2019"])
def test_an_operation_is_answered_from_the_generation_on_that_brought_it(generation: GenerationName) -> None:
    assert client_of(generation).ask(NEVER, version="Exchange2013").code == "NoError"


def test_without_a_version_in_the_header_nothing_is_too_late() -> None:
    assert client_of("2019").ask(NEVER, version=None).code == "NoError"


def test_a_later_property_is_against_an_older_schema() -> None:
    assert client_of("2010").fault(WALL_CLOCK, version="Exchange2010_SP2") == "ErrorSchemaValidation"
    assert client_of("2013").ask(WALL_CLOCK, version="Exchange2013").code == "NoError"


def test_a_server_of_an_older_generation_refuses_later_versions_on_the_wire(small_exchange: Exchange) -> None:
    with start(small_exchange, generation="2010") as simulator:
        mailbox = simulator.ready["mailboxes"][0]
        answers = [
            requests.post(
                f"{simulator.ready['https']}/EWS/Exchange.asmx",
                envelope(WALL_CLOCK.replace("StartWallClock", "Start"), version).encode(),
                headers=XML,
                auth=(mailbox["username"].encode(), mailbox["password"].encode()),
                verify=simulator.ready["ca_file"],
                timeout=10,
            )
            for version in ("Exchange2010_SP2", "Exchange2013")
        ]
    assert [answer.status_code for answer in answers] == [200, 500]
    assert "ErrorInvalidServerVersion" in answers[1].text
