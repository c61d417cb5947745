"""Every recorded or documented request for an operation gets a valid answer or a proper refusal."""

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from oncetui.simulator.ews import answer
from oncetui.simulator.operations import OPERATIONS
from oncetui.simulator.scenario import default_scenario

from .asking import MATERIAL, NOW, as_the_schema_says, needed_validator

REQUESTS = sorted(
    path for operation in OPERATIONS for path in (MATERIAL / "samples" / operation).glob("*-req.xml")
)
# Requests whose identifiers or addresses belong to other servers, so that no other answer is right.
FOREIGN = {
    "ErrorInvalidIdMalformed",
    "ErrorNonExistentMailbox",
    "ErrorFolderNotFound",
    "ErrorInvalidSyncStateData",
    "ErrorMailRecipientNotFound",
    "ErrorNoPublicFolderReplicaAvailable",
    "ErrorNameResolutionNoResults",
    "ErrorInvalidSubscription",
    "ErrorSubscriptionNotFound",
}
# What this server says that it doesn't offer: samples that end so are listed as not met.
NOT_OFFERED = {
    "ErrorInvalidItemForOperationCreateItem",
}
# Requests that ask for a refusal: an Id that is missing, a version that no server has, a name
# that is taken, an operation in no namespace.
DOCUMENTED = {
    "CreateFolder/evolution-ews-Exchange2007_SP1-03-req.xml": "ErrorFolderExists",
    "CreateFolder/evolution-ews-Exchange2007_SP1-05-req.xml": "ErrorSchemaValidation",
    "CreateFolder/evolution-ews-Exchange2010_SP2-03-req.xml": "ErrorFolderExists",
    "CreateFolder/evolution-ews-Exchange2010_SP2-05-req.xml": "ErrorSchemaValidation",
    "CreateItem/msdocs-01-req.xml": "ErrorSchemaValidation",
    "CreateItem/msdocs-16-req.xml": "ErrorMessageDispositionRequired",
    "CreateItem/msdocs-20-req.xml": "ErrorInvalidServerVersion",
    "CreateItem/msdocs-31-req.xml": "ErrorCannotCreateContactInNonContactFolder",
    "CreateItem/msdocs-23-req.xml": "ErrorInvalidServerVersion",
    "DeleteFolder/evolution-ews-Exchange2007_SP1-04-req.xml": "ErrorDeleteDistinguishedFolder",
    "DeleteFolder/evolution-ews-Exchange2010_SP2-04-req.xml": "ErrorDeleteDistinguishedFolder",
    "GetFolder/ews-javascript-api-testxml-03-req.xml": "ErrorSchemaValidation",
    "GetItem/msdocs-15-req.xml": "ErrorInvalidServerVersion",
    "GetUserAvailability/msdocs-06-req.xml": "ErrorSchemaValidation",
    "GetUserConfiguration/msdocs-01-req.xml": "ErrorItemNotFound",
    "GetUserConfiguration/msdocs-03-req.xml": "ErrorItemNotFound",
    "Subscribe/msdocs-11-req.xml": "ErrorInvalidRequest",
}


@cache
def outcome(path: Path) -> tuple[int, frozenset[str], tuple[str, ...]]:
    """Status, response codes and schema errors of the answer to a sample."""
    exchange = default_scenario(lambda: NOW)
    reply = answer(exchange, exchange.mailboxes["anna@contoso.example"], path.read_bytes())
    codes = frozenset(code.decode() for code in re.findall(rb"ResponseCode[^>]*>(\w+)<", reply.body))
    return reply.status, codes, tuple(needed_validator().errors(as_the_schema_says(reply.body)))


def name_of(path: Path) -> str:
    """The sample's name in the tables above."""
    return f"{path.parent.name}/{path.name}"


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


@settings(max_examples=40)
@given(st.data())
def test_damaged_requests_are_answered_or_refused_and_never_break_the_server(data: st.DataObject) -> None:
    validator = needed_validator()
    exchange = default_scenario(lambda: NOW)
    asked = st.tuples(st.sampled_from(REQUESTS), DAMAGES)
    for path, damages in data.draw(st.lists(asked, min_size=3, max_size=5)):
        body = damaged(path.read_bytes(), damages)
        reply = answer(exchange, exchange.mailboxes["anna@contoso.example"], body)
        assert reply.status in {200, 500}
        assert validator.errors(as_the_schema_says(reply.body)) == []


def test_there_are_requests_to_try() -> None:
    needed_validator()
    assert len(REQUESTS) > 100


@pytest.mark.parametrize("path", REQUESTS, ids=name_of)
def test_a_sample_is_answered_or_refused_as_documented(path: Path) -> None:
    status, codes, errors = outcome(path)
    assert errors == ()
    name = name_of(path)
    if name in DOCUMENTED:
        assert codes == {DOCUMENTED[name]}
    else:
        assert status == 200
        assert codes
        assert codes <= {"NoError"} | FOREIGN | NOT_OFFERED


def test_the_table_of_samples_names_what_is_not_met() -> None:
    needed_validator()
    rows: dict[str, list[int]] = {}
    missing: list[str] = []
    for path in REQUESTS:
        name, (_, codes, _) = name_of(path), outcome(path)
        unmet = codes & NOT_OFFERED
        row = rows.setdefault(path.parent.name, [0, 0, 0])
        row[2 if unmet else 0 if codes == {"NoError"} else 1] += 1
        if unmet:
            missing.append(f"  {name}: {', '.join(sorted(codes))}")
    print(f"{'operation':32} {'answered':>9} {'refused':>9} {'not met':>9}")
    for operation, numbers in rows.items():
        print(f"{operation:32} {numbers[0]:9} {numbers[1]:9} {numbers[2]:9}")
    print("not met:", *missing, sep="\n")
    assert sum(sum(numbers) for numbers in rows.values()) == len(REQUESTS)
