"""Folders are made, renamed, shared, emptied, deleted and followed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oncetui.simulator.world import Exchange

from .asking import STAMP, Client, Reply, daily, share, small_world, stamped, timed

INBOX = '<t:DistinguishedFolderId Id="inbox"/>'
ROOT = '<t:DistinguishedFolderId Id="msgfolderroot"/>'
BENS_CALENDAR = (
    '<t:DistinguishedFolderId Id="calendar"><t:Mailbox><t:EmailAddress>ben@contoso.example</t:EmailAddress>'
    "</t:Mailbox></t:DistinguishedFolderId>"
)


def folder_ids(reply: Reply) -> list[str]:
    return [element.get("Id") or "" for element in reply.root.iter("{*}FolderId")]


def made(client: Client, fields: str, parent: str = INBOX, kind: str = "Folder") -> Reply:
    return client.ask(
        f"<m:CreateFolder><m:ParentFolderId>{parent}</m:ParentFolderId><m:Folders>"
        f"<t:{kind}>{fields}</t:{kind}></m:Folders></m:CreateFolder>"
    )


def new_folder(client: Client, name: str, parent: str = INBOX, kind: str = "Folder") -> str:
    (identifier,) = folder_ids(made(client, f"<t:DisplayName>{name}</t:DisplayName>", parent, kind))
    return f'<t:FolderId Id="{identifier}"/>'


def folder(client: Client, named: str, base: str = "AllProperties", more: str = "") -> Reply:
    return client.ask(
        f"<m:GetFolder><m:FolderShape><t:BaseShape>{base}</t:BaseShape>{more}</m:FolderShape>"
        f"<m:FolderIds>{named}</m:FolderIds></m:GetFolder>"
    )


def updated(client: Client, named: str, updates: str) -> Reply:
    return client.ask(
        f"<m:UpdateFolder><m:FolderChanges><t:FolderChange>{named}<t:Updates>{updates}</t:Updates>"
        "</t:FolderChange></m:FolderChanges></m:UpdateFolder>"
    )


def set_folder(uri: str, content: str, kind: str = "Folder") -> str:
    return (
        f'<t:SetFolderField><t:FieldURI FieldURI="{uri}"/><t:{kind}>{content}</t:{kind}></t:SetFolderField>'
    )


def deleted(client: Client, named: str, how: str = "HardDelete") -> Reply:
    return client.ask(
        f'<m:DeleteFolder DeleteType="{how}"><m:FolderIds>{named}</m:FolderIds></m:DeleteFolder>'
    )


def emptied(client: Client, named: str, *, deep: str = "false", how: str = "HardDelete") -> Reply:
    return client.ask(
        f'<m:EmptyFolder DeleteType="{how}" DeleteSubFolders="{deep}">'
        f"<m:FolderIds>{named}</m:FolderIds></m:EmptyFolder>"
    )


def hierarchy(client: Client, state: str = "", root: str = ROOT) -> Reply:
    given_state = f"<m:SyncState>{state}</m:SyncState>" if state else ""
    where = f"<m:SyncFolderId>{root}</m:SyncFolderId>" if root else ""
    return client.ask(
        "<m:SyncFolderHierarchy><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape>"
        f"{where}{given_state}</m:SyncFolderHierarchy>"
    )


def told(reply: Reply) -> list[tuple[str, str]]:
    return [
        (change.tag.rpartition("}")[2], change.findtext(".//{*}DisplayName") or "")
        for changes in reply.root.iter("{*}Changes")
        for change in changes
    ]


def message(client: Client, subject: str, where: str = INBOX) -> str:
    reply = client.ask(
        f'<m:CreateItem MessageDisposition="SaveOnly"><m:SavedItemFolderId>{where}</m:SavedItemFolderId>'
        f"<m:Items><t:Message><t:Subject>{subject}</t:Subject></t:Message></m:Items></m:CreateItem>"
    )
    return f'<t:ItemId Id="{reply.ids[0]}"/>'


def transferred(client: Client, operation: str, item: str, to: str, more: str = "") -> Reply:
    return client.ask(
        f"<m:{operation}><m:ToFolderId>{to}</m:ToFolderId><m:ItemIds>{item}</m:ItemIds>{more}</m:{operation}>"
    )


def count(client: Client, named: str) -> int:
    return int(folder(client, named).one("TotalCount"))


def test_a_new_folder_is_found_below_its_parent(anna: Client) -> None:
    named = new_folder(anna, "Bookings")
    assert folder(anna, named).one("DisplayName") == "Bookings"
    assert folder(anna, INBOX).one("ChildFolderCount") == "1"


@pytest.mark.parametrize(
    ("kind", "folder_class"),
    [
        ("CalendarFolder", "IPF.Appointment"),
        ("ContactsFolder", "IPF.Contact"),
        ("TasksFolder", "IPF.Task"),
    ],
)
def test_a_typed_folder_gets_its_class(anna: Client, kind: str, folder_class: str) -> None:
    named = new_folder(anna, "New", ROOT, kind)
    assert folder(anna, named).one("FolderClass") == folder_class


def test_a_plain_folder_has_the_class_that_its_maker_gives_it(anna: Client) -> None:
    assert folder(anna, new_folder(anna, "Plain", ROOT, "Folder")).all("FolderClass") == []


def test_a_name_is_taken_in_any_case_of_letters_and_the_answer_says_which(anna: Client) -> None:
    new_folder(anna, "Bookings")
    reply = anna.ask(
        f"<m:CreateFolder><m:ParentFolderId>{INBOX}</m:ParentFolderId><m:Folders><t:Folder>"
        "<t:DisplayName>BOOKINGS</t:DisplayName></t:Folder></m:Folders></m:CreateFolder>"
    )
    assert reply.code == "ErrorFolderExists"
    assert "Could not create folder 'BOOKINGS'" in reply.message("MessageText")


@pytest.mark.parametrize("name", ["Common Views", "Spooler Queue", "Conversation Action Settings", "Files"])
def test_a_folder_that_exchange_keeps_for_itself_is_there_and_stays(anna: Client, name: str) -> None:
    found = {
        built_in.findtext("{*}DisplayName"): built_in.find("{*}FolderId")
        for built_in in anna.ask(
            '<m:FindFolder Traversal="Deep"><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape>'
            '<m:ParentFolderIds><t:DistinguishedFolderId Id="root"/></m:ParentFolderIds></m:FindFolder>'
        ).root.iter("{*}Folder")
    }
    identifier = found[name]
    assert identifier is not None
    reply = anna.ask(
        '<m:DeleteFolder DeleteType="HardDelete"><m:FolderIds>'
        f'<t:FolderId Id="{identifier.get("Id")}"/></m:FolderIds></m:DeleteFolder>'
    )
    assert reply.code == "ErrorCannotDeleteObject"


@pytest.mark.parametrize("name", ["root", "msgfolderroot"])
def test_the_folders_at_the_top_have_no_class(anna: Client, name: str) -> None:
    assert folder(anna, f'<t:DistinguishedFolderId Id="{name}"/>').all("FolderClass") == []


def test_there_are_no_public_folders(anna: Client) -> None:
    named = '<t:DistinguishedFolderId Id="publicfoldersroot"/>'
    assert folder(anna, named).code == "ErrorNoPublicFolderReplicaAvailable"


def test_a_second_calendar_takes_appointments(anna: Client) -> None:
    named = new_folder(anna, "Rooms", ROOT, "CalendarFolder")
    anna.create(timed("Visit", "2026-12-01T10:00:00Z", "2026-12-01T11:00:00Z"), folder=named)
    assert anna.view("2026-12-01T00:00:00Z", "2026-12-02T00:00:00Z", folder=named).all("Subject") == ["Visit"]


@pytest.mark.parametrize(
    ("fields", "parent", "kind", "code"),
    [
        ("<t:DisplayName>inbox</t:DisplayName>", ROOT, "Folder", "ErrorFolderExists"),
        ("<t:DisplayName> </t:DisplayName>", ROOT, "Folder", "ErrorFolderSaveFailed"),
        (
            "<t:FolderClass>IPF.Note</t:FolderClass><t:DisplayName>A</t:DisplayName>",
            ROOT,
            "CalendarFolder",
            "ErrorNoFolderClassOverride",
        ),
        ("<t:DisplayName>A</t:DisplayName>", '<t:FolderId Id="x"/>', "Folder", "ErrorInvalidIdMalformed"),
        (
            "<t:DisplayName>A</t:DisplayName><t:TotalCount>3</t:TotalCount>",
            ROOT,
            "Folder",
            "ErrorInvalidPropertySet",
        ),
    ],
)
def test_an_impossible_folder_is_refused(
    anna: Client, fields: str, parent: str, kind: str, code: str
) -> None:
    assert made(anna, fields, parent, kind).code == code


def test_a_folder_below_one_that_is_gone_is_refused(anna: Client) -> None:
    named = new_folder(anna, "Gone")
    assert deleted(anna, named).code == "NoError"
    assert made(anna, "<t:DisplayName>A</t:DisplayName>", named).code == "ErrorParentFolderNotFound"


def test_a_colleague_without_the_right_makes_no_folder(exchange: Exchange, anna: Client) -> None:
    share(exchange, "Editor")
    refused = made(anna, "<t:DisplayName>A</t:DisplayName>", BENS_CALENDAR, "CalendarFolder")
    assert refused.code == "ErrorCreateSubfolderAccessDenied"


def test_a_folder_is_renamed_and_keeps_its_identity(anna: Client) -> None:
    named = new_folder(anna, "Old")
    reply = updated(anna, named, set_folder("folder:DisplayName", "<t:DisplayName>New</t:DisplayName>"))
    assert reply.code == "NoError"
    assert folder_ids(reply)[0] in named
    assert folder(anna, named).one("DisplayName") == "New"


def test_a_folder_keeps_extended_properties(anna: Client) -> None:
    named = new_folder(anna, "Marked")
    path = f"<t:ExtendedFieldURI {STAMP}/>"
    change = f"<t:SetFolderField>{path}<t:Folder>{stamped('b-1')}</t:Folder></t:SetFolderField>"
    assert updated(anna, named, change).code == "NoError"
    wanted = f"<t:AdditionalProperties>{path}</t:AdditionalProperties>"
    assert folder(anna, named, "IdOnly", wanted).one("Value") == "b-1"
    assert updated(anna, named, f"<t:DeleteFolderField>{path}</t:DeleteFolderField>").code == "NoError"
    assert folder(anna, named, "IdOnly", wanted).all("Value") == []


@pytest.mark.parametrize(
    ("updates", "code"),
    [
        (set_folder("folder:DisplayName", "<t:DisplayName>Drafts</t:DisplayName>"), "ErrorFolderExists"),
        (set_folder("folder:TotalCount", "<t:TotalCount>1</t:TotalCount>"), "ErrorInvalidPropertySet"),
        (
            set_folder("folder:FolderClass", "<t:DisplayName>X</t:DisplayName>"),
            "ErrorUpdatePropertyMismatch",
        ),
        (
            set_folder("folder:FolderClass", "<t:FolderClass>IPF.Task</t:FolderClass>"),
            "ErrorObjectTypeChanged",
        ),
        (
            '<t:DeleteFolderField><t:FieldURI FieldURI="folder:DisplayName"/></t:DeleteFolderField>',
            "ErrorInvalidPropertyDelete",
        ),
        (
            (
                '<t:AppendToFolderField><t:FieldURI FieldURI="folder:DisplayName"/><t:Folder>'
                "<t:DisplayName>X</t:DisplayName></t:Folder></t:AppendToFolderField>"
            ),
            "ErrorInvalidPropertyAppend",
        ),
    ],
)
def test_an_impossible_change_is_refused(anna: Client, updates: str, code: str) -> None:
    assert updated(anna, new_folder(anna, "Mine", ROOT), updates).code == code


def test_a_calendar_is_shared_and_unshared_by_its_permission_set(exchange: Exchange) -> None:
    ben, anna = Client(exchange, "ben@contoso.example"), Client(exchange)
    ben.create(timed("Plan", "2026-12-01T10:00:00Z", "2026-12-01T11:00:00Z"))
    window = ("2026-12-01T00:00:00Z", "2026-12-02T00:00:00Z")
    assert anna.view(*window, folder=BENS_CALENDAR).code == "ErrorItemNotFound"
    permission = (
        "<t:PermissionSet><t:CalendarPermissions><t:CalendarPermission><t:UserId>"
        "<t:PrimarySmtpAddress>Anna@contoso.example</t:PrimarySmtpAddress></t:UserId>"
        "<t:CalendarPermissionLevel>Reviewer</t:CalendarPermissionLevel></t:CalendarPermission>"
        "</t:CalendarPermissions></t:PermissionSet>"
    )
    own = '<t:DistinguishedFolderId Id="calendar"/>'
    assert (
        updated(ben, own, set_folder("folder:PermissionSet", permission, "CalendarFolder")).code == "NoError"
    )
    assert anna.view(*window, folder=BENS_CALENDAR).all("Subject") == ["Plan"]
    wanted = '<t:AdditionalProperties><t:FieldURI FieldURI="folder:PermissionSet"/></t:AdditionalProperties>'
    assert "Reviewer" in folder(ben, own, "IdOnly", wanted).all("CalendarPermissionLevel")
    refused = updated(
        anna, BENS_CALENDAR, set_folder("folder:DisplayName", "<t:DisplayName>X</t:DisplayName>")
    )
    assert refused.code == "ErrorAccessDenied"


def test_a_permission_for_somebody_unknown_is_refused(anna: Client) -> None:
    permission = (
        "<t:PermissionSet><t:Permissions><t:Permission><t:UserId>"
        "<t:PrimarySmtpAddress>nobody@contoso.example</t:PrimarySmtpAddress></t:UserId>"
        "<t:PermissionLevel>Editor</t:PermissionLevel></t:Permission></t:Permissions></t:PermissionSet>"
    )
    assert updated(anna, INBOX, set_folder("folder:PermissionSet", permission)).code == "ErrorInvalidUserInfo"


def test_a_deleted_folder_is_gone_with_everything_in_it(anna: Client) -> None:
    outer = new_folder(anna, "Outer")
    inner = new_folder(anna, "Inner", outer)
    item = message(anna, "Note", inner)
    assert deleted(anna, outer).code == "NoError"
    assert folder(anna, inner).code == "ErrorItemNotFound"
    read = anna.ask(
        "<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape>"
        f"<m:ItemIds>{item}</m:ItemIds></m:GetItem>"
    )
    assert read.code == "ErrorItemNotFound"


def test_a_folder_that_is_thrown_away_lies_in_the_deleted_items(anna: Client) -> None:
    for _ in range(2):
        deleted(anna, new_folder(anna, "Old"), "MoveToDeletedItems")
    bin_folder = '<t:DistinguishedFolderId Id="deleteditems"/>'
    assert folder(anna, bin_folder).one("ChildFolderCount") == "2"


def test_a_distinguished_folder_is_not_deleted(anna: Client) -> None:
    assert deleted(anna, INBOX).code == "ErrorDeleteDistinguishedFolder"


def test_an_emptied_folder_keeps_its_folders_unless_they_go_too(anna: Client) -> None:
    named = new_folder(anna, "Pile", ROOT)
    new_folder(anna, "Inner", named)
    message(anna, "One", named)
    assert emptied(anna, named, how="MoveToDeletedItems").code == "NoError"
    assert (count(anna, named), folder(anna, named).one("ChildFolderCount")) == (0, "1")
    assert count(anna, '<t:DistinguishedFolderId Id="deleteditems"/>') == 1
    assert emptied(anna, named, deep="true").code == "NoError"
    assert folder(anna, named).one("ChildFolderCount") == "0"


def test_a_calendar_is_not_emptied(anna: Client) -> None:
    assert emptied(anna, '<t:DistinguishedFolderId Id="calendar"/>').code == "ErrorCannotEmptyFolder"


def test_a_moved_item_is_in_its_new_folder_only(anna: Client) -> None:
    item = message(anna, "Note")
    target = new_folder(anna, "Kept")
    reply = transferred(anna, "MoveItem", item, target)
    assert (reply.code, len(reply.ids)) == ("NoError", 1)
    assert (count(anna, INBOX), count(anna, target)) == (0, 1)
    assert transferred(anna, "MoveItem", item, target).code == "ErrorItemNotFound"


def test_a_copied_item_is_in_both_folders_and_its_own(anna: Client) -> None:
    item = message(anna, "Note")
    target = new_folder(anna, "Kept")
    reply = transferred(anna, "CopyItem", item, target)
    assert reply.ids[0] not in item
    assert (count(anna, INBOX), count(anna, target)) == (1, 1)


def test_a_copied_series_does_not_share_its_exceptions(anna: Client) -> None:
    series = anna.create(
        timed("Series", "2026-12-01T10:00:00Z", "2026-12-01T11:00:00Z", daily("2026-12-01", 3))
    )
    other = new_folder(anna, "Second", ROOT, "CalendarFolder")
    transferred(anna, "CopyItem", f'<t:ItemId Id="{series}"/>', other)
    anna.delete(f'<t:OccurrenceItemId RecurringMasterId="{series}" InstanceIndex="2"/>')
    window = ("2026-12-01T00:00:00Z", "2026-12-05T00:00:00Z")
    assert len(anna.view(*window).ids) == 2
    assert len(anna.view(*window, folder=other).ids) == 3


def test_new_ids_are_left_out_where_they_are_not_wanted(anna: Client) -> None:
    reply = transferred(
        anna, "MoveItem", message(anna, "Note"), ROOT, "<m:ReturnNewItemIds>false</m:ReturnNewItemIds>"
    )
    assert (reply.code, reply.ids) == ("NoError", [])


def test_an_occurrence_is_not_moved_and_nothing_goes_to_another_mailbox(
    exchange: Exchange, anna: Client
) -> None:
    share(exchange, "Editor")
    series = anna.create(
        timed("Series", "2026-12-01T10:00:00Z", "2026-12-01T11:00:00Z", daily("2026-12-01", 3))
    )
    second = f'<t:OccurrenceItemId RecurringMasterId="{series}" InstanceIndex="2"/>'
    assert transferred(anna, "MoveItem", second, ROOT).code == "ErrorCalendarCannotMoveOrCopyOccurrence"
    whole = f'<t:ItemId Id="{series}"/>'
    assert transferred(anna, "CopyItem", whole, BENS_CALENDAR).code == "ErrorCrossMailboxMoveCopy"


def test_unread_messages_are_counted(anna: Client) -> None:
    item = message(anna, "Note")
    assert folder(anna, INBOX).one("UnreadCount") == "1"
    anna.ask(
        '<m:UpdateItem ConflictResolution="AlwaysOverwrite" MessageDisposition="SaveOnly"><m:ItemChanges>'
        f'<t:ItemChange>{item}<t:Updates><t:SetItemField><t:FieldURI FieldURI="message:IsRead"/><t:Message>'
        "<t:IsRead>true</t:IsRead></t:Message></t:SetItemField></t:Updates></t:ItemChange></m:ItemChanges>"
        "</m:UpdateItem>"
    )
    assert folder(anna, INBOX).one("UnreadCount") == "0"


def test_a_first_synchronisation_lists_every_folder_once(anna: Client) -> None:
    reply = hierarchy(anna)
    assert reply.message("IncludesLastFolderInRange") == "true"
    names = [name for what, name in told(reply) if what == "Create"]
    assert len(names) == len(set(names)) >= 15
    assert told(hierarchy(anna, reply.message("SyncState"))) == []


def test_a_later_synchronisation_tells_what_came_changed_and_went(anna: Client) -> None:
    old, kept = new_folder(anna, "Old"), new_folder(anna, "Kept")
    state = hierarchy(anna).message("SyncState")
    new_folder(anna, "Fleeting", kept)
    deleted(anna, old)
    updated(anna, kept, set_folder("folder:DisplayName", "<t:DisplayName>Renamed</t:DisplayName>"))
    assert told(hierarchy(anna, state)) == [("Update", "Renamed"), ("Create", "Fleeting"), ("Delete", "")]


def test_a_folder_that_came_and_went_is_not_told(anna: Client) -> None:
    state = hierarchy(anna).message("SyncState")
    deleted(anna, new_folder(anna, "Fleeting"))
    assert told(hierarchy(anna, state)) == []


def test_a_synchronisation_without_a_folder_is_of_the_whole_mailbox(anna: Client) -> None:
    assert ("Create", "Top of Information Store") in told(hierarchy(anna, root=""))


def test_a_state_of_something_else_is_refused(anna: Client) -> None:
    assert hierarchy(anna, anna.sync().message("SyncState")).code == "ErrorInvalidSyncStateData"


@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(["make", "rename", "delete"]), st.integers(0, 9)), max_size=12))
def test_a_client_that_follows_has_what_a_new_one_gets(steps: list[tuple[str, int]]) -> None:
    client = Client(small_world())
    first = hierarchy(client)
    kept = dict.fromkeys(folder_ids(first))
    state = first.message("SyncState")
    mine: list[str] = []
    for count_, (what, place) in enumerate(steps):
        if what == "make":
            parent = mine[place % len(mine)] if mine and place % 2 else INBOX
            mine.append(new_folder(client, f"F{count_}", parent))
        elif mine and what == "rename":
            change = set_folder("folder:DisplayName", f"<t:DisplayName>R{count_}</t:DisplayName>")
            updated(client, mine[place % len(mine)], change)
        elif mine:
            deleted(client, mine[place % len(mine)])
            mine = [named for named in mine if folder(client, named, "IdOnly").code == "NoError"]
    reply = hierarchy(client, state)
    for each in next(iter(reply.root.iter("{*}Changes"))):
        (identifier,) = (found.get("Id") or "" for found in each.iter("{*}FolderId"))
        if each.tag.endswith("Delete"):
            del kept[identifier]
        else:
            kept[identifier] = None
    assert set(kept) == set(folder_ids(hierarchy(client)))
