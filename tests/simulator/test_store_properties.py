"""MAPI properties: what the store works out, and what a client sets by another name."""

import base64
from datetime import date

import pytest

from oncetui.simulator.properties.store_properties import global_object_id

from .asking import Client, daily, timed

SUBJECT = 'PropertyTag="0x37" PropertyType="String"'
STATUS = 'DistinguishedPropertySetId="Appointment" PropertyId="33285" PropertyType="Integer"'
CLEAN = 'DistinguishedPropertySetId="Meeting" PropertyId="35" PropertyType="Binary"'


def uri(name: str) -> str:
    return f"<t:ExtendedFieldURI {name}/>"


def read(client: Client, item: str, name: str) -> list[str]:
    return client.get(item, base="IdOnly", fields=uri(name)).all("Value")


def found(client: Client, name: str, value: str, folder: str = "calendar") -> list[str]:
    return client.ask(
        '<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape>'
        f'<m:Restriction><t:IsEqualTo>{uri(name)}<t:FieldURIOrConstant><t:Constant Value="{value}"/>'
        "</t:FieldURIOrConstant></t:IsEqualTo></m:Restriction>"
        f'<m:ParentFolderIds><t:DistinguishedFolderId Id="{folder}"/></m:ParentFolderIds></m:FindItem>'
    ).ids


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (SUBJECT, "Tea"),
        (STATUS, "2"),
        ('PropertyTag="0x3008" PropertyType="SystemTime"', "2026-11-18T12:00:00Z"),
        ('PropertyTag="0x1a" PropertyType="String"', "IPM.Appointment"),
        ('PropertyTag="0x36" PropertyType="Integer"', "0"),
        (
            'DistinguishedPropertySetId="Appointment" PropertyId="33293" PropertyType="SystemTime"',
            "2026-11-20T09:00:00Z",
        ),
        ('DistinguishedPropertySetId="Appointment" PropertyId="33315" PropertyType="Boolean"', "false"),
    ],
)
def test_the_store_works_out_what_nobody_put_there(anna: Client, name: str, value: str) -> None:
    item = anna.create(timed("Tea", "2026-11-20T09:00:00Z", "2026-11-20T10:00:00Z"))
    assert read(anna, item, name) == [value]
    assert found(anna, name, value) == [item]


def test_a_meeting_is_found_by_its_global_object_id(anna: Client) -> None:
    times = timed("Tea", "2026-11-20T09:00:00Z", "2026-11-20T10:00:00Z")
    item = anna.create(times.replace("<t:Start>", "<t:UID>tea-1@example.com</t:UID><t:Start>"))
    identifier = base64.b64encode(global_object_id("tea-1@example.com")).decode()
    assert read(anna, item, CLEAN) == [identifier]
    assert found(anna, CLEAN, identifier) == [item]


def test_an_identifier_of_exchange_is_its_own_global_object_id_with_the_day_of_an_occurrence() -> None:
    uid = "040000008200E00074C5B7101A82E008" + "00" * 24
    assert global_object_id(uid).hex().upper() == uid
    assert global_object_id(uid, date(2026, 11, 20)).hex().upper()[32:40] == "07EA0B14"


def test_what_is_set_by_tag_is_the_property_itself(anna: Client) -> None:
    more = f"<t:ExtendedProperty>{uri(STATUS)}<t:Value>3</t:Value></t:ExtendedProperty>"
    item = anna.create(
        timed("Tea", "2026-11-20T09:00:00Z", "2026-11-20T10:00:00Z").replace("<t:Start>", more + "<t:Start>")
    )
    subject = f"<t:ExtendedProperty>{uri(SUBJECT)}<t:Value>Coffee</t:Value></t:ExtendedProperty>"
    change = f"<t:SetItemField>{uri(SUBJECT)}<t:CalendarItem>{subject}</t:CalendarItem></t:SetItemField>"
    assert anna.update(item, change).code == "NoError"
    seen = anna.get(item)
    assert (seen.one("Subject"), seen.one("LegacyFreeBusyStatus")) == ("Coffee", "OOF")
    assert anna.update(item, f"<t:DeleteItemField>{uri(SUBJECT)}</t:DeleteItemField>").code == "NoError"
    assert anna.get(item).all("Subject") == []


def test_a_number_that_a_property_cannot_have_is_refused(anna: Client) -> None:
    item = anna.create(timed("Tea", "2026-11-20T09:00:00Z", "2026-11-20T10:00:00Z"))
    for value in ("9", "-1"):
        status = f"<t:ExtendedProperty>{uri(STATUS)}<t:Value>{value}</t:Value></t:ExtendedProperty>"
        change = f"<t:SetItemField>{uri(STATUS)}<t:CalendarItem>{status}</t:CalendarItem></t:SetItemField>"
        assert anna.update(item, change).code == "ErrorInvalidExtendedPropertyValue"


def test_a_folder_tells_its_contents_and_when_they_last_changed(anna: Client) -> None:
    anna.create(timed("Tea", "2026-11-20T09:00:00Z", "2026-11-20T10:00:00Z", daily("2026-11-20", 3)))
    tags = {"0x3602": "Integer", "0x360a": "Boolean", "0x3613": "String", "0x670a": "SystemTime"}
    wanted = "".join(uri(f'PropertyTag="{tag}" PropertyType="{kind}"') for tag, kind in tags.items())
    reply = anna.ask(
        "<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape>"
        f"<t:AdditionalProperties>{wanted}</t:AdditionalProperties></m:FolderShape>"
        '<m:FolderIds><t:DistinguishedFolderId Id="calendar"/></m:FolderIds></m:GetFolder>'
    )
    assert reply.all("Value") == ["1", "false", "IPF.Appointment", "2026-11-18T12:00:00Z"]
