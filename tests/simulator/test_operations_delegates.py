"""AddDelegate, UpdateDelegate and RemoveDelegate: who acts for a mailbox's owner, and in which folders."""

import pytest

from .asking import Client, Reply

BEN = "<t:UserId><t:PrimarySmtpAddress>Ben@contoso.example</t:PrimarySmtpAddress></t:UserId>"
CALENDAR = (
    '<t:DistinguishedFolderId Id="calendar"><t:Mailbox><t:EmailAddress>anna@contoso.example</t:EmailAddress>'
    "</t:Mailbox></t:DistinguishedFolderId>"
)


def asked(client: Client, what: str, content: str, owner: str = "anna@contoso.example") -> Reply:
    return client.ask(
        f"<m:{what}Delegate><m:Mailbox><t:EmailAddress>{owner}</t:EmailAddress></m:Mailbox>"
        f"{content}</m:{what}Delegate>"
    )


def users(user: str, level: str = "Editor", more: str = "") -> str:
    return (
        f"<m:DelegateUsers><t:DelegateUser>{user}<t:DelegatePermissions>"
        f"<t:CalendarFolderPermissionLevel>{level}</t:CalendarFolderPermissionLevel></t:DelegatePermissions>"
        f"{more}</t:DelegateUser></m:DelegateUsers>"
    )


def told(client: Client) -> Reply:
    return client.ask(
        '<m:GetDelegate IncludePermissions="true"><m:Mailbox>'
        "<t:EmailAddress>anna@contoso.example</t:EmailAddress></m:Mailbox></m:GetDelegate>"
    )


def reads(client: Client) -> str:
    return client.view("2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z", folder=CALENDAR).code


def test_a_delegate_gets_the_rights_that_go_with_it_and_loses_them(anna: Client, ben: Client) -> None:
    assert reads(ben) != "NoError"
    copies = "<t:ReceiveCopiesOfMeetingMessages>true</t:ReceiveCopiesOfMeetingMessages>"
    delivery = "<m:DeliverMeetingRequests>NoForward</m:DeliverMeetingRequests>"
    assert asked(anna, "Add", users(BEN, "Reviewer", copies) + delivery).codes == ["NoError", "NoError"]
    shown = told(anna)
    assert shown.one("CalendarFolderPermissionLevel") == "Reviewer"
    assert shown.one("ReceiveCopiesOfMeetingMessages") == "true"
    assert shown.message("DeliverMeetingRequests") == "NoForward"
    assert reads(ben) == "NoError"
    assert asked(anna, "Update", users(BEN, "None")).codes == ["NoError", "NoError"]
    assert reads(ben) != "NoError"
    assert told(anna).one("ReceiveCopiesOfMeetingMessages") == "true"
    assert asked(anna, "Remove", f"<m:UserIds>{BEN}</m:UserIds>").codes == ["NoError", "NoError"]
    assert told(anna).codes == ["NoError"]


def test_who_gets_meeting_requests_is_set_without_naming_a_delegate(anna: Client) -> None:
    delivery = "<m:DeliverMeetingRequests>DelegatesOnly</m:DeliverMeetingRequests>"
    assert asked(anna, "Update", delivery).codes == ["NoError"]
    assert told(anna).message("DeliverMeetingRequests") == "DelegatesOnly"


@pytest.mark.parametrize(
    ("user", "level", "code"),
    [
        (BEN.replace("Ben", "nobody"), "Editor", "ErrorDelegateNoUser"),
        (BEN.replace("Ben", "anna"), "Editor", "ErrorDelegateCannotAddOwner"),
        (BEN, "Custom", "ErrorInvalidDelegatePermission"),
        ("<t:UserId><t:DisplayName>Ben</t:DisplayName></t:UserId>", "Editor", "ErrorInvalidDelegateUserId"),
    ],
)
def test_what_is_no_delegate_is_refused_alone(anna: Client, user: str, level: str, code: str) -> None:
    assert asked(anna, "Add", users(user, level)).codes == ["NoError", code]
    assert told(anna).codes == ["NoError"]


def test_nobody_is_a_delegate_twice_or_without_being_made_one(anna: Client) -> None:
    assert asked(anna, "Update", users(BEN)).codes == ["NoError", "ErrorNotDelegate"]
    assert asked(anna, "Remove", f"<m:UserIds>{BEN}</m:UserIds>").codes == ["NoError", "ErrorNotDelegate"]
    asked(anna, "Add", users(BEN))
    assert asked(anna, "Add", users(BEN)).codes == ["NoError", "ErrorDelegateAlreadyExists"]


def test_delegates_of_somebody_else_are_not_changed(ben: Client) -> None:
    assert asked(ben, "Add", users(BEN)).codes == ["ErrorAccessDenied"]
    assert asked(ben, "Add", users(BEN), "nobody@contoso.example").codes == ["ErrorNonExistentMailbox"]
