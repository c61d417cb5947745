"""ConvertId and GetServerTimeZones, what every answer carries, and requests that no operation answers."""

import pytest
from lxml import etree

from oncetui.simulator.calendars.windows_names import IANA_NAMES
from oncetui.simulator.ews import answer
from oncetui.simulator.mailboxes.identifiers import Identity, encode

from .asking import Client, Reply, small_world


def convert(anna: Client, text: str, given: str, wanted: str, mailbox: str = "anna@contoso.example") -> Reply:
    return anna.ask(
        f'<m:ConvertId DestinationFormat="{wanted}"><m:SourceIds>'
        f'<t:AlternateId Format="{given}" Id="{text}" Mailbox="{mailbox}"/></m:SourceIds></m:ConvertId>'
    )


def test_the_usual_probe_is_refused_for_its_address_with_the_version_in_the_header(anna: Client) -> None:
    reply = convert(anna, "DUMMY", "EwsId", "EntryId", "DUMMY")
    assert reply.code == "ErrorInvalidSmtpAddress"
    version = reply.root.find(".//{*}ServerVersionInfo")
    assert version is not None
    assert {str(name): str(value) for name, value in version.attrib.items()} == {
        "MajorVersion": "15",
        "MinorVersion": "2",
        "MajorBuildNumber": "1544",
        "MinorBuildNumber": "11",
        "Version": "V2017_07_11",
    }


@pytest.mark.parametrize("wanted", ["EwsId", "EwsLegacyId", "EntryId", "HexEntryId", "StoreId", "OwaId"])
def test_an_id_survives_the_way_to_another_format_and_back(anna: Client, wanted: str) -> None:
    folder = anna.mailbox.folders.calendar.id
    there = convert(anna, folder, "EwsId", wanted).root.find(".//{*}AlternateId")
    assert there is not None
    back = convert(anna, there.get("Id") or "", wanted, "EwsId").root.find(".//{*}AlternateId")
    assert back is not None
    assert back.get("Id") == folder


def test_rubbish_is_malformed(anna: Client) -> None:
    assert convert(anna, "AAMkAGZh", "EwsId", "OwaId").code == "ErrorInvalidIdMalformed"
    assert convert(anna, "zz", "HexEntryId", "EwsId").code == "ErrorInvalidIdMalformed"
    assert (
        convert(anna, "AAMk", "StoreId", "OwaId", "nobody@contoso.example").code == "ErrorNonExistentMailbox"
    )


def test_an_identifier_of_another_organisation_is_converted_for_the_given_address(anna: Client) -> None:
    foreign = encode(Identity("folder", "2147d128-3158-4f3c-b0ae-d1923a5e5002", 7))
    reply = convert(anna, foreign, "EwsId", "EwsId").root.find(".//{*}AlternateId")
    assert reply is not None
    assert (reply.get("Id"), reply.get("Mailbox")) == (foreign, "anna@contoso.example")


def test_a_converted_identifier_tells_whose_it_is_whoever_is_named(anna: Client) -> None:
    folder = anna.mailbox.folders.calendar.id
    there = convert(anna, folder, "EwsId", "EwsId", "somebody@else.example").root.find(".//{*}AlternateId")
    assert there is not None
    assert (there.get("Id"), there.get("Mailbox")) == (folder, "anna@contoso.example")


def zones(anna: Client, names: str = "", full: str = "true") -> Reply:
    ids = f"<m:Ids>{names}</m:Ids>" if names else ""
    return anna.ask(f'<m:GetServerTimeZones ReturnFullTimeZoneData="{full}">{ids}</m:GetServerTimeZones>')


def test_all_zones_are_known_by_their_windows_names(anna: Client) -> None:
    reply = zones(anna, full="false")
    names = [element.get("Id") for element in reply.root.iter("{*}TimeZoneDefinition")]
    assert names == sorted(IANA_NAMES)
    assert reply.all("Period") == []


def test_the_rules_of_central_europe(anna: Client) -> None:
    reply = zones(anna, "<t:Id>W. Europe Standard Time</t:Id><t:Id>No such zone</t:Id>")
    (definition,) = reply.root.iter("{*}TimeZoneDefinition")
    assert definition.get("Name") == "(UTC+01:00) Berlin"
    assert [period.get("Bias") for period in definition.iter("{*}Period")] == ["-PT1H", "-PT2H"]
    assert reply.all("Month") == ["3", "10"]
    assert reply.all("DayOfWeek") == ["Sunday", "Sunday"]
    assert reply.all("Occurrence") == ["-1", "-1"]
    assert reply.all("TimeOffset") == ["PT2H", "PT3H"]


def test_a_zone_without_changes_has_one_period(anna: Client) -> None:
    reply = zones(anna, "<t:Id>India Standard Time</t:Id>")
    assert [period.get("Bias") for period in reply.root.iter("{*}Period")] == ["-PT5H30M"]
    assert reply.all("Month") == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "ErrorSchemaValidation"),
        (b"no XML at all", "ErrorSchemaValidation"),
        (b"<a><b></a>", "ErrorSchemaValidation"),
        (b"<a/>", "ErrorSchemaValidation"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "ErrorSchemaValidation"),
        (
            b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body/></s:Envelope>',
            "ErrorInvalidRequest",
        ),
    ],
)
def test_what_is_no_request_gets_a_fault_without_a_header(body: bytes, code: str) -> None:
    exchange = small_world()
    reply = answer(exchange, exchange.mailboxes["anna@contoso.example"], body)
    root = etree.fromstring(reply.body)
    assert reply.status == 500
    assert root.findtext(".//{*}ResponseCode") == code
    assert root.findtext(".//{*}faultstring")
    assert root.find("{*}Header") is None
    assert reply.operation == ""


def test_an_unknown_operation_is_named_and_refused(anna: Client) -> None:
    assert anna.fault("<m:PlayOnPhone/>") == "ErrorInvalidRequest"
    assert anna.raw("<m:PlayOnPhone/>").operation == "PlayOnPhone"
    assert anna.fault("<t:FindItem/>") == "ErrorInvalidRequest"


def test_the_requested_version_may_be_absent_and_must_be_known(anna: Client) -> None:
    request = (
        "<m:GetFolder><m:FolderShape><t:BaseShape>AllProperties</t:BaseShape></m:FolderShape>"
        '<m:FolderIds><t:DistinguishedFolderId Id="calendar"/></m:FolderIds></m:GetFolder>'
    )
    assert anna.ask(request, version=None).code == "NoError"
    assert anna.ask(request, version="Exchange2016").code == "NoError"
    assert anna.fault(request, version="Exchange207_SP1") == "ErrorInvalidServerVersion"


def test_an_older_version_gets_no_newer_properties(anna: Client) -> None:
    item = anna.create("<t:Subject>Talk</t:Subject>")
    request = (
        "<m:GetItem><m:ItemShape><t:BaseShape>AllProperties</t:BaseShape></m:ItemShape>"
        f'<m:ItemIds><t:ItemId Id="{item}"/></m:ItemIds></m:GetItem>'
    )
    assert anna.ask(request, version="Exchange2007_SP1").all("StartTimeZoneId") == []
    assert anna.ask(request, version="Exchange2007_SP1").all("StartTimeZone") == []
    assert len(anna.ask(request, version="Exchange2013").all("StartTimeZoneId")) == 1
