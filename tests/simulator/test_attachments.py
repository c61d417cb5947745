"""Files and items that are attached to items and occurrences."""

import base64

import pytest

from .asking import Client, Reply, daily, timed

CONTENT = base64.b64encode(b"an agenda").decode()
FILE = f"<t:FileAttachment><t:Name>agenda.txt</t:Name><t:Content>{CONTENT}</t:Content></t:FileAttachment>"


def attach(client: Client, item: str, attachment: str) -> Reply:
    return client.ask(
        f'<m:CreateAttachment><m:ParentItemId Id="{item}"/><m:Attachments>{attachment}</m:Attachments>'
        "</m:CreateAttachment>"
    )


def identifier(reply: Reply) -> str:
    (found,) = reply.root.iter("{*}AttachmentId")
    return found.get("Id") or ""


def named(client: Client, operation: str, attachment: str) -> Reply:
    return client.ask(
        f'<m:{operation}><m:AttachmentIds><t:AttachmentId Id="{attachment}"/></m:AttachmentIds>'
        f"</m:{operation}>"
    )


def appointment(client: Client, more: str = "") -> str:
    return client.create(timed("Tea", "2026-11-20T09:00:00Z", "2026-11-20T10:00:00Z", more))


def test_a_file_is_attached_and_given_back(anna: Client) -> None:
    item = appointment(anna)
    made = attach(anna, item, FILE)
    assert made.code == "NoError"
    seen = anna.get(item)
    assert (seen.one("HasAttachments"), identifier(seen)) == ("true", identifier(made))
    read = named(anna, "GetAttachment", identifier(made))
    assert (read.code, read.one("Content")) == ("NoError", CONTENT)


def test_a_file_can_come_with_its_item(anna: Client) -> None:
    made = anna.ask(
        '<m:CreateItem SendMeetingInvitations="SendToNone"><m:Items><t:CalendarItem>'
        f"<t:Subject>Tea</t:Subject><t:Attachments>{FILE}</t:Attachments></t:CalendarItem></m:Items></m:CreateItem>"
    )
    assert identifier(made) == identifier(anna.get(made.ids[0]))
    assert named(anna, "GetAttachment", identifier(made)).one("Content") == CONTENT


def test_an_attached_item_shows_its_body_in_the_type_that_is_wanted(anna: Client) -> None:
    note = '<t:Message><t:Body BodyType="HTML">&lt;p&gt;Two rooms&lt;/p&gt;</t:Body></t:Message>'
    attached = f"<t:ItemAttachment><t:Name>note</t:Name>{note}</t:ItemAttachment>"
    made = identifier(attach(anna, appointment(anna), attached))
    read = anna.ask(
        "<m:GetAttachment><m:AttachmentShape><t:BodyType>Text</t:BodyType></m:AttachmentShape>"
        f'<m:AttachmentIds><t:AttachmentId Id="{made}"/></m:AttachmentIds></m:GetAttachment>'
    )
    assert (read.one("Body").strip(), read.one("TextBody").strip()) == ("Two rooms", "Two rooms")


def test_an_item_is_attached_whole(anna: Client) -> None:
    inner = timed("Coffee", "2026-11-21T09:00:00Z", "2026-11-21T10:00:00Z")
    made = attach(
        anna,
        appointment(anna),
        f"<t:ItemAttachment><t:Name>x</t:Name><t:CalendarItem>{inner}</t:CalendarItem></t:ItemAttachment>",
    )
    read = named(anna, "GetAttachment", identifier(made))
    assert (read.code, read.one("Subject"), read.one("Start")) == (
        "NoError",
        "Coffee",
        "2026-11-21T09:00:00Z",
    )


def test_a_deleted_attachment_is_gone_and_the_item_changed(anna: Client) -> None:
    item = appointment(anna)
    made = identifier(attach(anna, item, FILE))
    before = anna.get(item).keys
    deleted = named(anna, "DeleteAttachment", made)
    assert deleted.code == "NoError"
    seen = anna.get(item)
    assert (seen.one("HasAttachments"), seen.keys == before) == ("false", False)
    assert named(anna, "GetAttachment", made).code == "ErrorInvalidAttachmentId"


def test_an_occurrence_has_attachments_of_its_own(anna: Client) -> None:
    appointment(anna, daily("2026-11-20", 3))
    first, second, _ = anna.view("2026-11-20T00:00:00Z", "2026-11-30T00:00:00Z").ids
    made = attach(anna, second, FILE)
    assert named(anna, "GetAttachment", identifier(made)).one("Content") == CONTENT
    assert anna.get(second).one("HasAttachments") == "true"
    assert anna.get(first).one("HasAttachments") == "false"


@pytest.mark.parametrize("text", ["nonsense", "AAMkAGZh", ""])
def test_rubbish_names_no_attachment(anna: Client, text: str) -> None:
    assert named(anna, "GetAttachment", text).code == "ErrorInvalidAttachmentId"
