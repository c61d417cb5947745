"""MoveFolder and CopyFolder."""

from .asking import Client, Reply


def to(client: Client, operation: str, folder: str, destination: str) -> Reply:
    return client.ask(
        f'<m:{operation}><m:ToFolderId><t:DistinguishedFolderId Id="{destination}"/></m:ToFolderId>'
        f"<m:FolderIds>{folder}</m:FolderIds></m:{operation}>"
    )


def team(client: Client) -> str:
    folder = client.mailbox.folders.calendar.child("Team")
    assert folder is not None
    return f'<t:FolderId Id="{folder.id}"/>'


def test_a_moved_folder_is_the_same_in_another_place(ben: Client) -> None:
    named = team(ben)
    assert to(ben, "MoveFolder", named, "msgfolderroot").code == "NoError"
    assert ben.mailbox.folders.calendar.child("Team") is None
    moved = ben.mailbox.folders.distinguished["msgfolderroot"].child("Team")
    assert moved is not None
    assert moved.id in named


def test_a_copied_folder_has_copies_of_its_items(ben: Client) -> None:
    ben.create("<t:Subject>Tea</t:Subject>", folder=team(ben))
    assert to(ben, "CopyFolder", team(ben), "msgfolderroot").code == "NoError"
    copy = ben.mailbox.folders.distinguished["msgfolderroot"].child("Team")
    original = ben.mailbox.folders.calendar.child("Team")
    assert copy is not None
    assert original is not None
    assert (len(copy.items), len(original.items)) == (1, 1)
    assert to(ben, "CopyFolder", team(ben), "msgfolderroot").code == "ErrorFolderExists"


def test_folders_that_every_mailbox_has_stay_where_they_are(ben: Client) -> None:
    inbox = '<t:DistinguishedFolderId Id="inbox"/>'
    assert to(ben, "MoveFolder", inbox, "drafts").code == "ErrorMoveDistinguishedFolder"


def test_a_folder_cannot_lie_in_itself(ben: Client) -> None:
    calendar = '<t:DistinguishedFolderId Id="calendar"/>'
    assert to(ben, "CopyFolder", calendar, "calendar").code == "ErrorMoveCopyFailed"
