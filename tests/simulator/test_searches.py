"""Grouped searches, query strings and search folders."""

import pytest

from .asking import Client, Reply, small_world, timed

TOPIC = '<t:FieldURI FieldURI="item:Subject"/>'
GROUPS = (
    f'<m:GroupBy Order="Descending">{TOPIC}<t:AggregateOn Aggregate="Maximum">'
    '<t:FieldURI FieldURI="calendar:Start"/></t:AggregateOn></m:GroupBy>'
)


@pytest.fixture
def anna() -> Client:
    client = Client(small_world())
    for day, subject in enumerate(("Tea", "Coffee", "Tea", "Green tea"), 20):
        client.create(timed(subject, f"2026-11-{day}T09:00:00Z", f"2026-11-{day}T10:00:00Z"))
    return client


def find(client: Client, *, views: str = "", after: str = "", folder: str = "") -> Reply:
    where = folder or '<t:DistinguishedFolderId Id="calendar"/>'
    return client.ask(
        '<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape>'
        f"<t:AdditionalProperties>{TOPIC}</t:AdditionalProperties></m:ItemShape>{views}"
        f"<m:ParentFolderIds>{where}</m:ParentFolderIds>{after}</m:FindItem>"
    )


def test_groups_come_by_the_best_of_what_is_aggregated(anna: Client) -> None:
    reply = find(anna, views=GROUPS)
    assert reply.all("GroupIndex") == ["0", "1", "2"]
    assert reply.all("Subject") == ["Green tea", "Tea", "Tea", "Coffee"]


def test_a_page_ends_in_the_middle_of_a_group(anna: Client) -> None:
    page = '<m:IndexedPageItemView MaxEntriesReturned="2" Offset="0" BasePoint="Beginning"/>'
    reply = find(anna, views=page + GROUPS)
    assert (reply.all("GroupIndex"), reply.all("Subject")) == (["0", "1"], ["Green tea", "Tea"])
    assert reply.attribute("IndexedPagingOffset") == "2"


@pytest.mark.parametrize(
    ("query", "subjects"),
    [
        ("subject:coffee", ["Coffee"]),
        ('subject:"green tea"', ["Green tea"]),
        ("green", ["Green tea"]),
        ("tea NOT green", ["Tea", "Tea"]),
        ("coffee OR green", ["Coffee", "Green tea"]),
        ("kind:meetings te*", ["Tea", "Tea", "Green tea"]),
        ("ea", []),
        ("hasattachment:yes", []),
    ],
)
def test_a_query_finds_words_by_their_beginning(anna: Client, query: str, subjects: list[str]) -> None:
    assert find(anna, after=f"<m:QueryString>{query}</m:QueryString>").all("Subject") == subjects


def test_a_search_folder_shows_what_is_found_in_other_folders(anna: Client) -> None:
    made = anna.ask(
        '<m:CreateFolder><m:ParentFolderId><t:DistinguishedFolderId Id="searchfolders"/></m:ParentFolderId>'
        "<m:Folders><t:SearchFolder><t:DisplayName>Tea</t:DisplayName>"
        '<t:SearchParameters Traversal="Deep"><t:Restriction><t:Contains ContainmentMode="Substring" '
        f'ContainmentComparison="IgnoreCase">{TOPIC}<t:Constant Value="tea"/></t:Contains></t:Restriction>'
        '<t:BaseFolderIds><t:DistinguishedFolderId Id="msgfolderroot"/></t:BaseFolderIds>'
        "</t:SearchParameters></t:SearchFolder></m:Folders></m:CreateFolder>"
    )
    assert made.code == "NoError"
    (folder,) = made.root.iter("{*}FolderId")
    named = f'<t:FolderId Id="{folder.get("Id")}"/>'
    assert sorted(find(anna, folder=named).all("Subject")) == ["Green tea", "Tea", "Tea"]
    seen = anna.ask(
        "<m:GetFolder><m:FolderShape><t:BaseShape>AllProperties</t:BaseShape></m:FolderShape>"
        f"<m:FolderIds>{named}</m:FolderIds></m:GetFolder>"
    )
    assert len(list(seen.root.iter("{*}SearchParameters"))) == 1
