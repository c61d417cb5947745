"""Contacts, distribution lists and tasks: kept whole, and searched."""

import pytest

from .asking import Client

CONTACT = (
    "<t:FileAs>Hopper, Grace</t:FileAs><t:DisplayName>Grace Hopper</t:DisplayName>"
    "<t:GivenName>Grace</t:GivenName><t:CompanyName>Navy</t:CompanyName><t:EmailAddresses>"
    '<t:Entry Key="EmailAddress1">grace@contoso.example</t:Entry></t:EmailAddresses><t:PhysicalAddresses>'
    '<t:Entry Key="Business"><t:Street>1 Main St</t:Street><t:City>Arlington</t:City></t:Entry>'
    '</t:PhysicalAddresses><t:PhoneNumbers><t:Entry Key="MobilePhone">555</t:Entry></t:PhoneNumbers>'
    "<t:Birthday>1906-12-09T00:00:00Z</t:Birthday><t:Surname>Hopper</t:Surname>"
)
ADDRESS = '<t:IndexedFieldURI FieldURI="contacts:EmailAddress" FieldIndex="EmailAddress{}"/>'


def made(client: Client, kind: str, fields: str) -> str:
    reply = client.ask(
        f'<m:CreateItem MessageDisposition="SaveOnly"><m:Items><t:{kind}>{fields}</t:{kind}></m:Items>'
        "</m:CreateItem>"
    )
    assert reply.codes == ["NoError"], reply.text
    return reply.ids[0]


def changed(client: Client, kind: str, item: str, path: str, content: str) -> None:
    element = f"<t:{kind}>{content}</t:{kind}>"
    reply = client.update(item, f"<t:SetItemField>{path}{element}</t:SetItemField>")
    assert reply.code == "NoError", reply.text


def test_a_contact_is_given_back_as_it_came(anna: Client) -> None:
    seen = anna.get(made(anna, "Contact", CONTACT))
    assert seen.one("ItemClass") == "IPM.Contact"
    assert seen.one("Subject") == "Grace Hopper"
    assert seen.all("Entry")[0] == "grace@contoso.example"
    assert (seen.one("Street"), seen.one("City"), seen.one("Birthday")) == (
        "1 Main St",
        "Arlington",
        "1906-12-09T00:00:00Z",
    )
    assert seen.one("FullName") == "Grace Hopper"


def test_one_address_of_a_contact_is_set_and_deleted_without_the_others(anna: Client) -> None:
    item = made(anna, "Contact", CONTACT)
    second = '<t:Entry Key="EmailAddress2">hopper@contoso.example</t:Entry>'
    changed(anna, "Contact", item, ADDRESS.format(2), f"<t:EmailAddresses>{second}</t:EmailAddresses>")
    assert {"grace@contoso.example", "hopper@contoso.example"} <= set(anna.get(item).all("Entry"))
    anna.update(item, f"<t:DeleteItemField>{ADDRESS.format(1)}</t:DeleteItemField>")
    assert "grace@contoso.example" not in anna.get(item).all("Entry")
    assert "hopper@contoso.example" in anna.get(item).all("Entry")


def test_a_contact_is_found_by_its_address(anna: Client) -> None:
    item = made(anna, "Contact", CONTACT)
    reply = anna.ask(
        '<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>Default</t:BaseShape></m:ItemShape>'
        '<m:Restriction><t:Contains ContainmentMode="Substring" ContainmentComparison="IgnoreCase">'
        f'{ADDRESS.format(1)}<t:Constant Value="GRACE@"/></t:Contains></m:Restriction>'
        '<m:ParentFolderIds><t:DistinguishedFolderId Id="contacts"/></m:ParentFolderIds></m:FindItem>'
    )
    assert reply.ids == [item]


def test_a_distribution_list_keeps_its_members(anna: Client) -> None:
    member = (
        "<t:Member><t:Mailbox><t:EmailAddress>ben@contoso.example</t:EmailAddress></t:Mailbox></t:Member>"
    )
    item = made(
        anna, "DistributionList", f"<t:DisplayName>Team</t:DisplayName><t:Members>{member}</t:Members>"
    )
    assert anna.get(item).one("EmailAddress") == "ben@contoso.example"


def test_a_task_is_complete_however_that_is_said(anna: Client) -> None:
    item = made(
        anna,
        "Task",
        "<t:Subject>Tidy up</t:Subject><t:DueDate>2026-11-30T00:00:00Z</t:DueDate>"
        "<t:Status>InProgress</t:Status>",
    )
    seen = anna.get(item)
    assert (seen.one("Status"), seen.one("IsComplete"), seen.one("PercentComplete")) == (
        "InProgress",
        "false",
        "0",
    )
    path = '<t:FieldURI FieldURI="task:PercentComplete"/>'
    changed(anna, "Task", item, path, "<t:PercentComplete>100</t:PercentComplete>")
    seen = anna.get(item)
    assert (seen.one("Status"), seen.one("IsComplete"), seen.one("CompleteDate")) == (
        "Completed",
        "true",
        "2026-11-18T12:00:00Z",
    )


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("Contact", "ErrorCannotCreateContactInNonContactFolder"),
        ("Task", "ErrorCannotCreateTaskInNonTaskFolder"),
    ],
)
def test_contacts_and_tasks_belong_into_folders_of_theirs(anna: Client, kind: str, code: str) -> None:
    reply = anna.ask(
        '<m:CreateItem MessageDisposition="SaveOnly"><m:SavedItemFolderId>'
        '<t:DistinguishedFolderId Id="inbox"/></m:SavedItemFolderId><m:Items>'
        f"<t:{kind}><t:Subject>x</t:Subject></t:{kind}></m:Items></m:CreateItem>"
    )
    assert reply.code == code


def test_the_recurrence_of_a_task_can_be_taken_away(anna: Client) -> None:
    item = made(
        anna,
        "Task",
        "<t:Subject>Water the plants</t:Subject><t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval>"
        "</t:DailyRecurrence><t:NoEndRecurrence><t:StartDate>2026-11-30</t:StartDate></t:NoEndRecurrence>"
        "</t:Recurrence>",
    )
    assert anna.get(item).one("IsRecurring") == "true"
    path = '<t:FieldURI FieldURI="task:Recurrence"/>'
    assert anna.update(item, f"<t:DeleteItemField>{path}</t:DeleteItemField>").code == "NoError"
    assert anna.get(item).one("IsRecurring") == "false"


def test_how_a_contact_is_filed_is_told_only_where_it_is_set(anna: Client) -> None:
    item = made(anna, "Contact", "<t:FileAs>Ink</t:FileAs>")
    assert anna.get(item).all("FileAsMapping") == []
