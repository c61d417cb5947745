"""Messages go to the inboxes of those mailboxes that the world has."""

import pytest

from oncetui.simulator.world import Exchange

from .asking import Client
from .test_meetings import found, kinds


def sent(client: Client, disposition: str, *emails: str) -> str:
    people = "".join(f"<t:Mailbox><t:EmailAddress>{email}</t:EmailAddress></t:Mailbox>" for email in emails)
    to = f"<t:ToRecipients>{people}</t:ToRecipients>" if emails else ""
    message = f"<t:Message><t:Subject>Hello</t:Subject>{to}</t:Message>"
    return client.ask(
        f'<m:CreateItem MessageDisposition="{disposition}"><m:Items>{message}</m:Items></m:CreateItem>'
    ).code


@pytest.mark.parametrize(("disposition", "copies"), [("SendOnly", 0), ("SendAndSaveCopy", 1)])
def test_a_message_arrives_unread_and_is_kept_as_asked(
    exchange: Exchange, disposition: str, copies: int
) -> None:
    anna, ben = Client(exchange), Client(exchange, "ben@contoso.example")
    assert sent(anna, disposition, "ben@contoso.example", "guest@elsewhere.example") == "NoError"
    inbox = found(ben, "inbox")
    assert (inbox.all("Subject"), inbox.all("IsRead")) == (["Hello"], ["false"])
    assert len(kinds(anna, "sentitems")) == copies


@pytest.mark.parametrize(("disposition", "copies"), [("SendOnly", 0), ("SendAndSaveCopy", 1)])
def test_a_draft_that_is_changed_can_be_sent_at_once(
    exchange: Exchange, disposition: str, copies: int
) -> None:
    anna, ben = Client(exchange), Client(exchange, "ben@contoso.example")
    assert sent(anna, "SaveOnly", "ben@contoso.example") == "NoError"
    draft = found(anna, "drafts").ids[0]
    reply = anna.ask(
        f'<m:UpdateItem ConflictResolution="AlwaysOverwrite" MessageDisposition="{disposition}">'
        f'<m:ItemChanges><t:ItemChange><t:ItemId Id="{draft}"/><t:Updates><t:SetItemField>'
        '<t:FieldURI FieldURI="item:Subject"/><t:Message><t:Subject>Better</t:Subject></t:Message>'
        "</t:SetItemField></t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>"
    )
    assert (reply.code, reply.ids) == ("NoError", [])
    assert found(ben, "inbox").all("Subject") == ["Better"]
    assert (kinds(anna, "drafts"), len(kinds(anna, "sentitems"))) == ([], copies)


def test_a_message_to_nobody_is_not_sent(exchange: Exchange) -> None:
    assert sent(Client(exchange), "SendOnly") == "ErrorInvalidRecipients"


def test_somebody_who_is_named_twice_gets_one_message(exchange: Exchange) -> None:
    assert sent(Client(exchange), "SendOnly", "ben@contoso.example", "Ben@Contoso.example") == "NoError"
    assert len(kinds(Client(exchange, "ben@contoso.example"), "inbox")) == 1


def test_what_is_delivered_has_no_categories_of_its_sender(exchange: Exchange) -> None:
    anna, ben = Client(exchange), Client(exchange, "ben@contoso.example")
    anna.ask(
        '<m:CreateItem MessageDisposition="SendAndSaveCopy"><m:Items><t:Message>'
        "<t:Categories><t:String>Red</t:String></t:Categories><t:ToRecipients><t:Mailbox>"
        "<t:EmailAddress>ben@contoso.example</t:EmailAddress></t:Mailbox></t:ToRecipients>"
        "</t:Message></m:Items></m:CreateItem>"
    )
    assert found(anna, "sentitems").all("String") == ["Red"]
    assert found(ben, "inbox").all("String") == []
