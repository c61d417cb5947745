"""Every recorded or documented request for an operation gets a valid answer or a proper refusal."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from oncetui.simulator.ews import answer
from oncetui.simulator.operations import OPERATIONS
from oncetui.simulator.scenario import default_scenario

from .asking import MATERIAL, NOW, needed_validator

REQUESTS = sorted(
    path for operation in OPERATIONS for path in (MATERIAL / "samples" / operation).glob("*-req.xml")
)
# Requests whose identifiers or addresses belong to other servers, so that no other answer is right.
FOREIGN = {
    "ErrorInvalidIdMalformed",
    "ErrorNonExistentMailbox",
    "ErrorFolderNotFound",
    "ErrorInvalidSyncStateData",
}
# What this server says that it doesn't offer.
NOT_OFFERED = {
    "ErrorContentIndexingNotEnabled",
    "ErrorInvalidItemForOperationCreateItem",
    "ErrorUnsupportedMimeConversion",
    "ErrorUnsupportedPathForSortGroup",
}
# Requests that are themselves wrong: an Id that is missing, a version that no server has.
WRONG = {
    "CreateItem/msdocs-20-req.xml": "ErrorInvalidServerVersion",
    "CreateItem/msdocs-23-req.xml": "ErrorInvalidServerVersion",
    "GetFolder/ews-javascript-api-testxml-03-req.xml": "ErrorSchemaValidation",
    "GetItem/msdocs-15-req.xml": "ErrorInvalidServerVersion",
}


# What a damaged request may hold in place of what belongs there.
RUBBISH = st.sampled_from(
    [
        "",
        "-1",
        "99999999999",
        "true",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "2026-02-30",
        "Last",
        "é€",
    ]
)
DAMAGES = st.lists(
    st.tuples(
        st.sampled_from(["remove", "text", "attribute", "unset", "rename", "double"]),
        st.integers(0, 99),
        RUBBISH,
    ),
    min_size=1,
    max_size=4,
)


def damaged(body: bytes, damages: list[tuple[str, int, str]]) -> bytes:
    """The request after some of its elements were broken."""
    root = etree.fromstring(body)
    for how, place, rubbish in damages:
        elements = [element for element in root.iter() if isinstance(element.tag, str)][1:]
        if not elements:
            break
        element = elements[place % len(elements)]
        names = list(element.attrib)
        parent = element.getparent()
        if how == "remove" and parent is not None:
            parent.remove(element)
        elif how == "double" and parent is not None:
            parent.append(etree.fromstring(etree.tostring(element)))
        elif how == "text":
            element.text = rubbish
        elif how == "rename":
            element.tag = "{http://schemas.microsoft.com/exchange/services/2006/types}Start"
        elif names and how == "attribute":
            element.set(names[place % len(names)], rubbish)
        elif names:
            del element.attrib[names[place % len(names)]]
    return etree.tostring(root)


@settings(max_examples=150)
@given(st.data())
def test_a_damaged_request_is_answered_or_refused_and_never_breaks_the_server(data: st.DataObject) -> None:
    validator = needed_validator()
    path = data.draw(st.sampled_from(REQUESTS))
    exchange = default_scenario(lambda: NOW)
    body = damaged(path.read_bytes(), data.draw(DAMAGES))
    reply = answer(exchange, exchange.mailboxes["anna@contoso.example"], body)
    assert reply.status in {200, 500}
    assert validator.errors(reply.body) == []


def test_there_are_requests_to_try() -> None:
    needed_validator()
    assert len(REQUESTS) > 100


@pytest.mark.parametrize("path", REQUESTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_sample_is_answered(path: Path) -> None:
    exchange = default_scenario(lambda: NOW)
    reply = answer(exchange, exchange.mailboxes["anna@contoso.example"], path.read_bytes())
    assert needed_validator().errors(reply.body) == []
    codes = {code.decode() for code in re.findall(rb"ResponseCode[^>]*>(\w+)<", reply.body)}
    wrong = WRONG.get(f"{path.parent.name}/{path.name}")
    if wrong is not None:
        assert (reply.status, codes) == (500, {wrong})
    else:
        assert reply.status == 200
        assert codes
        assert codes <= {"NoError"} | FOREIGN | NOT_OFFERED
