"""GetFolder and FindFolder."""

import pytest

from oncetui.simulator.mailboxes.rights import Level
from oncetui.simulator.mailboxes.tree import CALENDAR_CLASS

from .asking import Client, Reply, share, small_world

BENS_CALENDAR = (
    '<t:DistinguishedFolderId Id="calendar"><t:Mailbox><t:EmailAddress>{}</t:EmailAddress></t:Mailbox>'
    "</t:DistinguishedFolderId>"
)


def get(
    client: Client, named: str, base: str = "AllProperties", fields: str = "", version: str = "Exchange2013"
) -> Reply:
    more = f"<t:AdditionalProperties>{fields}</t:AdditionalProperties>" if fields else ""
    return client.ask(
        f"<m:GetFolder><m:FolderShape><t:BaseShape>{base}</t:BaseShape>{more}</m:FolderShape>"
        f"<m:FolderIds>{named}</m:FolderIds></m:GetFolder>",
        version=version,
    )


def find(
    client: Client, parent: str, traversal: str = "Deep", restriction: str = "", view: str = ""
) -> Reply:
    limits = f"<m:Restriction>{restriction}</m:Restriction>" if restriction else ""
    return client.ask(
        f'<m:FindFolder Traversal="{traversal}"><m:FolderShape>'
        "<t:BaseShape>Default</t:BaseShape></m:FolderShape>"
        f"{view}{limits}<m:ParentFolderIds>{parent}</m:ParentFolderIds></m:FindFolder>"
    )


def test_every_distinguished_folder_of_a_mailbox_is_there(anna: Client) -> None:
    names = list(anna.mailbox.folders.distinguished)
    reply = get(anna, "".join(f'<t:DistinguishedFolderId Id="{name}"/>' for name in names))
    assert set(reply.codes) == {"NoError"}
    assert reply.all("DistinguishedFolderId") == names
    assert len(names) >= 20


def test_the_calendar_is_a_calendar_folder_with_full_rights(anna: Client) -> None:
    reply = get(anna, '<t:DistinguishedFolderId Id="calendar"/>')
    assert reply.one("FolderClass") == "IPF.Appointment"
    assert reply.root.find(".//{*}CalendarFolder") is not None
    rights = reply.root.find(".//{*}EffectiveRights")
    assert rights is not None
    assert {part.text for part in rights} == {"true"}


def test_a_folder_is_found_by_its_id_and_not_by_another_ones(anna: Client) -> None:
    found = get(anna, f'<t:FolderId Id="{anna.mailbox.folders.calendar.id}"/>')
    assert found.one("DisplayName") == "Calendar"
    assert get(anna, '<t:FolderId Id="AQEuAAAD"/>').code == "ErrorInvalidIdMalformed"
    stranger = small_world().mailboxes["ben@contoso.example"].folders.calendar.id
    assert get(anna, f'<t:FolderId Id="{stranger}"/>').code == "ErrorItemNotFound"


def test_a_mailbox_that_is_not_there_is_non_existent(anna: Client) -> None:
    assert get(anna, BENS_CALENDAR.format("nobody@contoso.example")).code == "ErrorNonExistentMailbox"


def test_a_name_that_the_schema_lacks_is_a_fault_and_one_without_folder_an_error(anna: Client) -> None:
    request = (
        "<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape>"
        '<m:FolderIds><t:DistinguishedFolderId Id="{}"/></m:FolderIds></m:GetFolder>'
    )
    assert anna.fault(request.format("inbox1")) == "ErrorSchemaValidation"
    assert anna.ask(request.format("archiveroot")).code == "ErrorFolderNotFound"


@pytest.mark.parametrize(
    ("level", "flags"),
    [
        ("Reviewer", ["false", "false", "false", "false", "false", "true", "false"]),
        ("Editor", ["true", "true", "false", "true", "true", "true", "false"]),
        ("Author", ["true", "true", "false", "false", "false", "true", "false"]),
    ],
)
def test_effective_rights_follow_the_permission(anna: Client, level: Level, flags: list[str]) -> None:
    share(anna.exchange, level)
    reply = get(anna, BENS_CALENDAR.format("ben@contoso.example"))
    rights = reply.root.find(".//{*}EffectiveRights")
    assert rights is not None
    assert [part.text for part in rights] == flags


@pytest.mark.parametrize("level", ["None", "FreeBusyTimeOnly", "FreeBusyTimeAndSubjectAndLocation"])
def test_free_busy_permission_does_not_open_the_calendar(anna: Client, level: Level) -> None:
    share(anna.exchange, level)
    assert get(anna, BENS_CALENDAR.format("ben@contoso.example")).code == "ErrorItemNotFound"


def test_a_calendar_that_the_server_fills_is_read_only_to_its_owner(anna: Client) -> None:
    tree = anna.mailbox.folders
    holidays = tree.create_folder(tree.calendar, "Holidays", CALENDAR_CLASS)
    holidays.read_only = True
    reply = get(anna, f'<t:FolderId Id="{holidays.id}"/>')
    assert reply.one("CreateContents") == "false"
    assert reply.one("Read") == "true"


def test_permissions_are_listed_to_the_owner(anna: Client) -> None:
    share(anna.exchange, "Reviewer")
    ben = Client(anna.exchange, "ben@contoso.example")
    wanted = '<t:FieldURI FieldURI="folder:PermissionSet"/>'
    reply = get(ben, '<t:DistinguishedFolderId Id="calendar"/>', fields=wanted)
    assert reply.all("CalendarPermissionLevel") == ["None", "None", "Reviewer"]
    inbox = get(ben, '<t:DistinguishedFolderId Id="inbox"/>', fields=wanted)
    assert inbox.all("PermissionLevel") == ["None", "None"]


def test_folders_below_are_found_directly_or_all_of_them(anna: Client) -> None:
    ben = Client(anna.exchange, "ben@contoso.example")
    root = '<t:DistinguishedFolderId Id="msgfolderroot"/>'
    assert "Team" not in find(ben, root, "Shallow").all("DisplayName")
    assert "Team" in find(ben, root).all("DisplayName")


def test_folders_are_found_by_class(anna: Client) -> None:
    ben = Client(anna.exchange, "ben@contoso.example")
    restriction = (
        '<t:IsEqualTo><t:FieldURI FieldURI="folder:FolderClass"/><t:FieldURIOrConstant>'
        '<t:Constant Value="IPF.Appointment"/></t:FieldURIOrConstant></t:IsEqualTo>'
    )
    found = find(ben, '<t:DistinguishedFolderId Id="msgfolderroot"/>', restriction=restriction)
    assert found.all("DisplayName") == ["Calendar", "Team"]


def test_folders_come_in_pages(anna: Client) -> None:
    root = '<t:DistinguishedFolderId Id="msgfolderroot"/>'
    everything = find(anna, root).all("DisplayName")
    paged: list[str] = []
    while len(paged) < len(everything):
        view = (
            f'<m:IndexedPageFolderView MaxEntriesReturned="4" Offset="{len(paged)}" BasePoint="Beginning"/>'
        )
        page = find(anna, root, view=view).all("DisplayName")
        assert 0 < len(page) <= 4
        paged += page
    assert paged == everything


def test_somebody_else_sees_of_the_folders_below_only_what_is_shared(anna: Client) -> None:
    share(anna.exchange, "Reviewer")
    shown = find(anna, BENS_CALENDAR.format("ben@contoso.example"))
    assert shown.all("DisplayName") == []
    ben = anna.exchange.mailboxes["ben@contoso.example"]
    ben.folders.calendar.children[0].permissions["anna@contoso.example"] = "Reviewer"
    assert find(anna, BENS_CALENDAR.format("ben@contoso.example")).all("DisplayName") == ["Team"]


def test_an_item_property_is_not_valid_for_a_folder(anna: Client) -> None:
    wanted = '<t:FieldURI FieldURI="item:Subject"/>'
    reply = get(anna, '<t:DistinguishedFolderId Id="calendar"/>', fields=wanted)
    assert reply.code == "ErrorInvalidPropertyRequest"
