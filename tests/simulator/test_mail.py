"""Drafts that are sent, and messages that are answered and forwarded."""

from .asking import Client, Reply


def recipients(tag: str, *names: str) -> str:
    people = "".join(
        f"<t:Mailbox><t:EmailAddress>{name}@contoso.example</t:EmailAddress></t:Mailbox>" for name in names
    )
    return f"<t:{tag}>{people}</t:{tag}>"


def draft(client: Client, to: str = "ben") -> Reply:
    body = '<t:Body BodyType="Text">See you.</t:Body>'
    fields = f"<t:Subject>Plan</t:Subject>{body}{recipients('ToRecipients', to)}"
    return client.ask(
        f'<m:CreateItem MessageDisposition="SaveOnly"><m:Items><t:Message>{fields}</t:Message></m:Items>'
        "</m:CreateItem>"
    )


def sent(client: Client, saved: Reply, *, keep: str = "true", key: str | None = None) -> Reply:
    change = f'ChangeKey="{saved.keys[0] if key is None else key}"'
    return client.ask(
        f'<m:SendItem SaveItemToFolder="{keep}"><m:ItemIds>'
        f'<t:ItemId Id="{saved.ids[0]}" {change}/></m:ItemIds></m:SendItem>'
    )


def subjects(client: Client, folder: str) -> list[object]:
    return [item.values.get("item:Subject") for item in client.mailbox.folders.distinguished[folder].items]


def answer(
    client: Client, kind: str, item: str, fields: str = "", disposition: str = "SendAndSaveCopy"
) -> Reply:
    return client.ask(
        f'<m:CreateItem MessageDisposition="{disposition}"><m:Items><t:{kind}>{fields}'
        f'<t:ReferenceItemId Id="{item}"/><t:NewBodyContent BodyType="Text">Fine.</t:NewBodyContent>'
        f"</t:{kind}></m:Items></m:CreateItem>"
    )


def received(client: Client) -> str:
    reply = client.ask(
        '<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape>'
        '<m:ParentFolderIds><t:DistinguishedFolderId Id="inbox"/></m:ParentFolderIds></m:FindItem>'
    )
    return reply.ids[-1]


def test_a_draft_that_is_sent_arrives_and_is_kept_among_the_sent_items(anna: Client, ben: Client) -> None:
    assert sent(anna, draft(anna)).code == "NoError"
    assert (subjects(anna, "drafts"), subjects(anna, "sentitems")) == ([], ["Plan"])
    seen = ben.get(received(ben))
    assert (seen.one("Subject"), seen.one("IsDraft")) == ("Plan", "false")


def test_a_draft_that_is_sent_without_a_copy_is_gone(anna: Client, ben: Client) -> None:
    assert sent(anna, draft(anna), keep="false").code == "NoError"
    assert (subjects(anna, "drafts"), subjects(anna, "sentitems")) == ([], [])
    assert subjects(ben, "inbox") == ["Plan"]


def test_a_draft_that_changed_since_it_was_read_is_not_sent(anna: Client, ben: Client) -> None:
    saved, other = draft(anna), draft(anna)
    assert sent(anna, saved, key=other.keys[0]).code == "ErrorStaleObject"
    assert len(subjects(anna, "drafts")) == 2
    assert subjects(ben, "inbox") == []


def test_a_reply_goes_to_the_writer_with_the_text_below(anna: Client, ben: Client) -> None:
    sent(anna, draft(anna))
    assert answer(ben, "ReplyToItem", received(ben)).code == "NoError"
    seen = anna.get(received(anna))
    assert (seen.one("Subject"), subjects(ben, "sentitems")) == ("RE: Plan", ["RE: Plan"])
    assert seen.one("Body").split() == ["Fine.", "See", "you."]


def test_a_message_is_forwarded_to_whom_the_request_names(anna: Client, ben: Client) -> None:
    sent(anna, draft(anna))
    forwarded = answer(ben, "ForwardItem", received(ben), recipients("ToRecipients", "anna"))
    assert forwarded.code == "NoError"
    assert subjects(anna, "inbox") == ["FW: Plan"]


def test_an_answer_can_be_saved_as_a_draft(anna: Client, ben: Client) -> None:
    sent(anna, draft(anna))
    saved = answer(ben, "ReplyAllToItem", received(ben), disposition="SaveOnly")
    assert saved.code == "NoError"
    assert ben.get(saved.ids[0]).one("IsDraft") == "true"
    assert subjects(anna, "inbox") == []


def test_everything_in_a_folder_is_marked_as_read(anna: Client, ben: Client) -> None:
    sent(anna, draft(anna))
    inbox = ben.mailbox.folders.distinguished["inbox"]
    assert inbox.items.unread == 1
    reply = ben.ask(
        "<m:MarkAllItemsAsRead><m:ReadFlag>true</m:ReadFlag>"
        "<m:SuppressReadReceipts>true</m:SuppressReadReceipts>"
        '<m:FolderIds><t:DistinguishedFolderId Id="inbox"/></m:FolderIds></m:MarkAllItemsAsRead>'
    )
    assert (reply.code, inbox.items.unread) == ("NoError", 0)
